"""Call records with their media quality, written week by week, a stretch at a time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.demo.calling import record_oddities as odd
from dashboard.data.demo.calling.calls import draw_calls
from dashboard.data.demo.calling.legs import spread_legs
from dashboard.data.demo.calling.media import bad_rows, draw_quality, quality_rows
from dashboard.data.demo.calling.record_headers import OF_2026
from dashboard.data.demo.calling.record_json import write_envelope, write_lines
from dashboard.data.demo.calling.records import record_rows, spelled
from dashboard.data.demo.calling.shapes import quality_shape, record_shape
from dashboard.data.demo.draws import stream
from dashboard.data.demo.files import open_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dashboard.data.demo.calling.tally import Tally
    from dashboard.data.demo.calling.weeks import Week
    from dashboard.data.demo.calling.world import World
    from dashboard.data.demo.files import Row, Shape

    Put = Callable[[pl.DataFrame | Row], None]

STRETCH = 25_000  # calls held in memory at a time: some 45,000 legs
STRETCHES_PER_PART = 20
STRETCHES_PER_WEEK = 100_000  # at most
SAMPLE = 8
MOST_IN_JSON = 400


@dataclass(slots=True, kw_only=True)
class Delivery:
    """Where the calls go, what was written, what is still on its way to a later file."""

    folder: Path
    seed: int
    world: World
    tally: Tally
    paths: list[Path] = field(default_factory=list)
    late: list[pl.DataFrame] = field(default_factory=list)
    sample: pl.DataFrame = field(default_factory=pl.DataFrame)

    def write_week(self, week: Week, shape: Shape) -> None:
        """Write one week in as many parts as it needs; the last one has the odd rows."""
        stretches = -(-week.calls // STRETCH)
        parts = max(-(-stretches // STRETCHES_PER_PART), 1)
        latecomers, self.late = self.late, []
        for part in range(parts):
            records = record_shape(shape, week, part, parts)
            quality = quality_shape(week, part, parts)
            with (
                open_file(self.folder, records) as write,
                open_file(self.folder, quality) as put_quality,
            ):
                put = _in_columns(write, len(shape.header))
                first = part * STRETCHES_PER_PART
                for stretch in range(first, min(first + STRETCHES_PER_PART, stretches)):
                    self._write_stretch(week, stretch, put, put_quality)
                if part == parts - 1:
                    self._write_odd(week, latecomers, put, put_quality)
            self.paths += [self.folder / records.name, self.folder / quality.name]

    def _write_stretch(self, week: Week, stretch: int, put: Put, put_quality: Put) -> None:
        """Draw, count and write the calls of one stretch."""
        rng = stream(self.seed, f"calls {week.ending} {stretch}")
        calls = draw_calls(rng, self.world, week, min(STRETCH, week.calls - stretch * STRETCH))
        legs = spread_legs(self.world, calls, week.number * STRETCHES_PER_WEEK + stretch)
        quality = draw_quality(rng, self.world, week, legs)
        self.tally.add_queues(week, calls)
        if week.ago == 0:
            self.tally.add_sites(calls, legs, quality)
        rows = record_rows(rng, self.world, week, legs)
        put_quality(quality_rows(self.world, legs, quality))
        if stretch == 0:
            rows = self._divert(week, rows)
            self.sample = rows.head(SAMPLE)
        if week.ago > 0:
            arrival = odd.arrive(rng, rows)
            rows = arrival.now
            self.late.append(arrival.later)
        put(rows)

    def _divert(self, week: Week, rows: pl.DataFrame) -> pl.DataFrame:
        """Write the first legs of the two newest weeks as JSON; return those that are left."""
        write = {0: write_envelope, 1: write_lines}.get(week.ago)
        if not write:
            return rows
        taken = min(MOST_IN_JSON, rows.height // 10)
        self.paths.append(write(self.folder, week.ending, rows[:taken]))
        return rows[taken:]

    def _write_odd(
        self, week: Week, latecomers: list[pl.DataFrame], put: Put, put_quality: Put
    ) -> None:
        """Write what is late, then what is wrong."""
        for rows in (*latecomers, *odd.wrong(self.sample, week.ago)):
            put(rows)
        if week.ago == 0:
            for row in bad_rows(self.world, week):
                put_quality(row)


def _in_columns(put: Put, count: int) -> Put:
    """Spell frames and cut them to the columns of the file; they are the first of the newest."""

    def put_spelled(rows: pl.DataFrame | Row) -> None:
        put(spelled(rows[OF_2026[:count]]) if isinstance(rows, pl.DataFrame) else rows)

    return put_spelled
