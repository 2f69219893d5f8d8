"""Page: a declared page as a shell without data, and the values that fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import dash_mantine_components as dmc
from dash import html

from dashboard.components.chart import chart_card
from dashboard.components.drawing import DRAWINGS, has_chart, has_grid
from dashboard.components.heading import has_heading, heading, other_product, period
from dashboard.components.ids import chart, slot
from dashboard.components.kpi import kpi_content
from dashboard.components.narrowing import ANNOUNCED, CHIPS, announcement, announcer, chips
from dashboard.components.review import review_button
from dashboard.components.shortlist import shortlist_card, shortlist_values
from dashboard.components.source import source_of, source_place, sourced
from dashboard.components.table import table_card, table_id, table_rows
from dashboard.data.call_datasets import QUALITY_FACTS
from dashboard.wording.caption import caption, trend_caption
from dashboard.wording.rule import quality_rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Section, View

COUPLE = 2  # charts that stand beside each other where there is room
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
    def panel(self) -> str:
        """Return the name of its panel; empty where it is made of sections."""

    @property
    def review(self) -> bool:
        """Tell whether it offers the quarterly review as slides."""

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the sections shown whole."""

    @property
    def shortlists(self) -> tuple[Section, ...]:
        """Return the sections of which the first rows are shown."""


def page_shell(page: PageLike, language: Language, rules: Rules, weeks: int) -> Component:
    """Lay out a page with every card at its final size; values arrive as parts."""
    cards = section_cards(page.sections, language, rules, weeks)
    lists = [shortlist_card(s, language) for s in page.shortlists]
    if lists:
        cards.append(html.Div(lists, className="pl-pair"))
    if page.sections and page.sections[0].dataset is not None:
        cards.insert(0, html.Div(id=slot(page.sections[0].name, "product")))
    if any(section.narrowed_by for section in page.sections):
        cards.append(announcer(page.sections[0]))
    title: Component = html.H1(language.text(page.title))
    if page.review:
        title = html.Div([title, review_button(language)], className="pl-page-head")
    return html.Div([title, *cards, source_place()], className="pl-page")


def section_cards(
    sections: Iterable[Section], language: Language, rules: Rules, weeks: int
) -> list[Component]:
    """Lay out sections one below the other, each with its heading, numbers, chart and table."""
    groups = grouped(sections)
    return [card for group in groups for card in _cards(group, language, rules, weeks)]


def grouped(sections: Iterable[Section]) -> list[list[Section]]:
    """Put each section without a heading to the one before it."""
    groups: list[list[Section]] = []
    for section in sections:
        if has_heading(section) or not groups:
            groups.append([])
        groups[-1].append(section)
    return groups


def _cards(
    group: Sequence[Section], language: Language, rules: Rules, weeks: int
) -> Iterable[Component]:
    """Yield what stands under one heading: numbers, charts beside each other, then tables."""
    if group[0].dataset is not None:
        yield heading(group[0], language, rules)
    yield from (_kpi_cards(section, language, rules) for section in group if section.kpis)
    charts = [chart_card(s, language, rules, weeks) for s in group if has_chart(s)]
    yield from charts if len(charts) < COUPLE else [html.Div(charts, className="pl-pair")]
    yield from (table_card(section, language, rules) for section in group if has_grid(section))


def _kpi_cards(section: Section, language: Language, rules: Rules) -> Component:
    title = f"section-{section.name}"
    cards = [
        dmc.Card(id=slot(section.name, metric.name), withBorder=True, className="pl-card pl-kpi")
        for metric in section.kpis
    ]
    body: list[Component] = [html.Div(cards, className="pl-kpis")]
    if section.dataset is None:
        meaning = language.text(section.definition).format(**rules.as_words())
        body = [
            html.H2(language.text(section.title), id=title, className="pl-hidden"),
            html.P(meaning, className="pl-meaning"),
            *body,
        ]
    return html.Section(body, **{"aria-labelledby": title})


def page_values(
    page: PageLike,
    view: Callable[[Section], View],
    language: Language,
    rules: Rules,
    homes: Mapping[str, str],
) -> Parts:
    """Return what fills the page's cards, as (id, properties) pairs."""
    parts: Parts = []
    views = [view(section) for section in page.sections]
    for one in views:
        parts += section_values(one, language, rules, homes)
    if views and views[0].section.dataset is not None:
        first = views[0].section.name
        note = other_product(views[0], language, homes[first])
        parts.append((slot(first, "product"), {"children": note}))
    if any(one.section.narrowed_by for one in views):
        told = announcement(views, language)
        parts.append((slot(views[0].section.name, ANNOUNCED), {"children": told}))
    for section in page.shortlists:
        parts += shortlist_values(view(section), language, homes[section.name])
    return parts + source_of(views, language, rules)


def section_values(
    view: View, language: Language, rules: Rules, homes: Mapping[str, str]
) -> Parts:
    """Return what fills the cards of one section."""
    section, name = view.section, view.section.name
    parts: Parts = [
        (slot(section.name, m.name), {"children": kpi_content(m, view, language, rules, homes)})
        for m in section.kpis
    ]
    if section.dataset is not None and has_heading(section):
        parts.append((slot(name, "period"), {"children": period(view, language)}))
    rule = ""
    if section.dataset is QUALITY_FACTS:
        rule = " · " + quality_rule(rules.quality, language)
    if has_chart(section):
        figure, finding = DRAWINGS[name]
        below = trend_caption(view, language) if section.trend else caption(view, language)
        parts.append(
            (
                chart("figure", name),
                {"figure": sourced(figure(view, language), view, language, rules)},
            )
        )
        parts.append((slot(name, "finding"), {"children": finding(view, language)}))
        parts.append((slot(name, "chart-caption"), {"children": below + rule}))
    if has_grid(section):
        parts.append((table_id(section), {"rowData": table_rows(view, language, rules)}))
        parts.append((slot(name, "caption"), {"children": caption(view, language) + rule}))
    if section.narrowed_by and (has_grid(section) or has_heading(section)):
        parts.append((slot(name, CHIPS), {"children": chips(view, language)}))
    return parts
