"""P-12: a report of a million inventory rows as CSV against `pl.write_csv` of the same rows."""

from __future__ import annotations

import json
import subprocess
import sys
from statistics import median
from typing import TYPE_CHECKING

from bench.result import Result

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 1_000_000
SHEET = 100_000  # rows of a workbook
ROUNDS = 3
ORDER = """
import json, resource, sys, time
from pathlib import Path
from dashboard.access import EVERYONE
from dashboard.data.store import open_store
from dashboard.reports import TEMPLATES
from dashboard.reports.files import write_csv, write_xlsx
from dashboard.reports.order import Order
from dashboard.reports.run import run
data, region, path, most, whole = sys.argv[1:]
template = TEMPLATES["phone_numbers"]
order = Order(template=template, region=region, columns=template.default)
store = open_store(data)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def ours():
    yield from run(order, store, EVERYONE, whole=bool(int(whole)))
"""
OURS = (
    ORDER
    + """
start = time.perf_counter()
with open(path, "wb") as file:
    write_csv(order, ours(), file)
"""
)
BARE = (
    ORDER
    + """
from dashboard.data.inventory_datasets import PHONE_NUMBERS
start = time.perf_counter()
store.scan(PHONE_NUMBERS, region).select(template.default).collect().write_csv(path)
"""
)
BOOK = (
    ORDER
    + """
def some():
    left = int(most)
    for batch in ours():
        yield batch.head(left)
        left -= batch.height
        if left <= 0:
            return
start = time.perf_counter()
write_xlsx(order, some(), Path(path))
"""
)
TOLD = """
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"seconds": time.perf_counter() - start, "grown": (peak - before) / 1024}))
"""
MAKE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import polars as pl
from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions
folder, rows = Path(sys.argv[1]), int(sys.argv[2])
folder.mkdir(exist_ok=True)
n = pl.int_range(rows)
customer = n % 500
pl.select(n=pl.int_range(500)).select(
    pl.format("Customer {}", "n").alias("Customer Name"),
    pl.format("org-{}", "n").alias("Organization ID"),
    pl.lit("EU").alias("Region"), pl.lit("Webex Calling").alias("Products"),
).write_csv(folder / "customers.csv")
pl.select(
    pl.lit("").alias("External ID"),
    pl.format("Customer {}", customer).alias("Customer"),
    pl.format("org-{}", customer).alias("Customer Org ID"),
    pl.format("00000000-0000-4000-8000-{}", customer + 10**11).alias("Location ID"),
    pl.lit("Headquarters").alias("Location Name"), pl.lit("UA").alias("Country"),
    pl.format("+38044{}", n + 10**7).alias("Phone Number"), pl.lit("").alias("Extension"),
    pl.lit("Cisco Calling Plan").alias("PSTN Connection"), pl.lit("True").alias("Active"),
    pl.lit("People").alias("User Type"), pl.lit("Primary").alias("Number Type"),
    pl.format("user.{}@customer.example", n).alias("User ID"),
    pl.format("00000000-0000-4000-9000-{}", n + 10**11).alias("User UUID"),
).write_csv(folder / "numbers.csv")
ingest([str(folder / "customers.csv"), str(folder / "numbers.csv")], str(folder / "data"),
       options=ImportOptions(), published=datetime.now(UTC), keep=1)
"""


def run(folder: Path) -> list[Result]:
    """Time each side as a process of its own; what memory grew by is that of the report alone."""
    inventory = folder / "inventory"
    subprocess.run([sys.executable, "-c", MAKE, str(inventory), str(ROWS)], check=True)
    sides = {"ours": OURS, "bare": BARE}
    told = {
        name: [_told(code, inventory, f"{name}.csv") for _ in range(ROUNDS)]
        for name, code in sides.items()
    }
    seconds = {name: median(t["seconds"] for t in told[name]) for name in sides}
    grown = {name: median(t["grown"] for t in told[name]) for name in sides}
    book = _told(BOOK, inventory, "book.xlsx")
    return [
        Result(
            budget_id="P-12",
            what=f"CSV report of {ROWS:,} numbers",
            ours=f"{seconds['ours']:.2f} s, {grown['ours']:.0f} MB",
            other=f"write_csv {seconds['bare']:.2f} s, {grown['bare']:.0f} MB",
            ratio=seconds["bare"] / seconds["ours"],
            budget=0.5,
            at_least=True,
        ),
        Result(
            budget_id="R-07",
            what=f"XLSX report of {SHEET:,} numbers, seconds",
            ours=f"{book['seconds']:.1f} s, {book['grown']:.0f} MB",
            other="-",
            ratio=book["seconds"],
            budget=15,
        ),
    ]


def _told(code: str, inventory: Path, name: str) -> dict[str, float]:
    arguments = [str(inventory / "data"), "EU", str(inventory / name), str(SHEET), "1"]
    command = [sys.executable, "-c", code + TOLD, *arguments]
    found: dict[str, float] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return found
