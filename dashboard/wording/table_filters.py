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


def conditions(language: Language) -> dict[str, str]:
    """Return how each condition reads, with `{text}` and `{to}` where its values stand.

    The browser fills them, too: on paper and in pictures it says what the files say.
    """
    return {kind: f"{sign} {{text}}" for kind, sign in SIGNS.items()} | {
        "inRange": "{text}–{to}",
        "contains": language.text("contains “{text}”"),
        "notContains": language.text("does not contain “{text}”"),
        "startsWith": language.text("begins with “{text}”"),
        "endsWith": language.text("ends with “{text}”"),
        "blank": language.text("is empty"),
        "notBlank": language.text("is not empty"),
    }


def _condition(chosen: Mapping[str, Any], language: Language) -> str:
    kind = str(chosen.get("type"))
    words = conditions(language).get(kind, f"{kind} {{text}}")
    to, text = str(chosen.get("filterTo", "")), str(chosen.get("filter", ""))
    return text.join(part.replace("{to}", to) for part in words.split("{text}"))
