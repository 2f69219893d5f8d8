"""Reporting: a store of few rows, and what a report of it holds."""

import io
from datetime import date

import polars as pl
from factories import MemoryStore, fact, line

from dashboard.access import EVERYONE
from dashboard.data.call_datasets import CALLING_USAGE
from dashboard.reports import TEMPLATES
from dashboard.reports.files import write_csv
from dashboard.reports.order import Order
from dashboard.reports.run import OWNER, run
from dashboard.reports.template import Period

WEEK = Period(start=date(2026, 11, 8), end=date(2026, 11, 14))
USAGE = TEMPLATES["calling_usage_details"]
MARK = "\ufeff"


def delivered(customer="Acme", **changes):
    """Return one row of Webex's own usage report, every count of it 1 unless it says otherwise."""
    counts = {n: 1 for n, kind in CALLING_USAGE.columns.items() if kind == pl.Int64}
    whose = {"customer": customer, "customer_id": f"id of {customer}", "region": "US"}
    when = {"start_date": WEEK.start, "end_date": WEEK.end, "location": "Kyiv"}
    return whose | when | counts | {"minutes": 1.0, "video_minutes": 1.0} | changes


class ReportStore(MemoryStore):
    """A memory store that also holds what Webex delivered."""

    def __init__(self, *rows, usage=()):
        """Keep both; `Acme` bought Webex Calling."""
        super().__init__([line("Acme"), *rows])
        self.usage = usage

    def scan(self, dataset, region=None):
        if dataset is not CALLING_USAGE:
            return super().scan(dataset, region)
        schema = {**dataset.columns, "region": pl.String}
        named = [{name: row[name] for name in schema} for row in self.usage]
        rows = pl.LazyFrame(named, schema=schema)
        return rows if region is None else rows.filter(pl.col("region") == region)


def calls(**changes):
    return fact("call_facts", **changes)


def usage_rows(store, *columns, period=WEEK, scope=EVERYONE, region="US"):
    """Return the rows of the calling usage report as tuples of some columns."""
    order = Order(template=USAGE, region=region, columns=columns, period=period)
    batches = run(order, store, scope, whole=True)
    return [row for batch in batches for row in batch.drop(OWNER).iter_rows()]


def csv_of(order, store, scope=EVERYONE, *, whole=True):
    """Return the lines of a report as CSV."""
    file = io.BytesIO()
    write_csv(order, run(order, store, scope, whole=whole), file)
    text = file.getvalue().decode()
    assert text.startswith(MARK)
    assert text.endswith("\r\n")
    return text.removeprefix(MARK).removesuffix("\r\n").split("\r\n")
