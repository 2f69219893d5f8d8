"""The customers: where they are, how large, how old, what they bought, how they fare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.draws import (
    days_between,
    deal,
    deal_within,
    log_between,
    pick,
    rank_within,
)

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Flags, Ints

REGIONS = ("US", "CA", "EU", "UAE")
REGION_SHARES = (0.40, 0.15, 0.33, 0.12)
# Drawn a little inside the bands of G-3, so that Meetings, some percent larger or smaller
# than Calling, seldom leaves its band.
SEATS = np.array([(6, 23), (28, 92), (112, 460), (540, 1880), (2150, 6200)], np.float64)
SEAT_SHARES = (0.28, 0.30, 0.23, 0.12, 0.07)
AGES = np.array([(3, 117), (126, 388), (402, 1500)], np.int64)
AGE_SHARES = (0.09, 0.23, 0.68)
OLD_ENOUGH_TO_JUDGE = 40  # days: past the first month, in which nobody is flagged

CALLING, MEETINGS, BOTH, MESSAGING = range(4)
OFFERING_SHARES = (0.24, 0.20, 0.51, 0.05)
LIVING, TRYING, LAPSED, EXPIRED = range(4)
FATE_SHARES = (0.91, 0.04, 0.015, 0.035)

LOW_SHARE = 0.05
LOW_AT_LEAST = 3
SPLIT_SHARE = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers:
    """One entry per customer; the first is the partner's own organization."""

    region: Ints
    seats: Ints
    age: Ints
    offering: Ints
    fate: Ints
    low: Flags
    split: Flags

    @property
    def size(self) -> int:
        """The number of organizations."""
        return self.region.size


def draw_customers(rng: np.random.Generator, count: int) -> Customers:
    """Draw `count` customers after the partner's own organization."""
    region = deal(rng, count + 1, REGION_SHARES)
    region[0] = 0
    low = _draw_low(rng, region)
    fate = np.where(low, LIVING, deal(rng, region.size, FATE_SHARES))
    fate[0] = LIVING
    band = deal_within(rng, region, SEAT_SHARES)
    tenure = deal_within(rng, region, AGE_SHARES)
    offering = deal_within(rng, region, OFFERING_SHARES)
    offering[0] = BOTH
    _spread_low(region, low, band, tenure)
    offering[low] = BOTH
    living = (fate == LIVING) & ~low
    return Customers(
        region=region,
        seats=np.rint(log_between(rng, SEATS[band, 0], SEATS[band, 1])).astype(np.int64),
        age=_draw_ages(rng, tenure, fate, low),
        offering=offering,
        fate=fate,
        low=low,
        split=pick(rng, living & (offering == BOTH), SPLIT_SHARE, least=0),
    )


def _draw_low(rng: np.random.Generator, region: Ints) -> Flags:
    """Pick the customers of each region that leave most licenses unassigned."""
    low = np.zeros(region.size, np.bool_)
    others = np.arange(region.size) > 0
    for number in range(len(REGIONS)):
        here = others & (region == number)
        least = min(LOW_AT_LEAST, int(here.sum()) // 8)
        low |= pick(rng, here, LOW_SHARE, least=least)
    return low


def _spread_low(region: Ints, low: Flags, band: Ints, tenure: Ints) -> None:
    """Place a region's first low assigners so that they meet every seat and tenure band."""
    chosen = np.flatnonzero(low)
    rank = rank_within(region[chosen])
    # 5 and 3 share no factor: fifteen customers meet all fifteen pairs of bands.
    first = rank < len(SEATS) * len(AGES)
    band[chosen[first]] = rank[first] % len(SEATS)
    tenure[chosen[first]] = rank[first] % len(AGES)


def _draw_ages(rng: np.random.Generator, tenure: Ints, fate: Ints, low: Flags) -> Ints:
    """Draw the days since each customer's first subscription or trial started."""
    youngest = np.where(low, OLD_ENOUGH_TO_JUDGE, 0)
    low_end = np.maximum(AGES[tenure, 0], youngest)
    age = days_between(rng, low_end, AGES[tenure, 1], tenure.size)
    age = np.where(fate == TRYING, days_between(rng, 2, 85, age.size), age)
    age = np.where(fate == LAPSED, days_between(rng, 100, 480, age.size), age)
    return np.where(fate == EXPIRED, days_between(rng, 400, 900, age.size), age)
