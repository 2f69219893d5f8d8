"""An 8x8 log as a table for spreadsheets and scripts: every row that was found, masked."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, Any

from dashboard.data.logs import COLUMNS
from dashboard.exports.csv import BYTE_ORDER_MARK
from dashboard.exports.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import polars as pl

    from dashboard.data.logs import LogQuery


def log_csv(pages: Iterable[pl.DataFrame], query: LogQuery, release: str) -> str:
    """Write rows in their order, each ending with whose log it is and of which release."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*COLUMNS, "product", "customer_id", "release"])
    ending = [query.product, guarded(query.customer), release]
    for rows in pages:
        writer.writerows([*map(_cell, row), *ending] for row in rows.select(COLUMNS).iter_rows())
    return BYTE_ORDER_MARK + text.getvalue()


def log_file(query: LogQuery, as_of: date | None) -> str:
    """Name the file after what is in it; of the customer's id only what every system takes."""
    whose = "".join(c if c.isascii() and c.isalnum() else "-" for c in query.customer)
    return f"{query.product}_log_{whose}_{as_of.isoformat() if as_of else 'empty'}.csv"


def _cell(value: Any) -> Any:
    """Write moments in ISO 8601, amounts exactly, and text so that nothing runs it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if hasattr(value, "isoformat"):
        return f"{value.isoformat()}Z"
    return f"{value.normalize():f}" if hasattr(value, "normalize") else value
