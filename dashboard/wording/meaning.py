"""Meaning: what a number means, by which rule, and the two sums behind this one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.metrics.segments import EVERYONE
from dashboard.metrics.words import written
from dashboard.wording.caption import caption

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.metrics.metric import Metric
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View

TERM_RULE = "G-10"  # windows of days, both ends included: the range is printed


def meaning(metric: Metric, view: View, language: Language, rules: Rules) -> list[str]:
    """Say what a number means, of whom, by which rules and between which dates."""
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


def arithmetic(metric: Metric, view: View, language: Language) -> str:
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
