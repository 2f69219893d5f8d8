"""P-8: rows per second of a weekly snapshot ingest against bare read_csv + write_parquet."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING

import polars as pl

from bench.result import Result

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1_000_000
ROUNDS = 3
WEEKS = ("2026-01-03", "2026-02-07", "2026-03-07")
BARE = """
import sys, polars as pl
pl.read_csv(sys.argv[1]).write_parquet(sys.argv[2])
"""
OURS = """
import sys
from dashboard.cli import main
main(["ingest", sys.argv[1], "--data", sys.argv[2], "--json"], standalone_mode=False)
"""


def snapshot(path: Path, week: str) -> None:
    """Write a plain license export of `ROWS` rows."""
    n = pl.int_range(ROWS)
    pl.select(
        pl.repeat(week, ROWS).alias("Week Ending"),
        pl.format("00000000-0000-4000-8000-{}", n // 2 + 10**11).alias("Organization ID"),
        pl.format("Sub{}", n + 10**6).alias("Subscription ID"),
        pl.lit("Webex Calling").alias("Product"),
        (n % 900 + 10).alias("Total Licenses"),
        (n % 800 + 5).alias("Assigned Licenses"),
        (n % 700).alias("Used Licenses"),
        (n % 750).alias("Used Licenses Last 3 Months"),
    ).write_csv(path)


def run(folder: Path) -> list[Result]:
    """Time both as whole processes, less the time each takes to do nothing."""
    seconds: dict[str, list[float]] = {"bare": [], "ours": []}
    small = folder / "small.csv"
    for turn in range(ROUNDS):
        week = WEEKS[turn]
        export = folder / f"licenses-{turn}.csv"
        snapshot(export, week)
        small.write_text(export.read_text()[:300].rsplit("\n", 1)[0] + "\n")
        pairs = {
            "bare": (BARE, str(folder / "bare.parquet")),
            "ours": (OURS, str(folder / f"data-{turn}")),
        }
        for side, (code, target) in pairs.items():
            whole = _timed(code, str(export), target)
            start = _timed(code, str(small), f"{target}-small")
            seconds[side].append(whole - start)
    bare, ours = (ROWS / median(seconds[side]) for side in ("bare", "ours"))
    return [
        Result(
            budget_id="P-8",
            what=f"weekly snapshot ingest, {ROWS:,} rows",
            ours=f"{ours / 1e6:.2f} M rows/s",
            other=f"read_csv + write_parquet {bare / 1e6:.2f} M rows/s",
            ratio=ours / bare,
            budget=0.5,
            at_least=True,
        )
    ]


def _timed(code: str, *arguments: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)
    return time.perf_counter() - start
