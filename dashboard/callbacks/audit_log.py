"""Reading the audit log: filters, and pages of a hundred entries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import dash
from dash import Input, Output, State, no_update

from dashboard.callbacks.administration import acting, show
from dashboard.callbacks.asked import text
from dashboard.callbacks.audit_panel import page_values
from dashboard.components import ids
from dashboard.state.audit_pages import Wanted

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.callbacks.services import Services

LAST_PAGE = 1_000_000


def register(app: Dash, services: Services) -> None:
    """Attach the filters and the two buttons below the entries."""

    @app.callback(
        Output(ids.admin("audit-said"), "children"),
        Output(ids.admin("page"), "data"),
        Input(ids.admin("show"), "n_clicks"),
        Input(ids.admin("newer"), "n_clicks"),
        Input(ids.admin("older"), "n_clicks"),
        State(ids.admin("page"), "data"),
        State(ids.admin("action"), "value"),
        State(ids.admin("actor"), "value"),
        State(ids.admin("since"), "value"),
        State(ids.admin("until"), "value"),
        prevent_initial_call=True,
    )
    def turn(*given: Any) -> tuple[Any, Any]:
        who = acting(services, "audit.read")
        page, *filters = given[3:]
        to = _turned(page, dash.ctx.triggered_id)

        def read() -> list[Any]:
            show(page_values(services.database, wanted(*filters), to, who.language))
            return []

        said = who.say(read)
        return said, to if isinstance(said, list) else no_update


def wanted(action: Any, actor: Any, since: Any, until: Any) -> Wanted:
    """Return the entries somebody asks for; what is no date narrows nothing."""
    return Wanted(action=text(action), actor=text(actor), since=_date(since), until=_date(until))


def _turned(page: Any, touched: Any) -> int:
    """Return the page after a touch: the next, the one before, or the first of new filters."""
    here = page if isinstance(page, int) and 0 <= page <= LAST_PAGE else 0
    turns = {"older": here + 1, "newer": max(here - 1, 0)}
    return turns.get(touched.get("name", ""), 0) if isinstance(touched, dict) else 0


def _date(value: Any) -> date | None:
    try:
        found = date.fromisoformat(text(value))
    except ValueError:
        return None
    return found if date.min < found < date.max else None
