"""The customer list's own keys of the URL, and the query they ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.callbacks.asked import read_filters, read_keys
from dashboard.callbacks.blocks import order_of, sorted_by
from dashboard.callbacks.keys import Key, Several, Words
from dashboard.callbacks.tag_filter import read_tag_filter
from dashboard.sections.customers import SORTS, CustomerPage, CustomerQuery, customer_list
from dashboard.sections.facets import TYPES
from dashboard.state.tags import customers_with

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.access import Scope, Viewer
    from dashboard.callbacks.keys import Offer
    from dashboard.data.filters import Filters
    from dashboard.i18n import Language
    from dashboard.sections.portfolio import Portfolio
    from dashboard.state.database import Database

MANAGED = ("External", "Own")
ORDER, STANDARD = "sort", "statuses"  # the key that sorts, and how without it


def _key(name: str, offer: Offer) -> Key:
    return Key(name=name, offer=lambda *_: offer, notice=_notice, local=True)


def _notice(language: Language, _: Filters) -> str:
    return language.text("Customers cannot be found or sorted by “{value}”; showing all of them.")


KEYS = (
    _key("q", Words()),
    _key("managed", Several(values=MANAGED)),
    _key("products", Several()),
    _key("status", Several()),
    _key("type", Several(values=tuple(TYPES))),
    _key("in_region", Several()),
    _key(ORDER, sorted_by(tuple(SORTS), STANDARD)),
)


def read_query(
    params: Mapping[str, Any],
    portfolio: Portfolio,
    scope: Scope,
    tags: tuple[str, ...],
    **part: Any,
) -> CustomerQuery:
    """Return what the keys of the URL ask; `part` says which rows, and in which order."""
    said = read_keys(KEYS, params, portfolio, scope)
    values = {name: tuple(text.split(";")) if text else () for name, text in said.items()}
    return CustomerQuery(
        search=said["q"],
        managed=values["managed"],
        products=values["products"],
        statuses=values["status"],
        types=values["type"],
        tags=tags,
        regions=values["in_region"],
        as_of=read_filters(params, portfolio, scope).as_of,
        **(order_of(said[ORDER]) | part),
    )


def find(
    params: Mapping[str, Any],
    portfolio: Portfolio,
    database: Database,
    viewer: Viewer,
    **part: Any,
) -> CustomerPage:
    """Answer what the URL asks, within what the viewer may see."""
    tagged = read_tag_filter(params, database)
    query = read_query(params, portfolio, viewer.scope, tagged.ids, **part)
    with database.read() as session:
        carrying = {tag: customers_with(session, [tag]) for tag in tagged.ids}
    return customer_list(portfolio, viewer.scope, query, carrying)
