"""P-6, P-7, P-9: CPU seconds of the rollup against DuckDB, against decoding, and over sizes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from math import log
from pathlib import Path
from statistics import median

import polars as pl

from bench.legs import write_legs
from bench.result import Result, print_table

ROWS = 20_000_000
GROWTH = 20  # times fewer legs on the small side of P-9
ROUNDS = 2
MEMORY = 2e9  # bytes that the rollup may take


def run(folder: Path, rows: int = ROWS) -> list[Result]:
    """Measure every side in its own process, in turns."""
    large, small = folder / "large", folder / "small"
    pl.scan_parquet(write_legs(large, rows)).sink_csv(large / "legs.csv")
    write_legs(small, rows // GROWTH)
    parquet, peak = _cpu(large, "ours", "duckdb", "decode")
    csv, _ = _cpu(large, "ours_csv", "duckdb_csv")
    grown = parquet["ours"] / _cpu(small, "ours")[0]["ours"]
    what = f"rollup of {rows / 1e6:g} M legs"
    exponent = Result(
        budget_id="P-9",
        what=f"{what}, growth from {rows / GROWTH / 1e6:g} M",
        ours=f"{grown:.2f} × the CPU",
        other=f"{GROWTH} × the legs",
        ratio=log(grown) / log(GROWTH),
        budget=1.05,
    )
    return [
        _result("P-6", f"{what} from Parquet", parquet["ours"], parquet["duckdb"], "DuckDB", 1.15),
        _result("P-6", f"{what} from Parquet", parquet["ours"], parquet["decode"], "decoding", 4),
        _result("P-7", f"{what} from CSV", csv["ours_csv"], csv["duckdb_csv"], "DuckDB", 1.25),
        exponent,
        Result(
            budget_id="P-6",
            what=f"{what} from Parquet, memory",
            ours=f"{peak['ours'] / 1e6:,.0f} MB",
            other=f"{MEMORY / 1e6:,.0f} MB",
            ratio=peak["ours"] / MEMORY,
            budget=1,
        ),
    ]


def _result(
    budget_id: str, what: str, ours: float, other: float, side: str, budget: float
) -> Result:
    return Result(
        budget_id=budget_id,
        what=what,
        ours=f"{ours:.2f} CPU s",
        other=f"{side} {other:.2f} CPU s",
        ratio=ours / other,
        budget=budget,
    )


def _cpu(folder: Path, *sides: str) -> tuple[dict[str, float], dict[str, int]]:
    """Return the median CPU seconds and the peak bytes of each side, which find equal facts."""
    seconds: dict[str, list[float]] = {side: [] for side in sides}
    peaks = dict.fromkeys(sides, 0)
    rows = {}
    for _ in range(ROUNDS):
        for side in sides:
            command = [sys.executable, "-m", "bench.rollup_sides", side, str(folder)]
            answer = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            seconds[side].append(answer["cpu"])
            rows[side] = answer["rows"]
            peaks[side] = max(peaks[side], answer["peak"])
    facts = {str(found) for side, found in rows.items() if side != "decode"}
    if len(facts) > 1:
        msg = f"the sides disagree: {rows}"
        raise AssertionError(msg)
    return {side: median(values) for side, values in seconds.items()}, peaks


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        print_table(run(Path(folder), int(sys.argv[1]) if sys.argv[1:] else ROWS))
