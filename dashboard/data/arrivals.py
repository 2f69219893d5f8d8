"""Arrivals: which version of a call leg counts, and whose weeks must be computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import narwhals as nw

from dashboard.data.weeks import portable_week_ending

if TYPE_CHECKING:
    from collections.abc import Sequence

Frame: TypeAlias = nw.LazyFrame[Any]

CALL = ("customer_id", "correlation_id")
CUSTOMER_WEEK = ("customer_id", "week_ending")
ARRIVAL = "arrival"  # rises with every row read: of two reports of the same time, the later wins


def one_per(
    rows: Frame, key: Sequence[str], *, keep: Literal["first", "last"], order: Sequence[str]
) -> Frame:
    """Keep the first or last row of each key.

    Only rows that may share their key are sorted: those whose last, most telling part of it
    comes more than once. Most come once, and sorting is what costs.
    """
    numbered = rows.with_columns(_rows=nw.len().over(key[-1]))
    alone = numbered.filter(nw.col("_rows") == 1)
    several = numbered.filter(nw.col("_rows") > 1)
    chosen = several.unique(list(key), keep=keep, order_by=list(order))
    return nw.concat([alone, chosen]).drop("_rows")


def deduplicate(legs: Frame) -> Frame:
    """Keep the newest report of every leg, by `report_time` and then by `ARRIVAL`."""
    return one_per(legs, ("report_id",), keep="last", order=("report_time", ARRIVAL))


def affected(stored: Frame, arriving: Frame) -> Frame:
    """Return the customer-weeks whose facts the arriving legs may change: `CUSTOMER_WEEK`.

    Both sides are deduplicated. A leg that changes anything touches its call, and with it
    every week the call has legs in, before or after: the week a corrected leg moved out of,
    and the week a call was counted in until an earlier leg of it arrived.
    """
    columns = stored.collect_schema().names()
    before = stored.join(arriving, on="report_id", how="semi").with_columns(_arrival(0))
    arrived = arriving.select(*columns).with_columns(_arrival(1))
    after = deduplicate(nw.concat([before, arrived])).select(*columns)
    changed = _in_one_only(before.select(*columns), after)
    legs = nw.concat([stored, after]).join(changed, on=list(CALL), how="semi")
    return customer_weeks(legs, "start_time")


def customer_weeks(rows: Frame, moment: str) -> Frame:
    """Return the distinct customer-weeks of rows: `CUSTOMER_WEEK`."""
    return rows.select("customer_id", week_ending=portable_week_ending(nw.col(moment))).unique(
        list(CUSTOMER_WEEK)
    )


def concerned(rows: Frame, weeks: Frame) -> Frame:
    """Return the rows that the facts of some customer-weeks are computed from.

    Calls come whole: a leg before Saturday midnight decides that the ones after it are no call
    of their week.
    """
    columns = rows.collect_schema().names()
    moment = "start_time" if "start_time" in columns else "end_date"
    dated = rows.with_columns(week_ending=portable_week_ending(nw.col(moment)))
    within = dated.join(weeks, on=list(CUSTOMER_WEEK), how="semi")
    if "correlation_id" not in columns:
        return within.select(*columns)
    return rows.join(within.select(*CALL), on=list(CALL), how="semi")


def _arrival(turn: int) -> nw.Expr:
    return nw.lit(turn, nw.Int64).alias(ARRIVAL)


def _in_one_only(before: Frame, after: Frame) -> Frame:
    """Return the rows that only one of both sides has, whatever their report time."""
    sides = [side.drop("report_time") for side in (before, after)]
    columns = sides[0].collect_schema().names()
    return (
        nw.concat(sides)
        .group_by(*columns)
        .agg(nw.len().alias("_sides"))
        .filter(nw.col("_sides") == 1)
    )
