"""Drawing: which section has a chart, who draws it, and who says what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.figures.quality import quality_figure
from dashboard.figures.shares import endpoints_figure, features_figure
from dashboard.figures.trend import trend_figure
from dashboard.figures.users import users_figure
from dashboard.wording.calling_finding import (
    endpoints_finding,
    features_finding,
    quality_finding,
    users_finding,
)
from dashboard.wording.license_finding import license_finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.i18n import Language
    from dashboard.sections import Section, View


class Drawing(NamedTuple):
    """A chart's figure and its finding, both of a view in a language."""

    figure: Callable[[View, Language], dict[str, Any]]
    finding: Callable[[View, Language], str]


DRAWINGS = {
    "license_trend": Drawing(trend_figure, license_finding),
    "call_usage": Drawing(users_figure, users_finding),
    "call_quality": Drawing(quality_figure, quality_finding),
    "call_quality_by_endpoint": Drawing(endpoints_figure, endpoints_finding),
    "feature_usage": Drawing(features_figure, features_finding),
}


def has_chart(section: Section) -> bool:
    """Tell whether a section is drawn."""
    return section.name in DRAWINGS


def has_grid(section: Section) -> bool:
    """Tell whether a section's rows are a table of their own, not only that of its chart."""
    return bool(section.table) and (bool(section.trend) or not has_chart(section))
