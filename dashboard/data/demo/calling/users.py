"""The people, places and virtual lines that make and take calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling.endpoints import KINDS, ROOM, SHARES
from dashboard.data.demo.calling.sites import draw_numbers
from dashboard.data.demo.draws import deal, deal_within, rank_within
from dashboard.data.demo.identifiers import hex_ids, random_ids
from dashboard.data.demo.words import FIRST_NAMES, LAST_NAMES

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Floats, Ints
    from dashboard.data.demo.calling.sites import Sites

PERSON, PLACE, VIRTUAL = range(3)
TYPES = pl.Series(["User", "Place", "VirtualLine"])
TYPE_SHARES = (0.85, 0.125, 0.025)
FIRST_EXTENSION, EXTENSIONS = 2000, 7000


@dataclass(frozen=True, slots=True, kw_only=True)
class Users:
    """One entry per user; `first` and `count` are those of every customer."""

    first: Ints
    count: Ints
    customer: Ints
    site: Ints
    type: Ints
    endpoint: Ints
    weight: Floats
    name: pl.Series
    ids: pl.Series
    number: pl.Series
    extension: pl.Series
    mac: pl.Series

    @property
    def size(self) -> int:
        """The number of users."""
        return self.customer.size


def draw_users(rng: np.random.Generator, region: Ints, count: Ints, sites: Sites) -> Users:
    """Draw the users of all customers; few of them call often, many seldom."""
    customer = np.repeat(np.arange(region.size), count)
    size, rank = customer.size, rank_within(customer)
    kind = deal_within(rng, region[customer], TYPE_SHARES)
    endpoint = _endpoints(rng, region[customer], kind)
    # The first sites are the larger ones.
    place = (rng.random(size) ** 1.7 * sites.count[customer]).astype(np.int64)
    return Users(
        first=np.cumsum(count) - count,
        count=count,
        customer=customer,
        site=sites.first[customer] + place,
        type=kind,
        endpoint=endpoint,
        weight=rng.lognormal(0, 0.85, size),
        name=_names(rng, kind, endpoint),
        ids=random_ids(rng, size),
        number=draw_numbers(rng, region[customer]),
        extension=pl.Series(FIRST_EXTENSION + rank % EXTENSIONS).cast(pl.String),
        mac=("0200" + hex_ids(rng, size, 8)).str.to_uppercase(),
    )


def _endpoints(rng: np.random.Generator, region: Ints, kind: Ints) -> Ints:
    """Deal the equipment in exact shares inside every region and type of user."""
    endpoint = np.zeros(kind.size, np.int64)
    for number in range(TYPES.len()):
        for where in np.unique(region):
            here = (kind == number) & (region == where)
            endpoint[here] = deal(rng, int(here.sum()), SHARES[:, number].tolist())
    return endpoint


def _names(rng: np.random.Generator, kind: Ints, endpoint: Ints) -> pl.Series:
    """Name people by invented names, places by a number on the door."""
    first = pl.Series(FIRST_NAMES).gather(rng.integers(0, len(FIRST_NAMES), kind.size))
    last = pl.Series(LAST_NAMES).gather(rng.integers(0, len(LAST_NAMES), kind.size))
    door = pl.Series(rng.integers(100, 700, kind.size)).cast(pl.String)
    room = pl.Series(["Lobby ", "Meeting Room "]).gather(
        (KINDS == ROOM).cast(pl.Int64).gather(endpoint)
    )
    line = "Line " + door
    spelled = pl.DataFrame({"kind": kind, "person": first + " " + last, "door": room + door})
    return spelled.select(
        pl.when(pl.col("kind") == PERSON)
        .then("person")
        .when(pl.col("kind") == PLACE)
        .then("door")
        .otherwise(line)
        .alias("name")
    ).to_series()
