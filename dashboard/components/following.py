"""Following: a grid that holds some of its rows, and asks for others as the URL changes."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag

from dashboard.components.table import DEFAULT_COLUMN, GRID_OPTIONS

BLOCK = 100  # rows of one answer
OPTIONS: dict[str, Any] = GRID_OPTIONS | {
    "cacheBlockSize": BLOCK,
    "maxBlocksInCache": 20,
    "maxConcurrentDatasourceRequests": 1,  # the grid's wrapper remembers one
    "infiniteInitialRowCount": 1,
}
KEPT = ("resizable", "wrapHeaderText", "minWidth")  # the server sorts, searches and filters


def following_grid(
    name: Any, columns: list[dict[str, Any]], options: dict[str, Any]
) -> dag.AgGrid:
    """Return the grid; `follows` in its context is for `assets/29-following.js`."""
    return dag.AgGrid(
        id=name,
        rowModelType="infinite",
        columnDefs=columns,
        defaultColDef={key: DEFAULT_COLUMN[key] for key in KEPT},
        getRowId="params.data.row_id",
        dashGridOptions=OPTIONS | options,
        style={"height": "100%"},
    )
