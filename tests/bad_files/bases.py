"""One small good file per export, with known rows, from which every case is derived."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from bad_files.bases_calls import CALLING_USAGE, CDR, MEDIA_QUALITY, QUEUE_STATS
from bad_files.export import ORGANIZATIONS, Export, Rows

A, B, C, D = ORGANIZATIONS

CUSTOMERS = Export(
    id="webex_customers",
    dataset="customers",
    header=(
        "Customer Name",
        "Organization ID",
        "Region",
        "Relationship",
        "Country",
        "External ID",
        "Products",
        "Created",
        "Last Admin Sign-In",
    ),
    required=("Customer Name", "Organization ID", "Region", "Products"),
    rows=(
        ("Acme", A, "EU", "External", "PL", "x-1", "Webex Calling", "2024-02-01", "2026-07-20"),
        ("Bolt", B, "EU", "Own", "DE", "x-2", "Webex Calling", "2025-03-01", "2026-07-21"),
        ("Corvo", C, "US", "External", "US", "x-3", "Webex Calling", "2025-04-01", "2026-07-22"),
        ("Dnipro", D, "US", "External", "US", "x-4", "Webex Calling", "2025-05-01", "2026-07-23"),
    ),
    text="Customer Name",
    key="Organization ID",
    date="Created",
)

SUBSCRIPTIONS = Export(
    id="webex_subscriptions",
    dataset="subscriptions",
    header=(
        "Organization ID",
        "Subscription ID",
        "Type",
        "Start Date",
        "End Date",
        "Auto Renew",
        "Setup Status",
        "Payment Status",
        "Invoice",
    ),
    required=(
        "Organization ID",
        "Subscription ID",
        "Type",
        "Start Date",
        "End Date",
        "Auto Renew",
    ),
    rows=(
        (A, "S-1", "Subscription", "2026-07-01", "2027-06-30", "Yes", "Complete", "Paid", "I-1"),
        (B, "S-2", "Subscription", "2026-06-15", "2026-09-15", "No", "Complete", "Paid", "I-2"),
        (C, "S-3", "Trial", "2026-07-05", "2026-08-05", "No", "Pending", "Unpaid", "I-3"),
        (D, "S-4", "Subscription", "2026-05-01", "2026-12-31", "Yes", "Pending", "Paid", "I-4"),
    ),
    text="Invoice",
    key="Subscription ID",
    date="Start Date",
    needs=("webex_customers",),
)

LICENSES = Export(
    id="webex_licenses",
    dataset="licenses",
    header=(
        "Week Ending",
        "Organization ID",
        "Subscription ID",
        "Product",
        "Total Licenses",
        "Assigned Licenses",
        "Used Licenses",
        "Used Licenses Last 3 Months",
    ),
    required=(
        "Week Ending",
        "Organization ID",
        "Subscription ID",
        "Product",
        "Total Licenses",
        "Assigned Licenses",
        "Used Licenses",
    ),
    rows=(
        ("2026-07-25", A, "S-1", "Webex Calling", "100", "80", "60", "85"),
        ("2026-07-25", B, "S-2", "Webex Calling", "50", "40", "30", "42"),
        ("2026-07-25", C, "S-3", "Webex Calling", "10", "12", "9", "12"),
        ("2026-07-25", D, "S-4", "Webex Calling", "200", "150", "140", "160"),
    ),
    text="Product",
    key="Product",
    date="Week Ending",
    count="Total Licenses",
    needs=("webex_customers", "webex_subscriptions"),
)

ORDERS = Export(
    id="webex_orders",
    dataset="orders",
    header=(
        "Subscription ID",
        "Order ID",
        "Order Date",
        "Order Type",
        "Product",
        "Quantity",
        "Status",
    ),
    required=("Subscription ID", "Order ID", "Order Date"),
    rows=(
        ("S-1", "O-1", "2026-06-30", "New", "Webex Calling", "100", "Completed"),
        ("S-2", "O-2", "2026-06-14", "New", "Webex Calling", "50", "Completed"),
        ("S-3", "O-3", "2026-07-04", "Change", "Webex Calling", "10", "Open"),
        ("S-4", "O-4", "2026-04-30", "New", "Webex Calling", "200", "Completed"),
    ),
    text="Status",
    key="Order ID",
    date="Order Date",
    count="Quantity",
    needs=("webex_customers", "webex_subscriptions"),
)

PARTNER_ADMINS = Export(
    id="webex_partner_admins",
    dataset="partner_admins",
    header=("Organization ID", "Name", "Email", "Role"),
    required=("Organization ID", "Name", "Email", "Role"),
    rows=(
        (A, "Olena Koval", "olena@partner.example", "Partner full admin"),
        (B, "Jan Nowak", "jan@partner.example", "Partner admin"),
        (C, "Ada King", "ada@partner.example", "Partner read-only admin"),
        (D, "Sam Field", "sam@partner.example", "Partner admin"),
    ),
    text="Name",
    key="Email",
    needs=("webex_customers",),
)

EXPORTS = {
    export.id: export
    for export in (
        *(CUSTOMERS, SUBSCRIPTIONS, LICENSES, ORDERS, PARTNER_ADMINS),
        *(CDR, MEDIA_QUALITY, QUEUE_STATS, CALLING_USAGE),
    )
}


def prerequisites(export_id: str) -> list[Export]:
    """The exports that must be there before this one is judged."""
    return [EXPORTS[name] for name in EXPORTS[export_id].needs]


def rendered(rows: Sequence[Sequence[str]], delimiter: str = ",", newline: str = "\n") -> str:
    """Rows as text, quoted only where the delimiter, a quote or a line break demands it."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    return out.getvalue()


def as_csv(export: Export, delimiter: str = ",", newline: str = "\n") -> str:
    """The good file of an export."""
    return rendered([export.header, *export.rows], delimiter, newline)


def with_rows(export: Export, rows: Rows, delimiter: str = ",") -> str:
    """The header of an export over other rows."""
    return rendered([export.header, *rows], delimiter)


def with_cell(export: Export, column: str, value: str, row: int = 1) -> Rows:
    """The good rows with one cell replaced."""
    rows = export.table()
    rows[row][export.at(column)] = value
    return rows
