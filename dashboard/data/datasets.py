"""Datasets: what a row is, what each column means, and which rows are fit to be counted."""

from __future__ import annotations

from dataclasses import dataclass

import dataframely as dy
import polars as pl

from dashboard.data.money import DIGITS, PLACES
from dashboard.data.weeks import is_week_ending

WEBEX, EIGHT_BY_EIGHT = "Webex", "8x8"  # whose customer it is


class Customers(dy.Schema):
    """One row is one customer organization."""

    customer_id = dy.String(nullable=False, description="Webex organization ID or 8x8 account ID.")
    customer = dy.String(nullable=False, description="Name of the customer organization.")
    region = dy.String(nullable=False, description="Where its data is stored: US, CA, EU, UAE.")
    relationship = dy.String(nullable=True, description="External: managed; Own: the partner's.")
    country = dy.String(nullable=True, description="Country of the organization.")
    external_id = dy.String(nullable=True, description="The partner's own ID of the customer.")
    products = dy.String(
        nullable=False, description="Ordered Webex products, separated by ';'; of 8x8 none."
    )
    created = dy.Datetime(nullable=True, description="When the organization was created, UTC.")
    last_admin_sign_in = dy.Datetime(
        nullable=True, description="Last administrator sign-in to Control Hub, UTC."
    )
    vendor = dy.String(
        nullable=True, description="Webex or 8x8; null: Webex, stored before there was a choice."
    )
    enabled_products = dy.String(
        nullable=True, description="8x8 products it may use, separated by ';'."
    )
    billing_currency = dy.String(nullable=True, description="Currency its 8x8 account pays in.")
    remaining_credits = dy.Decimal(
        DIGITS, PLACES, nullable=True, description="Credit balance left, in that currency."
    )
    assigned_users = dy.String(
        nullable=True, description="E-mails of the partner's users assigned to it, by ';'."
    )


class Subscriptions(dy.Schema):
    """One row is one subscription or trial."""

    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    subscription_id = dy.String(nullable=False, description="Unique ID of subscription or trial.")
    type = dy.String(nullable=False, description="Subscription or Trial; others as delivered.")
    start_date = dy.Date(nullable=False, description="First day of the term.")
    end_date = dy.Date(nullable=False, description="Last day of the term.")
    auto_renew = dy.String(nullable=False, description="Yes or No; others as delivered.")
    setup_status = dy.String(nullable=True, description="Complete or Pending.")
    payment_status = dy.String(nullable=True, description="Paid or Unpaid.")
    invoice = dy.String(nullable=True, description="Invoice reference.")

    @dy.rule()
    def end_before_start(cls) -> pl.Expr:  # noqa: N805 - dataframely's rules are class methods
        """Keep only terms that end on or after their first day."""
        return pl.col("end_date") >= pl.col("start_date")


class Licenses(dy.Schema):
    """One row is one subscription's licenses of one product at a week's close: a stock."""

    week_ending = dy.Date(nullable=False, description="The Saturday that closes the week.")
    customer_id = dy.String(nullable=False, description="The customer it belongs to.")
    subscription_id = dy.String(nullable=False, description="The subscription that owns them.")
    product = dy.String(nullable=False, description="Webex Calling, Webex Meetings, …")
    total = dy.Int64(nullable=False, min=0, description="Licenses bought.")
    assigned = dy.Int64(nullable=False, min=0, description="Licenses given to users.")
    used = dy.Int64(nullable=False, min=0, description="Licenses active in the last seven days.")
    used_last_3_months = dy.Int64(
        nullable=True, min=0, description="Distinct licenses used in the last three months."
    )

    @dy.rule()
    def not_a_saturday(cls) -> pl.Expr:  # noqa: N805
        """Keep only snapshots of a week's close."""
        return is_week_ending(pl.col("week_ending"))


class Orders(dy.Schema):
    """One row is one product line of one order."""

    subscription_id = dy.String(nullable=False, description="The subscription ordered for.")
    order_id = dy.String(nullable=False, description="ID of the order.")
    order_date = dy.Date(nullable=False, description="Day of the order.")
    order_type = dy.String(nullable=True, description="New, add-on, renewal, …")
    product = dy.String(nullable=True, description="What was ordered.")
    quantity = dy.Int64(nullable=True, min=0, description="How many licenses.")
    status = dy.String(nullable=True, description="Status of the order, as delivered.")


class PartnerAdmins(dy.Schema):
    """One row is one partner administrator assigned to one customer."""

    customer_id = dy.String(nullable=False, description="The customer the person looks after.")
    name = dy.String(nullable=False, description="Name of the administrator.")
    email = dy.String(nullable=False, description="E-mail address of the administrator.")
    role = dy.String(nullable=False, description="Role of the administrator.")


# What a row did wrong, in the words of the exports, by the name of the rule it broke.
RULES = {
    "end_before_start": "End Date is before Start Date",
    "not_a_saturday": "Week Ending is not a Saturday",
    "ended_before_it_began": "the end is before the beginning",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dataset:
    """A table the rest of the program may rely on; the same key again replaces a row."""

    name: str
    schema: type[dy.Schema]
    key: tuple[str, ...]
    contract: int = 1  # raised when the meaning of a column changes
    weekly: str | None = None  # the column whose weeks, beside the regions, partition the table

    @property
    def columns(self) -> pl.Schema:
        """Names and types of the columns; stored rows have their `region` beside them."""
        types = {name: column.dtype for name, column in self.schema.columns().items()}
        return pl.Schema({name: kind for name, kind in types.items() if name != "region"})


CUSTOMERS = Dataset(name="customers", schema=Customers, key=("customer_id",))
SUBSCRIPTIONS = Dataset(name="subscriptions", schema=Subscriptions, key=("subscription_id",))
LICENSES = Dataset(
    name="licenses", schema=Licenses, key=("week_ending", "subscription_id", "product")
)
ORDERS = Dataset(name="orders", schema=Orders, key=("subscription_id", "order_id", "product"))
PARTNER_ADMINS = Dataset(name="partner_admins", schema=PartnerAdmins, key=("customer_id", "email"))

# In the order of import: a license row is judged by its subscription, all by their customer.
DATASETS = {d.name: d for d in (CUSTOMERS, SUBSCRIPTIONS, LICENSES, ORDERS, PARTNER_ADMINS)}
