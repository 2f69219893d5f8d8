"""Callbacks: what happens when someone touches the page; one module per intent, not per page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.callbacks import exports, look, report_templates, reports, tables, tags
from dashboard.callbacks import help as help_pages
from dashboard.callbacks.panels import PANELS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dash import Dash

    from dashboard.callbacks.services import Services

__all__ = ["PANELS", "register"]


def register(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    """Attach every callback to `app`."""
    look.register(app, services)
    tables.register(app)
    exports.register(app, services)
    help_pages.register(app)
    tags.register(app, services, clock)
    reports.register(app, services, clock)
    report_templates.register(app, services)
