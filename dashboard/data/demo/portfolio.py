"""Writes a whole invented portfolio into a folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo import exports, oddities
from dashboard.data.demo.admins import draw_admins
from dashboard.data.demo.customers import draw_customers
from dashboard.data.demo.directory import draw_directory
from dashboard.data.demo.draws import stream
from dashboard.data.demo.files import write_file
from dashboard.data.demo.identifiers import organization_ids
from dashboard.data.demo.layers import draw_terms
from dashboard.data.demo.licenses import draw_feed, line_names, snapshots
from dashboard.data.demo.lines import draw_lines
from dashboard.data.demo.orders import draw_orders
from dashboard.data.demo.span import Span
from dashboard.data.demo.subscriptions import draw_paperwork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.data.demo.customers import Customers
    from dashboard.data.demo.lines import Lines
    from dashboard.data.demo.subscriptions import Paperwork
    from dashboard.data.demo.terms import Terms

NEWEST_WEEK = date(2026, 11, 14)
TERRITORIES = ("North", "East", "South", "West")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portfolio:
    """Everything drawn, before it is written."""

    seed: int
    span: Span
    customers: Customers
    organizations: pl.Series
    terms: Terms
    paperwork: Paperwork
    lines: Lines

    @property
    def names(self) -> pl.DataFrame:
        """The identifiers of every license line."""
        return line_names(self.lines, self.organizations, self.paperwork.ids)

    @property
    def known(self) -> oddities.Known:
        """Identifiers of a running subscription to spoil rows with."""
        first = int(np.flatnonzero(self.terms.active(self.span.as_of))[0])
        customer = int(self.terms.customer[first])
        return oddities.Known(
            organization=self.organizations[customer],
            subscription=self.paperwork.ids[first],
            other_organization=self.organizations[customer + 1],
        )


def write_portfolio(
    folder: Path,
    *,
    customers: int = 400,
    weeks: int = 104,
    last_week: date = NEWEST_WEEK,
    seed: int = 2026,
) -> list[Path]:
    """Write the export files of an invented portfolio and return their paths.

    `customers` come besides the partner's own organization; `last_week` is a Saturday. The
    same arguments give the same bytes.
    """
    if customers < 1:
        message = f"customers must be at least 1, not {customers}"
        raise ValueError(message)
    portfolio = draw_portfolio(customers, Span(last_week=last_week, weeks=weeks), seed)
    folder.mkdir(parents=True, exist_ok=True)
    return [
        *_write_customers(folder, portfolio),
        *_write_subscriptions(folder, portfolio),
        *_write_licenses(folder, portfolio),
        _write_orders(folder, portfolio),
        _write_admins(folder, portfolio),
    ]


def draw_portfolio(count: int, span: Span, seed: int) -> Portfolio:
    """Draw customers, terms, paperwork, lines; each topic from a generator of its own."""
    customers = draw_customers(stream(seed, "customers"), count)
    terms = draw_terms(stream(seed, "terms"), customers, span.as_of)
    return Portfolio(
        seed=seed,
        span=span,
        customers=customers,
        organizations=organization_ids(stream(seed, "organizations"), customers.size),
        terms=terms,
        paperwork=draw_paperwork(stream(seed, "paperwork"), terms, span.as_of),
        lines=draw_lines(stream(seed, "lines"), customers, terms, span.as_of),
    )


def _write_customers(folder: Path, portfolio: Portfolio) -> Iterator[Path]:
    """Write the customer list, one file per group of regions."""
    directory = draw_directory(
        stream(portfolio.seed, "directory"),
        portfolio.customers,
        portfolio.organizations,
        portfolio.terms,
        portfolio.span.as_of,
    )
    for shape, regions, bad in (
        (exports.CUSTOMERS_AMERICA, ("US", "CA"), oddities.bad_customers_america()),
        (exports.CUSTOMERS_EUROPE, ("EU",), []),
        (exports.CUSTOMERS_GULF, ("UAE",), oddities.bad_customers_gulf()),
    ):
        rows = directory.filter(pl.col("region").is_in(regions))
        yield write_file(folder, shape, [rows, *bad])


def _write_subscriptions(folder: Path, portfolio: Portfolio) -> Iterator[Path]:
    """Write the subscriptions, the trials apart from the others."""
    terms, paperwork = portfolio.terms, portfolio.paperwork
    frame = pl.DataFrame(
        {
            "organization": portfolio.organizations.gather(terms.customer),
            "subscription": paperwork.ids,
            "kind": paperwork.kind,
            "start": terms.start,
            "end": terms.end,
            "auto_renew": paperwork.auto_renew,
            "setup": paperwork.setup,
            "payment": paperwork.payment,
            "invoice": paperwork.invoice,
        }
    )
    territory = pl.Series("territory", TERRITORIES).gather(portfolio.customers.region)
    bought = frame.with_columns(territory.gather(terms.customer)).filter(~terms.trial)
    strange = oddities.strange_subscription(portfolio.span.last_week)
    bad = oddities.bad_subscriptions(portfolio.known)
    yield write_file(folder, exports.SUBSCRIPTIONS_PAID, [bought, strange, *bad])
    yield write_file(folder, exports.SUBSCRIPTIONS_TRIALS, [frame.filter(terms.trial)])


def _write_licenses(folder: Path, portfolio: Portfolio) -> Iterator[Path]:
    """Write the older snapshots by quarter, the newest week apart; one week is held at a time."""
    span, region = portfolio.span, portfolio.customers.region
    feed = draw_feed(stream(portfolio.seed, "feed"), region, span.weeks)
    frames = snapshots(portfolio.seed, span, portfolio.lines, feed, portfolio.names)
    older = zip(span.week_endings[:-1].tolist(), frames, strict=False)
    for number, (quarter, group) in enumerate(groupby(older, key=lambda pair: _quarter(pair[0]))):
        shape = exports.quarterly_licenses(quarter, number)
        yield write_file(folder, shape, (frame for _, frame in group))
    newest = next(frames)
    week = span.last_week
    odd = (oddities.strange_licenses(week), *oddities.bad_licenses(portfolio.known, week))
    shape = exports.weekly_licenses(week)
    yield write_file(folder, shape, [newest, *odd, oddities.total_row(newest)])


def _quarter(week: date) -> str:
    """Name the calendar quarter of a week."""
    return f"{week.year}-Q{(week.month + 2) // 3}"


def _write_orders(folder: Path, portfolio: Portfolio) -> Path:
    """Write the order history; its header returns half-way, as in joined downloads."""
    orders = draw_orders(
        stream(portfolio.seed, "orders"),
        portfolio.lines,
        portfolio.terms,
        portfolio.names,
        portfolio.span.as_of,
    )
    half = orders.height // 2
    again = (orders[:half], oddities.BLANK, exports.ORDERS, orders[half:])
    bad = oddities.bad_orders(portfolio.known)
    return write_file(folder, exports.ORDER_HISTORY, chain(again, bad))


def _write_admins(folder: Path, portfolio: Portfolio) -> Path:
    """Write the partner administrators of every organization."""
    admins = draw_admins(stream(portfolio.seed, "admins"), portfolio.organizations)
    bad = oddities.bad_admins(portfolio.known)
    return write_file(folder, exports.PARTNER_ADMINS, [admins, *bad, oddities.BLANK])
