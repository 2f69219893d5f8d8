"""`make bench`: measure every budget and print one table; ARGS=name runs a part."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from bench import browser, exports, ingest, reports, rollup, web
from bench.result import print_table

CUSTOMERS = 5_000
DATA = "var/demo/bench/data"


def main() -> int:
    """Run the parts named, or all; return how many budgets were missed."""
    wanted = sys.argv[1:] or ["ingest", "rollup", "reports", "web", "exports", "browser"]
    make = [sys.executable, "-m", "dashboard", "demo", "--no-serve", "--data", DATA]
    subprocess.run([*make, "--customers", str(CUSTOMERS)], check=True)
    results = []
    if "ingest" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            results += ingest.run(Path(folder))
    if "rollup" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            results += rollup.run(Path(folder))
    if "reports" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            results += reports.run(Path(folder))
    if "web" in wanted:
        results += web.run(DATA)
    if "exports" in wanted:
        results += exports.run(DATA)
    if "browser" in wanted:
        results += browser.run(DATA)
    print_table(results)
    return sum(not result.met for result in results)


if __name__ == "__main__":
    sys.exit(main())
