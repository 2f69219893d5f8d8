"""Rows no export should hold but some do: bad on purpose, to be quarantined or ignored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from dashboard.data.demo.files import Row

BLANK: Row = ()
STRANGER = "00000000-0000-4000-8000-0000000a11e9"  # an organization no customer list names
STRANGE_SUBSCRIPTION = "Sub0000099"
NOBODY = "00000000-0000-4000-8000-00000000000"  # lacks its last digit
WRONG_DATE = "13/31/2025"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Identifiers that exist, to spoil a row in one place only."""

    organization: str
    subscription: str
    other_organization: str


def bad_customers_america() -> list[Row]:
    """Return a customer without a name, then one created on a day in local spelling."""
    rest = ("External", "US", "", "Webex Calling")
    return [
        ("", NOBODY + "1", "US", *rest, "2025-03-01", ""),
        ("Quarrel & Quince", NOBODY + "2", "US", *rest, "31.12.2025", ""),
    ]


def bad_customers_gulf() -> list[Row]:
    """Return a row that breaks off."""
    return [("Half a Row LLC", NOBODY + "3", "UAE")]


def bad_subscriptions(known: Known) -> list[Row]:
    """Return a date nobody has, an end before its start, a missing renewal, half a row."""
    organization = known.organization
    rest = ("Complete", "Paid", "", "")
    return [
        (organization, "Sub0000001", "Subscription", WRONG_DATE, "2027-12-30", "Yes", *rest),
        (organization, "Sub0000002", "Subscription", "2026-05-01", "2025-05-01", "No", *rest),
        (organization, "Sub0000003", "Subscription", "2026-05-01", "2027-04-30", "", *rest),
        (organization, "Sub0000004", "Subscription", "2026-05-01"),
    ]


def strange_subscription(week: date) -> Row:
    """Return a good subscription of an organization that is on no customer list."""
    start, end = week - timedelta(days=200), week + timedelta(days=164)
    row = (STRANGER, STRANGE_SUBSCRIPTION, "Subscription", f"{start}", f"{end}", "Yes")
    return (*row, "Complete", "Paid", "", "")


def strange_licenses(week: date) -> Row:
    """Return the licenses of that subscription."""
    counts = ("50", "40", "30", "33")
    return (f"{week}", STRANGER, STRANGE_SUBSCRIPTION, "Webex Calling", *counts)


def bad_licenses(known: Known, week: date) -> list[Row]:
    """Spoil six rows of the newest week, each in another way."""
    sunday = week + timedelta(days=1)
    line = (known.organization, known.subscription, "Webex Calling")
    foreign = (known.other_organization, *line[1:])
    return [
        (f"{sunday}", *line, "100", "80", "60", "70"),
        (f"{week}", *line, "100", "-80", "60", "70"),
        (f"{week}", *line, "100", "80", "", "70"),
        (f"{week}", *line, "inf", "80", "60", "70"),
        (f"{week}", *line, "100", "80", "60", "70", "70"),
        (f"{week}", *foreign, "100", "80", "60", "70"),
    ]


def total_row(weekly: pl.DataFrame) -> Row:
    """Sum the newest week, as spreadsheets are fond of doing."""
    sums = weekly.select(pl.col("total", "assigned", "used", "lately").sum()).row(0)
    return ("Total", "", "", "", *(str(value) for value in sums))


def bad_orders(known: Known) -> list[Row]:
    """Return an order of no day, then one of fewer than no licenses."""
    rest = ("Add-on", "Webex Calling")
    return [
        (known.subscription, "ORD000000001", WRONG_DATE, *rest, "10", "Complete"),
        (known.subscription, "ORD000000002", "2026-03-02", *rest, "-5", "Complete"),
    ]


def bad_admins(known: Known) -> list[Row]:
    """Return an administrator without an address."""
    return [(known.organization, "Nemo Nightinglow", "", "Partner administrator")]
