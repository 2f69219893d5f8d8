"""Logs: one page of what an 8x8 customer sent, received and called, read without the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data.accounts import account
from dashboard.data.filters import refuse_unknown
from dashboard.data.log_datasets import LOG_PRODUCTS, USAGE_LOGS
from dashboard.data.weeks import week_ending, week_of
from dashboard.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.store import Store

COLUMNS = (
    *("event_id", "timestamp", "direction", "status", "app", "price", "currency"),
    *("masked_from", "masked_to", "duration", "account"),
)
MOST_ROWS = 10_000  # of a page
SEARCHED_DIGITS = 4  # no more of a number is known
_OFFERED = ("direction", "status", "app")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuery:
    """Which rows of which log, in which order; None and an empty search mean all."""

    customer: str
    product: str
    start: datetime | None = None
    end: datetime | None = None  # the first moment that is not asked for
    direction: str | None = None
    status: str | None = None
    app: str | None = None
    search: str = ""  # a number, or its end
    sort: str = "timestamp"
    descending: bool = True
    offset: int = 0
    limit: int = 100

    def __post_init__(self) -> None:
        """Refuse a log, a column or a page that does not exist."""
        refuse_unknown("product", self.product, LOG_PRODUCTS)
        refuse_unknown("sort", self.sort, COLUMNS)
        if self.offset < 0 or not 1 <= self.limit <= MOST_ROWS:
            msg = f"A page has 1 to {MOST_ROWS} rows and begins at 0 or later."
            raise UnknownNameError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogPage:
    """The rows asked for, how many there are in all, and what they may be filtered by."""

    rows: pl.DataFrame  # the columns of `COLUMNS`
    total: int
    directions: tuple[str, ...]  # of the log in the time asked for, whatever else is filtered
    statuses: tuple[str, ...]
    apps: tuple[str, ...]


def read_log(store: Store, scope: Scope, query: LogQuery) -> LogPage:
    """Return one page of a customer's log; only its region's files of those weeks are read.

    First narrow columns say in which weeks how many rows match; then only the weeks the page is
    from are read whole.
    """
    owner = account(store, scope, query.customer)
    counted = _counted(_log(store, owner, query), query)
    directions, statuses, apps = (_values(counted[name]) for name in _OFFERED)
    return LogPage(
        rows=_page(store, owner, query, counted),
        total=int(counted["found"].sum()),
        directions=directions,
        statuses=statuses,
        apps=apps,
    )


def _log(
    store: Store, owner: dict[str, Any], query: LogQuery, weeks: Sequence[date] = ()
) -> pl.LazyFrame:
    """Return the customer's rows of the log in the time asked for, or in some weeks of it."""
    start, end = _utc(query.start), _utc(query.end)
    at = pl.col("timestamp")
    filters = [pl.col("customer_id") == query.customer, pl.col("product") == query.product]
    filters += [at >= start] if start else []
    filters += [at < end] if end else []
    first, last = (day and week_of(day.date()) for day in (start, end))
    if weeks:
        first, last = min(weeks), max(weeks)
    return store.scan(USAGE_LOGS, owner["region"], first=first, last=last).filter(*filters)


def _counted(log: pl.LazyFrame, query: LogQuery) -> pl.DataFrame:
    """Count the rows that match, by week and by what the log may be filtered by."""
    matches = pl.all_horizontal(pl.lit(value=True), *_filters(query)).fill_null(value=False)
    week = week_ending(pl.col("timestamp"))
    judged = log.select(*_OFFERED, week=week, found=matches.cast(pl.Int64))
    return judged.group_by("week", *_OFFERED).sum().collect(engine="streaming")


def _page(
    store: Store, owner: dict[str, Any], query: LogQuery, counted: pl.DataFrame
) -> pl.DataFrame:
    """Return the rows of the page, in order."""
    found = counted.group_by("week").agg(pl.col("found").sum()).filter(pl.col("found") > 0)
    found = found.sort("week", descending=query.descending)
    offset = query.offset
    if query.sort == "timestamp":
        before = pl.col("found").cum_sum() - pl.col("found")
        found = found.with_columns(before=before).filter(
            before < query.offset + query.limit, before + pl.col("found") > query.offset
        )
        offset -= found["before"][0] if found.height else 0
    log = _log(store, owner, query, found["week"].to_list())
    # A price is in the customer's currency where the row names no other (E-023).
    currency = pl.coalesce("currency", pl.lit(owner["billing_currency"], pl.String))
    rows = log.filter(*_filters(query)).with_columns(
        currency=pl.when(pl.col("price").is_not_null()).then(currency)
    )
    order = [query.sort, *(name for name in ("timestamp", "event_id") if name != query.sort)]
    falling = [query.descending, *(name == "timestamp" for name in order[1:])]
    ordered = rows.select(COLUMNS).sort(order, descending=falling, nulls_last=True)
    size = query.limit if found.height else 0
    return ordered.slice(offset, size).collect(engine="streaming")


def _filters(query: LogQuery) -> list[pl.Expr]:
    chosen = {name: getattr(query, name) for name in _OFFERED}
    filters = [pl.col(name) == value for name, value in chosen.items() if value is not None]
    if query.search.strip():
        filters.append(_ends_like(query.search))
    return filters


def _ends_like(search: str) -> pl.Expr:
    """Tell whether either number ends in the last digits of a search; without any, none does."""
    digits = "".join(filter(str.isdecimal, search))[-SEARCHED_DIGITS:]
    if not digits:
        return pl.lit(value=False)
    ends = [pl.col(name).str.ends_with(digits) for name in ("masked_from", "masked_to")]
    return pl.any_horizontal(ends).fill_null(value=False)


def _values(offered: pl.Series) -> tuple[str, ...]:
    return tuple(offered.drop_nulls().unique().sort())


def _utc(moment: datetime | None) -> datetime | None:
    """Return a moment as the tables hold it; without a zone it is UTC."""
    if moment is None or moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)
