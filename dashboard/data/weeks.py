"""Weeks: the only place that knows they run from Sunday to Saturday, in UTC."""

from __future__ import annotations

from datetime import date, timedelta

import narwhals as nw
import polars as pl

WEEK = timedelta(days=7)
SATURDAY = 6  # ISO weekday, as Polars counts


def week_ending(moment: pl.Expr) -> pl.Expr:
    """Return the Saturday that closes the week of a UTC date or date-time."""
    day = moment.cast(pl.Date)
    return day.dt.offset_by("1d").dt.truncate("1w").dt.offset_by("5d")


def week_of(day: date) -> date:
    """Return the Saturday that closes the week of a day."""
    return day + timedelta(days=SATURDAY - day.isoweekday() % 7)


def portable_week_ending(moment: nw.Expr) -> nw.Expr:
    """Return what `week_ending` returns, for any engine that Narwhals speaks to.

    No engine agrees with another on truncating to weeks, and Sunday is weekday 7 or 0; what
    they share is adding days to a moment.
    """
    weekday = moment.dt.weekday() % 7
    ahead = nw.when(weekday == SATURDAY).then(nw.lit(timedelta(0)))
    for day in range(SATURDAY):
        ahead = ahead.when(weekday == day).then(nw.lit(timedelta(days=SATURDAY - day)))
    return (moment + ahead).cast(nw.Date)


def is_week_ending(day: pl.Expr) -> pl.Expr:
    """Tell whether a date closes a week."""
    return day.dt.weekday() == SATURDAY


def last_weeks(newest: date, count: int) -> list[date]:
    """Return `count` consecutive week endings up to and including `newest`, oldest first."""
    return [newest - WEEK * back for back in range(count - 1, -1, -1)]


def months_between(start: pl.Expr, end: pl.Expr) -> pl.Expr:
    """Count whole months: one has passed once its day of the month is reached again."""
    whole = (end.dt.year() - start.dt.year()) * 12 + (
        end.dt.month().cast(pl.Int32) - start.dt.month().cast(pl.Int32)
    )
    return whole - (end.dt.day() < start.dt.day()).cast(pl.Int32)
