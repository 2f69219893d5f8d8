"""Customers: the list of all that a viewer may see, searched, filtered, sorted and sliced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.filters import refuse_unknown
from dashboard.errors import UnknownNameError
from dashboard.metrics.statuses import FLAGS, STATUSES
from dashboard.sections.facets import TYPES
from dashboard.sections.names import wanted

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from dashboard.access import Scope
    from dashboard.sections.facets import Facets
    from dashboard.sections.portfolio import Portfolio

# What a row of the list holds, beside one boolean for each flag.
ROW = (
    "customer_id", "customer", "vendor", "relationship", "country", "region", "products",
    "statuses", "other_statuses", "most_urgent", "licenses_at_stake", "subscriptions",
    "nearest_end", "last_admin_sign_in", "billing_currency", "remaining_credits",
    "assigned_users", "external_id",
)  # fmt: skip
TERMS = {"Subscription": "subscriptions", "Trial": "trials"}  # the counts of each type
# What the list can be sorted by; ties keep its default order. Amounts of different currencies
# do not compare, so they sort within their currency.
SORTS: dict[str, tuple[str | pl.Expr, ...]] = {
    "statuses": ("urgency",),
    "customer": ("name_rank",),
    "products": ("products_rank",),
    "assigned_users": (pl.col("assigned_users").list.len(),),
    "remaining_credits": ("billing_currency", "remaining_credits"),
    **{
        name: (name,)
        for name in (
            "customer_id", "vendor", "relationship", "country", "region", "licenses_at_stake",
            "subscriptions", "nearest_end", "last_admin_sign_in", "billing_currency",
            "external_id",
        )
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerQuery:
    """What is asked of the list; filters combine, and several values of one mean any of them.

    `types` keeps customers with an active subscription of such a type, and together with
    `statuses` those where one of such a type sets the status (W-036). Values nobody has match
    nothing. Without a `limit`, every row is returned.
    """

    search: str = ""
    managed: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    as_of: date | None = None  # None: the release's own
    sort: str = "statuses"
    descending: bool = False
    offset: int = 0
    limit: int | None = 100

    def __post_init__(self) -> None:
        """Refuse what no list can answer."""
        refuse_unknown("sort", self.sort, SORTS)
        for kind in self.types:
            refuse_unknown("subscription type", kind, TYPES)
        if self.offset < 0 or (self.limit is not None and self.limit < 0):
            msg = f"rows {self.offset} + {self.limit} do not exist; both must be 0 or more."
            raise UnknownNameError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomerPage:
    """A slice of the list: the columns of `ROW` and the flags, without language.

    `behind` holds the same customers with what `dashboard.metrics.reasons` reads. `found`
    customers match the query, of `total` in scope.
    """

    query: CustomerQuery
    release: str
    as_of: date | None
    week_ending: date | None
    rows: pl.DataFrame
    behind: pl.DataFrame
    found: int
    total: int
    facets: Facets


def customer_list(
    portfolio: Portfolio,
    scope: Scope,
    query: CustomerQuery,
    tags: Mapping[str, Collection[str]] | None = None,
) -> CustomerPage:
    """Answer a query from the customers of all regions that the scope allows.

    `tags` holds the customer ids of each tag, from the tag store.
    """
    book = portfolio.book(query.as_of or portfolio.as_of)
    seen = book.seen(scope)
    conditions = _conditions(query, tags or {})
    matching = seen.filter(*conditions) if conditions else seen
    # Only what is sorted by and the row numbers take part in the sort, not every column.
    keys = matching.select(*SORTS[query.sort]).with_row_index("row")
    by = keys.columns[1:]
    ordered = keys.sort(by, descending=query.descending, nulls_last=True, maintain_order=True)[
        "row"
    ]
    taken = matching[ordered.slice(query.offset, query.limit)]
    return CustomerPage(
        query=query,
        release=portfolio.store.release.id,
        as_of=book.as_of,
        week_ending=book.week_ending,
        rows=taken.select(*ROW, *FLAGS),
        behind=taken,
        found=matching.height,
        total=seen.height,
        facets=book.facets(scope),
    )


def _conditions(query: CustomerQuery, tags: Mapping[str, Collection[str]]) -> list[pl.Expr]:
    conditions = []
    if text := wanted(query.search):
        conditions.append(pl.col("searched").str.contains(text, literal=True))
    if query.managed:
        conditions.append(pl.col("relationship").is_in(query.managed))
    if query.regions:
        conditions.append(pl.col("region").is_in(query.regions))
    if query.products:
        conditions.append(_any_of("products", query.products))
    if query.types:
        conditions.append(pl.any_horizontal(TYPES[kind] for kind in query.types))
    if query.statuses:
        conditions.append(_has_status(query))
    if query.tags:
        conditions.append(_is_tagged(query.tags, tags))
    return conditions


def _has_status(query: CustomerQuery) -> pl.Expr:
    known = [STATUSES[name] for name in query.statuses if name in STATUSES]
    return pl.any_horizontal(
        _any_of("other_statuses", query.statuses),
        *(
            pl.any_horizontal(pl.col(f"{s.name}.{TERMS[kind]}") > 0 for kind in query.types)
            if query.types and s.own
            else pl.col(s.name)
            for s in known
        ),
    )


def _is_tagged(wanted_tags: tuple[str, ...], tags: Mapping[str, Collection[str]]) -> pl.Expr:
    for tag in wanted_tags:
        refuse_unknown("tag", tag, tags)
    ids = {customer for tag in wanted_tags for customer in tags[tag]}
    return pl.col("customer_id").is_in(list(ids))


def _any_of(column: str, values: tuple[str, ...]) -> pl.Expr:
    return pl.any_horizontal(pl.col(column).list.contains(value) for value in values)
