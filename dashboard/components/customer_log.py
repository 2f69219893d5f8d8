"""Customer log: the page of one 8x8 log of a customer without its rows, and what filters it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import ids
from dashboard.components.customer import log_name
from dashboard.components.customer_log_grid import columns_of, log_columns, log_grid, part
from dashboard.components.day_field import day_field
from dashboard.components.ids import slot
from dashboard.components.table import column_chooser

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language

LONGEST = 40  # characters of a number that is searched for
DEBOUNCE = 300  # milliseconds without a key before a search starts


def log_frame(
    product: str,
    said: Mapping[str, str],
    sorts: Sequence[str],
    follows: dict[str, Any],
    language: Language,
) -> list[Component]:
    """Lay out a log without rows; the grid asks for them block by block.

    `said` holds what each key of the URL says: a control without it would take it back.
    """
    order = said[follows["order"]]
    columns = log_columns(product, sorts, order, language)
    card = dmc.Card(
        [
            _head(product, columns, language),
            _bar(product, said, language),
            html.Div(
                [
                    log_grid(product, columns, follows, language),
                    html.Div(id=slot("log", "nothing"), className="pl-nothing"),
                ],
                className="pl-table-body",
            ),
            html.P(id=slot("log", "caption"), className="pl-caption"),
            dcc.Download(id=part("file", product)),
            dcc.Store(id=part("following", product)),
        ],
        className="pl-table pl-log",
        withBorder=True,
    )
    return [card]


def _head(product: str, columns: list[dict[str, Any]], language: Language) -> Component:
    found = html.P(html.Span(id=slot("log", "found")), role="status")
    unused = html.Span(id=part("count", product), hidden=True)  # else no script mounts the grid
    return html.Div(
        [
            html.Div([html.H2(log_name(product, language)), found, unused]),
            column_chooser(part("columns", product)["section"], language, columns),
            dmc.Button(language.text("Export CSV"), id=part("save", product), variant="default"),
        ],
        className="pl-table-head",
    )


def _bar(product: str, said: Mapping[str, str], language: Language) -> Component:
    """Return what filters the log; the URL keeps it, and the controller follows the URL."""
    digits = language.text("Last four digits")
    app = _choice("app", language.text("App"), said)
    filters = [
        _day("since", language.text("From"), said, language),
        _day("until", language.text("To"), said, language),
        _choice("direction", language.text("Direction"), said),
        _choice("event_status", language.text("Status"), said),
        *([app] if "app" in columns_of(product) else []),
        dmc.TextInput(
            id=ids.control("digits"),
            value=said["digits"],
            debounce=DEBOUNCE,
            label=digits,
            placeholder="1234",
            attributes={"input": {"type": "search", "maxLength": LONGEST, "inputMode": "numeric"}},
        ),
    ]
    return html.Div(filters, className="pl-table-head pl-filters")


def _choice(name: str, label: str, said: Mapping[str, str]) -> Component:
    return dmc.Select(
        id=ids.control(name),
        value=said[name],
        data=[said[name]] if said[name] else [],
        label=label,
        clearable=True,
        clearButtonProps={"aria-label": label},
    )


def _day(name: str, label: str, said: Mapping[str, str], language: Language) -> Component:
    return day_field(ids.control(name), said[name], label, language, label=label)
