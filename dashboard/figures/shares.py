"""Shares: horizontal bars that compare kinds of endpoint, or calling features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.data.endpoints import ENDPOINT_TYPES
from dashboard.figures.text import inert
from dashboard.metrics.metric import Unit
from dashboard.metrics.spikes import FEW, stands_out
from dashboard.metrics.words import written
from dashboard.wording.calling_finding import overall_share
from dashboard.wording.names import endpoint_name, feature_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.i18n import Language
    from dashboard.sections import View

NUMBERS = 64  # pixels for the shares, in a column at the right
HATCH = {"fillmode": "overlay", "size": 6, "solidity": 0.25}
LEAST_TOP = 0.01
FADED = 0.35  # of a bar's color, where another one was chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its name, what it is out of, its share, and the token its color comes from."""

    name: str
    below: str
    share: float | None
    meaning: str
    few: bool
    faded: bool = False


def endpoints_figure(view: View, language: Language) -> dict[str, Any]:
    """Draw the poor share of each endpoint type, the worst on top, beside that of all legs."""
    overall = overall_share(view)
    bars = [
        Bar(
            name=endpoint_name(row["endpoint_type"], language),
            below=language.text(
                "{poor} of {legs} legs",
                poor=language.number(row["poor_legs"]),
                legs=language.number(row["measured_legs"]),
            ),
            share=row["poor_share"],
            meaning="poor" if stands_out_row(row, overall) else "share",
            few=row["measured_legs"] < FEW,
            faded=view.picked not in (None, row["endpoint_type"]),
        )
        for row in view.table.iter_rows(named=True)
    ]
    figure = _figure(bars, language)
    if overall is not None:
        line, label = _reference(overall, language)
        figure["layout"]["shapes"] = [line]
        figure["layout"]["annotations"].append(label)
    figure["layout"]["meta"] = {
        "table": share_table(view, language, endpoint_name),
        "pick": _pick(view),
    }
    return figure


def features_figure(view: View, language: Language) -> dict[str, Any]:
    """Draw the share of calls that used each feature, the most used on top."""
    bars = [
        Bar(
            name=feature_name(row["feature"], language),
            below=language.plural("{n} call", "{n} calls", row["calls"]),
            share=row["share_of_calls"],
            meaning="share",
            few=(row["all_calls"] or 0) < FEW,
        )
        for row in view.table.iter_rows(named=True)
    ]
    figure = _figure(bars, language)
    figure["layout"]["meta"] = {"table": share_table(view, language, feature_name)}
    return figure


def _pick(view: View) -> dict[str, Any]:
    """Return what each bar chooses, and each row of the chart's table: a type we have a word for.

    One that the vendor added since is shown, and part of no choice.
    """
    types = [t if t in ENDPOINT_TYPES else None for t in view.table["endpoint_type"].to_list()]
    return {"key": view.section.picks, "points": types, "rows": types, "shown": view.picked}


def stands_out_row(row: dict[str, Any], overall: float | None) -> bool:
    """Tell whether an endpoint type is far worse than all together."""
    return stands_out(row["poor_legs"], row["measured_legs"], overall)


def share_table(
    view: View, language: Language, name: Callable[[str, Language], str]
) -> dict[str, Any]:
    """Return the rows of a section as they read, the first column by its words."""
    first, *columns = view.section.table
    rows = [
        [name(row[first.name], language)]
        + [written(row[c.name], c.unit, language) for c in columns]
        for row in view.table.iter_rows(named=True)
    ]
    return {"head": [language.text(c.label) for c in view.section.table], "rows": rows}


def _figure(bars: Sequence[Bar], language: Language) -> dict[str, Any]:
    top = max([LEAST_TOP, *(bar.share for bar in bars if bar.share is not None)])
    places = list(range(len(bars)))
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": "",
                "meta": ["not_measured" if b.few else b.meaning for b in bars],
                "y": places,
                "x": [b.share for b in bars],
                "marker": {
                    "pattern": HATCH | {"shape": ["/" if b.few else "" for b in bars]},
                    "opacity": [FADED if b.faded else 1 for b in bars],
                },
                "hoverinfo": "none",  # everything is written beside the bar
            }
        ],
        "layout": {
            "showlegend": False,
            "hovermode": "y",
            "hoverdistance": -1,  # a click beside a short bar means the bar
            "uirevision": "keep",
            "separators": language.separators,
            "bargap": 0.42,
            "margin": {"l": 8, "r": NUMBERS, "t": 28, "b": 8},
            "xaxis": {"range": [0, top], "visible": False, "fixedrange": True},
            "yaxis": _names(bars, places),
            "annotations": [_share(b, place, language) for place, b in enumerate(bars)],
        },
    }


def _names(bars: Sequence[Bar], places: Sequence[int]) -> dict[str, Any]:
    """Name each bar, and below its name how many it is out of."""
    names = [inert(b.name) for b in bars]
    if any(b.faded for b in bars):
        names = [n if b.faded else f"<b>{n}</b>" for n, b in zip(names, bars, strict=True)]
    labels = [
        f"{name}<br><span style='font-size:11px'>{bar.below}</span>"
        for name, bar in zip(names, bars, strict=True)
    ]
    return {
        "automargin": True,
        "autorange": "reversed",
        "tickvals": places,
        "ticktext": labels,
        "ticklabelstandoff": 8,
        "fixedrange": True,
    }


def _share(bar: Bar, place: int, language: Language) -> dict[str, Any]:
    """Write a share at the right edge, where no line crosses it; one of few events in brackets."""
    share = written(bar.share, Unit.PERCENT, language)
    return {
        "name": bar.meaning if bar.meaning == "poor" else "text",
        "text": f"({share})" if bar.few and bar.share is not None else share,
        "xref": "paper",
        "x": 1,
        "xshift": NUMBERS - 4,
        "xanchor": "right",
        "y": place,
        "showarrow": False,
        "font": {"size": 14},
    }


def _reference(overall: float, language: Language) -> tuple[dict[str, Any], dict[str, Any]]:
    """Draw a line where all legs together are, and name it."""
    line = {
        "name": "total",
        "type": "line",
        "xref": "x",
        "x0": overall,
        "x1": overall,
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"width": 1.5, "dash": "dash"},
    }
    label = {
        "name": "total",
        "text": inert(language.text("All: {share}", share=language.percent(overall))),
        "xref": "x",
        "x": overall,
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "xanchor": "left",
        "xshift": -4,
        "showarrow": False,
    }
    return line, label
