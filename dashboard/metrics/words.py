"""Words: how a value of each unit reads to a person, the same on every medium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.i18n import NOTHING
from dashboard.metrics.metric import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.i18n import Language

MINUTE = 60  # seconds


def written(value: Any, unit: Unit, language: Language) -> str:
    """Write a value; null reads as “–”, and what a unit can't format stays as it is."""
    if value is None:
        return NOTHING
    return WRITERS[unit](value, language)


def _yes_no(value: Any, language: Language) -> str:
    if value in ("Yes", True):
        return language.text("Yes")
    return language.text("No") if value in ("No", False) else str(value)


def _seconds(value: float, language: Language) -> str:
    """Write a duration: below a minute in seconds, then in minutes and seconds."""
    minutes, seconds = divmod(round(value), MINUTE)
    if not minutes:
        return language.text("{n} s", n=language.number(seconds))
    return language.text("{m} min {s} s", m=language.number(minutes), s=f"{seconds:02d}")


WRITERS: dict[Unit, Callable[[Any, Language], str]] = {
    Unit.COUNT: lambda value, language: language.number(value),
    Unit.NUMBER: lambda value, language: language.number(value, 1),
    Unit.PERCENT: lambda value, language: language.percent(value),
    Unit.DAYS: lambda value, language: language.number(value),
    Unit.MONTHS: lambda value, language: language.number(value),
    Unit.CHANGE: lambda value, language: language.signed(value),
    Unit.POINTS: lambda value, language: language.signed(100 * value, 1),
    Unit.SECONDS: _seconds,
    Unit.YES_NO: _yes_no,
    Unit.TEXT: lambda value, _: str(value),
}
