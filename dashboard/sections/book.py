"""Book: every customer of a release, of all regions, with its statuses on one date."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.datasets import CUSTOMERS, LICENSES, SUBSCRIPTIONS
from dashboard.metrics.segments import IS_ACTIVE
from dashboard.metrics.statuses import (
    EXPIRED,
    PAYMENTS,
    SETUPS,
    carried,
    judged,
    summed,
)
from dashboard.sections.facets import count_facets
from dashboard.sections.names import BETWEEN, folded, in_alphabet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.store import Store
    from dashboard.metrics.rules import Rules
    from dashboard.sections.facets import Facets

KEPT_SCOPES = 32  # how many viewers' choices of customers stay in memory
WEBEX = "Webex"
# Columns only some vendors' lists bring: null where no export has them (G-13).
OPTIONAL: dict[str, pl.DataType] = {
    "vendor": pl.String(),
    "enabled_products": pl.String(),
    "billing_currency": pl.String(),
    "remaining_credits": pl.Decimal(38, 6),
    "assigned_users": pl.String(),
}
TERM = ("customer_id", "subscription_id")
DEFAULT_ORDER = ("urgency", "licenses_at_stake", "name_rank", "customer_id")


@dataclass(frozen=True, kw_only=True)
class Book:
    """The customers and their terms, in memory; whoever reads them names a scope first.

    A customer's row holds its columns of the list, its statuses and flags, what is behind each
    of them (`dashboard.metrics.statuses.summed`) and what is searched and sorted by.
    """

    as_of: date | None
    week_ending: date | None
    _customers: pl.DataFrame
    _terms: pl.DataFrame
    seen: Callable[[Scope], pl.DataFrame] = field(init=False)
    facets: Callable[[Scope], Facets] = field(init=False)

    def __post_init__(self) -> None:
        """Give each book caches of its own, that end with it."""
        object.__setattr__(self, "seen", lru_cache(maxsize=KEPT_SCOPES)(self._seen))
        object.__setattr__(self, "facets", lru_cache(maxsize=KEPT_SCOPES)(self._facets))

    def _seen(self, scope: Scope) -> pl.DataFrame:
        """Return the customers a scope allows, in the list's default order."""
        return allowed(self._customers, scope)

    def _facets(self, scope: Scope) -> Facets:
        return count_facets(self.seen(scope))

    def terms(self, scope: Scope, customer_id: str) -> pl.DataFrame:
        """Return the subscriptions and trials of a customer the scope allows."""
        own = self._terms.filter(pl.col("customer_id") == customer_id)
        return allowed(own, scope)


def allowed(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    """Keep the rows of customers the scope allows."""
    if scope.customers is None:
        return rows
    return rows.filter(pl.col("customer_id").is_in(list(scope.customers)))


def read_book(store: Store, rules: Rules, as_of: date | None, week: date | None) -> Book:
    """Compute the statuses of every customer, seen from `as_of` with the licenses of `week`."""
    terms = carried(_terms(store, as_of, week), rules)
    terms = _with_last_licenses(terms, store, week)
    day = pl.lit(as_of, pl.Date)
    customers = _customers(store).with_columns(as_of=day)
    customers = customers.join(_active(terms), on="customer_id", how="left")
    customers = customers.join(summed(terms, rules), on="customer_id", how="left")
    counts = pl.col("subscriptions", "^.*\\.(subscriptions|trials|licenses|excess)$")
    customers = customers.with_columns(counts.fill_null(0), _no_texts("other_statuses"))
    ordered = judged(customers, rules).sort(
        DEFAULT_ORDER, descending=[False, True, False, False], nulls_last=True
    )
    owned = terms.join(customers, on="customer_id", how="semi")
    return Book(as_of=as_of, week_ending=week, _customers=ordered, _terms=owned)


def _customers(store: Store) -> pl.DataFrame:
    """Return the customer lists' columns, products as a list, and what is searched for."""
    rows = store.scan(CUSTOMERS).filter(pl.col("region").is_not_null()).collect()
    absent = {name: pl.lit(None, kind) for name, kind in OPTIONAL.items() if name not in rows}
    rows = rows.with_columns(**absent)
    names = in_alphabet(pl.col("customer"))
    return rows.with_columns(
        vendor=pl.col("vendor").fill_null(WEBEX),
        products=pl.concat_list(_parts("products"), _parts("enabled_products")).list.unique(
            maintain_order=True
        ),
        assigned_users=_parts("assigned_users"),
        searched=pl.concat_str(
            folded(pl.col("customer")), folded(pl.col("customer_id")), separator=BETWEEN
        ),
        name_rank=names.rank("dense"),
    ).with_columns(products_rank=pl.col("products").list.join("; ").rank("dense"))


def _parts(column: str) -> pl.Expr:
    """Split a text of several at its semicolons; null is none of them."""
    parts = pl.col(column).fill_null("").str.split(";")
    trimmed = parts.list.eval(pl.element().str.strip_chars())
    return trimmed.list.eval(pl.element().filter(pl.element() != ""))


def _terms(store: Store, as_of: date | None, week: date | None) -> pl.DataFrame:
    """Return every subscription and trial with the sums of its lines in the week."""
    known = store.scan(SUBSCRIPTIONS).filter(pl.col("region").is_not_null())
    lines = store.scan(LICENSES).filter(pl.col("week_ending") == pl.lit(week, pl.Date))
    total = pl.col("total")
    sums = lines.group_by(TERM).agg(
        licenses=total.sum(),
        overage=(pl.col("assigned") - total).clip(0).sum(),
        overuse=(pl.col("used") - total).clip(0).sum(),
    )
    terms = known.join(sums, on=TERM, how="left").with_columns(as_of=pl.lit(as_of, pl.Date))
    return terms.with_columns(
        pl.col("licenses", "overage", "overuse").fill_null(0),
        active=IS_ACTIVE.fill_null(value=False),
    ).collect()


def _with_last_licenses(terms: pl.DataFrame, store: Store, week: date | None) -> pl.DataFrame:
    """Give the terms behind Expired the licenses of their newest snapshot up to the week."""
    gone = terms.filter(EXPIRED.name).select(TERM).lazy()
    newest = pl.col("week_ending") == pl.col("week_ending").max()
    until = store.scan(LICENSES).filter(pl.col("week_ending") <= pl.lit(week, pl.Date))
    last = (
        until.join(gone, on=TERM, how="semi")
        .group_by(TERM)
        .agg(last_licenses=pl.col("total").filter(newest).sum())
        .collect()
    )
    found = terms.join(last, on=TERM, how="left")
    licenses = pl.when(EXPIRED.name).then("last_licenses").otherwise("licenses").fill_null(0)
    return found.with_columns(licenses=licenses).drop("last_licenses")


def _active(terms: pl.DataFrame) -> pl.DataFrame:
    """Return how many terms of a customer are active, the first end, and unknown statuses."""
    active = terms.filter("active")
    others = [
        pl.when(~pl.col(column).is_in(known)).then(column)
        for column, known in (("payment_status", PAYMENTS), ("setup_status", SETUPS))
    ]
    return active.group_by("customer_id").agg(
        subscriptions=pl.len(),
        nearest_end=pl.col("end_date").min(),
        other_statuses=pl.concat_list(others).explode().drop_nulls().unique().sort(),
    )


def _no_texts(column: str) -> pl.Expr:
    return pl.col(column).fill_null(pl.lit([], pl.List(pl.String)))
