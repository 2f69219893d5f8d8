"""KPI card: a number, its change against last week, eight weeks of it, and its definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.definition import definition
from dashboard.components.links import inside_link
from dashboard.i18n import NOTHING
from dashboard.metrics.metric import Unit
from dashboard.metrics.spikes import FEW
from dashboard.metrics.words import written
from dashboard.wording.caption import caption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.metric import Metric
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View

UP, DOWN = "▲", "▼"


def kpi_content(
    metric: Metric, view: View, language: Language, rules: Rules, homes: Mapping[str, str]
) -> list[Component]:
    """Return what a KPI card holds; `homes` maps a segment's or a panel's name to its page."""
    label = language.text(metric.label)
    elsewhere = metric.segment is not view.section.segment
    target = homes.get(metric.segment.name) if elsewhere else None
    title = inside_link(label, target, "pl-kpi-link") if target else label
    value = written(view.kpis[metric.name].value, metric.unit, language)
    meaning = definition(metric, view, language, rules, homes.get("definitions", ""))
    few = few_events(metric, view)
    if few:
        value = language.text("{part} of {whole}", part=few[0], whole=few[1])
    return [
        html.Div([html.H3(title), meaning], className="pl-kpi-head"),
        html.Div(
            [
                html.Span(value, className=f"pl-kpi-value {'few' if few else ''}"),
                sparkline(metric, view, language),
            ],
            className="pl-kpi-main",
        ),
        *([_few(metric, view, language)] if few else []),
        _change(metric, view, language),
        html.P(caption(view, language), className="pl-caption"),
    ]


def few_events(metric: Metric, view: View) -> tuple[int, int] | None:
    """Return the two counts of a rate over too few events to judge (SPEC §5), else None."""
    found = view.kpis[metric.name]
    if metric.dataset is None or metric.unit is not Unit.PERCENT or not found.per:
        return None
    return (round(found.sum), round(found.per)) if found.per < FEW else None


def _few(metric: Metric, view: View, language: Language) -> Component:
    share = written(view.kpis[metric.name].value, metric.unit, language)
    words = language.text("{share}, of fewer than {few} events", share=share, few=FEW)
    return html.P(words, className="pl-few")


def _change(metric: Metric, view: View, language: Language) -> Component:
    """Write the change with sign and arrow; its color says good or bad where that is known."""
    change = view.change(metric.name)
    if change is None:
        return html.P(language.text("No snapshot a week ago"), className="pl-change")
    if not change or (metric.unit is Unit.SECONDS and not round(change)):
        return html.P(language.text("No change against last week"), className="pl-change")
    if metric.unit is Unit.PERCENT:
        points = language.signed(change * 100, 1)
        words = language.text("{change} percentage points against last week", change=points)
    elif metric.unit is Unit.SECONDS:
        sign = "+" if change > 0 else "−"
        seconds = written(abs(change), metric.unit, language)
        words = language.text("{change} against last week", change=sign + seconds)
    else:
        digits = 1 if metric.unit is Unit.NUMBER else 0
        words = language.text("{change} against last week", change=language.signed(change, digits))
    better = metric.higher_is_better
    mood = "" if better is None else "good" if (change > 0) is better else "bad"
    arrow = UP if change > 0 else DOWN
    return html.P(
        [html.Span(arrow, **{"aria-hidden": "true"}), " ", words], className=f"pl-change {mood}"
    )


def sparkline(metric: Metric, view: View, language: Language) -> Component:
    """Draw the last weeks as bars from zero; a week without data is an empty place."""
    values = view.history[metric.name].to_list() if view.history.height else []
    top = max((v for v in values if v is not None), default=0)
    bars = [
        html.I(className="gap")
        if value is None
        else html.I(style={"height": f"{100 * value / top if top else 0:.0f}%"})
        for value in values
    ]
    words = ", ".join(NOTHING if v is None else written(v, metric.unit, language) for v in values)
    label = language.text("Last weeks, oldest first: {values}", values=words)
    return html.Div(bars, className="pl-spark", role="img", **{"aria-label": label})
