"""Files: the claim and the rows of a CSV file or a workbook, as any program would read them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from lxml import etree

from dashboard.errors import SourceError
from dashboard.exports.claim import Claim
from dashboard.exports.csv import BYTE_ORDER_MARK
from dashboard.exports.proof.compare import number_or_text
from dashboard.exports.properties import claim_in
from dashboard.exports.receipt import CLAIM

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.exports.proof.compare import Cell, Rows

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = "xl/worksheets/sheet1.xml"
TEXTS = "xl/sharedStrings.xml"
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # a character that XML cannot hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a file of rows says."""

    claim: Claim
    heads: list[str]
    rows: Rows


def read_csv(path: Path) -> Found:
    """Read a CSV file; its rows say themselves what they are of."""
    try:
        text = path.read_bytes().decode().removeprefix(BYTE_ORDER_MARK)
        heads, *rows = csv.reader(StringIO(text, newline=""), strict=True)
    except (UnicodeDecodeError, ValueError, csv.Error) as error:
        msg = f"{path} cannot be read as a CSV file in UTF-8."
        raise SourceError(msg) from error
    if CLAIM not in heads or any(len(row) != len(heads) for row in rows):
        msg = f"{path} has no receipt of Partnerlens, so it is not known what it holds."
        raise SourceError(msg)
    claims = {row[heads.index(CLAIM)] for row in rows}
    if len(claims) != 1:
        msg = f"{path} has {'rows of different files' if rows else 'no rows'}: export it anew."
        raise SourceError(msg)
    cells = [[number_or_text(text) for text in row] for row in rows]
    return Found(claim=Claim.read(claims.pop()), heads=heads, rows=cells)


def read_xlsx(path: Path) -> Found:
    """Read the first sheet of a workbook, and its claim."""
    claim = Claim.read(claim_in(path))
    try:
        with ZipFile(path) as archive:
            texts = etree.fromstring(archive.read(TEXTS)) if TEXTS in archive.namelist() else ()
            root = etree.fromstring(archive.read(SHEET))
    except (KeyError, BadZipFile, etree.XMLSyntaxError) as error:
        msg = f"{path} cannot be read: its first sheet is not there any more."
        raise SourceError(msg) from error
    shared = [_text(item) for item in texts]
    heads, *rows = [[_cell(cell, shared) for cell in row] for row in root.iter(f"{MAIN}row")]
    width = len(heads)
    whole = [[*row, *[None] * (width - len(row))][:width] for row in rows]
    return Found(claim=claim, heads=[str(head) for head in heads], rows=whole)


def _cell(cell: Any, shared: list[str]) -> Cell:
    kind, value = cell.get("t"), cell.find(f"{MAIN}v")
    if kind == "inlineStr":
        return _text(cell.find(f"{MAIN}is")) or None
    if value is None or not value.text:
        return None
    if kind == "s":
        return shared[int(value.text)] or None
    return number_or_text(value.text)


def _text(item: Any) -> str:
    written = "".join(item.itertext())
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), written)
