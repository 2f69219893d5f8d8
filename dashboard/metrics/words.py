"""Words: how a value of each unit reads to a person, the same on every medium."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.i18n import NOTHING
from dashboard.metrics.metric import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.i18n import Language


def written(value: Any, unit: Unit, language: Language) -> str:
    """Write a value; null reads as “–”, and what a unit can't format stays as it is."""
    if value is None:
        return NOTHING
    return WRITERS[unit](value, language)


def _yes_no(value: Any, language: Language) -> str:
    if value in ("Yes", True):
        return language.text("Yes")
    return language.text("No") if value in ("No", False) else str(value)


WRITERS: dict[Unit, Callable[[Any, Language], str]] = {
    Unit.COUNT: lambda value, language: language.number(value),
    Unit.NUMBER: lambda value, language: language.number(value, 1),
    Unit.PERCENT: lambda value, language: language.percent(value),
    Unit.DAYS: lambda value, language: language.number(value),
    Unit.MONTHS: lambda value, language: language.number(value),
    Unit.CHANGE: lambda value, language: language.signed(value),
    Unit.YES_NO: _yes_no,
    Unit.TEXT: lambda value, _: str(value),
}
