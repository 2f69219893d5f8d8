"""Recognition: which export a text is, told by its header alone."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.data.records import first_end
from dashboard.data.sources import discover
from dashboard.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.data.options import ImportOptions
    from dashboard.data.sources import Column, Source

DELIMITERS = (",", ";", "\t")
MOST_COLUMNS = 1_000
LONGEST_HEADER = 128 * 1024  # bytes
_BLANK_LINES = re.compile(rb'(?:(?:[ \t\v\f,;"]|\xc2\xa0)*+\n)*+')
_FOREIGN = {
    "an HTML page": re.compile(r"<(!doctype html|html|head|body)", re.IGNORECASE),
    "an XML document": re.compile(r"<"),
    "a JSON document": re.compile(r"[{\[]"),
    "empty": re.compile(r"\Z"),
}
_FLAGS = {
    "organization_id": "--customer",
    "region": "--region",
    "start": "--from",
    "end": "--to",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognized:
    """An export we know, and how its text is laid out."""

    source: Source
    delimiter: str
    header: tuple[str, ...]
    columns: tuple[Column | None, ...]  # what each header means; None: unknown
    blank: int  # blank lines before the header
    start: int  # where the first record after the header starts
    options: dict[str, str]  # the import options that fill a column the file lacks

    @property
    def unknown(self) -> list[str]:
        """The headers that mean nothing to us."""
        known = self.source.is_known
        return [header.strip() for header in self.header if header.strip() and not known(header)]


def recognize(
    name: str, text: bytes, options: ImportOptions, keys: tuple[str, ...] | None = None
) -> Recognized:
    """Return the export `text` is; SourceError, naming the closest one, if it is none.

    `keys` are those of its objects if it is JSON.
    """
    blank = _BLANK_LINES.match(text)
    begin = blank.end() if blank else 0
    layout = _layout(text, begin) if keys is None else (keys, len(text), DELIMITERS[0])
    header, start, delimiter = layout
    _refuse_wide(name, header)
    sources = [s for s in discover() if keys is None or s.also_json]
    blank_list = keys == ()  # an answer without items: nothing says which, and nothing needs to
    fits = [s for s in sources if blank_list or not _missing(s, header, options)]
    if not fits:
        raise _not_known(name, text[begin : begin + 1024], header, options, sources)
    source = max(fits, key=lambda s: (_matched(s, header), len(s.required)))
    columns = tuple(source.column(cell) for cell in header)
    _refuse_odd_header(name, columns)
    present = {column.field for column in columns if column}
    absent = (c for c in source.columns if c.option and c.field not in present)
    filled = {c.option: getattr(options, c.option) for c in absent if c.option in options.given()}
    return Recognized(
        source=source,
        delimiter=delimiter,
        header=header,
        columns=columns,
        blank=text.count(b"\n", 0, begin) if keys is None else 0,
        start=start,
        options=filled,
    )


def _layout(text: bytes, begin: int) -> tuple[tuple[str, ...], int, str]:
    """Return the header, where the records start, and the delimiter that makes most sense."""
    layouts = [(*_header(text, begin, delimiter), delimiter) for delimiter in DELIMITERS]
    return max(layouts, key=lambda layout: _known(layout[0][:MOST_COLUMNS]))


def _header(text: bytes, begin: int, delimiter: str) -> tuple[tuple[str, ...], int]:
    """Return the cells of the first record, and where the next one starts."""
    end = first_end(text, delimiter, begin)
    record = text[begin : min(end, begin + LONGEST_HEADER)].decode(errors="replace")
    cells = next(csv.reader([record], delimiter=delimiter), [])
    return tuple(cells), min(end + 1, len(text))


def _matched(source: Source, header: Sequence[str]) -> int:
    return sum(source.column(cell) is not None for cell in header)


def _known(header: Sequence[str]) -> int:
    return max(_matched(source, header) for source in discover())


def _missing(source: Source, header: Sequence[str], options: ImportOptions) -> list[Column]:
    """Return the required columns that neither the header nor an option brings."""
    present = {column.field for cell in header if (column := source.column(cell))}
    present |= {field for field, other in source.fallbacks if other in present}
    absent = set(source.required) - present
    given = options.given()
    return [c for c in source.columns if c.field in absent and c.option not in given]


def _refuse_wide(name: str, header: Sequence[str]) -> None:
    """Refuse a header before each of its cells is looked up, if that would take long."""
    if len(header) > MOST_COLUMNS:
        msg = f"{name} has {len(header)} columns: more than {MOST_COLUMNS} are not read."
        raise SourceError(msg)


def _refuse_odd_header(name: str, columns: Sequence[Column | None]) -> None:
    known = [column.header for column in columns if column]
    if twice := [header for header in dict.fromkeys(known) if known.count(header) > 1]:
        msg = f"{name} has more than one column {', '.join(twice)}: keep the right one."
        raise SourceError(msg)


def _not_known(
    name: str,
    begin: bytes,
    header: Sequence[str],
    options: ImportOptions,
    sources: Sequence[Source],
) -> SourceError:
    """Say what the file looks like, and what the closest export would need."""
    start = begin.decode(errors="replace").lstrip()
    kind = next((f"{kind}, " for kind, form in _FOREIGN.items() if form.match(start)), "")
    lacks = {s.name: _missing(s, header, options) for s in sources}
    closest = max(sources, key=lambda s: _matched(s, header) - len(lacks[s.name]))
    needs = ", ".join(
        f"{c.header} (or {_FLAGS[c.option]})" if c.option else c.header
        for c in lacks[closest.name]
    )
    return SourceError(
        f"{name} is {kind}not a known export; closest: {closest.name}, which also needs {needs}."
    )
