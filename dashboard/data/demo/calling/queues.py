"""The call queues of the customers that have any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import deal, pick, rank_within

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Floats, Ints
    from dashboard.data.demo.calling.sites import Sites

NAMES = ("Support", "Sales", "Service Desk", "Orders", "Reception", "Billing")
KINDS = pl.Series(["CallCenterStandard", "CallCenterPremium"])
ENOUGH_SEATS = 12
OWNER_SHARE, COUNT_SHARES = 0.32, (0.5, 0.35, 0.15)
CALL_SHARE, STORY_CALL_SHARE = 0.3, 0.7  # of an owner's calls
FIRST_EXTENSION = 1800


@dataclass(frozen=True, slots=True, kw_only=True)
class Queues:
    """One entry per queue; `first`, `count` and `share` of calls are those of every customer."""

    first: Ints
    count: Ints
    share: Floats
    customer: Ints
    site: Ints
    kind: Ints
    agents: Ints
    abandonment: Floats
    wait: Floats
    name: pl.Series
    number: pl.Series
    extension: pl.Series

    @property
    def size(self) -> int:
        """The number of queues."""
        return self.customer.size


def draw_queues(rng: np.random.Generator, seats: Ints, sites: Sites, story: int) -> Queues:
    """Draw one to three queues for a third of the customers, one for the story's."""
    owner = pick(rng, seats >= ENOUGH_SEATS, OWNER_SHARE)
    count = np.where(owner, 1 + deal(rng, seats.size, COUNT_SHARES), 0)
    share = np.where(owner, CALL_SHARE, 0.0)
    if story >= 0:
        count[story], share[story] = 1, STORY_CALL_SHARE
    customer = np.repeat(np.arange(seats.size), count)
    size, rank = customer.size, rank_within(customer)
    site = sites.first[customer] + rank % np.maximum(sites.count[customer], 1)
    return Queues(
        first=np.cumsum(count) - count,
        count=count.astype(np.int64),
        share=share,
        customer=customer,
        site=site,
        kind=deal(rng, size, (0.7, 0.3)),
        agents=rng.integers(3, 15, size),
        abandonment=rng.uniform(0.03, 0.09, size),
        wait=rng.uniform(14, 45, size),
        name=pl.Series(NAMES).gather((rank + customer) % len(NAMES)),
        number=sites.number.gather(site),
        extension=pl.Series(FIRST_EXTENSION + rank).cast(pl.String),
    )
