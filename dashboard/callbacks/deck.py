"""Deck: sends the quarterly review of what the viewer may see, for the filters in force."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.asked import params_of, read_filters
from dashboard.callbacks.logs import Place
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import viewer_of_request
from dashboard.callbacks.tag_filter import read_tag_filter
from dashboard.callbacks.taken_away import in_turn, recorded, release_taken
from dashboard.components.review import BUTTON, DOWNLOAD
from dashboard.errors import NotFoundError
from dashboard.exports.deck.brief import Brief
from dashboard.exports.deck.template import dress
from dashboard.exports.deck.write import MIME, file_name, to_pptx
from dashboard.sections.whose import customer_name, region_of
from dashboard.wording.subject import all_customers

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.sections.portfolio import Portfolio


def register(app: Dash, services: Services) -> None:
    """Answer whoever presses “Review deck”."""

    @app.callback(
        Output(DOWNLOAD, "data"),
        Input(BUTTON, "n_clicks"),
        State("url", "search"),
        State("url", "pathname"),
        running=[(Output(BUTTON, "loading"), True, False)],
        prevent_initial_call=True,
    )
    @in_turn(services)
    def review(clicks: int | None, search: Any, path: Any) -> Any:
        if not clicks:
            raise PreventUpdate  # the button came, nobody pressed it
        viewer, params = viewer_of_request(), params_of(search)
        portfolio = release_taken(services, params)
        if portfolio is None:
            return no_update
        brief = _brief(services, portfolio, params, viewer)
        customer_id = _customer_at(services, path)
        if customer_id:
            brief = _about(brief, customer_id, viewer)
        now, said = brief.receipt.at, {"release": brief.portfolio.store.release.id}
        if not recorded(services.database, viewer, brief.filters, now, subject="deck", **said):
            return no_update
        content = b64encode(to_pptx(brief, dress(None, None))).decode()
        return {"content": content, "filename": file_name(brief), "type": MIME, "base64": True}


def _customer_at(services: Services, path: Any) -> str:
    """Return the customer whose page an address is; empty for any other page."""
    below = str(path or "").removeprefix(services.settings.prefix).strip("/")
    page, argument = services.page_at("/" + below)
    return Place.of(argument).customer_id if page and page.panel == "customer" else ""


def _about(brief: Brief, customer_id: str, viewer: Viewer) -> Brief:
    """Return the review of one customer, in its own region and without a tag's filter."""
    scope = viewer.scope.narrowed({customer_id})
    if not scope.customers:
        raise PreventUpdate
    try:
        region = region_of(brief.portfolio, customer_id)
    except NotFoundError as error:
        raise PreventUpdate from error
    return replace(
        brief,
        filters=replace(brief.filters, region=region, tags=()),
        scope=scope,
        subject=customer_name(brief.portfolio, region, customer_id),
    )


def _brief(
    services: Services, portfolio: Portfolio, params: dict[str, str], viewer: Viewer
) -> Brief:
    tagged = read_tag_filter(params, services.database)
    filters = replace(read_filters(params, portfolio, viewer.scope), tags=tagged.names)
    if filters.as_of is None:
        raise PreventUpdate
    language = language_of_request()
    return Brief(
        portfolio=portfolio,
        filters=filters,
        as_of=filters.as_of,
        scope=tagged.within(viewer.scope),
        subject=", ".join(tagged.names) or all_customers(language),
        language=language,
        receipt=services.receipt(viewer),
    )
