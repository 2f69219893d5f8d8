"""The legs that the vendor records of calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.calling import kinds
from dashboard.data.demo.calling.kinds import LEGS, MISSED, ROLE_AT, WHO

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Flags, Ints
    from dashboard.data.demo.calling.calls import Calls
    from dashboard.data.demo.calling.world import World

MENU_SECONDS = 14
FIRST_NUMBER = 100_000_000
STRETCH_NUMBERS = 1_000_000  # room between the legs' numbers of two stretches


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """One entry per leg; `user` and `endpoint` are -1 where a feature answers.

    `start` in milliseconds since 1970, UTC; `ring`, `duration` in seconds.
    """

    call: Ints
    role: Ints
    customer: Ints
    user: Ints
    endpoint: Ints
    site: Ints
    queue: Ints
    kind: Ints
    start: Ints
    ring: Ints
    duration: Ints
    other: Ints
    number: Ints

    @property
    def size(self) -> int:
        """The number of legs."""
        return self.call.size

    @property
    def answered(self) -> Flags:
        """Which legs were answered."""
        return self.duration > 0

    @property
    def made(self) -> Flags:
        """Which legs make a call: the first that a user originates in it."""
        made = np.flatnonzero(kinds.MADE[self.role])
        first = np.zeros(self.size, np.bool_)
        first[made[np.unique(self.call[made], return_index=True)[1]]] = True
        return first


def spread_legs(world: World, calls: Calls, stretch: int) -> Legs:
    """Spread the calls into legs, in the order the legs begin."""
    count = LEGS[calls.kind]
    call = np.repeat(np.arange(calls.size), count)
    slot = np.arange(call.size) - np.repeat(np.cumsum(count) - count, count)
    role = ROLE_AT[calls.kind[call], slot]
    user = np.where(WHO[role] >= 0, calls.users[np.maximum(WHO[role], 0), call], -1)
    queue = np.where(role == kinds.QUEUES, calls.queue[call], -1)
    customer = calls.customer[call]
    last = np.append(call[1:] != call[:-1], [True] * min(call.size, 1))
    return Legs(
        call=call,
        role=role,
        customer=customer,
        user=user,
        endpoint=np.where(user >= 0, world.users.endpoint[user], -1),
        site=_sites(world, customer, user, queue),
        queue=queue,
        kind=calls.kind[call],
        start=calls.start[call] + _delays(calls, call, slot, role) * 1000,
        ring=np.where(role == kinds.QUEUES, 0, calls.ring[call]),
        duration=_durations(calls, call, role),
        # A leg's other side is its neighbor in the call; a lone leg is its own.
        other=np.arange(call.size) + np.where(last, np.where(slot > 0, -1, 0), 1),
        number=FIRST_NUMBER + stretch * STRETCH_NUMBERS + np.arange(call.size),
    )


def _sites(world: World, customer: Ints, user: Ints, queue: Ints) -> Ints:
    """Place a leg at its user's or its queue's site, other features at the main site."""
    site = np.where(user >= 0, world.users.site[user], world.sites.first[customer])
    if world.queues.size:
        site = np.where(queue >= 0, world.queues.site[queue], site)
    return site


def _delays(calls: Calls, call: Ints, slot: Ints, role: Ints) -> Ints:
    """Delay the later legs of a call: after the menu, the wait or the first talk."""
    passed = np.isin(role, (kinds.PASSES_ON, kinds.IS_PASSED))
    delay = np.where(passed, calls.talk[call] // 3 + slot, slot * MENU_SECONDS)
    return np.where((calls.queue[call] >= 0) & (slot > 0), calls.wait[call], delay)


def _durations(calls: Calls, call: Ints, role: Ints) -> Ints:
    """Return the seconds each leg was connected."""
    talk, wait = calls.talk[call], calls.wait[call]
    duration = np.where(np.isin(role, (kinds.ATTENDS, kinds.HUNTS)), MENU_SECONDS, talk)
    duration = np.where(np.isin(role, (kinds.PASSES_ON, kinds.IS_PASSED)), talk * 2 // 3, duration)
    duration = np.where(role == kinds.QUEUES, wait, duration)
    return np.where(MISSED[role], 0, duration)
