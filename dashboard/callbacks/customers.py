"""Customers: answers for the customer list: its page, its rows block by block, and its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from dashboard.access import Scope
from dashboard.callbacks.asked import read_filters
from dashboard.callbacks.blocks import block_of, follows
from dashboard.callbacks.customer_query import KEYS, ORDER, STANDARD, find
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.panel import Panel
from dashboard.callbacks.session import viewer_of_request
from dashboard.callbacks.tag_filter import KEY as TAG_KEY
from dashboard.callbacks.tag_filter import read_tag_filter
from dashboard.callbacks.taken_away import in_turn, recorded, release_taken
from dashboard.components import ids
from dashboard.components.customer_filters import Listing, customer_values, part
from dashboard.components.customer_rows import customer_rows
from dashboard.components.customers import customers_shell
from dashboard.components.tags import bulk
from dashboard.exports.claim import CUSTOMERS, Claim, asked_at
from dashboard.exports.customers import customers_csv, customers_file, filters_in_words
from dashboard.metrics.statuses import EXPIRING_SOON
from dashboard.sections.customers import SORTS, CustomerQuery, customer_list
from dashboard.state import tags
from dashboard.state.saved_views import list_views

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.callbacks.panel import Look
    from dashboard.callbacks.services import Services
    from dashboard.components.page import Parts
    from dashboard.components.tags import TagLike
    from dashboard.sections.customers import CustomerPage
    from dashboard.sections.portfolio import Portfolio
    from dashboard.state.database import Database

NAME = "customers"  # of the list, to the bar that tags


def _shell(look: Look) -> Component:
    followed = follows(KEYS, ORDER, STANDARD, "tag", "as_of") | {"path": look.path}
    return customers_shell(_listing(look), followed, look.language)


def _values(look: Look) -> Parts:
    return customer_values(_listing(look), look.language)


def _listing(look: Look) -> Listing:
    """Return everything the page shows beside the rows themselves."""
    shown = find(look.params, look.portfolio, look.database, look.viewer, limit=0)
    soon = CustomerQuery(
        statuses=(EXPIRING_SOON.name,), types=("Trial",), as_of=shown.as_of, limit=0
    )
    seen = look.portfolio.book(shown.as_of).seen(look.viewer.scope)["customer_id"]
    with look.database.read() as session:
        offered = tags.list_tags(session, Scope(customers=frozenset(seen)))
        views = list_views(session, look.viewer)
    default = look.portfolio.as_of
    return Listing(
        page=shown,
        trials_ending=customer_list(look.portfolio, look.viewer.scope, soon).found,
        tags=offered,
        views=views,
        rules=look.portfolio.rules,
        home=look.settings.prefix.rstrip("/") + look.path,
        as_of="" if shown.as_of == default else str(shown.as_of or ""),
        edits_tags=look.viewer.edits_tags,
        keeps_views=bool(look.viewer.user_id),
    )


PANEL = Panel(shell=_shell, values=_values, keys=KEYS, grid=True, needs_customers=False)


def tags_of(database: Database, customers: Collection[str]) -> Mapping[str, list[TagLike]]:
    """Return the tags of each customer that has any."""
    with database.read() as session:
        return {customer: list(own) for customer, own in tags.tags_of(session, customers).items()}


def register(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    """Attach rows, export and what `assets/33-customers.js` does without the server."""
    _register_rows(app, services)
    _register_export(app, services, clock)
    app.clientside_callback(
        ClientsideFunction("customers", "mount"),
        Output(part("count"), "title"),  # an output, or a new grid would not call
        Input(part("grid"), "id"),
    )
    app.clientside_callback(
        ClientsideFunction("customers", "reread"),
        Input(bulk("changed", NAME), "data"),
        prevent_initial_call=True,
    )


def _register_rows(app: Dash, services: Services) -> None:
    @app.callback(
        Output(part("grid"), "getRowsResponse"),
        Input(part("grid"), "getRowsRequest"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def rows(request: Any, view: Any) -> dict[str, Any]:
        if not isinstance(request, dict):
            raise PreventUpdate
        release = services.releases.of(_params(view))
        portfolio = release.portfolio
        if portfolio is None:
            raise PreventUpdate
        shown = _found(services, portfolio, view, **block_of(request, SORTS))
        carried = tags_of(services.database, shown.rows["customer_id"].to_list())
        written = customer_rows(
            shown,
            carried,
            language_of_request(),
            portfolio.rules,
            services.settings.prefix,
            services.portal,
        )
        linked = [row | {"href": release.kept_by(row["href"])} for row in written]
        return {"rowData": linked, "rowCount": shown.found}


def _register_export(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    @app.callback(
        Output(part("file"), "data"),
        Input(part("save"), "n_clicks"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @in_turn(services)
    def export(clicks: Any, view: Any) -> Any:
        if not clicks:
            raise PreventUpdate
        portfolio = release_taken(services, _params(view))
        if portfolio is None:
            return no_update
        shown = _found(services, portfolio, view, limit=None)
        services.limits.check(shown.found, shown.rows.width)
        if not _recorded(services, portfolio, view, shown, clock()):
            return no_update
        carried = tags_of(services.database, shown.rows["customer_id"].to_list())
        names = {customer: [tag.name for tag in own] for customer, own in carried.items()}
        content = customers_csv(shown, names, _context(services, view, shown))
        return {
            "content": content,
            "filename": customers_file(shown),
            "type": "text/csv;charset=utf-8",
        }


def _context(services: Services, view: Any, shown: CustomerPage) -> dict[str, str]:
    """Return what each row of the file says of it."""
    language, params = language_of_request(), _params(view)
    claim = Claim(
        of=CUSTOMERS,
        filters=None,
        release=shown.release,
        receipt=services.receipt(viewer_of_request()),
        language=language.code,
        rows=shown.found,
        whole=shown.found,
        params=asked_at(params, (*(key.name for key in KEYS), TAG_KEY, "as_of")),
    )
    tagged = read_tag_filter(params, services.database)
    return claim.as_columns(filters_in_words(shown.query, language, tagged.names))


def _recorded(
    services: Services, portfolio: Portfolio, view: Any, shown: CustomerPage, now: datetime
) -> bool:
    viewer = viewer_of_request()
    filters = read_filters(_params(view), portfolio, viewer.scope)
    database, rows, release = services.database, shown.found, shown.release
    return recorded(database, viewer, filters, now, subject=NAME, rows=rows, release=release)


def _found(services: Services, portfolio: Portfolio, view: Any, **part_: Any) -> CustomerPage:
    return find(_params(view), portfolio, services.database, viewer_of_request(), **part_)


def _params(view: Any) -> dict[str, Any]:
    return view if isinstance(view, dict) else {}
