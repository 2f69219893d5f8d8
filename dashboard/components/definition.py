"""Definition: what a number means, by which rule, and the two sums behind this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.definitions import anchor as about
from dashboard.components.links import inside_link
from dashboard.wording.meaning import arithmetic, meaning

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.metric import Metric
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View


def definition(
    metric: Metric, view: View, language: Language, rules: Rules, page: str
) -> Component:
    """Return the button and the card it shows on hover and on focus; Escape hides it.

    `page` is where all definitions are.
    """
    label = language.text(metric.label)
    anchor = f"definition-{view.section.name}-{metric.name}"
    button = html.Button(
        "i",
        className="pl-info",
        **{
            "aria-label": language.text("Definition of {label}", label=label),
            "aria-describedby": anchor,
        },
    )
    sentences = [*meaning(metric, view, language, rules), arithmetic(metric, view, language)]
    more = inside_link(
        language.text("All definitions"),
        f"{page}#{about(view.section.name, metric.name)}",
        "pl-more",
    )
    card = html.Div(
        [html.Strong(label), *(html.P(sentence) for sentence in sentences if sentence), more],
        id=anchor,
        className="pl-definition",
        role="tooltip",
    )
    return html.Span([button, card], className="pl-defined")
