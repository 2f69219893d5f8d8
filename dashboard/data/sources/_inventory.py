"""Columns that both inventories of Webex Partner Hub have."""

from __future__ import annotations

from dataclasses import replace

from dashboard.data.sources import Column, Kind
from dashboard.data.sources._webex import ORGANIZATION_ID

PLACE = (
    Column(header="External ID", field="external_id", aliases=("Зовнішній ідентифікатор",)),
    Column(header="Customer", field="customer", kind=Kind.NAME, aliases=("Клієнт",)),
    replace(
        ORGANIZATION_ID,
        header="Customer Org ID",
        aliases=("Organization ID", "Ідентифікатор організації клієнта"),
    ),
    Column(header="Location ID", field="location_id", aliases=("Ідентифікатор місцезнаходження",)),
    Column(
        header="Location Name",
        field="location",
        kind=Kind.NAME,
        aliases=("Назва місця розташування",),
    ),
)
PHONE_NUMBER = Column(
    header="Phone Number", field="phone_number", aliases=("Номер телефону",), expected=True
)
EXTENSION = Column(
    header="Extension", field="extension", aliases=("Внутрішній номер",), expected=True
)
USER = (
    Column(header="User ID", field="user_id", aliases=("Ідентифікатор користувача",)),
    Column(header="User UUID", field="user_uuid", aliases=("Користувач UUID",)),
)
