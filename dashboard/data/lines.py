"""Lines: one subscription's licenses of one counted product in one week, with whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.datasets import CUSTOMERS, LICENSES, SUBSCRIPTIONS
from dashboard.data.products import IS_COUNTED

if TYPE_CHECKING:
    from datetime import date

    from dashboard.data.store import Store

COLUMNS = (
    "week_ending",
    "product",
    "customer_id",
    "customer",
    "subscription_id",
    "type",
    "start_date",
    "end_date",
    "auto_renew",
    "total",
    "assigned",
    "used",
    "used_last_3_months",
)


def read_lines(store: Store, region: str) -> pl.DataFrame:
    """Return every line of a region, all weeks, sorted by week: the columns of `COLUMNS`.

    Both joins are inner: licenses of a subscription that no export describes, or that belongs
    to another organization, have no term to be active in and are not counted. Texts repeat
    from week to week, so they are categories: a quarter of the memory, and faster to group.
    """
    licenses = store.scan(LICENSES, region).filter(IS_COUNTED)
    subscriptions = store.scan(SUBSCRIPTIONS, region)
    customers = store.scan(CUSTOMERS, region).select("customer_id", "customer")
    return (
        licenses.join(subscriptions, on=["customer_id", "subscription_id"])
        .join(customers, on="customer_id")
        .select(COLUMNS)
        .sort("week_ending", "product", "subscription_id")
        .with_columns(pl.col(pl.String).cast(pl.Categorical))
        .collect()
    )


def between(lines: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Return the lines of the weeks from `first` to `last`: a slice, since they are sorted."""
    weeks = lines["week_ending"]
    start, end = weeks.search_sorted(first, "left"), weeks.search_sorted(last, "right")
    return lines.slice(start, end - start)
