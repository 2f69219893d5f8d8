"""Heading: what a section about calling is called, which week it covers, and of which product."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from dash import dcc, html

from dashboard.components.drawing import has_grid
from dashboard.components.ids import slot
from dashboard.components.narrowing import chip_place
from dashboard.i18n import NOTHING
from dashboard.wording.caption import short_name

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Section, View

DAYS_BEFORE_END = timedelta(days=6)  # of the Sunday a week begins with


def has_heading(section: Section) -> bool:
    """Tell whether a section begins a part of the page; the others stand under the last one."""
    return section.dataset is None or bool(section.chart_title or section.kpis)


def heading(section: Section, language: Language, rules: Rules) -> Component:
    """Return the heading of a section about facts; its period is filled later."""
    population = section.segment
    whom = language.text(population.definition) + (
        f" ({population.rule})" if population.rule else ""
    )
    meaning = language.text(section.definition).format(**rules.as_words())
    return html.Div(
        [
            html.Div(
                [
                    html.H2(language.text(section.title), id=f"section-{section.name}"),
                    *([] if has_grid(section) else chip_place(section)),
                    html.P(id=slot(section.name, "period"), className="pl-period"),
                ],
                className="pl-heading-row",
            ),
            html.P(f"{meaning} {whom}", className="pl-meaning"),
        ],
        className="pl-heading",
    )


def period(view: View, language: Language) -> str:
    """Name the first and the last day of the week that is shown."""
    if view.week_ending is None:
        return NOTHING
    first = view.week_ending - DAYS_BEFORE_END
    days = f"{language.date(first)} – {language.date(view.week_ending)} UTC"
    if "week" in view.narrowed:
        return language.text("Chosen week: {days}", days=days)
    return days


def other_product(view: View, language: Language, home: str) -> Component | None:
    """Say that these numbers are not about the selected product, and offer the one they are."""
    chosen = view.filters.product
    if chosen in view.section.products(chosen):
        return None
    told = language.text(
        "Calling engagement is about Webex Calling; these numbers do not depend on the choice of "
        "{product}.",
        product=short_name(chosen, language),
    )
    link = dcc.Link(language.text("Switch to Calling"), href=_without_product(home))
    return html.P([told, " ", link], className="pl-aside")


def _without_product(address: str) -> str:
    """Return an address without its choice of product: the default is Calling."""
    parts = urlsplit(address)
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key != "product"]
    return parts.path + (f"?{urlencode(kept)}" if kept else "")
