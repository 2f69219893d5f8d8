"""The reports of devices and of phone numbers: inventories, as they are at this moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data.inventory_datasets import DEVICES, PHONE_NUMBERS
from dashboard.reports.template import Column, Template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from dashboard.data.datasets import Dataset
    from dashboard.reports.template import Part

SHARE = 100_000  # rows that are in memory at a time


def _rows(dataset: Dataset) -> Callable[[Part], Iterator[pl.LazyFrame]]:
    """Return what yields the stored rows of an inventory, share by share, in their order.

    Polars would read ahead of whoever writes, without bounds: memory would grow with the rows.
    """

    def shares(part: Part) -> Iterator[pl.LazyFrame]:
        stored = part.store.scan(dataset, part.region)
        table = part.store.release.tables.get(dataset.name)
        files = table.files if table else ()
        rows = sum(file.rows for file in files if file.region == part.region)
        for first in range(0, rows, SHARE):
            yield part.of(stored.slice(first, SHARE))

    return shares


_WHOSE = (
    Column(
        name="external_id",
        heading="External ID",
        definition=(
            "External ID given when the wholesale customer was created; empty for customers that "
            "are not wholesale."
        ),
    ),
    Column(name="customer", heading="Customer", definition="Name of the customer organization."),
    Column(
        name="customer_id",
        heading="Customer Org ID",
        definition="UUID of the customer organization.",
    ),
)

DEVICES_REPORT = Template(
    name="devices",
    title="Devices report",
    definition="All current devices of all managed customers.",
    notes=(
        "An inventory at a point in time: it has no period.",
        "Changes to devices may take up to 24 hours to appear.",
    ),
    rows=_rows(DEVICES),
    datasets=(DEVICES,),
    columns=(
        *_WHOSE,
        Column(
            name="location_id",
            heading="Location ID",
            definition="UUID of the location the device belongs to.",
        ),
        Column(
            name="location",
            heading="Location Name",
            definition="Name of the location the device belongs to.",
        ),
        Column(name="product", heading="Product", definition="Product type of the device."),
        Column(
            name="mac_address",
            heading="MAC Address",
            definition="Media access control address of the device.",
        ),
        Column(name="firmware", heading="Firmware", definition="Software version of the device."),
        Column(
            name="phone_number",
            heading="Phone Number",
            definition="Primary phone number of the device.",
            personal=True,
        ),
        Column(
            name="extension",
            heading="Extension",
            definition="Primary extension of the device.",
            personal=True,
        ),
        Column(
            name="user_id",
            heading="User ID",
            definition="ID of the user the device is assigned to.",
            personal=True,
        ),
        Column(
            name="user_uuid",
            heading="User UUID",
            definition="UUID of the user the device is assigned to.",
        ),
    ),
)

PHONE_NUMBERS_REPORT = Template(
    name="phone_numbers",
    title="Phone numbers report",
    definition=(
        "All current Webex Calling phone numbers and extensions of all managed customers."
    ),
    notes=(
        "An inventory at a point in time: it has no period.",
        "Changes to phone numbers or extensions may take up to 24 hours to appear.",
    ),
    rows=_rows(PHONE_NUMBERS),
    datasets=(PHONE_NUMBERS,),
    columns=(
        *_WHOSE,
        Column(
            name="location_id",
            heading="Location ID",
            definition="UUID of the location the number belongs to.",
        ),
        Column(
            name="location",
            heading="Location Name",
            definition="Name of the location the number belongs to.",
        ),
        Column(name="country", heading="Country", definition="Country of the location."),
        Column(
            name="phone_number",
            heading="Phone Number",
            definition="The phone number; empty for extensions.",
            personal=True,
        ),
        Column(
            name="extension",
            heading="Extension",
            definition="The extension; empty for phone numbers.",
            personal=True,
        ),
        Column(
            name="pstn_connection",
            heading="PSTN Connection",
            definition="Provider that connects the number to the PSTN; empty for extensions.",
        ),
        Column(
            name="active",
            heading="Active",
            definition="True: the number is activated; False: it is not.",
        ),
        Column(
            name="user_type",
            heading="User Type",
            definition=(
                "Type of the assigned user: People, Auto Attendant, Virtual Line and others; "
                "empty for numbers that are not assigned."
            ),
        ),
        Column(
            name="number_type",
            heading="Number Type",
            definition=(
                "Primary or Secondary for the user; empty for extensions and for numbers that are "
                "not assigned."
            ),
        ),
        Column(
            name="user_id",
            heading="User ID",
            definition=(
                "ID of the assigned user, of people the e-mail address; empty for numbers that "
                "are not assigned, or assigned to certain features."
            ),
            personal=True,
        ),
        Column(
            name="user_uuid",
            heading="User UUID",
            definition=(
                "UUID of the assigned user or feature; empty for numbers that are not assigned."
            ),
        ),
    ),
)
