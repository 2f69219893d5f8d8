"""Counts of the calls as the vendor reports them: per queue and day, per site of a week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.calling import endpoints, kinds
from dashboard.data.demo.calling.weeks import DAY, WEEK_DAYS

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Ints
    from dashboard.data.demo.calling.calls import Calls
    from dashboard.data.demo.calling.legs import Legs
    from dashboard.data.demo.calling.media import Quality
    from dashboard.data.demo.calling.weeks import Week
    from dashboard.data.demo.calling.world import World

# The outcomes of a queue's call come first, in the order they are drawn.
OUTCOMES = ("abandoned", "timed_out", "overflowed", "transferred", "answered")
QUEUE_MEASURES = (*OUTCOMES, "wait_abandoned", "wait_answered", "talk")
ABANDONED, ANSWERED = OUTCOMES.index("abandoned"), OUTCOMES.index("answered")
SITE_MEASURES = (
    *("calls", "legs", "poor", "seconds", "video_seconds", "audio", "video", "desk", "room"),
    *("other", "hunted", "attended"),
    *("queued", "timed_out", "overflowed", "transferred", "abandoned"),
)
KINDS = np.array(endpoints.KINDS.to_list())


class Tally:
    """Sums that grow stretch by stretch: of queues for all weeks, of sites for the newest."""

    def __init__(self, world: World, weeks: int) -> None:
        """Start from nothing."""
        self.queues: Ints = np.zeros(
            (len(QUEUE_MEASURES), world.queues.size, weeks * WEEK_DAYS), np.int64
        )
        self.sites: dict[str, Ints] = {
            name: np.zeros(world.sites.size, np.int64) for name in SITE_MEASURES
        }

    def add_queues(self, week: Week, calls: Calls) -> None:
        """Count the calls of the queues by the day they come in."""
        queued = np.flatnonzero(calls.queue >= 0)
        day = week.number * WEEK_DAYS + (calls.start[queued] - week.start) // DAY
        queue, outcome = calls.queue[queued], calls.outcome[queued]
        wait, talk = calls.wait[queued], calls.talk[queued]
        np.add.at(self.queues, (outcome, queue, day), 1)
        for measure, values, by in (
            ("wait_abandoned", wait, ABANDONED),
            ("wait_answered", wait, ANSWERED),
            ("talk", talk, ANSWERED),
        ):
            sums = self.queues[QUEUE_MEASURES.index(measure)]
            np.add.at(sums, (queue, day), np.where(outcome == by, values, 0))

    def add_sites(self, calls: Calls, legs: Legs, quality: Quality) -> None:
        """Count what the usage report of a week shows; legs are those of users."""
        used, seconds = legs.user >= 0, legs.duration
        kind = KINDS[np.maximum(legs.endpoint, 0)]
        flags = {
            "calls": legs.made,
            "legs": used,
            "poor": quality.poor,
            "audio": used & legs.answered,
            "video": quality.video,
            "desk": used & (kind == endpoints.DESK),
            "room": used & (kind == endpoints.ROOM),
            "other": used & (kind == endpoints.OTHER),
            "hunted": legs.role == kinds.HUNTS,
            "attended": legs.role == kinds.ATTENDS,
            "queued": legs.role == kinds.QUEUES,
        }
        outcome = calls.outcome[legs.call]
        for number, name in enumerate(OUTCOMES[:ANSWERED]):
            flags[name] = flags["queued"] & (outcome == number)
        for name, flag in flags.items():
            self._add(name, legs.site[flag])
        self._add("seconds", legs.site[used], seconds[used])
        self._add("video_seconds", legs.site[quality.video], seconds[quality.video])

    def _add(self, name: str, site: Ints, values: Ints | None = None) -> None:
        """Add ones or values to a measure of the sites."""
        sums = self.sites[name]
        sums += np.bincount(site, values, sums.size).astype(np.int64)
