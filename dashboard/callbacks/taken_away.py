"""Taken away: files are made in turn, within limits, and only with an audit entry (T-28, T-21)."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import dash
import structlog
from dash import no_update

from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import viewer_of_request
from dashboard.components import ids
from dashboard.components.states import (
    export_refused,
    export_too_large,
    exports_busy,
    not_exported,
)
from dashboard.exports.limits import TooLargeError
from dashboard.state.audit import EXPORTED, record
from dashboard.state.database import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from dash.development.base_component import Component

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.data.filters import Filters
    from dashboard.sections.portfolio import Portfolio
    from dashboard.state.database import Database

    Answer = Callable[..., Any]

log = structlog.get_logger(__name__)


def release_taken(services: Services, params: Mapping[str, Any]) -> Portfolio | None:
    """Return the release that a file is made of; of one that is not kept, say so on the page.

    A file never holds other numbers than those its URL names.
    """
    release = services.releases.of(params)
    if release.unknown:
        _refused(not_exported(language_of_request()))
        return None
    return release.portfolio


def in_turn(services: Services) -> Callable[[Answer], Answer]:
    """Let a callback that makes a file do so in turn, and within the limits of a file."""

    def turned(answer: Answer) -> Answer:
        @wraps(answer)
        def make(*args: Any) -> Any:
            language = language_of_request()
            with services.turns.one(viewer_of_request().user_id) as mine:
                if not mine:
                    return _refused(exports_busy(language))
                try:
                    return answer(*args)
                except TooLargeError as error:
                    return _refused(export_too_large(error, language))

        return make

    return turned


def _refused(sentence: Component) -> Any:
    dash.set_props(ids.NOTICE, {"children": sentence})
    return no_update


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
