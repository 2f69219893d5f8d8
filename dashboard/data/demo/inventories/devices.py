"""The devices of every customer with Webex Calling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling.endpoints import MODELS, VERSIONS, WIRED
from dashboard.data.demo.draws import pick

if TYPE_CHECKING:
    from dashboard.data.demo.files import Row
    from dashboard.data.demo.inventories.people import People

HEADER: Row = (
    "External ID",
    "Customer",
    "Customer Org ID",
    "Location ID",
    "Location Name",
    "Product",
    "MAC Address",
    "Firmware",
    "Phone Number",
    "Extension",
    "User ID",
    "User UUID",
)
SHELVED = 0.04  # share of devices that nobody has at the moment
SPARES = (  # what people have beside their app, or in place of a device of their own
    ("DP-9851", "PhoneOS 3.4.1"),
    ("8851-3PCC", "sipphone 12.0.7"),
    ("Cisco Desk Pro", "RoomOS 11.33.1.6"),
)


def device_rows(rng: np.random.Generator, people: People) -> pl.DataFrame:
    """Lay out a device per user: the one that is called with, or a phone on the desk."""
    users = people.users
    spare = rng.integers(0, len(SPARES), users.size)
    models, versions = (pl.Series(column).gather(spare) for column in zip(*SPARES, strict=True))
    wired = pl.Series(WIRED[users.endpoint])
    shelved = pl.Series(pick(rng, np.ones(users.size, np.bool_), SHELVED))
    rows = people.rows.with_columns(
        pl.when(wired).then(MODELS.gather(users.endpoint)).otherwise(models).alias("Product"),
        users.mac.alias("MAC Address"),
        pl.when(wired).then(VERSIONS.gather(users.endpoint)).otherwise(versions).alias("Firmware"),
        users.number.alias("Phone Number"),
    )
    whose = ("Phone Number", "Extension", "User ID", "User UUID")
    return rows.with_columns(pl.when(~shelved).then(pl.col(n)).alias(n) for n in whose).select(
        HEADER
    )
