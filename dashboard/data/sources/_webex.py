"""Words that several Webex exports share."""

from __future__ import annotations

from dashboard.data.sources import Column, Kind

PRODUCTS = (
    "Webex Calling",
    "Webex Meetings",
    "Webex Messaging",
    "Real-Time Translations",
    "Call on Webex",
)
ORGANIZATION_ID = Column(
    header="Organization ID",
    field="customer_id",
    aliases=("Ідентифікатор організації",),
    option="organization_id",
)
SUBSCRIPTION_ID = Column(
    header="Subscription ID", field="subscription_id", aliases=("Ідентифікатор підписки",)
)
PRODUCT = Column(header="Product", field="product", aliases=("Продукт",), values=PRODUCTS)
LOCATION = Column(header="Location", field="location", kind=Kind.NAME, aliases=("Розташування",))
START_DATE = Column(header="Start Date", field="start_date", kind=Kind.DATE, option="start")
END_DATE = Column(header="End Date", field="end_date", kind=Kind.DATE, option="end")
