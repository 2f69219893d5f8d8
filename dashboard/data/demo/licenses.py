"""Weekly license snapshots as rows of the export, with the gaps a real feed has."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import days_between, pick, stream
from dashboard.data.demo.takeup import take_up
from dashboard.data.demo.terms import PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.data.demo.arrays import Flags, Ints
    from dashboard.data.demo.lines import Lines
    from dashboard.data.demo.span import Span
    from dashboard.data.demo.takeup import Takeup

THREE_MONTHS = 13  # weeks
GAPS_REACH_BACK = 26  # weeks
NEVER_MISSING = 2  # newest weeks
GAP_REGION, GAP_WEEKS_AGO = 1, 6
SILENT_SHARE = 0.14


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What the feed leaves out: per customer the week that is missing, or -1."""

    missing_week: Ints
    gap: Flags
    gap_week: int
    silent: Flags


def draw_feed(rng: np.random.Generator, region: Ints, weeks: int) -> Feed:
    """Draw the gaps: some customers' single weeks, one week of a region, unsaid use."""
    size = region.size
    oldest = max(weeks - GAPS_REACH_BACK, 0)
    newest = weeks - 1 - NEVER_MISSING
    missing = np.full(size, -1, np.int64)
    if newest >= oldest:
        late = pick(rng, np.ones(size, np.bool_), 0.02, least=3)
        missing[late] = days_between(rng, oldest, newest, int(late.sum()))
    return Feed(
        missing_week=missing,
        gap=region == GAP_REGION,
        gap_week=weeks - 1 - GAP_WEEKS_AGO,
        silent=pick(rng, np.ones(size, np.bool_), SILENT_SHARE),
    )


def snapshots(
    seed: int, span: Span, lines: Lines, feed: Feed, names: pl.DataFrame
) -> Iterator[pl.DataFrame]:
    """Yield the rows of each week; `names` holds the identifiers of every line."""
    newest = span.week_endings[-1]
    recent: deque[Ints] = deque(maxlen=THREE_MONTHS)
    for number, week in enumerate(span.week_endings):
        # One generator per week: a longer span does not change the newer weeks' noise source.
        rng = stream(seed, f"week {week}")
        state = take_up(rng, lines, week, newest)
        running = (lines.start <= week) & (week <= lines.end)
        recent.append(np.where(running, state.used, 0))
        delivered = running & (feed.missing_week[lines.customer] != number)
        if number == feed.gap_week:
            delivered &= ~feed.gap[lines.customer]
        lately = np.ceil(np.maximum.reduce(list(recent)) * lines.spike)
        silent = feed.silent[lines.customer]
        yield _rows(week, names, state, _unsaid(lately, silent), np.flatnonzero(delivered))


def line_names(lines: Lines, organizations: pl.Series, subscriptions: pl.Series) -> pl.DataFrame:
    """Return the identifiers every snapshot row of a line repeats."""
    return pl.DataFrame(
        {
            "organization": organizations.gather(lines.customer),
            "subscription": subscriptions.gather(lines.subscription),
            "product": pl.Series(PRODUCTS, dtype=pl.String).gather(lines.product),
        }
    )


def _unsaid(lately: np.ndarray[tuple[int, ...], np.dtype[np.float64]], silent: Flags) -> pl.Series:
    """Leave the count null for customers whose feed does not deliver it."""
    return pl.Series(np.where(silent, np.nan, lately), nan_to_null=True).cast(pl.Int64)


def _rows(
    week: np.datetime64, names: pl.DataFrame, state: Takeup, lately: pl.Series, kept: Ints
) -> pl.DataFrame:
    """Lay out one week in the order of the export's columns."""
    return pl.DataFrame(
        {
            "week": pl.repeat(week.item(), kept.size, dtype=pl.Date, eager=True),
            **names[kept].to_dict(),
            "total": state.total[kept],
            "assigned": state.assigned[kept],
            "used": state.used[kept],
            "lately": lately.gather(kept),
        }
    )
