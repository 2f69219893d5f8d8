"""Quality: when a call leg is poor, as decided in G-8."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import narwhals as nw

from dashboard.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.settings import Settings

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

    @classmethod
    def of(cls, settings: Settings) -> QualityRule:
        """Return the rule an operator set."""
        return cls(
            poor=Poor(settings.poor_leg_rule),
            jitter=settings.poor_leg_jitter_ms,
            latency=settings.poor_leg_latency_ms,
            packet_loss=settings.poor_leg_loss_percent,
        )

    @classmethod
    def recorded(cls, content: Mapping[str, Any]) -> QualityRule:
        """Return the rule a release recorded with `as_json`."""
        return cls(**{**content, "poor": Poor(content["poor"])})

    def as_json(self) -> dict[str, str | float]:
        """Return the rule as a release records it."""
        return {"poor": str(self.poor), **{n: float(limit) for n, limit in self.limits.items()}}

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
