"""Call records as they really arrive: late, corrected, stale, some of them spoiled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.demo.calling.records import spelled

if TYPE_CHECKING:
    import numpy as np

    from dashboard.data.demo.files import Row

LATE_SHARE, CORRECTED_SHARE, STALE_SHARE = 0.003, 0.001, 0.0003
NEGATIVE, FUTURE = 5, 4  # rows in the newest week
NEGATIVE_BEFORE = 3  # rows in the week before, besides one of each other kind
TIMES = ("Start time", "Answer time", "Release time", "Report time")
ENTIRE_CELLS = 9  # the half row breaks off after the first identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What of a stretch's rows comes in its own week's file, what in the next week's."""

    now: pl.DataFrame
    later: pl.DataFrame


def arrive(rng: np.random.Generator, rows: pl.DataFrame) -> Arrival:
    """Deliver some rows late, some wrong first and corrected later, some once more but stale.

    A correction has a newer report time than what it corrects, a stale row an older one; both
    repeat its report.
    """
    drawn = pl.Series(rng.random(rows.height))
    late = drawn < LATE_SHARE
    corrected = (drawn >= 0.1) & (drawn < 0.1 + CORRECTED_SHARE)
    stale = (drawn >= 0.2) & (drawn < 0.2 + STALE_SHARE)
    half = pl.when(pl.Series(corrected)).then(pl.col("Duration") // 2).otherwise("Duration")
    corrections = rows.filter(corrected).with_columns(pl.col("Report time") + timedelta(hours=36))
    old = rows.filter(stale).with_columns(
        pl.col("Report time") - timedelta(seconds=3), Duration=pl.lit(1, pl.Int64)
    )
    return Arrival(
        now=rows.with_columns(half.alias("Duration")).filter(~late),
        later=pl.concat([rows.filter(late), corrections, old]),
    )


def wrong(rows: pl.DataFrame, ago: int) -> list[pl.DataFrame | Row]:
    """Return the odd rows of the two newest weeks, made of copies of good ones."""
    if ago == 0:
        return [future(rows), negative(rows, NEGATIVE)]
    return [negative(rows, NEGATIVE_BEFORE), *spoiled(rows)] if ago == 1 else []


def future(rows: pl.DataFrame) -> pl.DataFrame:
    """Return calls from three weeks ahead: some clock is wrong, the row is well-formed."""
    rows = rows.head(FUTURE)
    return _renamed(rows.with_columns(pl.col(name) + timedelta(days=21) for name in TIMES), "f0f0")


def negative(rows: pl.DataFrame, count: int) -> pl.DataFrame:
    """Return legs that took less than no time."""
    rows = rows.head(count)
    return _renamed(rows.with_columns(Duration=-pl.int_range(1, rows.height + 1)), f"dea{count}")


def spoiled(rows: pl.DataFrame) -> list[pl.DataFrame | Row]:
    """Return rows without a call, with a local date, broken off in the middle."""
    text = spelled(_renamed(rows.head(3), "bad0"))
    if text.height < 3:
        return []
    half = tuple("" if cell is None else str(cell) for cell in text.row(2)[:ENTIRE_CELLS])
    return [
        text[0].with_columns(pl.lit(None, pl.String).alias("Correlation ID")),
        text[1].with_columns(pl.lit("11/03/2026 09:30").alias("Start time")),
        half,
    ]


def _renamed(rows: pl.DataFrame, mark: str) -> pl.DataFrame:
    """Give the rows reports, calls of their own: they replace nothing."""
    number = pl.int_range(rows.height).cast(pl.String).str.zfill(8)
    own = pl.format(f"00000000-0000-4000-8000-{mark}{{}}", number)
    return rows.with_columns(own.alias("Report ID"), own.alias("Correlation ID"))
