"""Waterfall: the way from the licenses of one date to those of another, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.figures.shares import HATCH
from dashboard.figures.text import inert
from dashboard.sections.moves import STEPS

if TYPE_CHECKING:
    from datetime import date

    from dashboard.i18n import Language
    from dashboard.sections.moves import Moves

ENDS = ("then", "now")
MEANINGS = {1: "assigned", -1: "overage"}  # tokens of what is more and of what is less
HEADROOM = 1.12  # for the number above the highest bar


def waterfall_figure(found: Moves, language: Language) -> dict[str, Any]:
    """Draw each step where the one before it ended; every number is written above its bar."""
    bars = _bars(found)
    names = [inert(name) for name in _names(found, language, "<br>")]
    said = [_said(name, found.steps[name], language) for name in STEPS]
    places = list(range(len(STEPS)))
    highest = max((low + height for low, height in bars), default=0)
    return {
        "data": [
            {
                "type": "bar",
                "name": "",
                "meta": [_meaning(name, found.steps[name]) for name in STEPS],
                "x": places,
                "base": [low for low, _ in bars],
                "y": [height for _, height in bars],
                "text": said,
                "textposition": "outside",
                "textfont": {"size": 12},
                "constraintext": "none",  # one size for all, however narrow the bars are
                "cliponaxis": False,
                "marker": {"pattern": HATCH | {"shape": _hatches(found)}},
                "hoverinfo": "none",  # everything is written beside the bar
            }
        ],
        "layout": {
            "showlegend": False,
            "hovermode": False,
            "uirevision": "keep",
            "separators": language.separators,
            "bargap": 0.35,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": {
                "automargin": True,
                "fixedrange": True,
                "tickangle": 0,
                "tickfont": {"size": 11},  # six of them fit on a phone
                "tickvals": places,
                "ticktext": [name.replace("&lt;br&gt;", "<br>") for name in names],
            },
            "yaxis": {
                "showticklabels": False,  # each bar says its number
                "fixedrange": True,
                "range": [0, highest * HEADROOM or 1],
            },
            "shapes": _levels(found),
            "meta": {"table": _table(found, language)},
        },
    }


def _bars(found: Moves) -> list[tuple[int, int]]:
    """Return where each bar begins and how high it is; the whole ones stand on zero."""
    bars, level = [], 0
    for name in STEPS:
        change = found.steps[name]
        start = 0 if name in ENDS else level
        level = start + change
        bars.append((min(start, level), abs(change)))
    return bars


def _levels(found: Moves) -> list[dict[str, Any]]:
    """Draw a line from each step's end to where the next one begins."""
    lines, level = [], 0
    for place, name in enumerate(STEPS[:-1]):
        level = found.steps[name] + (0 if name in ENDS else level)
        ends = {"x0": place + 0.325, "x1": place + 0.675, "y0": level, "y1": level}
        lines.append({"name": "axis", "type": "line", "line": {"width": 1}} | ends)
    return lines


def _meaning(name: str, change: int) -> str:
    return "total" if name in ENDS or not change else MEANINGS[1 if change > 0 else -1]


def _hatches(found: Moves) -> list[str]:
    """Hatch what went down, so that its color is not all that says so."""
    return ["/" if found.steps[name] < 0 and name not in ENDS else "" for name in STEPS]


def _said(name: str, licenses: int, language: Language) -> str:
    return language.number(licenses) if name in ENDS else language.signed(licenses)


def _names(found: Moves, language: Language, between: str) -> list[str]:
    """Name each step; a date breaks before its year where there is little room."""
    return [
        _day(found.since, language, between),
        language.text("Came"),
        language.text("Grew"),
        language.text("Shrank"),
        language.text("Went"),
        _day(found.filters.as_of, language, between),
    ]


def _day(day: date | None, language: Language, between: str) -> str:
    return language.date(day).replace(f" {day.year}", f"{between}{day.year}") if day else ""


def _table(found: Moves, language: Language) -> dict[str, Any]:
    names = _names(found, language, " ")
    rows = [
        [name, _said(step, found.steps[step], language)]
        for name, step in zip(names, STEPS, strict=True)
    ]
    return {"head": [language.text("Step"), language.text("Licenses")], "rows": rows}
