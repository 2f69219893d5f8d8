"""One week of calling: who is at it, how much, and how the queues do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.calling.kinds import legs_per_call
from dashboard.data.demo.calling.stories import FROM, INCIDENT_DAYS, LONGER_WAIT, TO, decline
from dashboard.data.demo.takeup import season

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Floats
    from dashboard.data.demo.calling.world import World
    from dashboard.data.demo.span import Span

DAY = 86_400_000  # milliseconds
WEEK_DAYS = 7
TIMED_OUT, OVERFLOWED, TRANSFERRED = 0.02, 0.01, 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week with its callers' weights; times in milliseconds since 1970, UTC.

    `number` counts from the oldest week, `ago` back from the newest.
    `outcomes` has a row per queue: the cumulated shares of abandoned, timed out, overflowed
    and transferred calls; the remaining ones are answered.
    """

    number: int
    ending: np.datetime64
    ago: int
    start: int
    incident: int
    calls: int
    weight: Floats
    outcomes: Floats
    wait: Floats


def plan_weeks(world: World, span: Span, legs: int) -> list[Week]:
    """Share out the legs over the weeks, by growth, season and who is there."""
    endings = span.week_endings
    weights = [_weights(world, number) for number in range(endings.size)]
    sums = np.array([weight.sum() for weight in weights])
    volume = sums * [season(week) for week in endings]
    each = legs_per_call(world)[world.users.customer]
    mean = sum((weight * each).sum() for weight in weights) / max(sums.sum(), 1e-9)
    calls = np.rint(volume / max(volume.sum(), 1e-9) * legs / max(mean, 1.0))
    return [
        _week(world, span, number, int(count), weights[number])
        for number, count in enumerate(calls)
    ]


def _weights(world: World, number: int) -> Floats:
    """Weigh every user in one week."""
    weeks = len(world.calling)
    active = world.calling[number] * world.stories.left(world.region.size, weeks - 1 - number)
    grown = np.maximum(1 + world.growth * number, 0.2)
    return world.users.weight * (active * grown)[world.users.customer]


def _week(world: World, span: Span, number: int, calls: int, weight: Floats) -> Week:
    """Set up one week; the queue of the story fails a little more in each."""
    queues, ago = world.queues, span.weeks - 1 - number
    story = queues.customer == world.stories.queue_customer
    gone = decline(ago)
    abandoned = np.where(story, FROM + (TO - FROM) * gone, queues.abandonment)
    shares = [abandoned, *(np.full(queues.size, x) for x in (TIMED_OUT, OVERFLOWED, TRANSFERRED))]
    ending = span.week_endings[number]
    after = int(ending.astype("M8[ms]").astype(np.int64)) + DAY
    return Week(
        number=number,
        ending=ending,
        ago=ago,
        start=after - WEEK_DAYS * DAY,
        incident=after + (ago * WEEK_DAYS - INCIDENT_DAYS) * DAY,
        calls=calls,
        weight=np.cumsum(weight),
        outcomes=np.cumsum(np.stack(shares, axis=1), axis=1),
        wait=queues.wait * np.where(story, 1 + LONGER_WAIT * gone, 1.0),
    )
