"""P-8: the ingest of a weekly snapshot against reading and writing the same rows bare."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import polars as pl

from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions

ROWS = 1_000_000
SUBSCRIPTIONS = 5_000
RUNS = 5


def exports(folder: Path) -> tuple[Path, Path, Path]:
    """Write customers, their subscriptions, and a licenses export of ROWS plain rows."""
    draw = random.Random(8)
    orgs = [str(UUID(int=draw.getrandbits(128))) for _ in range(SUBSCRIPTIONS // 2)]
    subs = [(orgs[n % len(orgs)], f"Sub{n:07d}") for n in range(SUBSCRIPTIONS)]
    weeks = [date(2026, 11, 14) - timedelta(weeks=n) for n in range(ROWS // SUBSCRIPTIONS // 2)]
    customers = ["Customer Name,Organization ID,Region,Products"]
    customers += [f"C{n},{o},{('US', 'EU')[n % 2]},Webex Calling" for n, o in enumerate(orgs)]
    terms = ["Organization ID,Subscription ID,Type,Start Date,End Date,Auto Renew"]
    terms += [f"{o},{s},Subscription,2024-01-01,2028-01-01,Yes" for o, s in subs]
    lines = [
        ("Week Ending,Organization ID,Subscription ID,Product,Total Licenses,"
        "Assigned Licenses,Used Licenses,Used Licenses Last 3 Months")
    ]
    for week in weeks:
        for product in ("Webex Calling", "Webex Meetings"):
            lines += [
                f"{week},{o},{s},{product},{len(s) * 9},{n % 90},7,9"
                for n, (o, s) in enumerate(subs)
            ]
    paths = folder / "customers.csv", folder / "subscriptions.csv", folder / "licenses.csv"
    for path, text in zip(paths, (customers, terms, lines), strict=True):
        path.write_text("\n".join(text) + "\n")
    return paths


def timed(step) -> float:  # noqa: ANN001
    """Return the seconds a step takes."""
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def main() -> None:
    """Print both sides and their ratio, best of RUNS, taken by turns."""
    ours, bare = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        customers, subscriptions, licenses = exports(folder)
        for run in range(RUNS):
            data = str(folder / f"data{run}")
            given = {"options": ImportOptions(), "published": datetime.now(UTC), "keep": 14}
            ingest([str(customers), str(subscriptions)], data, **given)
            ours.append(timed(lambda: ingest([str(licenses)], data, **given)))  # noqa: B023
            target = folder / "bare.parquet"
            bare.append(timed(lambda: pl.read_csv(licenses).write_parquet(target)))  # noqa: B023
    ratio = min(bare) / min(ours)
    print(f"P-8  ingest {ROWS / min(ours):>12,.0f} rows/s")
    print(f"     bare   {ROWS / min(bare):>12,.0f} rows/s")
    print(f"     ratio  {ratio:>12.2f}   (budget 0.50)")
    sys.exit(ratio < 0.5)


if __name__ == "__main__":
    main()
