"""An 8x8 log as a table for spreadsheets and scripts: every row that was found, masked."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

from dashboard.data.logs import COLUMNS, SEARCHED_DIGITS
from dashboard.exports.csv import BYTE_ORDER_MARK
from dashboard.exports.guard import guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    import polars as pl

    from dashboard.data.logs import LogQuery
    from dashboard.i18n import Language


def log_csv(
    pages: Iterable[pl.DataFrame],
    query: LogQuery,
    release: str,
    context: Mapping[str, str] | None = None,
) -> str:
    """Write rows in their order, each ending with whose log it is and of which release.

    After these comes what `Claim.as_columns` says.
    """
    more = context or {}
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*COLUMNS, "product", "customer_id", "release", *more])
    ending = [query.product, guarded(query.customer), release, *map(guarded, more.values())]
    for rows in pages:
        writer.writerows([*map(_cell, row), *ending] for row in rows.select(COLUMNS).iter_rows())
    return BYTE_ORDER_MARK + text.getvalue()


def filters_in_words(query: LogQuery, language: Language) -> str:
    """Say everything that a log was narrowed by, on one line."""
    end = query.end and query.end - timedelta(days=1)  # the last day that is in it
    said = {
        language.text("From"): query.start and language.date(query.start.date()),
        language.text("To"): end and language.date(end.date()),
        language.text("Direction"): query.direction,
        language.text("Status"): query.status,
        language.text("App"): query.app,
    }
    chosen = [f"{name}: {text}" for name, text in said.items() if text]
    if query.search:
        chosen.append(language.text("Search: “{text}”", text=ending(query.search)))
    return " · ".join(chosen)


def ending(search: str) -> str:
    """Return what a search is for: no file repeats more of a number than we know of it."""
    return "".join(filter(str.isdecimal, search))[-SEARCHED_DIGITS:] or search


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
