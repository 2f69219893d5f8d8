"""The phone numbers and extensions of every customer with Webex Calling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling.phone_numbers import pooled
from dashboard.data.demo.calling.users import PERSON
from dashboard.data.demo.draws import deal, rank_within

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Ints
    from dashboard.data.demo.files import Row
    from dashboard.data.demo.inventories.people import People

HEADER: Row = (
    "External ID",
    "Customer",
    "Customer Org ID",
    "Location ID",
    "Location Name",
    "Country",
    "Phone Number",
    "Extension",
    "PSTN Connection",
    "Active",
    "User Type",
    "Number Type",
    "User ID",
    "User UUID",
)
USER_TYPES = pl.Series(["People", "Workspace", "Virtual Line"])
CONNECTIONS = pl.Series(["Cisco Calling Plan", "Cloud Connected PSTN", "Premises-based PSTN"])
CONNECTION_SHARES = (0.4, 0.35, 0.25)
# What becomes of a number: its user's first, a further one, nobody's, nobody's and switched off.
FIRST, FURTHER, SPARE, OFF = range(4)
SHARES = (0.86, 0.05, 0.06, 0.03)


def number_rows(rng: np.random.Generator, people: People, region: Ints) -> pl.DataFrame:
    """Lay out a row per number and one per extension; no number comes twice in a customer.

    Where the ranges reserved for fiction are used up, users have an extension only.
    """
    customer = people.users.customer
    pool, firsts, sizes = pooled()
    rank = rank_within(customer)
    size, first = np.array(sizes)[region][customer], np.array(firsts)[region][customer]
    places = first + (rank + 37 * customer) % size
    has_number = (rank < size) & (people.users.type <= PERSON)
    state = deal(rng, customer.size, SHARES)
    lines = deal(rng, people.users.size, CONNECTION_SHARES)
    rows = people.rows.with_columns(
        number=pool.gather(places),
        connection=CONNECTIONS.gather(lines),
        type=USER_TYPES.gather(people.users.type),
        state=pl.Series(state),
        has_number=pl.Series(has_number),
    )
    return pl.concat([_numbers(rows), _extensions(rows)]).select(HEADER)


def _numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of numbers; who has none is left out, and spare ones have nobody."""
    used = pl.col("state") <= FURTHER
    kind = (
        pl.when(pl.col("state") == FURTHER).then(pl.lit("Alternate")).otherwise(pl.lit("Primary"))
    )
    mine = {"User Type": "type", "User ID": "User ID", "User UUID": "User UUID"}
    return rows.filter("has_number").with_columns(
        pl.col("number").alias("Phone Number"),
        pl.lit(None, pl.String).alias("Extension"),
        pl.col("connection").alias("PSTN Connection"),
        pl.when(pl.col("state") == OFF)
        .then(pl.lit("False"))
        .otherwise(pl.lit("True"))
        .alias("Active"),
        pl.when(used).then(kind).alias("Number Type"),
        *(pl.when(used).then(pl.col(given)).alias(name) for name, given in mine.items()),
    )


def _extensions(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of extensions, which have neither a provider nor a type of number."""
    nothing = pl.lit(None, pl.String)
    return rows.with_columns(
        nothing.alias("Phone Number"),
        nothing.alias("PSTN Connection"),
        pl.lit("True").alias("Active"),
        nothing.alias("Number Type"),
        pl.col("type").alias("User Type"),
    )
