"""Quality: the share of poor call legs in each week, over the legs it is a share of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.figures.text import inert
from dashboard.figures.weekly import stacked, weekly_layout, weeks_of
from dashboard.metrics.spikes import FEW, spikes
from dashboard.wording.calling_finding import measured_legs

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.sections import View

# The color of each band, and a pattern as the second cue; a good change is another green.
LEGS = {"poor": ("poor", "/"), "good": ("good-legs", ""), "not_measured": ("not_measured", ".")}
HATCH = {"fillmode": "overlay", "size": 6, "solidity": 0.25}
LEAST_TOP = 0.05  # of the share's axis, so that little trouble looks like little
HEADROOM = 1.25
UPPER = {"automargin": True, "domain": [0.46, 1], "tickformat": ".0%", "nticks": 5}
LOWER = {
    "automargin": True,
    "domain": [0, 0.36],
    "rangemode": "tozero",
    "nticks": 3,
    "tickformat": ",",
}


def quality_figure(view: View, language: Language) -> dict[str, Any]:
    """Draw the share as a line with its spikes named, and below it the legs as stacked bars."""
    shares = view.trend["poor_share"].to_list()
    top = max([LEAST_TOP, *(HEADROOM * share for share in shares if share is not None)])
    layout = weekly_layout(view, language)
    return {
        "data": [_share(view, language), *_legs(view, language)],
        "layout": layout
        | {
            "annotations": _named(view, language),
            "xaxis": layout["xaxis"] | {"anchor": "y2"},
            "yaxis": UPPER | {"range": [0, top]},
            "yaxis2": LOWER,
        },
    }


def _legs(view: View, language: Language) -> list[dict[str, Any]]:
    marker = {name: {"pattern": HATCH | {"shape": shape}} for name, (_, shape) in LEGS.items()}
    return [
        stacked(view, name, language, yaxis="y2", meta=meaning, marker=marker[name])
        for name, (meaning, _) in LEGS.items()
    ]


def _share(view: View, language: Language) -> dict[str, Any]:
    metric = next(m for m in view.section.trend if m.name == "poor_share")
    few = [legs is not None and legs < FEW for legs in measured_legs(view)]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": inert(language.text(metric.label)),
        "meta": "poor",
        "x": weeks_of(view),
        "y": view.trend["poor_share"].to_list(),
        "connectgaps": False,
        "line": {"width": 2.5},
        "marker": {"size": 8, "symbol": ["circle-open" if f else "circle" for f in few]},
        "cliponaxis": False,
        "hovertemplate": "%{y:.1%}",
    }


def _named(view: View, language: Language) -> list[dict[str, Any]]:
    """Write the newest share, and each spike with its mark."""
    shares, weeks = view.trend["poor_share"].to_list(), weeks_of(view)
    found = spikes(shares, measured_legs(view))
    usual = sorted(share for share in shares if share is not None)
    middle = usual[len(usual) // 2] if usual else 0
    last = len(shares) - 1
    return [
        {
            "name": "poor",
            "x": weeks[i],
            "y": share,
            "text": (f"{'▲' if share > middle else '▼'} " if found[i] else "")
            + language.percent(share),
            "showarrow": False,
            "yshift": 16,
            "xanchor": "center" if i < last else "right",
            "xshift": 0 if i < last else 18,
        }
        for i, share in enumerate(shares)
        if share is not None and (found[i] or i == last)
    ]
