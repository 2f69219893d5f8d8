"""Exports: sends what a table shows as a file that the server computes anew."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import dash
import structlog
from dash import MATCH, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import viewer_of_request
from dashboard.components import ids
from dashboard.components.states import export_refused
from dashboard.exports.csv import file_name, row_count, to_csv
from dashboard.sections import SECTIONS
from dashboard.state.audit import record
from dashboard.state.database import StateError

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.sections import View

log = structlog.get_logger(__name__)


def register(app: Dash, services: Services) -> None:
    """Answer the requests `assets/30-grid.js` makes when somebody presses “Export CSV”."""
    request = {"part": "export-request", "section": MATCH}

    @app.callback(
        Output({"part": "download", "section": MATCH}, "data"),
        Input(request, "data"),
        State(request, "id"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    def export(wanted: Any, part: dict[str, str], search: str | None) -> Any:
        section = SECTIONS.get(part["section"])
        if section is None or not isinstance(wanted, dict):
            raise PreventUpdate
        params = dict(parse_qsl((search or "").removeprefix("?")))
        viewer = viewer_of_request()
        view = services.view(section, params, viewer)
        # Ids from the browser only choose among the rows this viewer may see anyway.
        rows = _names(wanted.get("ids"))
        text = to_csv(view, rows, _names(wanted.get("columns")))
        if not _recorded(services, viewer, view, rows):
            dash.set_props(ids.NOTICE, {"children": export_refused(language_of_request())})
            return no_update
        return {"content": text, "filename": file_name(view), "type": "text/csv;charset=utf-8"}


def _recorded(services: Services, viewer: Viewer, view: View, rows: list[str]) -> bool:
    """Record who takes which rows away, by number; without that nobody does (TRUST §8.6)."""
    chosen = view.filters
    filters = {
        "region": chosen.region,
        "product": chosen.product,
        "as_of": chosen.as_of.isoformat() if chosen.as_of else None,
        "weeks": chosen.weeks,
    }
    try:
        with services.database.begin() as session:
            record(
                session,
                actor=viewer.email,
                action="exported",
                now=datetime.now(UTC),
                subject=view.section.name,
                rows=row_count(view, rows),
                release=view.release,
                **filters,
            )
    except StateError:
        log.exception("export.refused", section=view.section.name)
        return False
    return True


def _names(values: object) -> list[str]:
    return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []
