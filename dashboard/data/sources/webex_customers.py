"""Webex Partner Hub: the customer list."""

from __future__ import annotations

from dashboard.data.datasets import CUSTOMERS
from dashboard.data.regions import REGIONS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import ORGANIZATION_ID, PRODUCTS

SOURCE = Source(
    name="webex_customers",
    dataset=CUSTOMERS,
    columns=(
        Column(
            header="Customer Name", field="customer", kind=Kind.NAME, aliases=("Ім'я клієнта",)
        ),
        ORGANIZATION_ID,
        Column(
            header="Region",
            field="region",
            aliases=("Регіон",),
            values=tuple(REGIONS),
            option="region",
        ),
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
