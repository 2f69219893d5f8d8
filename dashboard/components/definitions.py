"""Definitions: what every number means, on one page, from the same declarations as the cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.metrics.segments import EVERYONE
from dashboard.sections import SECTIONS
from dashboard.sections.compared import COMPARED
from dashboard.sections.evaluate import metrics_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.metric import Metric
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Column, Section


DEFINED = SECTIONS | COMPARED


def anchor(section: str, name: str = "") -> str:
    """Return the anchor of a section, or of one of its numbers, on this page."""
    return f"about-{section}-{name}" if name else f"about-{section}"


def definitions_page(rules: Rules, language: Language) -> Component:
    """Lay out every section's numbers and columns with the thresholds in force."""
    words = rules.as_words()
    intro = language.text("Every number, as its card, its column and every export define it.")
    contents = html.Nav(
        html.Ul(
            [
                html.Li(html.A(language.text(section.title), href=f"#{anchor(section.name)}"))
                for section in DEFINED.values()
            ],
            className="pl-quick",
        ),
        **{"aria-label": language.text("Sections")},
    )
    return html.Div(
        [
            html.H1(language.text("Definitions")),
            html.P(intro, className="pl-meaning"),
            contents,
            *(_section(section, words, language) for section in DEFINED.values()),
        ],
        className="pl-page",
    )


def _section(section: Section, words: Mapping[str, object], language: Language) -> Component:
    name = anchor(section.name)
    population = section.segment.definition if section.segment is not EVERYONE else ""
    about = [language.text(section.definition).format(**words)]
    if population and population != section.definition:
        about.append(language.text(population).format(**words))
    declared: dict[str, Metric | Column] = {c.name: c for c in section.table}
    declared |= {metric.name: metric for metric in metrics_of(section)}
    terms = [
        part for one in declared.values() for part in _term(section.name, one, words, language)
    ]
    return html.Section(
        dmc.Card(
            [
                html.H2(language.text(section.title), id=name, className="pl-card-title"),
                *(html.P(sentence, className="pl-meaning") for sentence in about),
                html.Dl(terms, className="pl-definitions"),
            ],
            withBorder=True,
            className="pl-card",
        ),
        **{"aria-labelledby": name},
    )


def _term(
    section: str, one: Metric | Column, words: Mapping[str, object], language: Language
) -> tuple[Component, Component]:
    meaning = [language.text(one.definition).format(**words)]
    if one.rule:
        meaning.append(language.text("Rule: {rules}.", rules=one.rule))
    term = [language.text(one.label), html.Code(one.name)]
    return (
        html.Dt(term, id=anchor(section, one.name), tabIndex=-1),
        html.Dd(" ".join(meaning)),
    )
