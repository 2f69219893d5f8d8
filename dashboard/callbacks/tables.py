"""Tables: connects the search, columns and rows of every table to the script that drives them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, MATCH, ClientsideFunction, Input, Output, State

if TYPE_CHECKING:
    from dash import Dash


def register(app: Dash) -> None:
    """Attach `assets/30-grid.js`; nothing here asks the server."""
    app.clientside_callback(
        ClientsideFunction("grid", "mount"),
        Output(_part("count", MATCH), "children"),  # an output, or a new grid would not call
        Input(_part("grid", MATCH), "id"),
    )
    for intent, part, prop in (
        ("search", "search", "value"),
        ("clear", "clear", "n_clicks"),
        ("choose", "columns", "value"),
        ("reset", "reset", "n_clicks"),
    ):
        app.clientside_callback(
            ClientsideFunction("grid", intent),
            Input(_part(part, ALL), prop),
            State(_part(part, ALL), "id"),
        )
    app.clientside_callback(
        ClientsideFunction("grid", "request"),
        Output(_part("export-request", MATCH), "data"),
        Input(_part("export", MATCH), "n_clicks"),
        Input(_part("export-xlsx", MATCH), "n_clicks"),
        State(_part("export", MATCH), "id"),
        prevent_initial_call=True,
    )


def _part(part: str, sections: Any) -> dict[str, Any]:
    return {"part": part, "section": sections}
