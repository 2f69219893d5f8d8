"""Records: where each record of a delimited text begins and ends, and which are broken.

Two ways lead there. Regular text (quotes only where they may be) is split with numpy. Any other
text is walked field by field, so that a stray or unclosed quote spoils its own line and no more.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

QUOTE, NEWLINE = ord('"'), ord("\n")
# A quoted field that runs over lines for longer than this was never closed.
LONGEST_QUOTED = 128 * 1024
SOUND, UNCLOSED, STRAY = range(3)
PROBLEMS = ("", "quoted field is never closed", "stray quote")


class Spans(NamedTuple):
    """The records of a text: one array element each."""

    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]  # without the line end
    lines: npt.NDArray[np.int64]  # number of the physical line it starts on, from 1
    cells: npt.NDArray[np.int64]
    problems: npt.NDArray[np.int64]  # index into PROBLEMS


def split(text: bytes, delimiter: str, width: int, start: int = 0) -> Spans:
    """Split `text` from `start` on, at a line's beginning, into records of `width` cells."""
    first_line = text.count(b"\n", 0, start) + 1
    body = memoryview(text)[start:]
    spans = split_regular(body, delimiter, width)
    if spans is None:
        spans = split_carefully(bytes(body), delimiter, width)
    return spans._replace(
        starts=spans.starts + start, ends=spans.ends + start, lines=spans.lines + first_line - 1
    )


def first_end(text: bytes, delimiter: str, start: int) -> int:
    """Return where the record that starts here ends, or its line if a quote is out of place."""
    walker = _Walker(text, delimiter)
    end, _, problem = walker.record(start)
    return walker.line_end(start) if problem else end


def fields(record: bytes, delimiter: str) -> list[bytes]:
    """Return the cells of one record as they are, quotes included."""
    walker, start = _Walker(record, delimiter), 0
    found: list[bytes] = []
    while start <= len(record):
        end, problem = walker.field(start)
        if problem:
            return [*found, record[start:]]
        found.append(record[start:end])
        start = end + 1
    return found


def split_regular(text: bytes | memoryview, delimiter: str, width: int) -> Spans | None:
    """Split text in one sweep; None if a quote stands where none may be."""
    buffer = np.frombuffer(text, np.uint8)
    newlines, delimiters = np.flatnonzero(buffer == NEWLINE), buffer == ord(delimiter)
    ends, quotes = newlines, np.flatnonzero(buffer == QUOTE)
    if quotes.size:
        if not _regular(buffer, quotes, ord(delimiter)):
            return None
        outside = ~np.bitwise_xor.accumulate(buffer == QUOTE)
        ends, delimiters = newlines[outside[newlines]], delimiters & outside
    if buffer.size and buffer[-1] != NEWLINE:
        ends = np.append(ends, buffer.size)
    starts = np.append(0, ends[:-1] + 1)[: ends.size]
    cells = np.diff(np.searchsorted(np.flatnonzero(delimiters), ends), prepend=0) + 1
    lines = np.searchsorted(newlines, starts) + 1
    over_lines = np.searchsorted(newlines, ends) + 1 > lines
    if (over_lines & ((cells != width) | (ends - starts > LONGEST_QUOTED))).any():
        return None
    return Spans(starts, ends, lines, cells, np.zeros_like(starts))


def _regular(buffer: npt.NDArray[np.uint8], quotes: npt.NDArray[np.int64], delimiter: int) -> bool:
    """Tell whether fields alone open and close quotes: every even one opens, every odd closes."""
    if quotes.size % 2:
        return False
    edges = np.zeros(256, np.bool_)
    edges[[QUOTE, NEWLINE, delimiter]] = True
    before = buffer[quotes[::2] - 1]
    if quotes[0] == 0:
        before[0] = NEWLINE
    after = buffer[np.minimum(quotes[1::2] + 1, buffer.size - 1)]  # the last byte is its own edge
    return bool(edges[before].all() and edges[after].all())


def split_carefully(text: bytes, delimiter: str, width: int) -> Spans:
    """Split any text: a record with a quote out of place ends with its first line."""
    walker = _Walker(text, delimiter)
    found: list[tuple[int, int, int, int, int]] = []
    start, line = 0, 1
    while start < len(text):
        end, cells, problem = walker.record(start)
        height = text.count(b"\n", start, end)
        if height and (problem or cells != width):
            problem, height = problem or UNCLOSED, 0
        if problem:
            end = walker.line_end(start)
        found.append((start, end, line, cells, problem))
        start, line = end + 1, line + height + 1
    columns = np.array(found, np.int64).reshape(-1, 5).T
    return Spans(*columns)


class _Walker:
    """Walks one text field by field."""

    def __init__(self, text: bytes, delimiter: str) -> None:
        mark = re.escape(delimiter.encode())
        self.text = text
        self.delimiter = ord(delimiter)
        self.bare = re.compile(rb'[^"\n' + mark + rb"]*+")
        self.quoted = re.compile(rb'"(?:[^"\n]++|"")*+"')
        self.quoted_over_lines = re.compile(rb'"(?:[^"]++|"")*+"')

    def line_end(self, start: int) -> int:
        """Return where the physical line ends."""
        end = self.text.find(b"\n", start)
        return len(self.text) if end < 0 else end

    def record(self, start: int) -> tuple[int, int, int]:
        """Return end, number of cells and problem of the record that starts here."""
        cells, position = 1, start
        while True:
            position, problem = self.field(position)
            if problem or position == len(self.text) or self.text[position] == NEWLINE:
                return position, cells, problem
            cells, position = cells + 1, position + 1

    def field(self, start: int) -> tuple[int, int]:
        """Return the end of the field that starts here, and its problem."""
        text = self.text
        if start == len(text) or text[start] != QUOTE:
            bare = self.bare.match(text, start)  # matches always, if need be nothing
            end = bare.end() if bare else start
            return end, STRAY if end < len(text) and text[end] == QUOTE else SOUND
        match = self.quoted.match(text, start)
        problem = STRAY
        if match is None:
            problem = UNCLOSED
            match = self.quoted_over_lines.match(text, start, start + LONGEST_QUOTED)
        if match is None:
            return start, UNCLOSED
        end = match.end()
        closed = end == len(text) or text[end] in (self.delimiter, NEWLINE)
        return end, SOUND if closed else problem
