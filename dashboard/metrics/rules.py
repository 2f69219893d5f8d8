"""Rules: the settings that decide a number, as they are printed in its definition."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Self

from dashboard.data.quality import QualityRule
from dashboard.settings import definition_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The thresholds in force; definitions name them as `{soon_days}` and the like.

    `version` is the fingerprint of all of them, printed where a number leaves the app.
    """

    soon_days: int = 90
    recent_days: int = 90
    expiring_soon_days: int = 14
    inactive_days: int = 30
    peer_minimum: int = 8
    peer_gap: float = 0.05
    quality: QualityRule = field(default_factory=QualityRule)  # in force when facts were counted
    version: str = ""

    @classmethod
    def of(cls, settings: Settings, recorded: Mapping[str, Any] | None = None) -> Self:
        """Read the thresholds from the settings, and the rule of quality a release recorded."""
        return cls(
            soon_days=settings.soon_days,
            recent_days=settings.recent_days,
            expiring_soon_days=settings.expiring_soon_days,
            inactive_days=settings.inactive_days,
            peer_minimum=settings.peer_minimum,
            peer_gap=settings.peer_gap,
            quality=QualityRule.recorded(recorded) if recorded else QualityRule.of(settings),
            version=definition_version(settings),
        )

    def as_words(self) -> dict[str, Any]:
        """Return what a definition's placeholders stand for; shares as whole points."""
        quality = {name: f"{value:g}" for name, value in self.quality.limits.items()}
        own = {n: value for n, value in asdict(self).items() if n not in {"quality", "version"}}
        return (
            own
            | quality
            | {
                "peer_gap": round(self.peer_gap * 100),
                "poor": self.quality.poor.value,
            }
        )
