"""Table: the card that shows a section's rows, and the rows it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
import polars as pl
from dash import dcc, html

from dashboard.components.columns import column_defs, is_tight
from dashboard.components.ids import slot
from dashboard.components.narrowing import chip_place
from dashboard.components.words import grid_words
from dashboard.data.weeks import last_weeks
from dashboard.metrics.spikes import FEW, stands_out
from dashboard.sections.evaluate import USAGE_WEEKS
from dashboard.sections.portfolio import HISTORY_WEEKS
from dashboard.wording.peers import PEER_COLUMNS, explanation

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Section, View

GRID_OPTIONS: dict[str, Any] = {
    "theme": {"function": "partnerlensTheme(themeQuartz)"},
    "getLocaleText": {"function": "gridText(params)"},
    "rowHeight": 52,
    "headerHeight": 56,
    "animateRows": False,
    "cacheQuickFilter": True,
    "includeHiddenColumnsInQuickFilter": True,
    "ensureDomOrder": True,
    "enableCellTextSelection": True,
    "suppressDragLeaveHidesColumns": True,
    "suppressColumnMoveAnimation": True,
}
WEEKLY = {"weekly_used": USAGE_WEEKS, "weekly_calls": HISTORY_WEEKS}  # columns of past weeks
DEFAULT_COLUMN: dict[str, Any] = {
    "resizable": True,
    "sortable": True,
    "wrapHeaderText": True,
    "minWidth": 64,
    "filterValueGetter": {"function": "filterValue(params)"},
    "getQuickFilterText": {"function": "searchText(params)"},
}


def table_id(section: Section) -> dict[str, str]:
    """Return the id of a section's grid."""
    return part_id("grid", section)


def part_id(part: str, section: Section) -> dict[str, str]:
    """Return the id of one part of a section's table card."""
    return {"part": part, "section": section.name}


def table_card(section: Section, language: Language, rules: Rules) -> Component:
    """Return the card of a section's table without rows, already at its final height."""
    columns = column_defs(section, language, rules)
    return dmc.Card(
        [
            html.Div(
                [
                    _title(section, language),
                    _search(section, language),
                    column_chooser(section.name, language, columns),
                    *_exports(section, language),
                ],
                className="pl-table-head",
            ),
            html.Div(_grid(section, language, columns), className="pl-table-body"),
            html.P(id=slot(section.name, "caption"), className="pl-caption"),
            dcc.Store(id=part_id("export-request", section)),
            dcc.Download(id=part_id("download", section)),
        ],
        className="pl-table pl-tight" if is_tight(section) else "pl-table",
        withBorder=True,
    )


def _exports(section: Section, language: Language) -> list[Component]:
    labels = {
        "export": language.text("Export CSV"),
        "export-xlsx": language.text("Export XLSX"),
    }
    return [
        dmc.Button(label, id=part_id(part, section), variant="default")
        for part, label in labels.items()
    ]


def _title(section: Section, language: Language) -> Component:
    count = html.P("\N{NO-BREAK SPACE}", id=part_id("count", section), role="status")
    clear = html.Button(
        language.text("Clear search and filters"), id=part_id("clear", section), hidden=True
    )
    return html.Div(
        [html.H2(language.text(section.table_title)), count, clear, *chip_place(section)]
    )


def _search(section: Section, language: Language) -> Component:
    if any(column.name == "subscription_id" for column in section.table):
        words = language.text("Search customer or subscription")
    else:
        words = language.text("Search customer")
    return dmc.TextInput(
        id=part_id("search", section),
        placeholder=words,
        attributes={"input": {"type": "search"}},
        **{"aria-label": words},
    )


def column_chooser(name: str, language: Language, columns: list[dict[str, Any]]) -> Component:
    """Return the choice of columns; a plain disclosure, so that every key and reader knows it."""
    boxes = [
        dmc.Checkbox(
            label=column["headerName"],
            value=column["colId"],
            disabled=column["colId"] == "customer",  # it names the row
        )
        for column in columns
    ]
    reset = dmc.Button(
        language.text("Reset columns"),
        id={"part": "reset", "section": name},
        variant="subtle",
        size="compact-sm",
    )
    panel = html.Div([dmc.CheckboxGroup(boxes, id={"part": "columns", "section": name}), reset])
    return html.Details([html.Summary(language.text("Columns")), panel])


def _grid(section: Section, language: Language, columns: list[dict[str, Any]]) -> Component:
    context = {
        "section": section.name,
        "language": language.code,
        "words": grid_words(section, language),
    }
    return dag.AgGrid(
        id=table_id(section),
        columnDefs=columns,
        defaultColDef=DEFAULT_COLUMN,
        getRowId="params.data.row_id",
        dashGridOptions=GRID_OPTIONS | {"context": context},
        style={"height": "100%"},
    )


def table_rows(view: View, language: Language, rules: Rules) -> list[dict[str, Any]]:
    """Return the grid's rows: plain values under the declared names, and what hints need.

    A row with peers carries the sentence `why` and the group's `quartile` in whole percents
    instead of the peer columns themselves (TRUST T-24).
    """
    rows = view.table.with_columns(pl.col(pl.Date).dt.to_string()).to_dicts()
    if "peer_q1" in view.table.columns:
        return [_explained(row, view.filters.product, language, rules) for row in rows]
    shown = next((n for n in WEEKLY if n in view.table.columns), None)
    if shown and view.week_ending is not None:
        weeks = last_weeks(view.week_ending, WEEKLY[shown])
        period = f"{language.date(weeks[0])} – {language.date(weeks[-1])}"
        return [row | {"period": period} for row in rows]
    return _marked(view, rows)


def _marked(view: View, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Mark rates that are far above the average of all rows, and those of too few events."""
    for column in (c for c in view.section.table if c.counts):
        part, whole = column.counts or ("", "")
        events = sum(row[whole] for row in rows)
        overall = sum(row[part] for row in rows) / events if events else None
        for row in rows:
            high = stands_out(row[part], row[whole], overall)
            few = 0 < row[whole] < FEW
            row[f"{column.name}_mark"] = "high" if high else "few" if few else None
    return rows


def _explained(
    row: dict[str, Any], product: str, language: Language, rules: Rules
) -> dict[str, Any]:
    quartile = row["peer_q1"]
    shown = {name: value for name, value in row.items() if name not in PEER_COLUMNS}
    return shown | {
        "why": explanation(row, product, language, rules),
        "quartile": None if quartile is None else round(quartile, 2),
    }
