"""Logs: answers for the log of an 8x8 customer: its page, its rows block by block, its file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from dash import Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.asked import read_filters, read_keys
from dashboard.callbacks.blocks import block_of, follows
from dashboard.callbacks.log_query import KEYS, NEWEST, ORDER, SORTS, read_log_query
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import viewer_of_request
from dashboard.callbacks.taken_away import in_turn, recorded, release_taken
from dashboard.components import ids
from dashboard.components.customer import LOGS
from dashboard.components.customer_log import log_frame
from dashboard.components.customer_log_grid import part
from dashboard.components.customer_log_rows import caption, log_rows, log_values
from dashboard.data.log_datasets import LOG_PRODUCTS
from dashboard.data.logs import COLUMNS, LogPage, LogQuery, read_log
from dashboard.data.logs import MOST_ROWS as LARGEST
from dashboard.errors import UnknownNameError
from dashboard.exports.claim import LOG, Claim, asked_at
from dashboard.exports.log import ending, filters_in_words, log_csv, log_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.callbacks.panel import Look
    from dashboard.callbacks.services import Services
    from dashboard.components.page import Parts
    from dashboard.data.filters import Filters
    from dashboard.sections.customer import CustomerDetail
    from dashboard.sections.portfolio import Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Which tab of which customer an address names."""

    customer_id: str
    tab: str

    @classmethod
    def of(cls, argument: str) -> Place:
        """Read what follows `/customers/`; an id is written with every character escaped."""
        first, _, tab = argument.partition("/")
        return cls(customer_id=unquote(first), tab=tab)


def log_shell(look: Look, product: str) -> list[Component]:
    """Lay out a log; it asks for its rows again when one of its keys or the date changes."""
    said = read_keys(KEYS, look.params, look.portfolio, look.viewer.scope)
    return log_frame(product, said, SORTS, follows(KEYS, ORDER, NEWEST, "as_of"), look.language)


def log_parts(look: Look, detail: CustomerDetail, product: str) -> Parts:
    """Return what a log shows beside its rows."""
    store, scope, row = look.portfolio.store, look.viewer.scope, detail.row
    customer = row["customer_id"]
    query = read_log_query(look.params, look.portfolio, customer, product, limit=1)
    whole = {"as_of": look.params.get("as_of")}
    first = read_log(
        store, scope, read_log_query(whole, look.portfolio, customer, product, limit=1)
    )
    newest = first.rows["timestamp"].max()
    about = caption(str(row["customer"] or customer), product, newest, look.language)
    return log_values(read_log(store, scope, query), about, look.language)


def register(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    """Attach rows and file of each log."""
    for product in LOG_PRODUCTS:
        _register_rows(app, services, product)
        _register_export(app, services, product, clock)


def _register_rows(app: Dash, services: Services, product: str) -> None:
    @app.callback(
        Output(part("grid", product), "getRowsResponse"),
        Input(part("grid", product), "getRowsRequest"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    def rows(request: Any, view: Any) -> dict[str, Any]:
        if not isinstance(request, dict):
            raise PreventUpdate
        portfolio = services.releases.of(_params(view)).portfolio
        if portfolio is None:
            raise PreventUpdate
        query = _asked(services, portfolio, view, product, **block_of(request, SORTS))
        page = _read(portfolio, query)
        written = log_rows(page, query.offset, language_of_request())
        return {"rowData": written, "rowCount": page.total}


def _register_export(
    app: Dash, services: Services, product: str, clock: Callable[[], datetime]
) -> None:
    @app.callback(
        Output(part("file", product), "data"),
        Input(part("save", product), "n_clicks"),
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
        query = _asked(services, portfolio, view, product, limit=LARGEST)
        pages = [_read(portfolio, query)]
        services.limits.check(pages[0].total, len(COLUMNS))
        while query.offset + LARGEST < pages[0].total:
            query = replace(query, offset=query.offset + LARGEST)
            pages.append(_read(portfolio, query))
        filters = read_filters(_params(view), portfolio, viewer_of_request().scope)
        if not _recorded(services, filters, query, pages[0].total, clock()):
            return no_update
        release = portfolio.store.release.id
        context = _context(services, view, query, release, pages[0].total)
        content = log_csv([page.rows for page in pages], query, release, context)
        return {
            "content": content,
            "filename": log_file(query, portfolio.as_of),
            "type": "text/csv;charset=utf-8",
        }


def _context(
    services: Services, view: Any, query: LogQuery, release: str, rows: int
) -> dict[str, str]:
    """Return what each row of the file says of it."""
    language = language_of_request()
    params = {"whose": query.customer, "product": query.product, **view}
    if query.search:
        params["digits"] = ending(query.search)
    claim = Claim(
        of=LOG,
        filters=None,
        release=release,
        receipt=services.receipt(viewer_of_request()),
        language=language.code,
        rows=rows,
        whole=rows,
        params=asked_at(params, ("whose", "product", *(key.name for key in KEYS), "as_of")),
    )
    return claim.as_columns(filters_in_words(query, language))


def _recorded(
    services: Services, filters: Filters, query: LogQuery, rows: int, now: datetime
) -> bool:
    return recorded(
        services.database,
        viewer_of_request(),
        filters,
        now,
        subject=f"log.{query.product}",
        customer=query.customer,
        rows=rows,
    )


def _params(view: Any) -> dict[str, Any]:
    return view if isinstance(view, dict) else {}


def _asked(
    services: Services, portfolio: Portfolio, view: Any, product: str, **part_: Any
) -> LogQuery:
    """Return what the address of a view asks of this log; it came from the browser."""
    params = _params(view)
    page, argument = services.page_at(str(params.get("path") or ""))
    place = Place.of(argument)
    if page is None or LOGS.get(place.tab) != product:
        raise PreventUpdate
    return read_log_query(params, portfolio, place.customer_id, product, **part_)


def _read(portfolio: Portfolio, query: LogQuery) -> LogPage:
    """Read rows within what the viewer may see at this moment."""
    try:
        return read_log(portfolio.store, viewer_of_request().scope, query)
    except UnknownNameError as error:
        raise PreventUpdate from error
