"""Segments: named groups of lines, each a predicate over one week's active lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.metrics.rules import Rules

TOLERANCE = 1e-9  # two shares closer than this are equal (DATA §4)

IS_TRIAL = pl.col("type") == "Trial"
RENEWS = pl.col("auto_renew") == "Yes"
DAYS_LEFT = (pl.col("end_date") - pl.col("as_of")).dt.total_days()
DAYS_SINCE = (pl.col("as_of") - pl.col("start_date")).dt.total_days()
IS_ACTIVE = pl.col("as_of").is_between(pl.col("start_date"), pl.col("end_date"))
ASSIGNED_SHARE = pl.when(pl.col("total") > 0).then(pl.col("assigned") / pl.col("total"))
USED_SHARE = pl.when(pl.col("total") > 0).then(pl.col("used") / pl.col("total"))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Segment:
    """A group of lines the business has a name for.

    `where` reads the columns of `dashboard.data.lines`, `as_of`, and those of
    `dashboard.metrics.peers`; `rule` is the decision of SPEC §3 it follows.
    """

    name: str
    definition: str
    where: Callable[[Rules], pl.Expr]
    rule: str | None = None


EVERYONE = Segment(
    name="everyone",
    definition="Subscriptions and trials active on the as-of date.",
    where=lambda _: pl.lit(value=True),
)
RECENTLY_ADDED = Segment(
    name="recently_added",
    definition="Active, and started within the last {recent_days} days, both ends included.",
    where=lambda rules: DAYS_SINCE.is_between(0, rules.recent_days),
    rule="G-10",
)
EXPIRING = Segment(
    name="expiring",
    definition=(
        "Active, ends within {soon_days} days, and is a trial or does not renew by itself."
    ),
    where=lambda rules: DAYS_LEFT.is_between(0, rules.soon_days) & (IS_TRIAL | ~RENEWS),
    rule="G-10",
)
RENEWING = Segment(
    name="renewing",
    definition="Active, not a trial, ends within {soon_days} days and renews by itself.",
    where=lambda rules: DAYS_LEFT.is_between(0, rules.soon_days) & ~IS_TRIAL & RENEWS,
    rule="G-10",
)
OVER_LIMIT = Segment(
    name="over_limit",
    definition="More licenses assigned than bought, counted per subscription and product.",
    where=lambda _: pl.col("assigned") > pl.col("total"),
    rule="G-9",
)
LOW_ASSIGNMENT = Segment(
    name="low_assignment",
    definition=(
        "Customers at least {peer_gap} percentage points below the lower quartile of their peers "
        "and added at least a month ago; of these, the subscriptions below that quartile. Peers: "
        "same product, license band and tenure band in the region; with fewer than "
        "{peer_minimum} of them the same license band, then the whole portfolio; fewer still, no "
        "flag."
    ),
    where=lambda _: pl.col("is_low") & (pl.col("peer_q1") - ASSIGNED_SHARE > TOLERANCE),
    rule="G-3",
)
SEGMENTS = (EVERYONE, RECENTLY_ADDED, EXPIRING, RENEWING, OVER_LIMIT, LOW_ASSIGNMENT)
