"""Webex Partner Hub: the customer list."""

from __future__ import annotations

from dashboard.data.datasets import CUSTOMERS, WEBEX
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._customers import CUSTOMER_NAME, REGION
from dashboard.data.sources._webex import ORGANIZATION_ID, PRODUCTS

SOURCE = Source(
    name="webex_customers",
    dataset=CUSTOMERS,
    constants=(("vendor", WEBEX),),
    columns=(
        CUSTOMER_NAME,
        ORGANIZATION_ID,
        REGION,
        Column(header="Relationship", field="relationship", values=("External", "Own")),
        Column(header="Country", field="country", kind=Kind.NAME, aliases=("Країна",)),
        Column(header="External ID", field="external_id", aliases=("Зовнішній ідентифікатор",)),
        Column(
            header="Products",
            field="products",
            kind=Kind.LIST,
            aliases=("Продукти",),
            values=PRODUCTS,
        ),
        Column(header="Created", field="created", kind=Kind.DATETIME),
        Column(header="Last Admin Sign-In", field="last_admin_sign_in", kind=Kind.DATETIME),
    ),
)
