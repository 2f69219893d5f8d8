"""Quality: when a call leg is poor, as decided in G-8."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import narwhals as nw

from dashboard.errors import DefinitionError

STREAMS = ("audio", "video")


class Poor(StrEnum):
    """Which measurements must be above their limits to make a leg poor."""

    ANY = "any"  # one is enough
    ALL = "all"  # the Webex document's literal rule: all three, in both streams


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule:
    """The rule in force; a measurement exactly on its limit is good."""

    poor: Poor = Poor.ANY
    jitter: float = 150  # ms
    latency: float = 400  # ms
    packet_loss: float = 5  # percent

    def __post_init__(self) -> None:
        """Refuse limits that nothing or everything would exceed."""
        limits = (self.jitter, self.latency, self.packet_loss)
        if not all(0 <= limit < float("inf") for limit in limits):
            msg = f"quality limits must be finite and not negative: {limits}"
            raise DefinitionError(msg)

    @property
    def is_poor(self) -> nw.Expr:
        """Whether a leg is poor; a missing measurement exceeds nothing."""
        above = [
            (nw.col(f"{stream}_{name}") > limit).fill_null(value=False)
            for stream in STREAMS
            for name, limit in self.limits.items()
        ]
        if self.poor is Poor.ANY:
            return nw.any_horizontal(*above, ignore_nulls=False)
        return nw.all_horizontal(*above, ignore_nulls=False)

    @property
    def is_measured(self) -> nw.Expr:
        """Whether a leg has any measurement at all."""
        present = [
            ~nw.col(f"{stream}_{name}").is_null() for stream in STREAMS for name in self.limits
        ]
        return nw.any_horizontal(*present, ignore_nulls=False)

    @property
    def limits(self) -> dict[str, float]:
        """The limit of each measurement: ms, ms and percent."""
        return {
            "jitter": self.jitter,
            "latency": self.latency,
            "packet_loss": self.packet_loss,
        }
