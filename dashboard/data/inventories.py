"""Inventories: what tells a device or a number from the others, and its numbers on request masked.

Phone numbers and the ids of users stay whole (SPEC §3) unless `inventory_numbers` says masked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.inventory_datasets import DEVICES
from dashboard.data.masking import masked_phone

if TYPE_CHECKING:
    from dashboard.data.datasets import Dataset

PERSONAL = ("phone_number", "extension", "user_id")
_BETWEEN = "\x1f"  # parts of an identity; no text of an export has it


def settled(rows: pl.DataFrame, dataset: Dataset, *, masks: bool) -> pl.DataFrame:
    """Return the rows of one file with what identifies each, masked first if that is wanted.

    Masked numbers, and devices without an address, may look alike: they are told apart by their
    order, so that none is lost.
    """
    if masks:
        rows = rows.with_columns(masked_phone(pl.col(n)).alias(n) for n in PERSONAL)
    address = _plain("mac_address").str.to_uppercase()
    if dataset is DEVICES:
        own, other = address, _joined("location_id", "location", "product", "user_uuid", *PERSONAL)
    else:
        own, other = _plain("phone_number"), _joined("location_id", "location", "extension")
    own = pl.when(own != "").then(own)
    nth = pl.int_range(pl.len()).over("customer_id", "identity").cast(pl.String)
    unsure = own.is_null() if dataset is DEVICES else pl.lit(masks)
    return rows.with_columns(identity=pl.coalesce(own, other)).with_columns(
        identity=pl.when(unsure)
        .then(pl.concat_str("identity", nth, separator=_BETWEEN))
        .otherwise("identity")
    )


def _plain(name: str) -> pl.Expr:
    """Return an address or a number however it was spelled."""
    return pl.col(name).str.replace_all(r"[^\p{L}\p{Nd}*]", "")


def _joined(*names: str) -> pl.Expr:
    return pl.concat_str(*(pl.col(name).fill_null("") for name in names), separator=_BETWEEN)
