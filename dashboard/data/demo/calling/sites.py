"""The locations of every customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling.phone_numbers import pooled
from dashboard.data.demo.draws import days_between, rank_within
from dashboard.data.demo.identifiers import random_ids
from dashboard.data.demo.words import ENGLISH, GERMAN

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Ints

BREAKS = (28, 110, 520, 2100)  # seats from which there is one site more
MAIN = "Headquarters"
# Minutes from UTC, by region.
ZONES = ((-300, -360, -480), (-300, -240, -420), (0, 60, 60, 120), (240, 240, 180))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """One entry per site; `first` and `count` are those of every customer."""

    first: Ints
    count: Ints
    customer: Ints
    zone: Ints
    name: pl.Series
    ids: pl.Series
    number: pl.Series

    @property
    def size(self) -> int:
        """The number of sites."""
        return self.customer.size


def draw_sites(rng: np.random.Generator, region: Ints, seats: Ints) -> Sites:
    """Draw one to five sites per customer with seats; their names differ within a customer."""
    count = np.where(seats > 0, 1 + np.searchsorted(BREAKS, seats, side="right"), 0)
    customer = np.repeat(np.arange(region.size), count)
    zones = np.array([zones[rng.integers(len(zones))] for zones in map(ZONES.__getitem__, region)])
    return Sites(
        first=np.cumsum(count) - count,
        count=count.astype(np.int64),
        customer=customer,
        zone=zones[customer],
        name=_names(rng, region, customer),
        ids=random_ids(rng, customer.size),
        number=draw_numbers(rng, region[customer]),
    )


def draw_numbers(rng: np.random.Generator, region: Ints) -> pl.Series:
    """Draw a fictional number for every entry, in its region."""
    pool, firsts, sizes = pooled()
    low = np.array(firsts)[region]
    return pool.gather(days_between(rng, low, low + np.array(sizes)[region] - 1, region.size))


def _names(rng: np.random.Generator, region: Ints, customer: Ints) -> pl.Series:
    """Name a customer's first site by its purpose, the others by invented towns."""
    rank = rank_within(customer)
    towns = [
        [head + tail for head in language.heads for tail in language.tails if head != "Über"]
        for language in (ENGLISH, GERMAN)
    ]
    start = rng.integers(0, 10_000, region.size)
    names = []
    for owner, at in zip(customer.tolist(), rank.tolist(), strict=True):
        here = towns[int(region[owner] == 2)]
        # 61 shares no factor with either number of towns: no town comes twice.
        names.append(here[(int(start[owner]) + 61 * at) % len(here)] if at else MAIN)
    return pl.Series(names, dtype=pl.String)
