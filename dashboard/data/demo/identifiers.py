"""Identifiers in the vendors' forms, the same for the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import polars as pl

if TYPE_CHECKING:
    import numpy as np

SUBSCRIPTIONS = 9_000_000
ORDERS = 900_000_000
STRIDE = 6_180_341  # shares no factor with either range: no identifier comes twice


def organization_ids(rng: np.random.Generator, count: int) -> pl.Series:
    """Draw random organization UUIDs."""
    drawn = rng.bytes(16 * count)
    blocks = (drawn[at : at + 16] for at in range(0, len(drawn), 16))
    return pl.Series([str(UUID(bytes=block, version=4)) for block in blocks], dtype=pl.String)


def subscription_ids(count: int) -> pl.Series:
    """Return scattered identifiers like `Sub1234567`."""
    return _scattered(count, SUBSCRIPTIONS, "Sub")


def order_ids(count: int) -> pl.Series:
    """Return scattered identifiers like `ORD123456789`."""
    return _scattered(count, ORDERS, "ORD")


def _scattered(count: int, room: int, prefix: str) -> pl.Series:
    """Spread the numbers 0 … count - 1 over the range, all with the same number of digits."""
    if count > room:
        message = f"{count} identifiers do not fit into {room}"
        raise ValueError(message)
    number = pl.int_range(count, eager=True, dtype=pl.Int64) * STRIDE % room + room // 9
    return (prefix + number.cast(pl.String)).alias(prefix)
