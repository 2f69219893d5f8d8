"""The courses a call can take: which legs the vendor records for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Floats
    from dashboard.data.demo.calling.world import World

ORIGINATING, TERMINATING = "ORIGINATING", "TERMINATING"
FIRST, SECOND, THIRD = range(3)  # the users of a call
FEATURE, QUEUE = -1, -2  # whoever answers instead of a user
USER = "of the user"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One leg: its direction, whose it is, the user type recorded, why it came about."""

    direction: str
    who: int
    type: str = USER
    name: str | None = None
    reason: str | None = None
    missed: bool = False


ROLES = (
    Role(direction=ORIGINATING, who=FIRST),
    Role(direction=TERMINATING, who=FIRST),
    Role(direction=TERMINATING, who=SECOND),
    Role(direction=TERMINATING, who=SECOND, missed=True),
    Role(direction=ORIGINATING, who=SECOND, reason="ConsultativeTransfer"),
    Role(direction=TERMINATING, who=THIRD, reason="ConsultativeTransfer"),
    Role(
        direction=TERMINATING,
        who=FEATURE,
        type="AutomatedAttendantVideo",
        name="Main Menu",
        reason="AutoAttendant",
    ),
    Role(
        direction=ORIGINATING,
        who=FEATURE,
        type="AutomatedAttendantVideo",
        name="Main Menu",
        reason="AutoAttendant",
    ),
    Role(
        direction=TERMINATING,
        who=FEATURE,
        type="HuntGroup",
        name="Front Office",
        reason="HuntGroup",
    ),
    Role(direction=TERMINATING, who=QUEUE, type="", reason="CallQueue"),
    Role(direction=TERMINATING, who=FEATURE, type="VoiceMailRetrieval", name="Voicemail"),
    Role(direction=TERMINATING, who=FEATURE, type="LocalGateway", name="Premises Gateway"),
    # Contact centers dial through lines no document lists: nobody's call.
    Role(direction=ORIGINATING, who=FEATURE, type="Unknown", name="Contact Center"),
)
MAKES, TAKES, IS_CALLED, MISSES, PASSES_ON, IS_PASSED = range(6)
ATTENDS, CONNECTS, HUNTS, QUEUES, VOICEMAIL, GATEWAY, CENTER = range(6, len(ROLES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One course: its legs in order, its share of the calls outside queues, its call type."""

    roles: tuple[int, ...]
    share: float
    type: str


KINDS = (
    Kind(roles=(MAKES,), share=0.29, type="SIP_NATIONAL"),
    Kind(roles=(MAKES,), share=0.04, type="SIP_INTERNATIONAL"),
    Kind(roles=(MAKES,), share=0.07, type="SIP_MOBILE"),
    Kind(roles=(MAKES, IS_CALLED), share=0.22, type="SIP_ENTERPRISE"),
    Kind(roles=(TAKES,), share=0.15, type="SIP_INBOUND"),
    Kind(roles=(ATTENDS, CONNECTS, TAKES), share=0.07, type="SIP_INBOUND"),
    Kind(roles=(HUNTS, MISSES, TAKES), share=0.05, type="SIP_INBOUND"),
    Kind(roles=(MAKES, PASSES_ON, IS_PASSED), share=0.03, type="SIP_ENTERPRISE"),
    Kind(roles=(MAKES, VOICEMAIL), share=0.03, type="SIP_ENTERPRISE"),
    Kind(roles=(MAKES, GATEWAY), share=0.03, type="SIP_NATIONAL"),
    Kind(roles=(CENTER, TAKES), share=0.01, type="SIP_URI"),
    Kind(roles=(MAKES,), share=0.01, type="ZTN"),
    Kind(roles=(QUEUES, TAKES), share=0.0, type="SIP_INBOUND"),
    Kind(roles=(QUEUES,), share=0.0, type="SIP_INBOUND"),
)
INTERNATIONAL, INTERNAL, INBOUND, ATTENDANT, HUNT, GATEWAYED = 1, 3, 4, 5, 6, 9
QUEUED, LEFT_QUEUE = len(KINDS) - 2, len(KINDS) - 1

LEGS = np.array([len(kind.roles) for kind in KINDS])
SHARES = np.array([kind.share for kind in KINDS])
ROLE_AT = np.array([(*kind.roles, 0, 0)[:3] for kind in KINDS])
CALL_TYPES = pl.Series([kind.type for kind in KINDS])

DIRECTIONS = pl.Series([role.direction for role in ROLES])
TYPES = pl.Series([role.type for role in ROLES])
NAMES = pl.Series([role.name for role in ROLES], dtype=pl.String)
REASONS = pl.Series([role.reason for role in ROLES], dtype=pl.String)
WHO = np.array([role.who for role in ROLES])
MISSED = np.array([role.missed for role in ROLES])
# The vendor counts as made what a user, place or virtual line originates.
MADE = np.array([role.who >= 0 and role.direction == ORIGINATING for role in ROLES])


def legs_per_call(world: World) -> Floats:
    """Return the legs of a customer's average call."""
    shares = np.tile(SHARES, (world.region.size, 1))
    for kind, able in ((ATTENDANT, world.attended), (HUNT, world.grouped)):
        shares[~able, INBOUND] += shares[~able, kind]
        shares[~able, kind] = 0
    queued = world.queues.share
    legs: Floats = (1 - queued) * (shares @ LEGS) + queued * LEGS[QUEUED]
    return legs
