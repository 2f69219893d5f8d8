"""XLSX: the rows of a view as a workbook that says on a second sheet what they are."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook

from dashboard.exports.about import About
from dashboard.exports.claim import Claim
from dashboard.exports.properties import properties
from dashboard.exports.selection import EVERYTHING, Selection, columns_of, places_of
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written
from dashboard.wording.names import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from dashboard.exports.receipt import Receipt
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DATE = "yyyy-mm-dd"
# Every other unit is text. A change of a share is stored as a share, and read in points.
FORMATS = {
    Unit.COUNT: "#,##0",
    Unit.NUMBER: "#,##0.0",
    Unit.PERCENT: "0.0%",
    Unit.DAYS: "#,##0",
    Unit.MONTHS: "#,##0",
    Unit.CHANGE: "+#,##0;\N{MINUS SIGN}#,##0;0",
    Unit.POINTS: "+0.0%;\N{MINUS SIGN}0.0%;0.0%",
    Unit.SECONDS: '#,##0.0" s"',
}
WIDE, NARROW = 34, 14  # characters a column of texts and one of numbers is wide
HEAD_HEIGHT = 45  # points: headings wrap
Heads = list[tuple[str, str, Unit | None]]  # name, heading, unit; without one it is a date


def to_xlsx(
    view: View,
    language: Language,
    rules: Rules,
    receipt: Receipt,
    selection: Selection = EVERYTHING,
) -> bytes:
    """Write a view's rows under their headings on screen, and a sheet about them.

    Every text is written as text, whatever it looks like, and every number as a number. A section
    without a table gives its trend, one without a trend a single row of KPIs.
    """
    heads, rows = content(view, language, selection)
    out = BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"created": receipt.at, "author": "Partnerlens"})
        claim = Claim.of_view(view, language, receipt, selection)
        for name, value in properties(claim.written()):
            book.set_custom_property(name, value, "text")
        data = book.add_worksheet(language.text("Data"))
        written_rows = _write_rows(book, data, heads, rows, language)
        facts = About(
            view=view, language=language, rules=rules, receipt=receipt, selection=selection
        )
        _write_about(book, language, [*facts.context(written_rows), *facts.definitions()])
    return out.getvalue()


def content(
    view: View, language: Language, selection: Selection
) -> tuple[Heads, Iterable[Sequence[Any]]]:
    """Return headings and rows of a selection, values as the view has them."""
    section = view.section
    if section.table:
        columns = columns_of(section, selection.columns)
        places = places_of(view, selection.row_ids)
        frame = view.table[places].select(c.name for c in columns)
        return [(c.name, language.text(c.label), c.unit) for c in columns], frame.iter_rows()
    metrics = section.trend or section.kpis
    heads: Heads = [(m.name, language.text(m.label), m.unit) for m in metrics]
    if section.trend:
        frame = view.trend.select("week_ending", *(m.name for m in metrics))
        return [("week_ending", language.text("Week ending"), None), *heads], frame.iter_rows()
    return heads, [[view.kpis[m.name].value for m in metrics]]


def _write_rows(
    book: Workbook,
    sheet: Worksheet,
    heads: Heads,
    rows: Iterable[Sequence[Any]],
    language: Language,
) -> int:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    forms = [book.add_format({"num_format": _pattern(unit)}) for _, _, unit in heads]
    sheet.set_row(0, HEAD_HEIGHT)
    sheet.freeze_panes(1, 1)
    for place, (_, label, unit) in enumerate(heads):
        sheet.set_column(place, place, WIDE if unit is Unit.TEXT else NARROW)
        sheet.write_string(0, place, label, head)
    last = 0
    for last, values in enumerate(rows, start=1):
        cells = zip(heads, forms, values, strict=True)
        for place, ((name, _, unit), form, value) in enumerate(cells):
            _write(sheet, (last, place), shown(name, unit, value, language), form)
    sheet.autofilter(0, 0, max(last, 1), len(heads) - 1)
    return last


def _pattern(unit: Unit | None) -> str:
    return DATE if unit is None else FORMATS.get(unit, "@")


def shown(name: str, unit: Unit | None, value: Any, language: Language) -> Any:
    """Return a number as it is, and what is no number as it reads."""
    if value is None or unit is None or unit in FORMATS:
        return value
    named = NAMES.get(name)
    return named(value, language) if named else written(value, unit, language)


def _write(sheet: Worksheet, place: tuple[int, int], value: Any, form: Format) -> None:
    if value is None:
        sheet.write_blank(*place, None, form)
    elif isinstance(value, date):
        sheet.write_datetime(*place, value, form)
    elif isinstance(value, str):
        sheet.write_string(*place, value, form)
    else:
        sheet.write_number(*place, value, form)


def _write_about(book: Workbook, language: Language, rows: Iterable[Sequence[str]]) -> None:
    """Write texts only: whatever a filter says came from the browser."""
    sheet = book.add_worksheet(language.text("About"))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, WIDE)
    sheet.set_column(2, 2, 3 * WIDE)
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            sheet.write_string(place, column, text, wrapped)


def to_workbook(
    views: Sequence[tuple[View, Selection]], language: Language, rules: Rules, receipt: Receipt
) -> tuple[bytes, int]:
    """Write the views of a page, a sheet for each, then a sheet about them all.

    Returns the bytes, and how many rows the sheets hold.
    """
    out, about, total = BytesIO(), list[tuple[str, ...]](), 0
    with Workbook(out, {"constant_memory": True}) as book:
        book.set_properties({"created": receipt.at, "author": "Partnerlens"})
        for number, (view, selection) in enumerate(views, start=1):
            title = language.text(view.section.table_title or view.section.title)
            sheet = book.add_worksheet(_sheet_name(title, number))
            rows = _write_rows(book, sheet, *content(view, language, selection), language)
            facts = About(
                view=view, language=language, rules=rules, receipt=receipt, selection=selection
            )
            about += [*facts.context(rows), *facts.definitions(), (), ()]
            total += rows
        _write_about(book, language, about)
    return out.getvalue(), total


def to_plain_workbook(
    frame: pl.DataFrame, title: str, about: Sequence[Sequence[str]], language: Language
) -> bytes:
    """Write rows under the names of their columns, and a sheet about them."""
    out = BytesIO()
    with Workbook(out, {"constant_memory": True}) as book:
        sheet, day = book.add_worksheet(_sheet_name(title, 1)), {"num_format": DATE}
        head, plain = book.add_format({"bold": True}), book.add_format()
        dated = book.add_format(day)
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, frame.width - 1, NARROW)
        for place, name in enumerate(frame.columns):
            sheet.write_string(0, place, name, head)
        for row, values in enumerate(frame.iter_rows(), start=1):
            for place, value in enumerate(values):
                shown = str(value).lower() if isinstance(value, bool) else value
                form = dated if isinstance(value, date) else plain
                _write(sheet, (row, place), shown, form)
        _write_about(book, language, about)
    return out.getvalue()


def _sheet_name(title: str, number: int) -> str:
    """Name a sheet as Excel allows, and none like another."""
    plain = "".join(" " if c in "[]:*?/\\'" else c for c in title)
    return f"{number} {plain}"[:31].strip()
