"""Export files in the shapes vendors and mail programs leave them in."""

from __future__ import annotations

import codecs
import gzip
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
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
    path = folder / shape.name
    codec = CODECS[shape.encoding]
    with _opened(path, shape) as sink:
        sink.write(MARKS[shape.encoding])
        sink.write((shape.separator.join(shape.header) + shape.terminator).encode(codec))
        for part in parts:
            sink.write(_text(shape, part).encode(codec))
    return path


def _text(shape: Shape, part: pl.DataFrame | Row) -> str:
    """Return one part as it stands in the file."""
    if isinstance(part, pl.DataFrame):
        return part.write_csv(
            include_header=False,
            separator=shape.separator,
            line_terminator=shape.terminator,
            quote_style="always" if shape.quoted else "necessary",
            null_value=shape.null,
        )
    cells = (f'"{cell}"' for cell in part) if shape.quoted else part
    return shape.separator.join(cells) + shape.terminator


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
