"""Weekly: what charts of the last 8 complete weeks share: their axis and their table."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dashboard.figures.text import inert, whole_day
from dashboard.metrics.words import written

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.sections import View

BAR = 4.6 * 24 * 60 * 60 * 1000  # milliseconds a bar is wide


def weeks_of(view: View) -> list[str]:
    """Return the week endings of a trend as Plotly reads them."""
    return [week.isoformat() for week in view.trend["week_ending"].to_list()]


def weekly_layout(view: View, language: Language) -> dict[str, Any]:
    """Return the layout of a chart with one place for each week, gaps included."""
    return {
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "uirevision": "keep",
        "separators": language.separators,
        "barmode": "stack",
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1.02,
            "yanchor": "bottom",
            "traceorder": "normal",
        },
        "xaxis": {
            "automargin": True,
            "type": "date",
            "tickvals": weeks_of(view),
            "ticktext": _days(view, language),
            "unifiedhovertitle": {"text": f"%{{x|{whole_day(language)}}}"},
            "tickangle": 0,
        },
        "shapes": _chosen(view),
        "meta": {"table": weekly_table(view, language), "pick": _pick(view)},
    }


def _chosen(view: View) -> list[dict[str, Any]]:
    """Frame the week that was chosen."""
    if view.picked is None:
        return []
    return [
        {
            "name": "accent",
            "type": "rect",
            "layer": "below",
            "xref": "x",
            "x0": f"{view.picked - timedelta(days=4)}T14:00",  # half of what is between two bars
            "x1": f"{view.picked + timedelta(days=3)}T10:00",
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"width": 1.5},
        }
    ]


def _pick(view: View) -> dict[str, Any]:
    """Return what each point chooses, and each row of the chart's table: a week with data."""
    name = view.section.trend[0].name
    weeks = [
        week if value is not None else None
        for week, value in zip(weeks_of(view), view.trend[name].to_list(), strict=True)
    ]
    shown = view.week_ending.isoformat() if view.week_ending else None
    return {"key": view.section.picks, "points": weeks, "rows": weeks[::-1], "shown": shown}


def _days(view: View, language: Language) -> list[str]:
    """Name each week by its last day, and each month once, so that eight fit on a phone."""
    days = view.trend["week_ending"].to_list()
    months = [None, *(day.month for day in days)]
    return [
        str(day.day) + (f"<br>{language.date(day, 'LLL')}" if day.month != before else "")
        for day, before in zip(days, months, strict=False)
    ]


def weekly_table(view: View, language: Language) -> dict[str, Any]:
    """Return the numbers of a trend as they read, newest week first."""
    metrics = view.section.trend
    rows = [
        [language.date(row["week_ending"]).replace(" ", "\N{NO-BREAK SPACE}")]
        + [written(row[m.name], m.unit, language) for m in metrics]
        for row in reversed(view.trend.to_dicts())
    ]
    return {
        "head": [language.text("Week ending"), *(language.text(m.label) for m in metrics)],
        "rows": rows,
    }


def stacked(view: View, name: str, language: Language, **more: Any) -> dict[str, Any]:
    """Return one band of stacked bars: a metric of the trend, named as it is declared."""
    metric = next(m for m in view.section.trend if m.name == name)
    return {
        "type": "bar",
        "name": inert(language.text(metric.label)),
        "meta": name,
        "x": weeks_of(view),
        "y": view.trend[name].to_list(),
        "width": BAR,
        "hovertemplate": "%{y:,}",
    } | more
