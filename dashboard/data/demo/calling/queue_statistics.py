"""Statistics of the call queues, by day or by week, as the vendor exports them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling.tally import QUEUE_MEASURES
from dashboard.data.demo.calling.weeks import WEEK_DAYS

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Days, Ints
    from dashboard.data.demo.calling.world import World
    from dashboard.data.demo.files import Row

HEADER: Row = (
    *("Call Queue", "Location", "Phone NO.", "Extension", "Total Hold Time", "Avg Hold Time"),
    *("Total Talk Time", "Avg Talk Time", "Total Handle Time", "Avg Handle Time"),
    *("Total Wait Time", "Avg Wait Time", "Answered Calls", "% Answered Calls"),
    *("Abandoned Calls", "% Abandoned Calls", "Avg Abandoned Time", "Total Abandoned Time"),
    *("Total Calls", "Calls Overflowed", "Calls Timed Out", "Calls Transferred"),
    *("Avg No. of Agents Assigned", "Avg No. of Agents Handling Calls"),
)
WHOSE_AND_WHEN: Row = ("Organization ID", "Start Date", "End Date")
HOLD_SHARE, WRAP_SECONDS = 0.08, 20
CALLS_PER_AGENT = 4  # a day


def queue_rows(world: World, sums: Ints, starts: Days, days: int) -> pl.DataFrame:
    """Lay out sums (measure × queue × period) that begin at `starts` and last `days` each."""
    periods = starts.size
    queue = np.repeat(np.arange(world.queues.size), periods)
    start = np.tile(starts, world.queues.size)
    measures = dict(zip(QUEUE_MEASURES, sums.reshape(len(QUEUE_MEASURES), -1), strict=True))
    frame = pl.DataFrame(
        {
            "customer": world.queues.customer[queue],
            "Call Queue": world.queues.name.gather(queue),
            "Location": world.sites.name.gather(world.queues.site[queue]),
            "Phone NO.": world.queues.number.gather(queue),
            "Extension": world.queues.extension.gather(queue),
            "agents": world.queues.agents[queue],
            "Organization ID": world.organizations.gather(world.queues.customer[queue]),
            "Start Date": start,
            "End Date": start + np.timedelta64(days - 1, "D"),
            **measures,
        }
    )
    return _measured(frame, days).filter(pl.col("Total Calls") > 0).sort("Start Date")


def by_week(sums: Ints) -> Ints:
    """Add up the days of each week."""
    return sums.reshape(*sums.shape[:2], -1, WEEK_DAYS).sum(axis=3)


def _measured(frame: pl.DataFrame, days: int) -> pl.DataFrame:
    """Derive the columns of the export from the sums."""
    answered, abandoned = pl.col("answered"), pl.col("abandoned")
    total = pl.sum_horizontal("answered", "abandoned", "timed_out", "overflowed", "transferred")
    hold = (pl.col("talk") * HOLD_SHARE).round().cast(pl.Int64)
    handle = pl.col("talk") + hold + answered * WRAP_SECONDS
    busy = (answered / (CALLS_PER_AGENT * days)).clip(upper_bound=pl.col("agents"))
    return frame.with_columns(
        hold.alias("Total Hold Time"),
        _average(hold, answered).alias("Avg Hold Time"),
        pl.col("talk").alias("Total Talk Time"),
        _average(pl.col("talk"), answered).alias("Avg Talk Time"),
        handle.alias("Total Handle Time"),
        _average(handle, answered).alias("Avg Handle Time"),
        pl.col("wait_answered").alias("Total Wait Time"),
        _average(pl.col("wait_answered"), answered).alias("Avg Wait Time"),
        answered.alias("Answered Calls"),
        _average(answered * 100, total).alias("% Answered Calls"),
        abandoned.alias("Abandoned Calls"),
        _average(abandoned * 100, total).alias("% Abandoned Calls"),
        _average(pl.col("wait_abandoned"), abandoned).alias("Avg Abandoned Time"),
        pl.col("wait_abandoned").alias("Total Abandoned Time"),
        total.alias("Total Calls"),
        pl.col("overflowed").alias("Calls Overflowed"),
        pl.col("timed_out").alias("Calls Timed Out"),
        pl.col("transferred").alias("Calls Transferred"),
        pl.col("agents").alias("Avg No. of Agents Assigned"),
        busy.round(1).alias("Avg No. of Agents Handling Calls"),
    )


def _average(dividend: pl.Expr, divisor: pl.Expr) -> pl.Expr:
    """Divide, to two places; by nothing there is no average."""
    return pl.when(divisor > 0).then((dividend / divisor).round(2))
