"""What happens in the demo: a failing queue, a silent customer, a device model gone bad."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Floats, Ints
    from dashboard.data.demo.calling.users import Users

NOBODY = -1
US, CA, EU = 0, 1, 2
STORY_SHARE = 0.025  # of all calls at least, so that the story shows in a small demo, too
FROM, TO, OVER_WEEKS = 0.06, 0.35, 8
LONGER_WAIT = 5.0
# What is left of the silent customer's calls, by weeks before the newest.
LEFT = (0.0, 0.0, 0.15, 0.5)
INCIDENT_DAYS = 12  # before the newest week's end: from the Tuesday of the week before


@dataclass(frozen=True, slots=True, kw_only=True)
class Stories:
    """The customers the stories are about, or nobody in a portfolio too small for them."""

    queue_customer: int
    silent_customer: int

    def star(self, users: Users) -> Users:
        """Let the customers of the stories call often enough to be seen."""
        weight = users.weight.copy()
        for customer in (self.queue_customer, self.silent_customer):
            own = users.customer == customer
            missing = STORY_SHARE * weight.sum() / max(float(weight[own].sum()), 1e-9)
            weight[own] *= max(missing, 1.0)
        return replace(users, weight=weight)

    def left(self, customers: int, weeks_ago: int) -> Floats:
        """Return the share of its usual calls that every customer still makes."""
        left = np.ones(customers)
        if self.silent_customer >= 0 and weeks_ago < len(LEFT):
            left[self.silent_customer] = LEFT[weeks_ago]
        return left


def cast(region: Ints, seats: Ints) -> Stories:
    """Choose the two customers, rather large ones, of different regions; never ourselves."""
    return Stories(
        queue_customer=_large(region, seats, US), silent_customer=_large(region, seats, CA)
    )


def decline(weeks_ago: int) -> float:
    """Return how far the queue has gone down, from 0 to 1 in the newest week."""
    return max(1 - weeks_ago / (OVER_WEEKS - 1), 0.0) ** 1.4


def _large(region: Ints, seats: Ints, where: int) -> int:
    """Return the customer at four fifths of the region's sizes."""
    here = np.flatnonzero((region == where) & (seats > 0))
    here = here[here > 0]
    if not here.size:
        return NOBODY
    return int(here[np.argsort(seats[here], kind="stable")][here.size * 4 // 5])
