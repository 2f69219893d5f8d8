"""Taken away: the audit entry of a file, without which nobody gets one (TRUST §8.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash
import structlog

from dashboard.callbacks.look import language_of_request
from dashboard.components import ids
from dashboard.components.states import export_refused, not_exported
from dashboard.state.audit import EXPORTED, record
from dashboard.state.database import StateError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.data.filters import Filters
    from dashboard.sections.portfolio import Portfolio
    from dashboard.state.database import Database

log = structlog.get_logger(__name__)


def release_taken(services: Services, params: Mapping[str, Any]) -> Portfolio | None:
    """Return the release that a file is made of; of one that is not kept, say so on the page.

    A file never holds other numbers than those its URL names.
    """
    release = services.releases.of(params)
    if release.unknown:
        dash.set_props(ids.NOTICE, {"children": not_exported(language_of_request())})
        return None
    return release.portfolio


def recorded(
    database: Database,
    viewer: Viewer,
    filters: Filters,
    now: datetime,
    *,
    subject: str,
    **detail: str | int,
) -> bool:
    """Record who takes what away, by number; if that fails, say so on the page."""
    chosen = {
        "region": filters.region,
        "product": filters.product,
        "as_of": filters.as_of.isoformat() if filters.as_of else None,
        "weeks": filters.weeks,
    }
    try:
        with database.begin() as session:
            record(
                session,
                actor=viewer.email,
                action=EXPORTED,
                now=now,
                subject=subject,
                **chosen,
                **detail,
            )
    except StateError:
        log.exception("export.refused", subject=subject)
        dash.set_props(ids.NOTICE, {"children": export_refused(language_of_request())})
        return False
    return True
