"""Deliveries: small exports as a partner would send them, and a data directory to import into."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions
from dashboard.data.store import open_store

NOW = datetime(2026, 11, 20, 6, tzinfo=UTC)

CUSTOMERS = "Customer Name,Organization ID,Region,Products"
SUBSCRIPTIONS = "Organization ID,Subscription ID,Type,Start Date,End Date,Auto Renew"
LICENSES = (
    "Week Ending,Organization ID,Subscription ID,Product,"
    "Total Licenses,Assigned Licenses,Used Licenses"
)
ORDERS = "Subscription ID,Order ID,Order Date,Quantity"
ADMINS = "Organization ID,Name,Email,Role"


def export(header, *rows):
    """Return an export: the header and rows of cells, or lines as they are."""
    out = io.StringIO()
    out.write(header + "\n")
    for row in rows:
        if isinstance(row, str):
            out.write(row + "\n")
        else:
            csv.writer(out, lineterminator="\n").writerow(row)
    return out.getvalue()


def customer(org="org-1", region="EU", name="Acme"):
    return (name, org, region, "Webex Calling")


def subscription(sub="sub-1", org="org-1"):
    return (org, sub, "Subscription", "2025-01-01", "2027-01-01", "Yes")


def licenses(sub="sub-1", org="org-1", week="2026-11-14", total=10):
    return (week, org, sub, "Webex Calling", total, 8, 6)


class DataDirectory:
    """A data directory, and a drop folder beside it."""

    def __init__(self, root: Path):  # noqa: D107
        self.drop, self.data = root / "drop", root / "data"
        self.drop.mkdir(exist_ok=True)

    def write(self, name, text):
        path = self.drop / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def ingest(self, *paths, keep=14, **options):
        given = ImportOptions(**options)
        return ingest(
            list(map(str, paths)), str(self.data), options=given, published=NOW, keep=keep
        )

    def take(self, name, text, **options):
        """Import one file and return its report."""
        return self.ingest(self.write(name, text), **options).reports[0]

    def store(self):
        return open_store(str(self.data))

    def rows(self, dataset, region=None):
        """Return the stored rows as dicts in the order of their keys."""
        return self.store().scan(dataset, region).sort(dataset.key).collect().to_dicts()
