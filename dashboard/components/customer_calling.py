"""Customer calling: the sections about calling, of one customer: its own row reads as numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dash import html

from dashboard.components.cards import panel
from dashboard.components.ids import slot
from dashboard.components.page import grouped, section_cards, section_values
from dashboard.metrics.words import written
from dashboard.sections import SECTIONS
from dashboard.wording.caption import caption

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Section, View

SHOWN = tuple(
    SECTIONS[name]
    for name in (
        "call_usage",
        "feature_usage",
        "call_quality",
        "call_quality_by_endpoint",
        "queue",
    )
)
OWN = "customer_id"  # the key of a table with a row for each customer
NUMBERS = "numbers"  # the slot of that row


def calling_frame(language: Language, rules: Rules, weeks: int) -> list[Component]:
    """Lay out the sections without values; the numbers of a customer stand below their charts."""
    cards: list[Component] = [html.Div(id=slot("customer_calling", "nothing"))]
    for group in grouped(SHOWN):
        cards += section_cards([_alone(section) for section in group], language, rules, weeks)
        cards += [html.Div(id=slot(s.name, NUMBERS)) for s in group if s.key == OWN]
    return cards


def calling_values(
    view: Callable[[Section], View], language: Language, rules: Rules, homes: Mapping[str, str]
) -> Parts:
    """Return what fills the tab; `view` evaluates a section for this customer alone."""
    views = [view(section) for section in SHOWN]
    parts: Parts = []
    for one in views:
        own = replace(one, section=_alone(one.section))
        parts += section_values(own, language, rules, homes)
        if one.section.key == OWN:
            parts.append((slot(one.section.name, NUMBERS), {"children": _numbers(one, language)}))
    silent = all(one.table.is_empty() for one in views if one.section.key == OWN)
    told = _nothing(language) if silent else []
    return [*parts, (slot("customer_calling", "nothing"), {"children": told})]


def _alone(section: Section) -> Section:
    """Return a section that compares no customers and whose charts narrow no table."""
    if section.key == OWN:
        return replace(section, table=(), details=(), picks="", narrowed_by=())
    return replace(section, picks="", narrowed_by=())


def _numbers(view: View, language: Language) -> list[Component]:
    """Return the customer's own row, each number below its name; nothing without a row."""
    if view.table.is_empty():
        return []
    row = view.table.row(0, named=True)
    shown = [
        html.Div(
            [
                html.Dt(language.text(column.label), title=language.text(column.definition)),
                html.Dd(written(row[column.name], column.unit, language)),
            ]
        )
        for column in view.section.table
        if column.name != "customer"
    ]
    title = language.text("In numbers: {title}", title=language.text(view.section.title))
    return [
        panel(
            f"numbers-{view.section.name}",
            title,
            html.Dl(shown, className="pl-facts pl-figures"),
            html.P(caption(view, language), className="pl-caption"),
        )
    ]


def _nothing(language: Language) -> list[Component]:
    return [
        html.Div(
            [
                html.H2(language.text("No calls in the last complete week")),
                html.P(
                    language.text(
                        "The call records, quality and queue exports name this customer nowhere "
                        "in it. Either nobody called, or the exports of this region are missing."
                    )
                ),
            ],
            className="pl-none",
        )
    ]
