"""Customers, subscriptions, licenses, orders and admins in memory, each as its own rows."""

from datetime import datetime, time, timedelta

import polars as pl
from factories import AS_OF, SATURDAY, days

from dashboard.access import EVERYONE
from dashboard.data.datasets import DATASETS
from dashboard.data.release import Release
from dashboard.metrics.rules import Rules
from dashboard.sections.customers import CustomerQuery, customer_list
from dashboard.sections.portfolio import Portfolio


def midday(n):
    """Return noon of the day `n` days from the as-of date."""
    return datetime.combine(days(n), time(12))


def customer(name="Acme", **changes):
    """Return one row of the customer list; its administrator signed in yesterday."""
    return {
        "dataset": "customers",
        "customer_id": f"id of {name}",
        "customer": name,
        "region": "US",
        "relationship": "External",
        "country": "US",
        "external_id": None,
        "products": "Webex Calling; Webex Meetings",
        "created": None,
        "last_admin_sign_in": midday(-1),
    } | changes


def term(name="Acme", subscription=None, **changes):
    """Return one subscription: active, paid for, set up, and far from its end."""
    return {
        "dataset": "subscriptions",
        "customer_id": f"id of {name}",
        "subscription_id": subscription or f"Sub of {name}",
        "type": "Subscription",
        "start_date": days(-400),
        "end_date": days(400),
        "auto_renew": "No",
        "setup_status": "Complete",
        "payment_status": "Paid",
        "invoice": "INV-1",
    } | changes


def licenses(name="Acme", subscription=None, **changes):
    """Return one line in the newest week."""
    return {
        "dataset": "licenses",
        "week_ending": SATURDAY,
        "customer_id": f"id of {name}",
        "subscription_id": subscription or f"Sub of {name}",
        "product": "Webex Calling",
        "total": 100,
        "assigned": 80,
        "used": 60,
        "used_last_3_months": None,
    } | changes


def order(subscription="Sub of Acme", order_id="O-1", **changes):
    """Return one line of an order."""
    return {
        "dataset": "orders",
        "subscription_id": subscription,
        "order_id": order_id,
        "order_date": days(-400),
        "order_type": "New",
        "product": "Webex Calling",
        "quantity": 100,
        "status": "Complete",
    } | changes


def admin(of="Acme", **changes):
    """Return one partner administrator of a customer."""
    return {
        "dataset": "partner_admins",
        "customer_id": f"id of {of}",
        "name": "Olena Koval",
        "email": "olena@partner.example",
        "role": "Partner administrator",
    } | changes


class TableStore:
    """The read side of a data directory, over rows given by a test; owners give the regions."""

    refused = ()

    def __init__(self, rows, as_of=AS_OF):
        """Sort the rows into their tables."""
        self._tables = {name: _table(name, rows) for name in DATASETS}
        regions = self._tables["customers"].select("customer_id", "region")
        owners = self._tables["subscriptions"].select("subscription_id", "customer_id")
        for name, table in self._tables.items():
            if name == "orders":
                whose = owners.join(regions, on="customer_id", how="left").drop("customer_id")
                self._tables[name] = table.join(whose, on="subscription_id", how="left")
            elif name != "customers":
                self._tables[name] = table.join(regions, on="customer_id", how="left")
        weeks = self._tables["licenses"]["week_ending"].unique().sort()
        self.release = Release(
            id="r000001-test",
            as_of=as_of,
            weeks=tuple(weeks),
            regions=tuple(regions["region"].unique().sort()),
            published=None,
            contracts={},
            tables={},
        )

    def scan(self, dataset, region=None):
        rows = self._tables[dataset.name].lazy()
        return rows if region is None else rows.filter(pl.col("region") == region)


def _table(name, rows):
    schema = dict(DATASETS[name].columns) | ({"region": pl.String} if name == "customers" else {})
    own = [{k: v for k, v in row.items() if k != "dataset"} for row in rows if is_of(row, name)]
    more = {k: pl.String for row in own for k in row if k not in schema}
    if "remaining_credits" in more:
        more["remaining_credits"] = pl.Decimal(20, 6)
    return pl.DataFrame(own, schema=schema | more)


def is_of(row, name):
    """Tell whether a row belongs to a table."""
    return row["dataset"] == name


def book(*rows, rules=None, as_of=AS_OF):
    """Open the rows as a portfolio."""
    return Portfolio(store=TableStore(rows, as_of), rules=rules or Rules())


def page(*rows, scope=EVERYONE, rules=None, **query):
    """Answer a query over the rows."""
    return customer_list(book(*rows, rules=rules), scope, CustomerQuery(**query))


def names(*rows, **query):
    """Return the customers' names in the order of the list."""
    return page(*rows, **query).rows["customer"].to_list()


def statuses(*rows, **choices):
    """Return the statuses of the only customer."""
    [found] = page(*rows, **choices).rows["statuses"].to_list()
    return found


WEEK_BEFORE = SATURDAY - timedelta(days=7)
