"""Writes a small portfolio by hand, beside what some views must say of it."""

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

CUSTOMER = ["Customer Name", "Organization ID", "Region", "Products"]
SUBSCRIPTION = ["Organization ID", "Subscription ID", "Type", "Start Date", "End Date"]
SUBSCRIPTION += ["Auto Renew"]
LICENSE = ["Week Ending", "Organization ID", "Subscription ID", "Product"]
LICENSE += ["Total Licenses", "Assigned Licenses", "Used Licenses", "Used Licenses Last 3 Months"]
CALLING, MEETINGS = "Webex Calling", "Webex Meetings"
# The newest Saturday of most cases; as_of is the Sunday after it, 1 March 2026.
WEEK, BEFORE, AS_OF = "2026-02-28", "2026-02-21", "2026-03-01"


@dataclass
class Case:
    """The three exports, and what some views must say: (section, region, product) -> parts."""

    name: str
    expected: dict[tuple[str, str, str], dict]
    as_of: date | None = None
    weeks: int = 26
    customers: list[list[str]] = field(default_factory=list)
    subscriptions: list[list[str]] = field(default_factory=list)
    licenses: list[list[str]] = field(default_factory=list)

    def customer(self, org: str, region: str = "EU") -> "Case":
        self.customers.append([f"Customer {org}", org, region, CALLING])
        return self

    def subscription(
        self, org: str, sub: str, term: tuple[str, str], *, trial: bool = False, auto: str = "No"
    ) -> "Case":
        kind = "Trial" if trial else "Subscription"
        self.subscriptions.append([org, sub, kind, *term, auto])
        return self

    def line(
        self,
        sub: str,
        counts: tuple[int, int, int],
        week: str = WEEK,
        *,
        product: str = CALLING,
        used_3_months: str = "",
    ) -> "Case":
        """Total, assigned and used; the organization is the subscription's."""
        org = next((row[0] for row in self.subscriptions if row[1] == sub), "nobody")
        self.licenses.append([week, org, sub, product, *map(str, counts), used_3_months])
        return self

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        exports = {
            "customers": [CUSTOMER, *self.customers],
            "subscriptions": [SUBSCRIPTION, *self.subscriptions],
            "licenses": [LICENSE, *self.licenses],
        }
        for name, rows in exports.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
