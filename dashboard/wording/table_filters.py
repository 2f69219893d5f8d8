"""Table filters: the search and the column filters of a table on screen, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.i18n import Language
    from dashboard.sections import Section

SIGNS = {
    "equals": "=",
    "notEqual": "≠",
    "greaterThan": ">",
    "greaterThanOrEqual": "≥",
    "lessThan": "<",
    "lessThanOrEqual": "≤",
}


def table_filters(
    params: Mapping[str, str], section: Section, language: Language
) -> tuple[str, ...]:
    """Say what the keys `q` and `filter` of the URL choose; what cannot be read chooses nothing.

    Both come from the browser and only describe what was chosen there.
    """
    said = []
    if search := params.get("q"):
        said.append(language.text("Search: “{text}”", text=search))
    try:
        model = json.loads(params.get("filter") or "{}")
    except ValueError:
        model = {}
    labels = {column.name: language.text(column.label) for column in section.table}
    for name, chosen in model.items() if isinstance(model, dict) else ():
        if name in labels and isinstance(chosen, dict):
            said.append(f"{labels[name]} {_condition(chosen, language)}")
    return tuple(said)


def _condition(chosen: Mapping[str, Any], language: Language) -> str:
    kind, value = str(chosen.get("type")), chosen.get("filter", "")
    words = {
        "inRange": f"{value}–{chosen.get('filterTo', '')}",
        "contains": language.text("contains “{text}”", text=value),
        "notContains": language.text("does not contain “{text}”", text=value),
        "startsWith": language.text("begins with “{text}”", text=value),
        "endsWith": language.text("ends with “{text}”", text=value),
        "blank": language.text("is empty"),
        "notBlank": language.text("is not empty"),
    }
    return words.get(kind) or f"{SIGNS.get(kind, kind)} {value}"
