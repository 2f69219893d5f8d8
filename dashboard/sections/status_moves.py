"""Status moves: customers whose most urgent status is another one than on an earlier date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.access import EVERYONE
from dashboard.metrics.statuses import (
    EXPIRED,
    EXPIRING_SOON,
    LICENSE_OVERAGE,
    STATUSES,
    SUBSCRIPTION,
    TRIAL,
)

if TYPE_CHECKING:
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.filters import Filters
    from dashboard.sections.portfolio import Portfolio

# What dates and license snapshots decide. Payment, setup and sign-in are known as they are today
# only, so that nobody can say who moved to them or from them.
DATED = tuple(
    s for s in STATUSES.values()
    if s in (EXPIRED, LICENSE_OVERAGE, EXPIRING_SOON, TRIAL, SUBSCRIPTION)
)  # fmt: skip
SCHEMA = {
    "customer_id": pl.String,
    "customer": pl.String,
    "before": pl.String,
    "after": pl.String,
    "licenses": pl.Int64,
}


def status_moves(
    portfolio: Portfolio, filters: Filters, since: date, scope: Scope = EVERYONE
) -> pl.DataFrame:
    """Return who had a status of `DATED` on both dates, and not the same: `SCHEMA`.

    `licenses` are those behind the status now; the most come first.
    """
    if portfolio.last_complete_week(since) is None or filters.as_of is None:
        return pl.DataFrame(schema=SCHEMA)
    then, now = (
        portfolio.book(day).seen(scope).filter(pl.col("region") == filters.region)
        for day in (since, filters.as_of)
    )
    before = then.select("customer_id", before=_most_urgent())
    after = now.select("customer_id", "customer", after=_most_urgent(), licenses=_behind())
    moved = after.join(before, on="customer_id").filter(pl.col("before") != pl.col("after"))
    ordered = moved.sort("licenses", "customer", "customer_id", descending=[True, False, False])
    return ordered.select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _most_urgent() -> pl.Expr:
    return pl.coalesce(pl.when(s.name).then(pl.lit(s.name)) for s in DATED)


def _behind() -> pl.Expr:
    parts = {s: "excess" if s.excess else "licenses" for s in DATED}
    return pl.coalesce(pl.when(s.name).then(pl.col(f"{s.name}.{parts[s]}")) for s in DATED)
