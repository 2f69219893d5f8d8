"""Definition: what a number means, by which rule, and the two sums behind this one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dash import html

from dashboard.components.caption import caption
from dashboard.components.definitions import anchor as about
from dashboard.components.links import inside_link
from dashboard.metrics.segments import EVERYONE
from dashboard.metrics.words import written

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.metric import Metric
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View

TERM_RULE = "G-10"  # windows of days, both ends included: the range is printed


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
    sentences = [*_meaning(metric, view, language, rules), _arithmetic(metric, view, language)]
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


def _meaning(metric: Metric, view: View, language: Language, rules: Rules) -> list[str]:
    words = rules.as_words()
    found = [language.text(metric.definition).format(**words)]
    segment = metric.segment if metric.segment is not EVERYONE else view.section.segment
    if segment is not EVERYONE:
        found.append(language.text(segment.definition).format(**words))
    rules_in_force = list(dict.fromkeys(r for r in (metric.rule, segment.rule) if r))
    if rules_in_force:
        found.append(language.text("Rule: {rules}.", rules=", ".join(rules_in_force)))
    if TERM_RULE in rules_in_force and (window := _window(segment.name, view, language, rules)):
        found.append(window)
    return found


def _window(segment: str, view: View, language: Language, rules: Rules) -> str:
    """Print the range of dates that a window of days means (G-10)."""
    if view.filters.as_of is None:
        return ""
    as_of = view.filters.as_of
    if segment == "recently_added":
        first, last = as_of - timedelta(days=rules.recent_days), as_of
    else:
        first, last = as_of, as_of + timedelta(days=rules.soon_days)
    return language.text(
        "From {first} to {last}, both included.",
        first=language.date(first),
        last=language.date(last),
    )


def _arithmetic(metric: Metric, view: View, language: Language) -> str:
    """Write this card's own numerator and denominator, its population and where it was."""
    sums = _ratio(metric, view, language)
    also = f"; {_ratio(metric.also, view, language)}" if metric.also else ""
    behind = view.kpis[metric.name].lines
    if metric.dataset is None:
        lines = language.plural("{n} subscription", "{n} subscriptions", behind)
    else:
        lines = language.plural("{n} call queue", "{n} call queues", behind)
    return f"{sums}{also}. {lines}, {caption(view, language)}"


def _ratio(metric: Metric, view: View, language: Language) -> str:
    found = view.kpis[metric.name]
    value = written(found.value, metric.unit, language)
    if metric.per is None:
        return f"{language.text(metric.label)}: {value}"
    return language.text(
        "{value} = {sum} {sum_label} ÷ {per} {per_label}",
        value=value,
        sum=language.number(found.sum),
        sum_label=language.text(metric.sum_label),
        per=language.number(found.per or 0),
        per_label=language.text(metric.per_label),
    )
