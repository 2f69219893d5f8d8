"""Words that the customer lists of both vendors share."""

from __future__ import annotations

from dashboard.data.regions import REGIONS
from dashboard.data.sources import Column, Kind

CUSTOMER_NAME = Column(
    header="Customer Name", field="customer", kind=Kind.NAME, aliases=("Ім'я клієнта",)
)
REGION = Column(
    header="Region", field="region", aliases=("Регіон",), values=tuple(REGIONS), option="region"
)
