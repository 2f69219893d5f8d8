"""Rules: the settings that decide a number, as they are printed in its definition."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The thresholds in force; definitions name them as `{soon_days}` and the like."""

    soon_days: int = 90
    recent_days: int = 90
    peer_minimum: int = 8
    peer_gap: float = 0.05

    def as_words(self) -> dict[str, Any]:
        """Return what a definition's placeholders stand for; shares as whole points."""
        return asdict(self) | {"peer_gap": round(self.peer_gap * 100)}
