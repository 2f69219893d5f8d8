"""Changes: the page of what changed between two dates: numbers, a waterfall and four tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components import ids
from dashboard.components.chart import NOT_YET, drawn_card
from dashboard.components.customer import address
from dashboard.components.day_field import day_field
from dashboard.components.ids import chart, slot
from dashboard.components.kpi import DOWN, UP
from dashboard.components.table import GRID_OPTIONS, table_card, table_id
from dashboard.figures.waterfall import waterfall_figure
from dashboard.i18n import NOTHING
from dashboard.sections.compared import COMPARED, CUSTOMERS_CAME, CUSTOMERS_WENT, LARGEST
from dashboard.sections.moves import CAME, WENT
from dashboard.wording.caption import caption
from dashboard.wording.names import NAMES
from dashboard.wording.review_finding import steps_finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View
    from dashboard.sections.compared import Comparison

NAME = "changes"
HEAD = GRID_OPTIONS["headerHeight"] + 2  # pixels above the rows, and their borders
FEWEST = 2  # rows that there is room for, where a table has none
CARDS = ("came", "went", "moved", "licenses")


def changes_shell(named: str, language: Language, rules: Rules) -> Component:
    """Lay out the page without values; `named` is the date that was chosen to compare with."""
    words = language.text("Compare with")
    since = day_field(
        ids.control("from"),
        named,
        language.text("Back to 13 weeks earlier"),
        language,
        leftSection=html.Span(words, className="pl-label"),
        leftSectionWidth=112,
        className="pl-since",
        **{"aria-label": words},
    )
    cards = [
        dmc.Card(id=slot(NAME, card), withBorder=True, className="pl-card pl-kpi")
        for card in CARDS
    ]
    title = language.text("Licenses, step by step")
    tables = [table_card(section, language, rules) for section in COMPARED.values()]
    return html.Div(
        [
            html.Div([html.H1(language.text("What changed")), since], className="pl-page-head"),
            html.P(id=slot(NAME, "period"), className="pl-meaning"),
            html.Section(
                [
                    html.H2(language.text("In numbers"), id="in-numbers", className="pl-hidden"),
                    html.Div(cards, className="pl-kpis"),
                ],
                **{"aria-labelledby": "in-numbers"},
            ),
            drawn_card(NAME, title, NOT_YET, language),
            html.Div(tables, className="pl-changes"),
            _rules(language, rules),
        ],
        className="pl-page",
    )


def changes_values(
    found: Comparison, earliest: date | None, home: str, language: Language
) -> Parts:
    """Return what fills the page, and the `earliest` date that its calendar offers.

    `home` is where customers have their pages.
    """
    views = found.views
    parts: Parts = [
        *_dates(found, earliest, language),
        *((slot(NAME, name), {"children": card}) for name, card in _cards(found, language)),
        (chart("figure", NAME), {"figure": _figure(found, language)}),
        (slot(NAME, "finding"), {"children": steps_finding(found.moves, language)}),
        (slot(NAME, "chart-caption"), {"children": _caption(found, language)}),
    ]
    for view in views.values():
        rows = _rows(view, home, language)
        parts.append((table_id(view.section), {"rowData": rows, "style": _room(len(rows))}))
        parts.append((slot(view.section.name, "caption"), {"children": caption(view, language)}))
    return parts


def _room(rows: int) -> dict[str, str]:
    """Return the height of a table: that of its rows, from two on; many are scrolled."""
    seen = min(max(rows, FEWEST), LARGEST)
    return {"height": f"{HEAD + seen * GRID_OPTIONS['rowHeight']}px"}


def nothing_to_compare(language: Language) -> Parts:
    """Say that there are no licenses of any date yet."""
    told = language.text("There are no dates to compare: no licenses were imported yet.")
    return [
        (slot(NAME, "period"), {"children": told}),
        *((slot(NAME, card), {"children": NOTHING}) for card in CARDS),
    ]


def _dates(found: Comparison, earliest: date | None, language: Language) -> Parts:
    """Write both dates, and that of the default where the control is empty."""
    moves = found.moves
    first, last = (language.date(day) for day in (moves.since, moves.filters.as_of) if day)
    weeks = (moves.week_then, moves.week_now)
    then, now = (language.date(week) if week else NOTHING for week in weeks)
    told = language.text(
        "From {first} to {last} UTC, each with the licenses of its own last complete week (the "
        "weeks ending {then} and {now}). Calling and Meetings together; the toggle does not "
        "change these numbers.",
        first=first,
        last=last,
        then=then,
        now=now,
    )
    days = (earliest, moves.filters.as_of)
    lowest, highest = (day.isoformat() if day else None for day in days)
    return [
        (slot(NAME, "period"), {"children": told}),
        (ids.control("from"), {"placeholder": first, "minDate": lowest, "maxDate": highest}),
    ]


def _cards(found: Comparison, language: Language) -> Sequence[tuple[str, list[Component]]]:
    moves, said = found.moves, _caption(found, language)
    came, went = moves.customers(CAME), moves.customers(WENT)
    gained, lost = moves.steps["came"], moves.steps["went"]
    now, change = moves.steps["now"], moves.steps["now"] - moves.steps["then"]
    behind = language.text("Licenses: {change}")
    shown = {
        "came": (
            language.text(CUSTOMERS_CAME.title),
            came.height,
            _signed(behind, gained, language),
        ),
        "went": (
            language.text(CUSTOMERS_WENT.title),
            went.height,
            _signed(behind, lost, language),
        ),
        "moved": (
            language.text("Customers that moved between statuses"),
            found.views["status_moves"].table.height,
            [language.text("By their most urgent status")],
        ),
        "licenses": (
            language.text("Licenses now"),
            now,
            _signed(language.text("{change} since then"), change, language),
        ),
    }
    return [(name, _card(*shown[name], said, language, known=moves.known)) for name in CARDS]


def _card(
    title: str,
    value: int,
    below: list[Any],
    said: str,
    language: Language,
    *,
    known: bool,
) -> list[Component]:
    number = language.number(value) if known else NOTHING
    return [
        html.Div(html.H3(title), className="pl-kpi-head"),
        html.Div(html.Span(number, className="pl-kpi-value"), className="pl-kpi-main"),
        html.P(below if known else NOTHING, className="pl-change"),
        html.P(said, className="pl-caption"),
    ]


def _signed(words: str, change: int, language: Language) -> list[Any]:
    """Write a change with sign and arrow; whether it is good depends on why."""
    told = words.format(change=language.signed(change))
    arrow = UP if change > 0 else DOWN if change < 0 else ""
    return [html.Span(arrow, **{"aria-hidden": "true"}), " ", told] if arrow else [told]


def _figure(found: Comparison, language: Language) -> dict[str, Any]:
    return waterfall_figure(found.moves, language) if found.moves.known else NOT_YET.figure


def _caption(found: Comparison, language: Language) -> str:
    return caption(found.views["largest_moves"], language)


def _rows(view: View, home: str, language: Language) -> list[dict[str, Any]]:
    """Return the rows of a grid, their words in the language and their way to the customer."""
    named = {c.name: NAMES[c.name] for c in view.section.table if c.name in NAMES}
    return [
        row
        | {name: said(row[name], language) for name, said in named.items()}
        | {"href": address(home, _customer(row), "")}
        for row in view.table.to_dicts()
    ]


def _customer(row: dict[str, Any]) -> str:
    """Return the customer a row is about: its id begins the row's own."""
    row_id = str(row["row_id"])
    return row_id.removesuffix(f"|{row['product']}") if "product" in row else row_id


def _rules(language: Language, rules: Rules) -> Component:
    """Print by which rules everything on the page is counted."""
    words = rules.as_words()
    steps = language.text(
        "Licenses are compared per customer and product, over active subscriptions and trials of "
        "Calling and Meetings. Came and went are those of customers that came and went; grew and "
        "shrank are those of customers that stayed."
    )
    told = {language.text("Licenses, step by step"): steps} | {
        language.text(section.title): language.text(section.definition).format(**words)
        for section in COMPARED.values()
    }
    terms = [part for name, text in told.items() for part in (html.Dt(name), html.Dd(text))]
    return dmc.Card(
        [
            html.H2(language.text("How this is counted")),
            html.Dl(terms, className="pl-definitions"),
        ],
        withBorder=True,
        className="pl-card",
    )
