"""Report files: batches of rows become CSV or a workbook, in constant memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import xlsxwriter

from dashboard.errors import PartnerlensError
from dashboard.exports.guard import STARTERS
from dashboard.reports.run import OWNER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from dashboard.reports.order import Order

MOST_IN_SHEET = 1_048_575  # rows of a worksheet, below the headings
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}".encode()  # tells Excel that the file is UTF-8
WIDTH = 20  # characters


class TooLongError(PartnerlensError):
    """The report has more rows than one may have, or than a worksheet holds."""


def write_csv(order: Order, batches: Iterable[pl.DataFrame], file: BinaryIO) -> None:
    """Write headings and rows as UTF-8; text that could start a formula is guarded (T-08)."""
    file.write(BYTE_ORDER_MARK)
    headings(order).write_csv(file, line_terminator="\r\n")
    for batch in batches:
        safe = batch.drop(OWNER).with_columns(pl.col(pl.Boolean).replace_strict(FLAGS))
        safe.select(_guarded(safe)).write_csv(file, include_header=False, line_terminator="\r\n")


def write_xlsx(
    order: Order,
    batches: Iterable[pl.DataFrame],
    path: Path,
    about: Iterable[Sequence[str]] = (),
) -> None:
    """Write a workbook row by row; text is written as text, which no formula is.

    `about` are the rows of its second sheet.
    """
    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet()
        names = headings(order).columns
        sheet.set_column(0, len(names) - 1, WIDTH)
        sheet.freeze_panes(1, 0)
        for at, name in enumerate(names):
            sheet.write_string(0, at, name, book.add_format({"bold": True}) if not at else None)
        row = 0
        for batch in batches:
            for values in batch.drop(OWNER).iter_rows():
                row += 1
                for at, value in enumerate(values):
                    if isinstance(value, str):
                        sheet.write_string(row, at, value)
                    elif isinstance(value, bool):
                        sheet.write_boolean(row, at, value)
                    elif value is not None:
                        sheet.write_number(row, at, value)
        _write_about(book, about)


def _write_about(book: xlsxwriter.Workbook, about: Iterable[Sequence[str]]) -> None:
    sheet = None
    for row, texts in enumerate(about):
        sheet = sheet or book.add_worksheet("About")
        for at, text in enumerate(texts):
            sheet.write_string(row, at, text)
    if sheet is not None:
        sheet.set_column(0, 0, 2 * WIDTH)


def counted(
    batches: Iterable[pl.DataFrame], most: int, told: Callable[[pl.DataFrame, int], None]
) -> Iterator[pl.DataFrame]:
    """Pass batches on, tell of each how many rows there are by now, and stop at too many."""
    rows = 0
    for batch in batches:
        rows += batch.height
        if rows > most:
            msg = f"The report has more than {most:,} rows: choose filters, or another format."
            raise TooLongError(msg)
        told(batch, rows)
        yield batch


def headings(order: Order) -> pl.DataFrame:
    """Return the headings of a report, without rows."""
    names = (order.template.column(name).heading for name in order.columns)
    return pl.DataFrame(schema=dict.fromkeys(names, pl.String))


FLAGS = {True: "True", False: "False"}  # as the vendor writes them (W-238)
_STARTS = "^[" + "".join(f"\\x{{{ord(c):x}}}" for c in sorted(STARTERS)) + "]"


def _guarded(rows: pl.DataFrame) -> list[pl.Expr]:
    """Guard text that could start a formula; most columns have none, which is soon found out."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String]
    risky = set()
    if texts:
        found = rows.select(pl.col(n).str.contains(_STARTS).any() for n in texts).row(0)
        risky = {name for name, is_risky in zip(texts, found, strict=True) if is_risky}
    return [
        pl.when(pl.col(n).str.contains(_STARTS)).then("'" + pl.col(n)).otherwise(n).alias(n)
        if n in risky
        else pl.col(n)
        for n in rows.columns
    ]
