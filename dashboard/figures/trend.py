"""Trend: a section's metrics over the last weeks, as lines with gaps and direct labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.figures.text import inert, whole_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.i18n import Language
    from dashboard.sections import View

# A second cue beside the color: each line has a dash of its own. Colors are set in
# assets/10-plotly.js from the tokens, by the name in `meta`.
DASHES = {"total": "solid", "assigned": "solid", "used": "dash", "available": "dot"}
LABEL_ROOM = 0.075  # least distance of two labels, as a share of the axis
HEADROOM = 1.06


def trend_figure(view: View, language: Language) -> dict[str, Any]:
    """Draw one line per metric of the section; weeks without data are gaps."""
    weeks = [week.isoformat() for week in view.trend["week_ending"].to_list()]
    series = {m.name: view.trend[m.name].to_list() for m in view.section.trend}
    top = max((v for values in series.values() for v in values if v is not None), default=0)
    names = {m.name: inert(language.text(m.label)) for m in view.section.trend}
    return {
        "data": [_line(name, names[name], weeks, values) for name, values in series.items()],
        "layout": {
            "hovermode": "x unified",
            "showlegend": False,
            "uirevision": "keep",
            "separators": language.separators,
            "margin": {"l": 8, "r": 96, "t": 8, "b": 8},
            "xaxis": _weeks_axis(language),
            "yaxis": {"automargin": True, "range": [0, top * HEADROOM or 1], "tickformat": ","},
            "annotations": _labels(series, names, top * HEADROOM or 1),
        },
    }


def _weeks_axis(language: Language) -> dict[str, Any]:
    """Name months, or days of a short trend; the year stands below, where it begins."""
    day = "%b %-d" if language.code == "en" else "%-d %b"
    return {
        "type": "date",
        "automargin": True,
        "tickangle": 0,
        "hoverformat": whole_day(language),
        "tickformatstops": [
            {"dtickrange": ["M1", None], "value": "%b\n%Y"},
            {"dtickrange": [None, "M1"], "value": f"{day}\n%Y"},
        ],
    }


def _line(
    name: str, label: str, weeks: Sequence[str], values: Sequence[float | None]
) -> dict[str, Any]:
    alone = len([v for v in values if v is not None]) == 1
    return {
        "type": "scatter",
        "mode": "lines+markers" if alone else "lines",
        "name": label,
        "meta": name,
        "x": weeks,
        "y": values,
        "connectgaps": False,
        "line": {"width": 2.5, "dash": DASHES.get(name, "solid")},
        "hovertemplate": "%{y:,}",
    }


def _labels(
    series: dict[str, list[float | None]], names: dict[str, str], top: float
) -> list[dict[str, Any]]:
    """Name each line at its end, moved apart where lines end close to each other."""
    ends = {n: next((v for v in reversed(vs) if v is not None), None) for n, vs in series.items()}
    shown = sorted(((v / top, n) for n, v in ends.items() if v is not None), reverse=True)
    placed: list[dict[str, Any]] = []
    ceiling = 1.0
    for height, name in shown:
        height = max(min(height, ceiling), 0.0)  # noqa: PLW2901 - moved down to where there is room
        ceiling = height - LABEL_ROOM
        placed.append(
            {
                "name": name,
                "text": names[name],
                "xref": "paper",
                "x": 1,
                "xanchor": "left",
                "xshift": 8,
                "yref": "paper",
                "y": height,
                "yanchor": "middle",
                "showarrow": False,
            }
        )
    return placed
