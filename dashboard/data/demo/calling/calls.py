"""The calls of one stretch of a week, drawn before they fall apart into legs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.calling.kinds import (
    ATTENDANT,
    HUNT,
    INBOUND,
    LEFT_QUEUE,
    QUEUED,
    SHARES,
)
from dashboard.data.demo.calling.weeks import DAY, WEEK_DAYS
from dashboard.data.demo.draws import rank_within

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Floats, Ints
    from dashboard.data.demo.calling.weeks import Week
    from dashboard.data.demo.calling.world import World

DAYS = np.array([0.03, 0.19, 0.2, 0.2, 0.19, 0.16, 0.03])  # Sunday first
HOURS = np.array(
    [*(1, 1, 1, 1, 1, 2, 5, 18), *(60, 95, 100, 90, 62, 78, 95, 88), *(66, 36, 14, 8, 5, 3, 2, 1)],
    np.float64,
)
RUSH = np.cumsum(np.outer(DAYS, HOURS).ravel()) / (DAYS.sum() * HOURS.sum())
HOUR = 3_600_000
LAST_START = WEEK_DAYS * DAY - HOUR  # a later leg of a call still starts in its week
MOST_SECONDS = 2_400
GOLDEN = 0.6180339887498949
ANSWERED_SHARE, ANSWERED = 0.87, 4
ABANDONED = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """One entry per call in order of time; `queue` is -1 outside queues.

    `outcome` numbers what became of a queue's call; `start` in milliseconds, the rest in
    seconds.
    """

    kind: Ints
    customer: Ints
    users: Ints
    queue: Ints
    outcome: Ints
    start: Ints
    ring: Ints
    wait: Ints
    talk: Ints

    @property
    def size(self) -> int:
        """The number of calls."""
        return self.kind.size


def draw_calls(rng: np.random.Generator, world: World, week: Week, count: int) -> Calls:
    """Draw the calls: who, which course, when, how long."""
    user = np.searchsorted(week.weight, rng.random(count) * week.weight[-1], side="right")
    customer = world.users.customer[user]
    start = _starts(rng, week, world.sites.zone[world.users.site[user]])
    order = np.argsort(start, kind="stable")
    user, customer, start = user[order], customer[order], start[order]
    queue = _queues(rng, world, customer)
    outcome = _outcomes(rng, week, queue)
    kind = np.where(queue < 0, _kinds(rng, world, customer), QUEUED)
    kind[outcome == ABANDONED] = LEFT_QUEUE
    answered = (rng.random(count) < ANSWERED_SHARE) | (queue >= 0)
    talk = np.clip(rng.lognormal(4.7, 1.05, count), 3, MOST_SECONDS)
    return Calls(
        kind=kind,
        customer=customer,
        users=_parties(rng, world, user, customer),
        queue=queue,
        outcome=outcome,
        start=start,
        ring=rng.integers(2, 24, count),
        wait=_waits(rng, week, queue),
        talk=np.where(answered, talk, 0).astype(np.int64),
    )


def _starts(rng: np.random.Generator, week: Week, zone: Ints) -> Ints:
    """Draw the starts in local business hours and turn them to UTC, round the week's end."""
    hour = np.searchsorted(RUSH, rng.random(zone.size)).clip(0, RUSH.size - 1)
    local = hour * HOUR + rng.integers(0, HOUR, zone.size)
    return week.start + (local - zone * 60_000) % LAST_START


def _kinds(rng: np.random.Generator, world: World, customer: Ints) -> Ints:
    """Draw the course of calls outside queues; without the feature a call comes straight in."""
    kind = np.searchsorted(np.cumsum(SHARES / SHARES.sum())[:-3], rng.random(customer.size))
    plain = (kind == ATTENDANT) & ~world.attended[customer]
    plain |= (kind == HUNT) & ~world.grouped[customer]
    return np.where(plain, INBOUND, kind)


def _queues(rng: np.random.Generator, world: World, customer: Ints) -> Ints:
    """Draw which calls come through which queue of the customer."""
    queues = world.queues
    queued = rng.random(customer.size) < queues.share[customer]
    # The first queue is the busiest.
    rank = (rng.random(customer.size) ** 1.5 * queues.count[customer]).astype(np.int64)
    return np.where(queued, queues.first[customer] + rank, -1)


def _outcomes(rng: np.random.Generator, week: Week, queue: Ints) -> Ints:
    """Spread the outcomes evenly over each queue's calls, so that few calls meet the shares."""
    outcome = np.full(queue.size, -1, np.int64)
    queued = np.flatnonzero(queue >= 0)
    if queued.size:
        at = (rank_within(queue[queued]) * GOLDEN + rng.random()) % 1
        outcome[queued] = (at[:, None] >= week.outcomes[queue[queued]]).sum(axis=1)
    return outcome


def _waits(rng: np.random.Generator, week: Week, queue: Ints) -> Ints:
    """Draw the seconds a caller waits in a queue."""
    wait = np.zeros(queue.size, np.int64)
    queued = np.flatnonzero(queue >= 0)
    mean: Floats = week.wait[queue[queued]]
    wait[queued] = np.clip(rng.exponential(mean), 1, 900).astype(np.int64)
    return wait


def _parties(rng: np.random.Generator, world: World, user: Ints, customer: Ints) -> Ints:
    """Draw a second and a third user of the same customer, other than the first if possible."""
    first, count = world.users.first[customer], world.users.count[customer]
    steps = rng.integers(1, np.maximum(count, 2), (2, user.size))
    others = [first + (user - first + step) % count for step in steps]
    return np.stack([user, *others])
