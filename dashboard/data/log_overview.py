"""Log overview: per log of an 8x8 customer how much, until when, at what price, how it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data.accounts import account
from dashboard.data.log_datasets import LOG_PRODUCTS, USAGE_LOGS
from dashboard.data.weeks import last_weeks, week_ending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from dashboard.access import Scope
    from dashboard.data.store import Store

WEEKS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusShare:
    """How many rows ended in a status, and which share of all that is."""

    status: str | None
    rows: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSummary:
    """One log of a customer in the last 8 complete weeks."""

    product: str
    rows: int
    last: datetime | None  # newest event up to then, also of an older week
    prices: tuple[tuple[str | None, Decimal], ...]  # per currency: they are never added up
    weekly: tuple[tuple[date, int | None], ...]  # rows per week ending; None: none came
    statuses: tuple[StatusShare, ...]  # the most frequent first


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOverview:
    """What the view of an 8x8 account begins with (E-014)."""

    account: dict[str, Any]
    week_ending: date | None  # the last complete week; None: there are no logs yet
    logs: tuple[LogSummary, ...]  # in the order of `log_products`


def log_products(store: Store, scope: Scope, customer_id: str) -> tuple[str, ...]:
    """Return the logs a customer has: of enabled products, and of any that left rows (E-015)."""
    owner = account(store, scope, customer_id)
    rows = _rows(store, owner).select("product").unique().collect(engine="streaming")
    return _available(owner, set(rows["product"]))


def log_overview(
    store: Store, scope: Scope, customer_id: str, *, as_of: date | None = None
) -> LogOverview:
    """Summarize each log of a customer over the last 8 complete weeks before `as_of`."""
    owner = account(store, scope, customer_id)
    newest = store.release.last_week_of(USAGE_LOGS, as_of)
    if newest is None:
        products = _available(owner, set())
        logs = tuple(_summary(product, pl.DataFrame(), ()) for product in products)
        return LogOverview(account=owner, week_ending=None, logs=logs)
    counted = _counted(_rows(store, owner, newest), owner)
    products = _available(owner, set(counted["product"]))
    weeks = last_weeks(newest, WEEKS)
    logs = tuple(_summary(p, counted.filter(product=p), weeks) for p in products)
    return LogOverview(account=owner, week_ending=newest, logs=logs)


def _available(owner: dict[str, Any], present: set[str]) -> tuple[str, ...]:
    enabled = (owner["enabled_products"] or "").split(";")
    return tuple(p for p, name in LOG_PRODUCTS.items() if name in enabled or p in present)


def _rows(store: Store, owner: dict[str, Any], last: date | None = None) -> pl.LazyFrame:
    logs = store.scan(USAGE_LOGS, owner["region"], last=last)
    return logs.filter(pl.col("customer_id") == owner["customer_id"])


def _counted(rows: pl.LazyFrame, owner: dict[str, Any]) -> pl.DataFrame:
    """Count rows by everything a summary tells apart: few rows, whatever the log's length."""
    week, price = week_ending(pl.col("timestamp")), pl.col("price")
    currency = pl.coalesce("currency", pl.lit(owner["billing_currency"], pl.String))
    currency = pl.when(price.is_not_null()).then(currency)
    return (
        rows.group_by("product", "status", week_ending=week, currency=currency)
        .agg(
            pl.col("timestamp").max().alias("last"),
            pl.len().cast(pl.Int64).alias("rows"),
            price.sum(),
            price.count().alias("priced"),
        )
        .collect(engine="streaming")
    )


def _summary(product: str, counted: pl.DataFrame, weeks: Sequence[date]) -> LogSummary:
    if counted.is_empty():
        weekly: tuple[tuple[date, int | None], ...] = tuple((week, None) for week in weeks)
        return LogSummary(
            product=product, rows=0, last=None, prices=(), weekly=weekly, statuses=()
        )
    recent = counted.filter(pl.col("week_ending").is_in(list(weeks)))
    per_week = dict(recent.group_by("week_ending").agg(pl.col("rows").sum()).iter_rows())
    priced = recent.filter(pl.col("priced") > 0)
    prices = priced.group_by("currency").agg(pl.col("price").sum()).sort("currency")
    return LogSummary(
        product=product,
        rows=int(recent["rows"].sum()),
        last=counted["last"].max(),  # type: ignore[arg-type]
        prices=tuple(prices.iter_rows()),
        weekly=tuple((week, per_week.get(week)) for week in weeks),
        statuses=tuple(_shares(recent)),
    )


def _shares(recent: pl.DataFrame) -> Iterator[StatusShare]:
    total = recent["rows"].sum()
    counts = recent.group_by("status").agg(pl.col("rows").sum())
    for status, rows in counts.sort("rows", "status", descending=[True, False]).iter_rows():
        yield StatusShare(status=status, rows=rows, share=rows / total)
