"""Exports: sends what a table shows as a file that the server computes anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from dash import MATCH, Input, Output, State
from dash.exceptions import PreventUpdate

from dashboard.callbacks.session import viewer_of_request
from dashboard.exports.csv import file_name, to_csv
from dashboard.sections import SECTIONS

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.callbacks.services import Services


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
    def export(wanted: Any, part: dict[str, str], search: str | None) -> dict[str, str]:
        section = SECTIONS.get(part["section"])
        if section is None or not isinstance(wanted, dict):
            raise PreventUpdate
        params = dict(parse_qsl((search or "").removeprefix("?")))
        view = services.view(section, params, viewer_of_request())
        # Ids from the browser only choose among the rows this viewer may see anyway.
        text = to_csv(view, _names(wanted.get("ids")), _names(wanted.get("columns")))
        return {"content": text, "filename": file_name(view), "type": "text/csv;charset=utf-8"}


def _names(values: object) -> list[str]:
    return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []
