"""Customer log: one 8x8 log of a customer: what filters it, its columns and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import ids
from dashboard.components.customer import log_name
from dashboard.components.ids import slot
from dashboard.components.table import DEFAULT_COLUMN, GRID_OPTIONS, column_chooser
from dashboard.data.log_datasets import INBOUND, OUTBOUND
from dashboard.i18n import NOTHING
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.data.logs import LogPage
    from dashboard.i18n import Language

LONGEST = 40  # characters of a number that is searched for
DEBOUNCE = 300  # milliseconds without a key before a search starts
OPTIONS: dict[str, Any] = {
    "cacheBlockSize": 100,
    "maxBlocksInCache": 20,
    "maxConcurrentDatasourceRequests": 1,  # the grid's wrapper remembers one
    "infiniteInitialRowCount": 1,
    "rowHeight": 44,
}
WIDTHS = {  # pixels of a column, on a wide screen and on a phone
    "timestamp": (224, 124),
    "direction": (124, None),
    "status": (136, 112),
    "app": (136, None),
    "price": (148, None),
    "masked_from": (140, None),
    "masked_to": (140, 96),
    "duration": (124, None),
}
NUMBERS = ("price", "duration")


def part(name: str, product: str) -> dict[str, str]:
    """Identify one part of a log: grid, count, following, save or file."""
    return {"part": name, "section": f"log_{product}"}


def columns_of(product: str) -> tuple[str, ...]:
    """Return the columns a log has; an app is of messages, a duration of calls."""
    without = {"sms": {"app", "duration"}, "messaging": {"duration"}}.get(product, {"app"})
    return tuple(name for name in WIDTHS if name not in without)


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
    columns = [_column(name, sorts, order, language) for name in columns_of(product)]
    card = dmc.Card(
        [
            _head(product, columns, language),
            _bar(product, said, language),
            html.Div(
                [
                    _grid(product, columns, follows, language),
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
    return dmc.DatesProvider(
        dmc.DateInput(
            id=ids.control(name),
            value=said[name],
            valueFormat="MMM D, YYYY" if language.code == "en" else "D MMM YYYY",
            clearable=True,
            weekendDays=[],
            label=label,
            clearButtonProps={"aria-label": label},
            ariaLabels={
                "previousMonth": language.text("Previous month"),
                "nextMonth": language.text("Next month"),
                "previousYear": language.text("Previous year"),
                "nextYear": language.text("Next year"),
                "previousDecade": language.text("Previous decade"),
                "nextDecade": language.text("Next decade"),
            },
        ),
        settings={"locale": language.code.lower(), "firstDayOfWeek": 0},
    )


def headings(language: Language) -> dict[str, tuple[str, str]]:
    """Name each column and say what it means."""
    return {
        "timestamp": (language.text("Timestamp (UTC)"), language.text("When it began.")),
        "direction": (
            language.text("Direction"),
            language.text("Inbound to the customer, or outbound from it."),
        ),
        "status": (
            language.text("Status"),
            language.text("What became of it, in the vendor's own words."),
        ),
        "app": (language.text("App"), language.text("The app the message went through.")),
        "price": (
            language.text("Price"),
            language.text("As configured for this customer, in its currency."),
        ),
        "masked_from": (
            language.text("Masked from"),
            language.text("Who sent or called: only the last four digits are kept."),
        ),
        "masked_to": (
            language.text("Masked to"),
            language.text("Who was meant: only the last four digits are kept."),
        ),
        "duration": (language.text("Duration"), language.text("How long it lasted.")),
    }


def _grid(
    product: str, columns: list[dict[str, Any]], follows: dict[str, Any], language: Language
) -> Component:
    words = {
        "loadingOoo": language.text("Loading…"),
        "noRowsToShow": language.text("Nothing here for this choice of filters."),
    }
    context = {
        "section": part("grid", product)["section"],
        "language": language.code,
        "words": {"grid": words},
        "follows": follows,
    }
    return dag.AgGrid(
        id=part("grid", product),
        rowModelType="infinite",
        columnDefs=columns,
        defaultColDef={
            k: v
            for k, v in DEFAULT_COLUMN.items()
            if k in ("resizable", "wrapHeaderText", "minWidth")
        },
        getRowId="params.data.row_id",
        dashGridOptions=GRID_OPTIONS | OPTIONS | {"context": context},
        style={"height": "100%"},
    )


def _column(name: str, sorts: Sequence[str], order: str, language: Language) -> dict[str, Any]:
    label, meaning = headings(language)[name]
    wide, narrow = WIDTHS[name]
    edge = "pl-numeric" if name in NUMBERS else ""
    return {
        "colId": name,
        "field": name,
        "headerName": label,
        "cellRenderer": "Waiting",
        "sortable": name in sorts,
        "initialSort": {name: "asc", f"-{name}": "desc"}.get(order),
        "sortingOrder": ["desc", "asc"],
        "filter": False,
        "cellClass": edge,
        "headerClass": edge,
        "context": {
            "definition": meaning,
            "fields": [name],
            "wide": wide,
            "narrow": narrow,
            "grow": True,
        },
    }


def log_rows(page: LogPage, offset: int, language: Language) -> list[dict[str, Any]]:
    """Return rows as they read; every value is text already."""
    return [
        {
            "row_id": str(offset + n),
            "timestamp": language.moment(row["timestamp"]),
            "direction": direction_name(row["direction"], language),
            "status": row["status"] or NOTHING,
            "app": row["app"] or NOTHING,
            "price": _price(row, language),
            "masked_from": row["masked_from"] or NOTHING,
            "masked_to": row["masked_to"] or NOTHING,
            "duration": written(row["duration"], Unit.SECONDS, language),
        }
        for n, row in enumerate(page.rows.iter_rows(named=True))
    ]


def _price(row: dict[str, Any], language: Language) -> str:
    if row["price"] is None:
        return NOTHING
    return language.money(row["price"], row["currency"])


def direction_name(direction: str | None, language: Language) -> str:
    """Name a direction; one the vendor added since keeps its own word."""
    names = {INBOUND: language.text("Inbound"), OUTBOUND: language.text("Outbound")}
    return names.get(direction or "", direction or NOTHING)


def log_values(page: LogPage, about: str, language: Language) -> Parts:
    """Return what a log shows beside its rows: how many there are, and what filters them."""
    count = language.plural("{n} entry", "{n} entries", page.total)
    nothing = language.text("Nothing here for this choice of filters.")
    named = {name: direction_name(name, language) for name in page.directions}
    parts: Parts = [
        (slot("log", "found"), {"children": count}),
        (slot("log", "nothing"), {"children": [] if page.total else html.P(nothing)}),
        (slot("log", "caption"), {"children": about}),
        (ids.control("direction"), {"data": _options(named)}),
        (ids.control("event_status"), {"data": _options({s: s for s in page.statuses})}),
    ]
    if page.apps:
        parts.append((ids.control("app"), {"data": _options({a: a for a in page.apps})}))
    return parts


def _options(named: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in named.items()]


def caption(customer: str, product: str, newest: Any, language: Language) -> str:
    """Say whose log it is, and how old its newest entry is (E-037)."""
    told: Iterable[str] = (
        customer,
        log_name(product, language),
        language.text(
            "newest entry {moment} UTC", moment=language.moment(newest) if newest else NOTHING
        ),
        language.text("numbers are masked: only their last four digits are kept"),
    )
    return " · ".join(told)
