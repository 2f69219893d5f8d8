"""Webex Partner Hub: subscriptions and trials of all customers."""

from __future__ import annotations

from dashboard.data.datasets import SUBSCRIPTIONS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import ORGANIZATION_ID, SUBSCRIPTION_ID

SOURCE = Source(
    name="webex_subscriptions",
    dataset=SUBSCRIPTIONS,
    columns=(
        ORGANIZATION_ID,
        SUBSCRIPTION_ID,
        Column(
            header="Type",
            field="type",
            aliases=("Тип підписки",),
            values=("Subscription", "Trial"),
        ),
        Column(header="Start Date", field="start_date", kind=Kind.DATE),
        Column(header="End Date", field="end_date", kind=Kind.DATE),
        Column(
            header="Auto Renew",
            field="auto_renew",
            aliases=("Auto Renew?", "Автоматичне поновлення", "Автоматичне поновлення?"),
            values=("Yes", "No"),
        ),
        Column(header="Setup Status", field="setup_status", values=("Complete", "Pending")),
        Column(header="Payment Status", field="payment_status", values=("Paid", "Unpaid")),
        Column(header="Invoice", field="invoice", aliases=("Рахунок-фактура",)),
    ),
)
