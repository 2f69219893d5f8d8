"""Peers: how a customer's license assignment compares with similar customers (G-3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.weeks import months_between
from dashboard.metrics.segments import TOLERANCE

if TYPE_CHECKING:
    from dashboard.metrics.rules import Rules

SEAT_BANDS = (25, 100, 500, 2000)  # licenses at which the next band begins
TENURE_BANDS = (4, 13)  # months at which the next band begins

_WEEK = ("week_ending", "product")
# Tried in this order; the first group that is large enough counts.
LEVELS = {
    "seat_and_tenure": (*_WEEK, "seat_band", "tenure_band"),
    "seat": (*_WEEK, "seat_band"),
    "portfolio": _WEEK,
}


def with_peers(lines: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Add to active lines of one region: `is_low` and the peer group that decided it.

    Added columns: is_low, peer_level, peer_size, peer_q1, seat_band, tenure_band, and the
    customer's own sums customer_total and customer_assigned. Customers whose lines total 0
    are nobody's peer: their peer columns are null and `is_low` is false.
    """
    key = (*_WEEK, "customer_id")
    judged = lines.join(_judge(lines, rules), on=key, how="left", maintain_order="left")
    return judged.with_columns(pl.col("is_low").fill_null(value=False))


def _judge(lines: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Return one row per week, product and customer with its verdict."""
    share = pl.col("customer_assigned") / pl.col("customer_total")
    sizes = {level: pl.len().over(keys) for level, keys in LEVELS.items()}
    quartiles = {
        level: share.quantile(0.25, "linear").over(keys) for level, keys in LEVELS.items()
    }
    level = pl.coalesce(
        pl.when(size >= rules.peer_minimum).then(pl.lit(name)) for name, size in sizes.items()
    )
    return (
        _customers(lines)
        .with_columns(peer_level=level)
        .with_columns(peer_size=_of_level(sizes), peer_q1=_of_level(quartiles))
        .with_columns(
            is_low=(pl.col("peer_q1") - share >= rules.peer_gap - TOLERANCE)
            & (pl.col("tenure") >= 1)
        )
        .drop("tenure", "since", "as_of")
    )


def _customers(lines: pl.DataFrame) -> pl.DataFrame:
    customers = lines.group_by(*_WEEK, "customer_id").agg(
        customer_total=pl.col("total").sum(),
        customer_assigned=pl.col("assigned").sum(),
        since=pl.col("start_date").min(),
        as_of=pl.col("as_of").first(),
    )
    return (
        customers.filter(pl.col("customer_total") > 0)
        .with_columns(tenure=months_between(pl.col("since"), pl.col("as_of")))
        .with_columns(
            seat_band=_band(pl.col("customer_total"), SEAT_BANDS),
            tenure_band=_band(pl.col("tenure"), TENURE_BANDS),
        )
    )


def _band(value: pl.Expr, starts: tuple[int, ...]) -> pl.Expr:
    return pl.sum_horizontal((value >= start).cast(pl.Int8) for start in starts)


def _of_level(values: dict[str, pl.Expr]) -> pl.Expr:
    chosen = pl.col("peer_level")
    return pl.coalesce(pl.when(chosen == level).then(value) for level, value in values.items())
