"""Webex Partner Hub: the phone numbers report, one row per number or extension."""

from __future__ import annotations

from dashboard.data.inventory_datasets import PHONE_NUMBERS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._inventory import EXTENSION, PHONE_NUMBER, PLACE, USER

SOURCE = Source(
    name="webex_phone_numbers",
    dataset=PHONE_NUMBERS,
    columns=(
        *PLACE,
        Column(header="Country", field="country", kind=Kind.NAME, aliases=("Країна",)),
        PHONE_NUMBER,
        EXTENSION,
        Column(
            header="PSTN Connection", field="pstn_connection", aliases=("Підключення до PSTN",)
        ),
        Column(header="Active", field="active", kind=Kind.FLAG, aliases=("Активний",)),
        Column(header="User Type", field="user_type", aliases=("Тип користувача",)),
        Column(
            header="Number Type",
            field="number_type",
            aliases=("Тип числа",),
            values=("Primary", "Secondary"),
            meanings=(
                ("Alternate", "Secondary"),
                ("Основний", "Primary"),
                ("Додатковий", "Secondary"),
            ),
        ),
        *USER,
    ),
)
