"""Users: how many people called how often in each week, as stacked bands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.figures.weekly import stacked, weekly_layout, weeks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.i18n import Language
    from dashboard.sections import View

HEADROOM = 1.12
WIDE = 10_000  # from here on eight sums do not fit on a phone


def users_figure(view: View, language: Language) -> dict[str, Any]:
    """Draw one bar a week, the rarest callers at its foot; its sum stands on it."""
    names = [m.name for m in view.section.trend]
    totals = [None if None in row else sum(row) for row in view.trend.select(names).iter_rows()]
    top = max((total for total in totals if total is not None), default=0)
    layout = weekly_layout(view, language)
    return {
        "data": [stacked(view, name, language) for name in names],
        "layout": layout
        | {
            "annotations": _sums(weeks_of(view), totals, language),
            "yaxis": {"automargin": True, "range": [0, top * HEADROOM or 1], "tickformat": ","},
        },
    }


def _sums(
    weeks: Sequence[str], totals: Sequence[int | None], language: Language
) -> list[dict[str, Any]]:
    """Write each bar's sum on it; where the numbers would collide, only the ends' sums."""
    known = [(week, total) for week, total in zip(weeks, totals, strict=True) if total is not None]
    if max((total for _, total in known), default=0) >= WIDE:
        known = list(dict.fromkeys([known[0], known[-1]]))
    return [
        {
            "x": week,
            "y": total,
            "text": language.number(total),
            "showarrow": False,
            "yshift": 10,
            "font": {"size": 11},
        }
        for week, total in known
    ]
