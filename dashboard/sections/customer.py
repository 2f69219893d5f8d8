"""Customer: one customer on one page, for whoever may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data.datasets import LICENSES, ORDERS, PARTNER_ADMINS
from dashboard.data.filters import DEFAULT_WEEKS
from dashboard.data.weeks import WEEK, last_weeks
from dashboard.errors import UnknownNameError
from dashboard.metrics.licenses import AVAILABLE_PER_LINE
from dashboard.metrics.reasons import Reason, reasons
from dashboard.metrics.segments import DAYS_LEFT, IS_TRIAL
from dashboard.metrics.statuses import FLAGS, STATUSES
from dashboard.sections.book import TERM
from dashboard.sections.customers import ROW
from dashboard.sections.standing import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.datasets import Dataset
    from dashboard.sections.portfolio import Portfolio

SURPLUS = "Licenses bought and not used in the last seven days: total − used, never below zero."
_total, _assigned, _used = pl.col("total"), pl.col("assigned"), pl.col("used")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CustomerDetail:
    """Everything the exports say of one customer; plain data, without language.

    `row` is its row of the customer list. Frames, each in the order it is shown in:

    subscriptions: subscription_id, type, active, start_date, end_date, days_left, auto_renew,
    setup_status, payment_status, invoice, statuses (those it sets), licenses; trials: the active
    trials among them. licenses, of the last complete week: subscription_id, product, total,
    assigned, used, available, surplus, overage. orders: subscription_id, order_id, order_date,
    order_type, product, quantity, status. trend, per product and week, gaps as nulls: product,
    week_ending, total, assigned, used, available. admins: name, email, role.
    """

    release: str
    as_of: date | None
    week_ending: date | None
    row: Mapping[str, Any]
    statuses: tuple[Reason, ...]  # and the flags behind them
    subscriptions: pl.DataFrame
    trials: pl.DataFrame
    licenses: pl.DataFrame
    orders: pl.DataFrame
    trend: pl.DataFrame
    admins: pl.DataFrame
    standings: tuple[Standing, ...]


def customer_detail(
    portfolio: Portfolio, scope: Scope, customer_id: str, as_of: date | None = None
) -> CustomerDetail:
    """Return one customer; a stranger's is as unknown as one that does not exist."""
    book = portfolio.book(as_of or portfolio.as_of)
    customer = _found(book.seen(scope), customer_id)
    day, region = book.as_of, customer["region"]
    terms = book.terms(scope, customer_id)
    lines = _lines(portfolio, region, terms, book.week_ending)
    subscriptions = _subscriptions(terms)
    return CustomerDetail(
        release=portfolio.store.release.id,
        as_of=day,
        week_ending=book.week_ending,
        row={name: customer[name] for name in (*ROW, *FLAGS)},
        statuses=reasons(customer),
        subscriptions=subscriptions,
        trials=subscriptions.filter(IS_TRIAL & pl.col("active")),
        licenses=_licenses(lines, subscriptions, book.week_ending),
        orders=_orders(portfolio, region, terms),
        trend=_trend(lines, book.week_ending),
        admins=_admins(portfolio, region, customer_id),
        standings=standings(portfolio, region, customer_id, day) if day else (),
    )


def _found(seen: pl.DataFrame, customer_id: str) -> dict[str, Any]:
    rows = seen.filter(pl.col("customer_id") == customer_id).rows(named=True)
    if not rows:
        msg = f"customer {customer_id!r} does not exist; choose one from the customer list."
        raise UnknownNameError(msg)
    return rows[0]


def _subscriptions(terms: pl.DataFrame) -> pl.DataFrame:
    """Return the terms, active ones first and of those what ends first."""
    own = (s.name for s in STATUSES.values() if s.where is None)
    carried = (pl.when(name).then(pl.lit(name)) for name in own)
    shown = terms.select(
        "subscription_id", "type", "active", "start_date", "end_date",
        "auto_renew", "setup_status", "payment_status", "invoice", "licenses",
        days_left=pl.when("active").then(DAYS_LEFT),
        statuses=pl.concat_list(carried).list.drop_nulls(),
    )  # fmt: skip
    ended = pl.when(~pl.col("active")).then(-pl.col("end_date").cast(pl.Int32))
    return shown.sort(~pl.col("active"), ended, "end_date", "subscription_id")


def _lines(
    portfolio: Portfolio, region: str, terms: pl.DataFrame, newest: date | None
) -> pl.DataFrame:
    """Return the customer's license rows of the trend's weeks, each with its term."""
    oldest = newest and newest - WEEK * (DEFAULT_WEEKS - 1)
    weeks = pl.col("week_ending").is_between(pl.lit(oldest, pl.Date), pl.lit(newest, pl.Date))
    rows = portfolio.store.scan(LICENSES, region).filter(weeks)
    known = terms.lazy().select(*TERM, "active", "start_date", "end_date")
    return rows.join(known, on=TERM).collect()


def _licenses(
    lines: pl.DataFrame, subscriptions: pl.DataFrame, newest: date | None
) -> pl.DataFrame:
    now = lines.filter(pl.col("week_ending") == pl.lit(newest, pl.Date))
    order = subscriptions.select("subscription_id").with_row_index("place")
    placed = now.join(order, on="subscription_id").sort("place", "product")
    return placed.select(
        "subscription_id", "product", "total", "assigned", "used",
        available=AVAILABLE_PER_LINE,
        surplus=(_total - _used).clip(0),
        overage=(_assigned - _total).clip(0),
    )  # fmt: skip


def _trend(lines: pl.DataFrame, newest: date | None) -> pl.DataFrame:
    """Sum each product's lines that were active the day after their week ended (DATA §3)."""
    day_after = pl.col("week_ending") + pl.duration(days=1)
    active = lines.filter(day_after.is_between(pl.col("start_date"), pl.col("end_date")))
    sums = active.group_by("product", "week_ending").agg(
        _total.sum(), _assigned.sum(), _used.sum(), available=AVAILABLE_PER_LINE.sum()
    )
    weeks = pl.DataFrame(
        {"week_ending": last_weeks(newest, DEFAULT_WEEKS) if newest else []},
        schema={"week_ending": pl.Date},
    )
    every = active.select(pl.col("product").unique()).join(weeks, how="cross")
    return every.join(sums, on=["product", "week_ending"], how="left").sort(
        "product", "week_ending"
    )


def _orders(portfolio: Portfolio, region: str, terms: pl.DataFrame) -> pl.DataFrame:
    """Return the history of orders, newest first within each subscription."""
    orders = _own(portfolio, ORDERS, region, "subscription_id", terms["subscription_id"])
    return orders.sort(
        "subscription_id", "order_date", "order_id", "product",
        descending=[False, True, True, False], nulls_last=True,
    )  # fmt: skip


def _admins(portfolio: Portfolio, region: str, customer_id: str) -> pl.DataFrame:
    admins = _own(portfolio, PARTNER_ADMINS, region, "customer_id", pl.Series([customer_id]))
    return admins.select("name", "email", "role").sort("name", "email")


def _own(
    portfolio: Portfolio, dataset: Dataset, region: str, key: str, ids: pl.Series
) -> pl.DataFrame:
    rows = portfolio.store.scan(dataset, region).select(*dataset.columns)
    return rows.filter(pl.col(key).is_in(ids.to_list())).collect()
