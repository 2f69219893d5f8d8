"""Identifiers in the vendors' forms, the same for the same seed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUBSCRIPTIONS = 9_000_000
ORDERS = 900_000_000
PAIRS = np.frombuffer(bytes(range(256)).hex().encode(), np.uint16)  # two digits of each byte
DIGITS_AT = np.array([at for at in range(36) if at not in {8, 13, 18, 23}])
VERSION_AT, VARIANT_AT = 14, 19
STRIDE = 6_180_341  # shares no factor with either range: no identifier comes twice


def organization_ids(rng: np.random.Generator, count: int) -> pl.Series:
    """Draw random organization UUIDs."""
    drawn = rng.bytes(16 * count)
    blocks = (drawn[at : at + 16] for at in range(0, len(drawn), 16))
    return pl.Series([str(UUID(bytes=block, version=4)) for block in blocks], dtype=pl.String)


def random_ids(rng: np.random.Generator, count: int) -> pl.Series:
    """Draw random UUIDs by the million."""
    text = np.full((count, 36), ord("-"), np.uint8)
    text[:, DIGITS_AT] = _digits(rng, count, 16)
    text[:, VERSION_AT], text[:, VARIANT_AT] = ord("4"), ord("a")
    return _strings(text)


def hex_ids(rng: np.random.Generator, count: int, digits: int) -> pl.Series:
    """Draw random numbers of an even number of hexadecimal digits by the million."""
    return _strings(_digits(rng, count, digits // 2))


def _digits(rng: np.random.Generator, count: int, size: int) -> NDArray[np.uint8]:
    """Draw `size` bytes per row, spelled in hexadecimal."""
    drawn = np.frombuffer(rng.bytes(count * size), np.uint8).reshape(count, size)
    return PAIRS[drawn].view(np.uint8).reshape(count, 2 * size)


def _strings(text: NDArray[np.uint8]) -> pl.Series:
    """Turn equally long rows of ASCII into strings: joined, then split where they are fast."""
    if not len(text):
        return pl.Series([], dtype=pl.String)
    joined = np.pad(text, ((0, 0), (0, 1)), constant_values=ord("\n")).tobytes()[:-1].decode()
    return pl.Series([joined]).str.split("\n").explode()


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
