"""Rules: the settings that decide a number, as they are printed in its definition."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from dashboard.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The thresholds in force; definitions name them as `{soon_days}` and the like."""

    soon_days: int = 90
    recent_days: int = 90
    peer_minimum: int = 8
    peer_gap: float = 0.05

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Read the thresholds from the settings."""
        return cls(
            soon_days=settings.soon_days,
            recent_days=settings.recent_days,
            peer_minimum=settings.peer_minimum,
            peer_gap=settings.peer_gap,
        )

    def as_words(self) -> dict[str, Any]:
        """Return what a definition's placeholders stand for; shares as whole points."""
        return asdict(self) | {"peer_gap": round(self.peer_gap * 100)}
