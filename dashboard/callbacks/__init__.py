"""Callbacks: what happens when someone touches the page; one module per intent, not per page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.callbacks import (
    administration,
    audit_log,
    blocks,
    customers,
    deck,
    exports,
    logs,
    look,
    report_templates,
    reports,
    saved_views,
    schedules,
    tables,
    tags,
)
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
    blocks.register(app)
    exports.register(app, services)
    deck.register(app, services)
    help_pages.register(app)
    tags.register(app, services, clock)
    customers.register(app, services, clock)
    logs.register(app, services, clock)
    saved_views.register(app, services)
    administration.register(app, services)
    audit_log.register(app, services)
    reports.register(app, services, clock)
    report_templates.register(app, services)
    schedules.register(app, services, clock)
