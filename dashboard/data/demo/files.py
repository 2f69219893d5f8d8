"""Export files in the shapes vendors and mail programs leave them in."""

from __future__ import annotations

import codecs
import gzip
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Row = tuple[str, ...]


class Sink(Protocol):
    """What bytes are written to, behind whichever container."""

    def write(self, data: bytes, /) -> int:
        """Append the bytes."""
        ...


Encoding = Literal["utf-8", "utf-8-sig", "utf-16"]
MARKS = {"utf-8": b"", "utf-8-sig": codecs.BOM_UTF8, "utf-16": codecs.BOM_UTF16_LE}
CODECS = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le"}
BEGINNING_OF_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip member can carry


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Name, header and form of one file; `quoted` quotes the values, never the header."""

    name: str
    header: Row
    separator: str = ","
    terminator: str = "\n"
    encoding: Encoding = "utf-8"
    quoted: bool = False
    null: str = ""
    container: Literal["plain", "gzip", "zip"] = "plain"


def write_file(folder: Path, shape: Shape, parts: Iterable[pl.DataFrame | Row]) -> Path:
    """Write the header, then frames and odd single rows in turn; an empty row is a blank line."""
    with open_file(folder, shape) as put:
        for part in parts:
            put(part)
    return folder / shape.name


@contextmanager
def open_file(folder: Path, shape: Shape) -> Iterator[Callable[[pl.DataFrame | Row], None]]:
    """Open a file with its header written and yield what appends a frame or a single row."""
    codec = CODECS[shape.encoding]
    with _opened(folder / shape.name, shape) as sink:
        sink.write(MARKS[shape.encoding])
        sink.write((shape.separator.join(shape.header) + shape.terminator).encode(codec))

        def put(part: pl.DataFrame | Row) -> None:
            sink.write(_bytes(shape, part, codec))

        yield put


def _bytes(shape: Shape, part: pl.DataFrame | Row, codec: str) -> bytes:
    """Return one part as it stands in the file."""
    if not isinstance(part, pl.DataFrame):
        cells = (f'"{cell}"' for cell in part) if shape.quoted else part
        return (shape.separator.join(cells) + shape.terminator).encode(codec)
    text = BytesIO()
    part.write_csv(
        text,
        include_header=False,
        separator=shape.separator,
        line_terminator=shape.terminator,
        quote_style="always" if shape.quoted else "necessary",
        null_value=shape.null,
    )
    raw = text.getvalue()
    return raw if codec == "utf-8" else raw.decode().encode(codec)


@contextmanager
def _opened(path: Path, shape: Shape) -> Iterator[Sink]:
    """Open the file behind its container; neither kind records the time of writing."""
    if shape.container == "zip":
        member = ZipInfo(f"{shape.name}.csv", BEGINNING_OF_TIME)
        member.compress_type = ZIP_DEFLATED
        with ZipFile(path, "w") as archive, archive.open(member, "w", force_zip64=True) as sink:
            yield sink
    elif shape.container == "gzip":
        with (
            path.open("wb") as raw,
            gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as sink,
        ):
            yield sink
    else:
        with path.open("wb") as raw:
            yield raw
