"""Words that several 8x8 exports share, and what they say about who wrote to whom."""

from __future__ import annotations

import polars as pl

from dashboard.data.log_datasets import DIRECTIONS, INBOUND, OUTBOUND
from dashboard.data.sources import Column, Kind

ACCOUNT_ID = Column(header="AccountId", field="customer_id", option="organization_id")
SUB_ACCOUNT_ID = Column(header="SubAccountId", field="account")
# An export of one sub-account may not say whose that is; where both have one name, it does.
OWNED_BY_SUB_ACCOUNT = (("customer_id", "account"),)
DIRECTION = Column(
    header="Direction",
    field="direction",
    kind=Kind.WORD,
    values=DIRECTIONS,
    meanings=(("1", OUTBOUND), ("0", INBOUND)),
)
CONTACT_NAMES = (
    *("Contact Name", "Contact", "Profile Name", "First Name", "Last Name", "Name"),
    *("user.name", "user.firstName", "user.lastName", "user.contactName", "user.profileName"),
    *("user.channelUserId", "Caller Name", "Callee Name", "Source Name", "Destination Name"),
)


def by_direction(rows: pl.DataFrame) -> pl.DataFrame:
    """Turn sender and person round where it was the person who wrote."""
    wrote = pl.col("direction") == INBOUND
    sender, person = pl.col("masked_from"), pl.col("masked_to")
    return rows.with_columns(
        masked_from=pl.when(wrote).then(person).otherwise(sender),
        masked_to=pl.when(wrote).then(sender).otherwise(person),
    )
