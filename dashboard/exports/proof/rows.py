"""Rows: the numbers of a file of rows, computed anew and put beside what it says."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING, Any

from dashboard.exports.csv import BYTE_ORDER_MARK, to_csv
from dashboard.exports.proof.compare import Difference, compare, number_or_text
from dashboard.exports.selection import Selection
from dashboard.exports.xlsx import content, shown
from dashboard.i18n import Language

if TYPE_CHECKING:
    from dashboard.exports.proof.compare import Cell, Rows
    from dashboard.exports.proof.files import Found
    from dashboard.sections import View

FIRST_DAY = date(1899, 12, 30)  # of a workbook


def differences_of_csv(found: Found, view: View) -> list[Difference]:
    """Compare the columns that are the view's."""
    return differences_of_text(found, to_csv(view, None, found.heads))


def differences_of_text(found: Found, written: str) -> list[Difference]:
    """Compare the columns that a file and one written anew share, its context left out."""
    text = written.removeprefix(BYTE_ORDER_MARK)
    heads, *rows = csv.reader(StringIO(text, newline=""))
    fresh = [[number_or_text(text) for text in row] for row in rows]
    return _differences(found, heads, fresh)


def differences_of_xlsx(found: Found, view: View) -> list[Difference]:
    """Compare the columns that are the view's, under their headings in the file's language."""
    language = Language(found.claim.language)
    names = {language.text(column.label): column.name for column in view.section.table}
    columns = tuple(names[head] for head in found.heads if head in names)
    heads, rows = content(view, language, Selection(columns=columns))
    fresh = [
        [
            _plain(shown(name, unit, value, language))
            for (name, _, unit), value in zip(heads, row, strict=True)
        ]
        for row in rows
    ]
    return _differences(found, [label for _, label, _ in heads], fresh)


def _differences(found: Found, heads: list[str], fresh: Rows) -> list[Difference]:
    """Compare what both have; a file of a whole table must have all of its rows."""
    shared = [head for head in heads if head in found.heads]
    at, fresh_at = ([names.index(head) for head in shared] for names in (found.heads, heads))
    rows = [[row[place] for place in at] for row in found.rows]
    anew = [[row[place] for place in fresh_at] for row in fresh]
    claim = found.claim
    expected = len(anew) if claim.rows == claim.whole else claim.rows
    counted = []
    if len(rows) != expected:
        counted.append(
            Difference(where="Rows", found=str(len(rows)), expected=str(expected)),
        )
    return [*counted, *compare(shared, rows, anew)]


def _plain(value: Any) -> Cell:
    """Return a value as a workbook holds it."""
    if isinstance(value, date):
        return float((value - FIRST_DAY).days)
    if value is None or isinstance(value, str):
        return value or None
    return float(value)
