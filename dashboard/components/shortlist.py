"""Shortlist: the first rows of a section, linked to the page that holds all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.ids import slot
from dashboard.components.links import inside_link
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written
from dashboard.wording.caption import caption

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.sections import Section, View

ROWS = 5
KEY_COLUMNS = {  # the column a list is about, beside customer and distribution
    "expiring": "days_until_expiration",
    "low_assignment": "assigned_pct",
}


def shortlist_card(section: Section, language: Language) -> Component:
    """Return the card of a shortlist, without rows and at its final height."""
    title = language.text(section.table_title)
    return dmc.Card(
        [
            html.Div(
                [html.H2(title), html.Div(id=slot(section.name, "more"))], className="pl-card-head"
            ),
            html.Div(id=slot(section.name, "rows"), className="pl-shortlist"),
            html.P(id=slot(section.name, "caption"), className="pl-caption"),
        ],
        withBorder=True,
        className="pl-card",
    )


def shortlist_values(
    view: View, language: Language, path: str
) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """Return rows and caption of a shortlist, and its link to all of them, filters included."""
    more = inside_link(language.text("Show all"), path, "pl-more")
    rows = view.table.head(ROWS).to_dicts()
    shown = _table(rows, view, language) if rows else _nothing(language)
    return [
        (slot(view.section.name, "more"), {"children": more}),
        (slot(view.section.name, "rows"), {"children": shown}),
        (slot(view.section.name, "caption"), {"children": caption(view, language)}),
    ]


def _nothing(language: Language) -> Component:
    return html.P(language.text("Nothing here for this choice of filters."), className="pl-empty")


def _table(rows: list[dict[str, Any]], view: View, language: Language) -> Component:
    key = next(c for c in view.section.table if c.name == KEY_COLUMNS[view.section.name])
    head = [
        html.Th(language.text("Customer"), scope="col"),
        html.Th(language.text(key.label), scope="col", className="pl-number"),
        html.Th(_key(view, language), scope="col"),
    ]
    body = [
        html.Tr(
            [
                html.Th(row["customer"], scope="row", title=row["customer"]),
                html.Td(written(row[key.name], key.unit, language), className="pl-number"),
                html.Td(distribution(row, language)),
            ]
        )
        for row in rows
    ]
    return html.Table([html.Thead(html.Tr(head)), html.Tbody(body)])


def _key(view: View, language: Language) -> Component:
    """Name the parts of the bar in their colors, in the order of the numbers below it."""
    labels = {column.name: column.label for column in view.section.table}
    names = ("used", "assigned", "available")
    words = [html.Span(language.text(labels[name]), className=f"pl-key {name}") for name in names]
    return html.Div(words, className="pl-keys")


def distribution(row: dict[str, Any], language: Language) -> Component:
    """Draw used within assigned within total, with the numbers beside it."""
    used, assigned, total = row["used"], row["assigned"], row["total_licenses"]
    whole = max(used, assigned, total) or 1
    spans = (
        ("used", min(used, assigned)),
        ("assigned", max(min(assigned, total) - used, 0)),
        ("available", row["available"]),
        ("overage", max(assigned - total, 0)),
    )
    bars = [
        html.I(className=name, style={"width": f"{100 * value / whole:.1f}%"})
        for name, value in spans
        if value
    ]
    numbers = " / ".join(
        written(value, Unit.COUNT, language) for value in (used, assigned, row["available"])
    )
    return html.Div(
        [html.Div(bars, className="pl-bar", **{"aria-hidden": "true"}), html.Span(numbers)],
        className="pl-distribution",
    )
