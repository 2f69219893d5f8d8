"""The files of queue statistics: older weeks by week, newer ones by day, one without a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling import queue_statistics as statistics
from dashboard.data.demo.calling.shapes import (
    QUEUE_HEADER,
    daily_queues,
    lone_queues,
    weekly_queues,
)
from dashboard.data.demo.calling.stories import NOBODY
from dashboard.data.demo.calling.weeks import WEEK_DAYS
from dashboard.data.demo.files import write_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.data.demo.arrays import Ints
    from dashboard.data.demo.calling.world import World
    from dashboard.data.demo.files import Row
    from dashboard.data.demo.span import Span

DAILY_WEEKS = 4
SUNDAY = np.timedelta64(6, "D")  # before its Saturday


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFiles:
    """The statistics of all queues by day, to be written in the forms the vendor has."""

    folder: Path
    world: World
    span: Span
    sums: Ints

    @property
    def lone(self) -> int:
        """The customer that sends its own download: the first with queues but the story's."""
        others = self.world.queues.customer[
            self.world.queues.customer != self.world.stories.queue_customer
        ]
        return int(others[0]) if others.size else NOBODY

    def write(self) -> Iterator[Path]:
        """Write the older weeks, the newer ones, the lone customer's newest week."""
        endings = self.span.week_endings
        if older := endings[:-DAILY_WEEKS].size:
            rows = self._weekly(slice(0, older))[list(QUEUE_HEADER)]
            yield write_file(self.folder, weekly_queues(endings[0], endings[older - 1]), [rows])
        for number in range(older, endings.size):
            yield self._write_days(number)
        if self.lone != NOBODY:
            newest = self._weekly(slice(endings.size - 1, None))
            rows = newest.filter(pl.col("customer") == self.lone)[list(statistics.HEADER)]
            yield write_file(self.folder, lone_queues(endings[-1]), [rows])

    def _weekly(self, which: slice) -> pl.DataFrame:
        """Return a row per queue and week."""
        sums = statistics.by_week(self.sums)[:, :, which]
        starts = self.span.week_endings[which] - SUNDAY
        return statistics.queue_rows(self.world, sums, starts, WEEK_DAYS)

    def _write_days(self, number: int) -> Path:
        """Write one week by the day; the newest has two bad rows and not the lone customer."""
        ending = self.span.week_endings[number]
        sums = self.sums[:, :, number * WEEK_DAYS : (number + 1) * WEEK_DAYS]
        days = ending - SUNDAY + np.arange(WEEK_DAYS)
        rows = statistics.queue_rows(self.world, sums, days, 1)
        bad: list[Row] = []
        if number == self.span.weeks - 1:
            rows = rows.filter(pl.col("customer") != self.lone)
            bad = _bad(rows[list(QUEUE_HEADER)])
        return write_file(self.folder, daily_queues(ending), [rows[list(QUEUE_HEADER)], *bad])


def _bad(rows: pl.DataFrame) -> list[Row]:
    """Spoil copies of the first row: fewer than no calls, an end before the start."""
    if rows.is_empty():
        return []
    first = ("" if cell is None else str(cell) for cell in rows.row(0))
    cells = dict(zip(QUEUE_HEADER, first, strict=True))
    backwards = {"Start Date": cells["End Date"], "End Date": "2026-01-01"}
    return [tuple((cells | wrong).values()) for wrong in ({"Answered Calls": "-3"}, backwards)]
