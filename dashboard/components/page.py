"""Page: a declared page as a shell without data, and the values that fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import dash_mantine_components as dmc
from dash import html

from dashboard.components.caption import caption
from dashboard.components.chart import chart_card
from dashboard.components.ids import chart, slot
from dashboard.components.kpi import kpi_content
from dashboard.components.shortlist import shortlist_card, shortlist_values
from dashboard.components.table import table_card, table_id, table_rows
from dashboard.figures.finding import license_finding
from dashboard.figures.trend import trend_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Section, View

Parts = list[tuple[dict[str, str], dict[str, Any]]]


class PageLike(Protocol):
    """What a declared page offers (`dashboard.pages`)."""

    @property
    def path(self) -> str:
        """Return the path below the prefix."""

    @property
    def title(self) -> str:
        """Return the heading, an English message."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections shown whole."""

    @property
    def shortlists(self) -> tuple[Section, ...]:
        """Return the sections of which the first rows are shown."""


def page_shell(page: PageLike, language: Language, rules: Rules, weeks: int) -> Component:
    """Lay out a page with every card at its final size; values arrive as parts."""
    cards = [card for section in page.sections for card in _cards(section, language, rules, weeks)]
    lists = [shortlist_card(s, language) for s in page.shortlists]
    if lists:
        cards.append(html.Div(lists, className="pl-pair"))
    return html.Div([html.H1(language.text(page.title)), *cards], className="pl-page")


def _cards(section: Section, language: Language, rules: Rules, weeks: int) -> Iterable[Component]:
    if section.kpis:
        yield _kpi_cards(section, language, rules)
    if section.trend:
        yield chart_card(section, language, rules, weeks)
    if section.table:
        yield table_card(section, language, rules)


def _kpi_cards(section: Section, language: Language, rules: Rules) -> Component:
    heading = f"section-{section.name}"
    meaning = language.text(section.definition).format(**rules.as_words())
    cards = [
        dmc.Card(id=slot(section.name, metric.name), withBorder=True, className="pl-card pl-kpi")
        for metric in section.kpis
    ]
    return html.Section(
        [
            html.H2(language.text(section.title), id=heading, className="pl-hidden"),
            html.P(meaning, className="pl-meaning"),
            html.Div(cards, className="pl-kpis"),
        ],
        **{"aria-labelledby": heading},
    )


def page_values(
    page: PageLike,
    view: Callable[[Section], View],
    language: Language,
    rules: Rules,
    homes: Mapping[str, str],
) -> Parts:
    """Return what fills the page's cards, as (id, properties) pairs."""
    parts: Parts = []
    for section in page.sections:
        parts += _values(view(section), language, rules, homes)
    for section in page.shortlists:
        parts += shortlist_values(view(section), language, homes[section.name])
    return parts


def _values(view: View, language: Language, rules: Rules, homes: Mapping[str, str]) -> Parts:
    section = view.section
    parts: Parts = [
        (slot(section.name, m.name), {"children": kpi_content(m, view, language, rules, homes)})
        for m in section.kpis
    ]
    if section.trend:
        finding = license_finding(view, language)
        parts.append((chart("figure", section.name), {"figure": trend_figure(view, language)}))
        parts.append((slot(section.name, "finding"), {"children": finding}))
    if section.table:
        parts.append((table_id(section), {"rowData": table_rows(view, language, rules)}))
    if section.trend or section.table:
        parts.append((slot(section.name, "caption"), {"children": caption(view, language)}))
    return parts
