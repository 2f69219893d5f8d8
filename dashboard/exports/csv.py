"""CSV: the rows of a view as a clean table for spreadsheets and scripts."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING, cast

from dashboard.exports.guard import guarded
from dashboard.exports.selection import columns_of, places_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.exports.about import About
    from dashboard.sections import Section, View

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"  # tells Excel that the file is UTF-8
CONTEXT = ("region", "product", "as_of", "week_ending", "release")
COLUMN = {
    "endpoint": "endpoint_type",
    "since": "compared_with",
}  # a filter that narrows the table → its column

Row = dict[str, object]


def to_csv(
    view: View,
    row_ids: Iterable[str] | None = None,
    columns: Iterable[str] | None = None,
    about: About | None = None,
) -> str:
    """Write a view's rows under the identifiers of SPEC §7, each row ending with its context.

    The context is the same in every row, so that the file stays one clean table: after region,
    product, dates and release come, from `about`, the filters and the definition in words, who
    made it, when, by which definitions, and the claim that `partnerlens verify` reads.

    `row_ids` picks rows and their order, `columns` the columns; names that the view does not
    hold are ignored, and `None` takes all in the section's order. Tags in force are named, too. A
    section without a table
    gives its trend, one without a trend a single row of KPIs.
    """
    document = view.as_json()
    rows = _rows(view, document, row_ids)
    names = _names(view.section, columns)
    context = {name: document[name] for name in CONTEXT if name not in names}
    context |= {COLUMN[name]: str(value) for name, value in _narrowed(view).items()}
    if view.filters.tags:
        context["tag"] = ", ".join(view.filters.tags)
    context |= about.columns() if about else {}
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*names, *context])
    ending = [_cell(value) for value in context.values()]
    writer.writerows([*(_cell(row[name]) for name in names), *ending] for row in rows)
    return BYTE_ORDER_MARK + text.getvalue()


def file_name(view: View, ending: str = "csv") -> str:
    """Name the file after what is in it: SECTION_PRODUCT_REGION_ASOF.csv.

    What narrows the table beside these stands before the ending.
    """
    filters = view.filters
    as_of = filters.as_of.isoformat() if filters.as_of else "empty"
    narrowed = "".join(f"_{name}-{value}" for name, value in view.narrowed.items())
    named = f"{view.section.name}_{filters.product}_{filters.region}_{as_of}{narrowed}"
    return f"{named}.{ending}"


def _narrowed(view: View) -> dict[str, object]:
    """Return what narrows the table and is not said yet: the week is in every row anyway."""
    return {name: value for name, value in view.narrowed.items() if name in COLUMN}


def row_count(view: View, row_ids: Iterable[str] | None = None) -> int:
    """Count the rows that `to_csv` writes, the headings left out."""
    return len(_rows(view, view.as_json(), row_ids))


def _rows(view: View, document: Row, row_ids: Iterable[str] | None) -> list[Row]:
    if not view.section.table:
        return cast("list[Row]", document["trend"] if view.section.trend else [document["kpis"]])
    rows = cast("list[Row]", document["table"])
    return [rows[place] for place in places_of(view, row_ids)]


def _names(section: Section, columns: Iterable[str] | None) -> list[str]:
    if not section.table:
        trend = ["week_ending"] if section.trend else []
        return trend + [m.name for m in section.trend or section.kpis]
    return [column.name for column in columns_of(section, columns)]


def _cell(value: object) -> object:
    """Write null as nothing, booleans as JSON does, and text so that nothing runs it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if isinstance(value, str) else value
