"""Exports: sends what a table shows as a file that the server computes anew."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from dash import MATCH, Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.asked import params_of, read_filters
from dashboard.callbacks.customer import customer_at, customer_view
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import viewer_of_request
from dashboard.callbacks.tag_filter import read_tag_filter
from dashboard.callbacks.taken_away import in_turn, recorded, release_taken
from dashboard.components.drawing import has_chart, has_grid
from dashboard.errors import NotFoundError
from dashboard.exports.about import About
from dashboard.exports.csv import file_name, row_count, to_csv
from dashboard.exports.selection import EVERYTHING, Selection, columns_of
from dashboard.exports.xlsx import MIME, to_xlsx
from dashboard.sections import SECTIONS
from dashboard.sections.compared import COMPARED
from dashboard.wording.table_filters import table_filters

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.exports.receipt import Receipt
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Section, View
    from dashboard.sections.portfolio import Portfolio


EXPORTED = SECTIONS | COMPARED


def register(app: Dash, services: Services) -> None:
    """Answer what `30-grid.js` and `36-pictures.js` ask when somebody presses an export."""
    request = {"part": "export-request", "section": MATCH}

    @app.callback(
        Output({"part": "download", "section": MATCH}, "data"),
        Input(request, "data"),
        State(request, "id"),
        State("url", "search"),
        prevent_initial_call=True,
    )
    @in_turn(services)
    def export(wanted: Any, part: Any, search: Any) -> Any:
        section = EXPORTED.get(str(part.get("section"))) if isinstance(part, dict) else None
        if section is None or not _is_offered(section) or not isinstance(wanted, dict):
            raise PreventUpdate
        params = params_of(search)
        viewer = viewer_of_request()
        portfolio = release_taken(services, params)
        if portfolio is None:
            return no_update
        customer_id = customer_at(services, wanted.get("path"))
        if customer_id:
            view = _of_customer(customer_id, section, params, viewer, portfolio)
            scope = viewer.scope.narrowed({customer_id})
        else:
            view = services.view(section, params, viewer)
            scope = read_tag_filter(params, services.database).within(viewer.scope)
        # Ids from the browser only choose among the rows this viewer may see anyway.
        chosen = _selection(wanted, section, params)
        receipt = services.receipt(viewer, scope)
        rows = row_count(view, chosen.row_ids)
        services.limits.check(rows, len(columns_of(section, chosen.columns)))
        said: dict[str, str | int] = {"rows": rows, "release": view.release}
        database, now = services.database, receipt.at
        if not recorded(database, viewer, view.filters, now, subject=section.name, **said):
            return no_update
        if wanted.get("format") == "xlsx":
            return _workbook(view, chosen, portfolio.rules, receipt)
        about = About(
            view=view,
            language=language_of_request(),
            rules=portfolio.rules,
            receipt=receipt,
            selection=chosen,
        )
        text = to_csv(view, chosen.row_ids, chosen.columns, about)
        return {"content": text, "filename": file_name(view), "type": "text/csv;charset=utf-8"}


def _workbook(view: View, chosen: Selection, rules: Rules, receipt: Receipt) -> dict[str, Any]:
    content = to_xlsx(view, language_of_request(), rules, receipt, chosen)
    name = file_name(view, "xlsx")
    return {"content": b64encode(content).decode(), "filename": name, "type": MIME, "base64": True}


def _is_offered(section: Section) -> bool:
    return has_grid(section) or has_chart(section)


def _of_customer(
    customer_id: str,
    section: Section,
    params: dict[str, str],
    viewer: Viewer,
    portfolio: Portfolio,
) -> View:
    """Compute a section as the page of a customer shows it, for this one alone."""
    if section.name in COMPARED:
        raise PreventUpdate  # no customer's page compares two dates
    filters = read_filters(params, portfolio, viewer.scope, (section,))
    try:
        return customer_view(section, portfolio, filters, viewer, customer_id)
    except NotFoundError as error:
        raise PreventUpdate from error


def _selection(wanted: Any, section: Section, params: dict[str, str]) -> Selection:
    if "ids" not in wanted:  # a chart shows everything: search and filters are of tables
        return EVERYTHING
    return Selection(
        row_ids=_names(wanted.get("ids")),
        columns=_names(wanted.get("columns")),
        said=table_filters(params, section, language_of_request()),
    )


def _names(values: object) -> tuple[str, ...]:
    return tuple(v for v in values if isinstance(v, str)) if isinstance(values, list) else ()
