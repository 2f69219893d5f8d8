"""Webex Partner Hub: the licenses of every subscription at each week's close."""

from __future__ import annotations

from dashboard.data.datasets import LICENSES
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import ORGANIZATION_ID, PRODUCT, SUBSCRIPTION_ID

SOURCE = Source(
    name="webex_licenses",
    dataset=LICENSES,
    columns=(
        Column(header="Week Ending", field="week_ending", kind=Kind.DATE),
        ORGANIZATION_ID,
        SUBSCRIPTION_ID,
        PRODUCT,
        Column(
            header="Total Licenses",
            field="total",
            kind=Kind.COUNT,
            aliases=("Загальна кількість ліцензій",),
        ),
        Column(
            header="Assigned Licenses",
            field="assigned",
            kind=Kind.COUNT,
            aliases=("Призначені ліцензії",),
        ),
        Column(
            header="Used Licenses",
            field="used",
            kind=Kind.COUNT,
            aliases=("Використані ліцензії",),
        ),
        Column(
            header="Used Licenses Last 3 Months",
            field="used_last_3_months",
            kind=Kind.COUNT,
            aliases=("Usage in last 3 months", "Використання за останні 3 місяці"),
        ),
    ),
)
