"""8x8 Connect Partner Hub: the customer accounts."""

from __future__ import annotations

from dashboard.data.datasets import CUSTOMERS, EIGHT_BY_EIGHT
from dashboard.data.log_datasets import LOG_PRODUCTS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._customers import CUSTOMER_NAME, REGION

SOURCE = Source(
    name="eight_by_eight_accounts",
    dataset=CUSTOMERS,
    constants=(("vendor", EIGHT_BY_EIGHT), ("products", "")),
    columns=(
        CUSTOMER_NAME,
        Column(header="Account ID", field="customer_id"),
        Column(
            header="Enabled Products",
            field="enabled_products",
            kind=Kind.LIST,
            values=tuple(LOG_PRODUCTS.values()),
        ),
        Column(header="Billing Currency", field="billing_currency"),
        Column(header="Remaining Credits", field="remaining_credits", kind=Kind.MONEY),
        Column(header="Assigned Users", field="assigned_users", kind=Kind.LIST),
        REGION,
    ),
)
