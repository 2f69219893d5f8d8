"""Columns: how each declared column of a section becomes a column of the grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.metrics.metric import Unit
from dashboard.metrics.spikes import FEW
from dashboard.sections.columns import DISTRIBUTION

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Column, Section

BAR = "distribution"  # the column that draws used, assigned and available as one bar
PARTS = tuple(column.name for column in DISTRIBUTION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a column is drawn: a renderer of `31-grid-cells.js` and the least room, in pixels.

    `tight` is the room in a table of many columns. `narrow` is the room on a phone, where a column
    without one is left out; columns that `grow` share the room that is left over. `hint` names
    what `32-grid-hints.js` shows about a cell.
    """

    renderer: str
    width: int
    tight: int = 76
    narrow: int | None = None
    grow: bool = False
    hint: str | None = None


LOOKS = {
    Unit.COUNT: Look(renderer="Whole", width=104),
    Unit.NUMBER: Look(renderer="Count", width=104),
    Unit.DAYS: Look(renderer="Count", width=100, narrow=78),
    Unit.MONTHS: Look(renderer="Count", width=100),
    Unit.CHANGE: Look(renderer="Change", width=116),
    Unit.POINTS: Look(renderer="Points", width=116, narrow=100),
    Unit.SECONDS: Look(renderer="Seconds", width=112, tight=88),
    Unit.PERCENT: Look(renderer="Percent", width=124, narrow=92),
    Unit.YES_NO: Look(renderer="YesNo", width=92),
    Unit.TEXT: Look(renderer="Words", width=160),
}
SPECIAL = {
    "customer": Look(renderer="Customer", width=184, tight=150, narrow=120, grow=True),
    "subscription_id": Look(renderer="Subscription", width=168),
    "weekly_calls_change": Look(renderer="Falling", width=176, narrow=124, hint="weeks"),
    "poor_share": Look(renderer="Rate", width=148, narrow=132),
    "abandonment_rate": Look(renderer="Rate", width=148, tight=136, narrow=132),
    "average_answer_time": Look(renderer="Seconds", width=112, tight=88, narrow=84),
    "usage_last_3_months": Look(renderer="Usage", width=152, hint="weeks"),
    "products": Look(renderer="Words", width=248),
    "product": Look(renderer="Words", width=160, narrow=116),
    "licenses": Look(renderer="Whole", width=104, narrow=92),
    "status_before": Look(renderer="Words", width=208),
    "status_now": Look(renderer="Words", width=208, narrow=120),
    "total_change": Look(renderer="Change", width=116, narrow=92),
    BAR: Look(renderer="Distribution", width=216, narrow=136, grow=True, hint="distribution"),
}
MANY = 10  # columns, from which on a table is drawn tightly, with less room beside its cells
LETTER = 7.7  # pixels of a heading's letter, at most
PADDING = 16  # pixels beside a heading
BUTTONS = 28  # pixels of the filter button beside it
TIGHTER = 8  # pixels less beside a cell in a table of many columns
FILTER = {"maxNumConditions": 1, "buttons": ["reset"]}
NUMERIC = {
    "filter": "agNumberColumnFilter",
    "filterParams": FILTER | {"defaultOption": "greaterThanOrEqual"},
    "comparator": {"function": "byNumber"},
    "cellClass": "pl-numeric",
    "headerClass": "pl-numeric",
}
TEXTUAL = {
    "filter": "agTextColumnFilter",
    "filterParams": FILTER,
    "comparator": {"function": "byName"},
}


def is_tight(section: Section) -> bool:
    """Tell whether a table has so many columns that they must stand closer to each other."""
    return len(section.table) >= MANY


def column_defs(section: Section, language: Language, rules: Rules) -> list[dict[str, Any]]:
    """Return AG Grid's column definitions for a section's table, in the section's order."""
    explained = any(detail.name == "peer_q1" for detail in section.details)
    tight = is_tight(section)
    defs = [_column(c, language, rules, explained=explained, tight=tight) for c in section.table]
    drawn = _drawn_in_bar(section)
    for definition in defs:
        definition["initialHide"] = definition["field"] in drawn
    if drawn:
        place = [column.name for column in section.table].index("used")
        defs.insert(place, _bar(language, rules))
    return defs


def _drawn_in_bar(section: Section) -> frozenset[str]:
    """Return the numbers that stand together from “used” on; one apart from them stays shown."""
    names = [column.name for column in section.table]
    if not set(PARTS) <= set(names):
        return frozenset()
    start = names.index("used")
    return frozenset(names[start : start + len(PARTS)]) & frozenset(PARTS)


def _column(
    column: Column, language: Language, rules: Rules, *, explained: bool, tight: bool
) -> dict[str, Any]:
    look = SPECIAL.get(column.name) or LOOKS[column.unit]
    label = language.text(column.label)
    marked = explained and column.name == "assigned_pct"
    meaning = _definition(column, language, rules)
    if column.counts:
        meaning += "\n" + language.text(
            "▲ marks rows well above the average of all; rates of fewer than {few} events are "
            "gray, with their counts first.",
            few=FEW,
        )
    if marked:
        meaning += "\n" + language.text("The mark is the lower quartile of the peers.")
    return {
        "colId": column.name,
        "field": column.name,
        "headerName": label,
        "cellRenderer": look.renderer,
        "initialPinned": "left" if column.name == "customer" else None,
        **(TEXTUAL if column.unit in {Unit.TEXT, Unit.YES_NO} else NUMERIC),
        "context": {
            "definition": meaning,
            "fields": [column.name],
            "counts": column.counts,
            "wide": _wide(look, label, tight=tight),
            "narrow": look.narrow and max(look.narrow, _room(label)),
            "grow": look.grow,
            "hint": "why" if marked else look.hint,
        },
    }


def _wide(look: Look, label: str, *, tight: bool) -> int:
    heading = _room(label) + BUTTONS
    return max(look.tight, heading - TIGHTER) if tight else max(look.width, heading)


def _room(label: str) -> int:
    """Return the pixels a heading needs so that none of its words breaks."""
    return PADDING + round(LETTER * max(map(len, label.split())))


def _bar(language: Language, rules: Rules) -> dict[str, Any]:
    look = SPECIAL[BAR]
    labels = [language.text(column.label) for column in DISTRIBUTION]
    meanings = [_definition(column, language, rules) for column in DISTRIBUTION]
    return {
        "colId": BAR,
        "headerName": " / ".join(labels),
        "headerComponent": "DistributionHeader",
        "cellRenderer": look.renderer,
        "filter": False,
        "sortable": False,  # its header sorts by each of the three numbers instead
        "suppressHeaderKeyboardEvent": {"function": "sortByPart(params)"},
        "context": {
            "definition": "\n".join(f"{a}: {b}" for a, b in zip(labels, meanings, strict=True)),
            "fields": list(PARTS),
            "labels": labels,
            "wide": look.width,
            "narrow": look.narrow,
            "grow": look.grow,
            "hint": look.hint,
        },
    }


def _definition(column: Column, language: Language, rules: Rules) -> str:
    meaning = language.text(column.definition, **rules.as_words())
    return f"{meaning} ({column.rule})" if column.rule else meaning
