"""On screen: the rows that the search and the column filters of a URL leave in a table.

The browser's grid filters by itself; this is the same judgment where no browser looks.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.i18n import Language
    from dashboard.sections import Column, View

SHARES = (Unit.PERCENT, Unit.POINTS)  # filtered by in percent, to one decimal
TEXTS: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "notContains": lambda text, part: part not in text,
    "equals": lambda text, other: text == other,
    "notEqual": lambda text, other: text != other,
    "startsWith": str.startswith,
    "endsWith": str.endswith,
}
NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "equals": lambda a, b: a == b,
    "notEqual": lambda a, b: a != b,
    "greaterThan": lambda a, b: a > b,
    "greaterThanOrEqual": lambda a, b: a >= b,
    "lessThan": lambda a, b: a < b,
    "lessThanOrEqual": lambda a, b: a <= b,
}


def rows_on_screen(
    view: View, params: Mapping[str, str], language: Language
) -> tuple[str, ...] | None:
    """Return the ids of the rows that `q` and `filter` leave, or None where they choose nothing.

    Raises `ValueError` for a filter that cannot be read.
    """
    words = params.get("q", "").upper().split()
    model = json.loads(params.get("filter") or "{}")
    if not isinstance(model, dict):
        msg = "a filter is an object"
        raise ValueError(msg)  # noqa: TRY004 - what a URL says is a value
    columns = {column.name: column for column in view.section.table if column.name in model}
    if not words and not columns:
        return None
    texts = [column for column in view.section.table if column.unit is Unit.TEXT]
    found = []
    for row in view.table.iter_rows(named=True):
        said = "\n".join(_text(row, column, language) for column in texts).upper()
        fits = (_fits(row, column, model[n], language) for n, column in columns.items())
        if all(word in said for word in words) and all(fits):
            found.append(str(row["row_id"]))
    return tuple(found)


def _text(row: Mapping[str, Any], column: Column, language: Language) -> str:
    """Return a text as the table shows it: a trial's id stands behind its kind."""
    value = row[column.name]
    if value is None:
        return ""
    is_trial = column.name == "subscription_id" and row.get("type") == "Trial"
    return f"{language.text('Enterprise trial')} {value}" if is_trial else str(value)


def _fits(row: Mapping[str, Any], column: Column, asked: Any, language: Language) -> bool:
    """Judge one cell as the grid does: what is not known fits no number."""
    if not isinstance(asked, dict) or not asked.get("filterType"):
        return True
    value, kind = row[column.name], str(asked.get("type"))
    if kind in ("blank", "notBlank"):
        return (value in (None, "")) is (kind == "blank")
    if column.unit in (Unit.TEXT, Unit.YES_NO):
        if value is None:
            return kind in ("notContains", "notEqual")
        is_text = column.unit is Unit.TEXT
        shown = _text(row, column, language) if is_text else written(value, column.unit, language)
        return _reads(shown, kind, asked)
    number = round(value * 1000) / 10 if value is not None and column.unit in SHARES else value
    return number is not None and _counts(number, kind, asked)


def _reads(text: str, kind: str, asked: Mapping[str, Any]) -> bool:
    return TEXTS[kind](text.lower(), str(asked.get("filter", "")).lower())


def _counts(number: float, kind: str, asked: Mapping[str, Any]) -> bool:
    limit = float(asked.get("filter", "nan"))
    if kind == "inRange":
        return limit < number < float(asked.get("filterTo", "nan"))
    return NUMBERS[kind](number, limit)
