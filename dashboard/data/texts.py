"""Texts: the records of an export as columns of text, and the records that are no rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data import records
from dashboard.data.sources import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

RECORD = "record"  # the column that says which record a row was, counted from 0
_PIECE = 256 * 1024  # bytes that fit a processor's cache
IGNORED = "ignored"  # the reason of a record that is no row: blank or a repeated header


@dataclass(frozen=True, kw_only=True)
class Texts:
    """What follows the header of one export: rows of text, and records set aside with a reason."""

    text: bytes
    start: int  # where the first record after the header starts
    delimiter: str
    header: tuple[str, ...]
    rows: pl.DataFrame  # columns "0", "1", … and RECORD
    height: int  # how many records there are
    aside: dict[int, str] = field(default_factory=dict)

    @cached_property
    def spans(self) -> records.Spans:
        """Where each record is in the text; only asked for when a record needs showing."""
        return records.split(self.text, self.delimiter, len(self.header), self.start)

    def raw(self, record: int) -> str:
        """Return the record as it was delivered."""
        return self.text[self.spans.starts[record] : self.spans.ends[record]].decode()

    def line(self, record: int) -> int:
        """Return the number of the line the record starts on."""
        return int(self.spans.lines[record])


def read(
    text: bytes, start: int, delimiter: str, header: Sequence[str], counts: Collection[int] = ()
) -> Texts:
    """Read the records after the header into columns of text; `counts` may come as numbers."""
    rows = _all_at_once(text, start, delimiter, _schema(len(header), counts))
    if rows is None and counts:
        rows = _all_at_once(text, start, delimiter, _schema(len(header)))
    if rows is None:
        return _without_repeats(_record_by_record(text, start, delimiter, tuple(header)))
    return _without_repeats(
        Texts(
            text=text,
            start=start,
            delimiter=delimiter,
            header=tuple(header),
            rows=rows.with_row_index(RECORD),
            height=rows.height,
        )
    )


def _schema(width: int, counts: Collection[int] = ()) -> dict[str, type[pl.DataType]]:
    return {str(i): pl.Int64 if i in counts else pl.String for i in range(width)}


def _all_at_once(
    text: bytes, start: int, delimiter: str, schema: dict[str, type[pl.DataType]]
) -> pl.DataFrame | None:
    """Read plain text in one go; None unless every line has exactly the cells it should have.

    Plain is text without quotes and, where counts are read, without +5: a number for Polars only.
    """
    signs = (b'"', b"+") if pl.Int64 in schema.values() else (b'"',)
    if any(text.find(sign, start) >= 0 for sign in signs) or start == len(text):
        return None
    try:
        rows = _parse(text, delimiter, schema, skip_lines=text.count(b"\n", 0, start))
    except pl.exceptions.PolarsError:
        return None
    # A line with too many cells has raised; one with too few lacks the last.
    if rows.to_series(-1).null_count() == 0:
        return rows
    lines = _count(text, start, b"\n") + (not text.endswith(b"\n"))
    delimiters = _count(text, start, delimiter.encode())
    whole = rows.height == lines and delimiters == lines * (len(schema) - 1)
    return rows if whole else None


def _count(text: bytes, start: int, sign: bytes) -> int:
    """Count a byte piece by piece: where it is frequent, much faster than `bytes.count`."""
    buffer = np.frombuffer(text, np.uint8)
    pieces = (buffer[i : i + _PIECE] for i in range(start, buffer.size, _PIECE))
    return sum(int(np.count_nonzero(piece == ord(sign))) for piece in pieces)


def _record_by_record(text: bytes, start: int, delimiter: str, header: tuple[str, ...]) -> Texts:
    """Split first, set aside what has the wrong shape, and read the rest in one go."""
    spans, width = records.split(text, delimiter, len(header), start), len(header)
    sound = (spans.cells == width) & (spans.problems == records.SOUND)
    aside = {int(i): _shape(text, spans, int(i), delimiter, width) for i in np.flatnonzero(~sound)}
    kept = np.flatnonzero(sound)
    schema = _schema(width)
    body = _joined(text, spans, sound)
    rows = _parse(body, delimiter, schema) if kept.size else pl.DataFrame(schema=schema)
    rows = rows.with_columns(pl.Series(RECORD, kept, dtype=pl.UInt32))
    found = Texts(
        text=text,
        start=start,
        delimiter=delimiter,
        header=header,
        rows=rows,
        height=sound.size,
        aside=aside,
    )
    found.__dict__["spans"] = spans  # known already
    return found


def _shape(text: bytes, spans: records.Spans, record: int, delimiter: str, width: int) -> str:
    """Say what is wrong with the shape of a record."""
    if problem := spans.problems[record]:
        return records.PROBLEMS[problem]
    cells = text[spans.starts[record] : spans.ends[record]].decode()
    if not cells.replace(delimiter, "").replace('"', "").strip():
        return IGNORED
    return "too few cells" if spans.cells[record] < width else "too many cells"


def _joined(text: bytes, spans: records.Spans, sound: npt.NDArray[np.bool_]) -> bytes:
    """Join the sound records; neighbours are taken together."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], sound, [False])).astype(np.int8)))
    runs = zip(edges[::2], edges[1::2] - 1, strict=True)
    return b"\n".join(text[spans.starts[first] : spans.ends[last]] for first, last in runs)


def _parse(
    text: bytes, delimiter: str, schema: dict[str, type[pl.DataType]], skip_lines: int = 0
) -> pl.DataFrame:
    return pl.read_csv(
        text, has_header=False, schema=schema, separator=delimiter, skip_lines=skip_lines
    )


def _without_repeats(found: Texts) -> Texts:
    """Set aside blank rows and repeated headers."""
    gap = r"[\s_.\-]*"
    repeated = f"(?i)^{gap}{gap.join(map(re.escape, plain(found.header[0])))}{gap}$"
    suspect = pl.col("0").is_null()
    if pl.Int64 not in found.rows.dtypes:  # a header is no number
        suspect |= pl.col("0").str.contains(rf"^\s*$|{repeated}")
    suspects = found.rows.filter(suspect)
    header = [plain(cell) for cell in found.header]
    ignored = {
        record: IGNORED
        for *cells, record in suspects.select(pl.exclude(RECORD), RECORD).iter_rows()
        if not any(_cell(c).strip() for c in cells) or [plain(_cell(c)) for c in cells] == header
    }
    if not ignored:
        return found
    records_ignored = pl.DataFrame({RECORD: list(ignored)}, schema={RECORD: pl.UInt32})
    rows = found.rows.join(records_ignored, on=RECORD, how="anti", maintain_order="left")
    return replace(found, rows=rows, aside=found.aside | ignored)


def _cell(value: str | int | None) -> str:
    return "" if value is None else str(value)
