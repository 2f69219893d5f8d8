"""The files of the portfolio: vendor headers, each in a form some download really has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data.demo.files import Row, Shape

if TYPE_CHECKING:
    from datetime import date

CUSTOMERS: Row = (
    *("Customer Name", "Organization ID", "Region", "Relationship", "Country", "External ID"),
    *("Products", "Created", "Last Admin Sign-In"),
)
SUBSCRIPTIONS: Row = (
    *("Organization ID", "Subscription ID", "Type", "Start Date", "End Date", "Auto Renew"),
    *("Setup Status", "Payment Status", "Invoice"),
)
LICENSES: Row = (
    *("Week Ending", "Organization ID", "Subscription ID", "Product", "Total Licenses"),
    *("Assigned Licenses", "Used Licenses", "Used Licenses Last 3 Months"),
)
ORDERS: Row = (
    *("Subscription ID", "Order ID", "Order Date", "Order Type", "Product", "Quantity"),
    "Status",
)
ADMINS: Row = ("Organization ID", "Name", "Email", "Role")

# The customer list is downloaded per data region; the numbers are those of REGIONS.
CUSTOMERS_AMERICA = Shape(
    name="webex_customers_us_ca.csv",
    header=CUSTOMERS,
    encoding="utf-8-sig",
    quoted=True,
    null="NA",
)
CUSTOMERS_EUROPE = Shape(
    name="webex_customers_eu.csv", header=CUSTOMERS, encoding="utf-16", separator="\t"
)
CUSTOMERS_GULF = Shape(
    name="webex_customers_uae.csv",
    header=(
        *("customer name", "ORGANIZATION ID", "region", "relationship", "Country"),
        *("External_Id", "PRODUCTS", "created", "Last Admin Sign In"),
    ),
    separator=";",
    terminator="\r\n",
    null="na",
)
SUBSCRIPTIONS_PAID = Shape(
    name="webex_subscriptions.csv", header=(*SUBSCRIPTIONS, "Sales Territory"), null="NA"
)
# Reports arrive zipped under a name that does not say so.
SUBSCRIPTIONS_TRIALS = Shape(
    name="webex_subscriptions_trials",
    header=(
        *("organization_id", "Subscription-ID", "TYPE", "Start\u00a0Date", "EndDate"),
        *("auto_renew", "Setup Status", "payment.status", "invoice"),
    ),
    container="zip",
)
ORDER_HISTORY = Shape(name="webex_orders.csv", header=ORDERS, terminator="\r\n")
# Portals export in the language of whoever is signed in, as far as it is translated.
PARTNER_ADMINS = Shape(
    name="webex_partner_admins.tsv",
    header=("Ідентифікатор організації", *ADMINS[1:]),
    separator="\t",
)


def weekly_licenses(week: date) -> Shape:
    """Return the file of the newest week."""
    return Shape(name=f"webex_licenses_{week}.csv", header=LICENSES, null="na")


def quarterly_licenses(quarter: str, number: int) -> Shape:
    """Return the file of a quarter; the oldest is packed, the next ones vary in spelling."""
    if number == 0:
        name = f"webex_licenses_{quarter}.csv.gz"
        return Shape(name=name, header=LICENSES, container="gzip")
    spelled = tuple(name.lower().replace(" ", "_") for name in LICENSES)
    return Shape(
        name=f"webex_licenses_{quarter}.csv",
        header=spelled if number == 1 else LICENSES,
        null="NA" if number == 2 else "",
    )
