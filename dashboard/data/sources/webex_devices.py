"""Webex Partner Hub: the devices report, one row per device of any customer."""

from __future__ import annotations

from dataclasses import replace

from dashboard.data.inventory_datasets import DEVICES
from dashboard.data.sources import Column, Source
from dashboard.data.sources._inventory import EXTENSION, PHONE_NUMBER, PLACE, USER

SOURCE = Source(
    name="webex_devices",
    dataset=DEVICES,
    columns=(
        *PLACE,
        Column(header="Product", field="product", aliases=("Продукт",), expected=True),
        Column(header="MAC Address", field="mac_address", aliases=("MAC-адреса",), expected=True),
        Column(header="Firmware", field="firmware", aliases=("Мікропрограма",)),
        replace(PHONE_NUMBER, expected=False),
        replace(EXTENSION, expected=False),
        *USER,
    ),
)
