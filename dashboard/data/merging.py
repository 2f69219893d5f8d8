"""Merging: what the tables hold once new rows are in, and which region every row belongs to."""

from __future__ import annotations

import operator
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.datasets import CUSTOMERS, EIGHT_BY_EIGHT, ORDERS, SUBSCRIPTIONS
from dashboard.data.texts import RECORD
from dashboard.data.weeks import week_ending

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from dashboard.data.datasets import Dataset

MISMATCH = "organization differs from its subscription's"


def owner(dataset: Dataset) -> str:
    """Return the column that ties a row to a customer: orders know theirs by subscription."""
    return "subscription_id" if dataset is ORDERS else "customer_id"


def latest(dataset: Dataset, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return all rows, of those with the same key the last one."""
    rows = pl.concat([part for part in parts if part.height] or parts[:1])
    hashes = [pl.col(name).hash(seed) for seed, name in enumerate(dataset.key)]
    if rows.select(pl.reduce(operator.xor, hashes).n_unique()).item() == rows.height:
        return rows  # the usual case, found out in a third of the time
    return rows.unique(dataset.key, keep="last", maintain_order=True)


def regions_by_owner(tables: Mapping[str, pl.DataFrame], dataset: Dataset) -> pl.DataFrame:
    """Return the region of every owner a customer list names."""
    regions = tables[CUSTOMERS.name].select("customer_id", "region")
    if owner(dataset) == "customer_id":
        return regions
    subscriptions = tables[SUBSCRIPTIONS.name].select("subscription_id", "customer_id")
    return subscriptions.join(regions, on="customer_id").drop("customer_id")


def analyzed_regions(customers: pl.DataFrame) -> pl.Series:
    """Return the regions analytics offer: accounts of 8x8 have nothing there to be analyzed.

    Without any other customer, theirs are all there are.
    """
    webex = customers.filter(pl.col("vendor").ne_missing(EIGHT_BY_EIGHT))
    return (webex if webex.height else customers)["region"].unique()


def with_region(rows: pl.DataFrame, dataset: Dataset, regions: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the region of their owner, null where no customer list names it."""
    if dataset is CUSTOMERS:
        return rows
    return rows.with_columns(region=_looked_up(owner(dataset), regions))


def moved(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the owners whose region is another than before, in a column of the same name."""
    changed = after.join(before, on=after.columns[0], how="full", coalesce=True)
    return changed.filter(pl.col("region").ne_missing(pl.col("region_right")))[[after.columns[0]]]


def mismatched(licenses: pl.DataFrame, subscriptions: pl.DataFrame) -> pl.DataFrame:
    """Return the records that name another organization than their subscription does."""
    known = subscriptions.select("subscription_id", "customer_id")
    other = _looked_up("subscription_id", known)
    return licenses.filter(other != pl.col("customer_id")).select(RECORD)


def _looked_up(column: str, known: pl.DataFrame) -> pl.Expr:
    """Look a column up in a frame of two, null where it is not in there; faster than a join."""
    keys, values = known.get_columns()
    if keys.is_empty():
        return pl.lit(None, pl.String)
    return pl.col(column).replace_strict(keys, values, default=None, return_dtype=pl.String)


def as_of(
    newest_week: date | None, tables: Mapping[str, pl.DataFrame], newest_call: date | None
) -> date | None:
    """Return the date a release is seen from by default.

    The day after the newest week of the licenses; without licenses, the newest Sunday that is
    not after the newest event.
    """
    if newest_week:
        return newest_week + timedelta(days=1)
    columns = {CUSTOMERS.name: ("created", "last_admin_sign_in"), ORDERS.name: ("order_date",)}
    events = pl.concat(
        [tables[table][c].cast(pl.Date).alias("day") for table, cs in columns.items() for c in cs]
    )
    newest = pl.concat([events, pl.Series("day", [newest_call], pl.Date)]).max()
    sunday = newest and week_ending(pl.lit(newest)).dt.offset_by("-6d")
    return None if sunday is None else pl.select(sunday).item()
