"""Webex Partner Hub: the order history of all subscriptions."""

from __future__ import annotations

from dashboard.data.datasets import ORDERS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import PRODUCT, SUBSCRIPTION_ID

SOURCE = Source(
    name="webex_orders",
    dataset=ORDERS,
    columns=(
        SUBSCRIPTION_ID,
        Column(header="Order ID", field="order_id"),
        Column(header="Order Date", field="order_date", kind=Kind.DATE),
        Column(header="Order Type", field="order_type"),
        PRODUCT,
        Column(header="Quantity", field="quantity", kind=Kind.COUNT),
        Column(header="Status", field="status", aliases=("Статус",)),
    ),
)
