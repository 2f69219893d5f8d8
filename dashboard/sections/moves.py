"""Moves: what changed between two dates: customers that came or went, and their licenses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.access import EVERYONE
from dashboard.data.weeks import WEEK

if TYPE_CHECKING:
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.filters import Filters
    from dashboard.sections.portfolio import Portfolio

QUARTER = 13 * WEEK  # how far back a comparison goes unless a date is named
CAME, WENT, STAYED = "came", "went", "stayed"
_KEY = ("customer_id", "customer", "product")
_COUNTS = ("total", "assigned")
# The steps from the licenses of then to those of now; those in between add up to the difference.
STEPS = ("then", "came", "grew", "shrank", "went", "now")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moves:
    """What is different between `since` and the filters' as-of date, in one viewer's scope.

    `rows` has one row per customer and product that was active on either date: customer_id,
    customer, product, kind (came, went, stayed: of the customer, not of the product), the licenses
    total_then, total_now, assigned_then, assigned_now, their changes total_change and
    assigned_change, and at_stake: the larger of the two, without its sign. The largest come
    first. `steps` are the licenses of each of `STEPS`. A week is null without data before its
    date; there is nothing to compare then.
    """

    filters: Filters
    release: str
    since: date
    week_then: date | None
    week_now: date | None
    rows: pl.DataFrame
    steps: dict[str, int]

    @property
    def known(self) -> bool:
        """Tell whether there are data on both dates."""
        return self.week_then is not None and self.week_now is not None

    def customers(self, kind: str) -> pl.DataFrame:
        """Return the customers that came or went, with their licenses, the largest first."""
        when = "now" if kind == CAME else "then"
        found = self.rows.filter(pl.col("kind") == kind).group_by("customer_id", "customer")
        summed = found.agg(
            products=pl.col("product").sort().str.join(", "),
            licenses=pl.col(f"total_{when}").sum(),
            assigned_licenses=pl.col(f"assigned_{when}").sum(),
        )
        return summed.sort("licenses", "customer", "customer_id", descending=[True, False, False])

    def largest(self, count: int) -> pl.DataFrame:
        """Return the moves of the most licenses; what did not move is none."""
        return self.rows.filter(pl.col("at_stake") > 0).head(count)


def moves(portfolio: Portfolio, filters: Filters, since: date, scope: Scope = EVERYONE) -> Moves:
    """Compare the active lines of both products on two dates.

    A customer came if it has such a line now and had none then, and went the other way round.
    """
    weeks = [portfolio.last_complete_week(day) for day in (since, filters.as_of)]
    then, now = (
        _licenses(portfolio, filters.region, day, week, scope)
        for day, week in zip((since, filters.as_of), weeks, strict=True)
    )
    rows = _compared(then, now)
    return Moves(
        filters=filters,
        release=portfolio.store.release.id,
        since=since,
        week_then=weeks[0],
        week_now=weeks[1],
        rows=rows,
        steps=_steps(rows),
    )


def _licenses(
    portfolio: Portfolio, region: str, day: date | None, week: date | None, scope: Scope
) -> pl.DataFrame:
    """Return each customer's licenses of each product on a day."""
    schema = dict.fromkeys(_KEY, pl.String) | dict.fromkeys(_COUNTS, pl.Int64)
    if day is None or week is None:
        return pl.DataFrame(schema=schema)
    lines = portfolio.snapshots(region, day).filter(pl.col("week_ending") == week)
    if scope.customers is not None:
        lines = lines.filter(pl.col("customer_id").is_in(list(scope.customers)))
    return lines.group_by(_KEY).agg(pl.col(_COUNTS).sum()).cast(schema)  # type: ignore[arg-type]


def _compared(then: pl.DataFrame, now: pl.DataFrame) -> pl.DataFrame:
    """Put the two dates beside each other, a customer's absence being no licenses."""
    both = then.join(now, on=_KEY, how="full", coalesce=True, suffix="_now")
    both = both.rename({name: f"{name}_then" for name in _COUNTS})
    numbers = [f"{name}_{when}" for name in _COUNTS for when in ("then", "now")]
    whose = pl.col("customer_id")
    before, after = (whose.is_in(side["customer_id"].implode()) for side in (then, now))
    changes = {f"{n}_change": pl.col(f"{n}_now") - pl.col(f"{n}_then") for n in _COUNTS}
    return (
        both.with_columns(pl.col(numbers).fill_null(0))
        .with_columns(
            kind=pl.when(before & after)
            .then(pl.lit(STAYED))
            .otherwise(pl.when(after).then(pl.lit(CAME)).otherwise(pl.lit(WENT))),
            **changes,
        )
        .with_columns(
            at_stake=pl.max_horizontal(pl.col(list(changes)).abs()),
        )
        .select(*_KEY, "kind", *numbers, *changes, "at_stake")
        .sort("at_stake", "customer", "customer_id", "product", descending=[True, *[False] * 3])
    )


def _steps(rows: pl.DataFrame) -> dict[str, int]:
    change = pl.col("total_change")
    of = {
        "then": pl.col("total_then"),
        "came": change.filter(pl.col("kind") == CAME),
        "grew": change.filter((pl.col("kind") == STAYED) & (change > 0)),
        "shrank": change.filter((pl.col("kind") == STAYED) & (change < 0)),
        "went": change.filter(pl.col("kind") == WENT),
        "now": pl.col("total_now"),
    }
    return rows.select(**{name: of[name].sum() for name in STEPS}).row(0, named=True)
