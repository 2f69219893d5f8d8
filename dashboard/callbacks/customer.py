"""Customer: answers for the page about one customer, tab by tab."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dash import html

from dashboard.callbacks.log_query import KEYS
from dashboard.callbacks.logs import Place, log_parts, log_shell
from dashboard.callbacks.panel import Panel
from dashboard.components.customer import (
    ADMINISTRATORS,
    CALLING,
    LOGS,
    PLACE,
    TRIALS,
    address,
    frame,
    head,
    tab_links,
    tabs,
)
from dashboard.components.customer_calling import calling_frame, calling_values
from dashboard.components.customer_peers import peers_card
from dashboard.components.customer_people import administrators, trials
from dashboard.components.customer_subscriptions import subscriptions
from dashboard.components.customer_trend import trend_cards
from dashboard.components.customer_usage import usage
from dashboard.components.ids import slot
from dashboard.data.datasets import EIGHT_BY_EIGHT
from dashboard.data.log_overview import log_overview, log_products
from dashboard.errors import NotFoundError, UnknownNameError
from dashboard.sections.customer import CustomerDetail, customer_detail
from dashboard.sections.evaluate import evaluate
from dashboard.state.tags import tags_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.access import Scope
    from dashboard.callbacks.panel import Look
    from dashboard.components.page import Parts

CHARTS = {"part": "customer-charts"}  # filled by Dash, for it holds charts


def _shell(look: Look) -> Component:
    place = Place.of(look.argument)
    tab, vendor = place.tab, found(look, place.customer_id).row["vendor"]
    if tab in LOGS:
        body = log_shell(look, LOGS[tab])
    elif tab == CALLING:
        body = calling_frame(look.language, look.portfolio.rules, look.filters.weeks)
    else:
        body = [
            html.Div(id=slot(PLACE, "body"), className="pl-page"),
            html.Div(id=CHARTS, className="pl-customer-charts"),
        ]
    return frame(tab, body, look.language, review=vendor != EIGHT_BY_EIGHT)


def _values(look: Look) -> Parts:
    place = Place.of(look.argument)
    detail = found(look, place.customer_id)
    shown = tabs(detail.row["vendor"], _logs(look, detail), look.language)
    if place.tab not in {tab.name for tab in shown}:
        raise NotFoundError
    home = look.homes["customer"]
    href = {tab.name: address(home, place.customer_id, tab.name) for tab in shown}
    with look.database.read() as session:
        tags = tags_of(session, [place.customer_id]).get(place.customer_id, [])
    top = head(detail, tags, look.portal, look.language, look.portfolio.rules)
    return [
        (slot(PLACE, "head"), {"children": top}),
        (slot(PLACE, "tabs"), {"children": tab_links(shown, place.tab, href)}),
        *_body(look, place, detail, href),
    ]


def found(look: Look, customer_id: str) -> CustomerDetail:
    """Return a customer; whoever may not see it hears what they hear of none."""
    try:
        return customer_detail(look.portfolio, look.viewer.scope, customer_id, look.filters.as_of)
    except UnknownNameError as error:
        raise NotFoundError(str(error)) from error


def _logs(look: Look, detail: CustomerDetail) -> tuple[str, ...]:
    if detail.row["vendor"] != EIGHT_BY_EIGHT:
        return ()
    return log_products(look.portfolio.store, look.viewer.scope, detail.row["customer_id"])


def _body(look: Look, place: Place, detail: CustomerDetail, href: Mapping[str, str]) -> Parts:
    if place.tab == CALLING:
        return _calling(look, detail)
    if place.tab in LOGS:
        return log_parts(look, detail, LOGS[place.tab])
    link = partial(look.portal.link, customer_id=place.customer_id)
    setup, language = link("order_setup"), look.language
    charts: list[Component] = []
    if place.tab == TRIALS:
        body = trials(detail, setup, link("start_trial"), language)
    elif place.tab == ADMINISTRATORS:
        body = administrators(detail, link("manage_administrators"), language)
    elif detail.row["vendor"] == EIGHT_BY_EIGHT:
        overview = log_overview(
            look.portfolio.store, look.viewer.scope, place.customer_id, as_of=look.filters.as_of
        )
        body = usage(overview, href, language)
    else:
        body = subscriptions(detail, setup, language)
        body += peers_card(detail.standings, language, look.portfolio.rules)
        charts = trend_cards(detail, look.filters, language)
    return [
        (slot(PLACE, "body"), {"children": body}),
        (CHARTS, {"children": html.Div(charts, className="pl-pair")}),
    ]


def _calling(look: Look, detail: CustomerDetail) -> Parts:
    """Evaluate what the calling pages show for this customer alone, in its own region."""
    row = detail.row
    named = str(row["customer"] or row["customer_id"])
    filters = replace(look.filters, region=row["region"], customer=named, tags=())
    scope: Scope = look.viewer.scope.narrowed({row["customer_id"]})
    return calling_values(
        lambda section: evaluate(section, look.portfolio, filters, scope),
        look.language,
        look.portfolio.rules,
        look.homes,
    )


PANEL = Panel(
    shell=_shell, values=_values, keys=KEYS, grid=True, chart=True, needs_customers=False
)
