"""Slides: every one of the quarterly review by name, in the order it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.deck.slides.calling import calling_usage, endpoints, queues
from dashboard.exports.deck.slides.changes import changes, largest_moves
from dashboard.exports.deck.slides.definitions import definitions
from dashboard.exports.deck.slides.glance import license_trend, opening, quarter
from dashboard.exports.deck.slides.statuses import statuses
from dashboard.exports.deck.slides.subscriptions import (
    expiring,
    low_assignment,
    over_limit,
    renewing,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Story

SLIDES: dict[str, Callable[[Brief], Story]] = {
    "opening": opening,
    "quarter": quarter,
    "license_trend": license_trend,
    "changes": changes,
    "largest_moves": largest_moves,
    "statuses": statuses,
    "expiring": expiring,
    "renewing": renewing,
    "low_assignment": low_assignment,
    "over_limit": over_limit,
    "calling_usage": calling_usage,
    "endpoints": endpoints,
    "queues": queues,
    "definitions": definitions,
}
