"""Items: records that come as JSON objects, made to look like the rows of a delimited text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from dashboard.data.sources import plain
from dashboard.data.texts import IGNORED, RECORD, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row: TypeAlias = "dict[str, str | None]"  # by the plain name of the key

NOT_AN_OBJECT = "not a JSON object"
TWICE = "a field comes twice"
_JSON = re.compile(rb"\s*[{\[]")
NESTED = "…"  # an object where a value should be; what is in it is named outer.inner besides
ENVELOPES = ("items", "data", "list")  # the keys under which interfaces answer
DEEPEST = 3  # objects within objects


@dataclass(frozen=True, kw_only=True)
class Items:
    """The objects of one JSON text, or what is wrong with each, and their keys' first spelling."""

    rows: list[Row | str]
    header: tuple[str, ...]

    def texts(self) -> Texts:
        """Return the objects as columns of text."""
        names = [plain(key) for key in self.header]
        sound = [(i, row) for i, row in enumerate(self.rows) if isinstance(row, dict)]
        columns: dict[str, list[Any]] = {
            str(at): [row.get(name) for _, row in sound] for at, name in enumerate(names)
        }
        schema = dict.fromkeys(columns, pl.String)
        record = pl.Series(RECORD, [i for i, _ in sound], dtype=pl.UInt32)
        return _ItemTexts(
            text=b"",
            start=0,
            delimiter=",",
            header=self.header,
            rows=pl.DataFrame(columns, schema=schema).with_columns(record),
            height=len(self.rows),
            aside={i: row for i, row in enumerate(self.rows) if isinstance(row, str)},
            items=self,
        )


@dataclass(frozen=True, kw_only=True)
class _ItemTexts(Texts):
    items: Items

    def raw(self, record: int) -> str:
        """Return what is known of an object, as JSON."""
        return json.dumps(self.items.rows[record], ensure_ascii=False)

    def cells(self, record: int) -> list[str] | None:
        """Return the values of an object in the order of the header."""
        row = self.items.rows[record]
        if isinstance(row, str):
            return None
        return [row.get(plain(key)) or "" for key in self.header]

    def line(self, record: int) -> int:
        """Return the number of the object: where each has its line, the line's."""
        return record + 1


def parse(text: bytes) -> Items | None:
    """Return the objects of an answer, a webhook, a list, or lines; None if it is none of them."""
    if not _JSON.match(text):
        return None
    header: dict[str, str] = {}
    objects = _objects(text)
    if objects is None:
        return None
    rows = [_row(item, header) for item in objects]
    return Items(rows=rows, header=tuple(header.values())) if header or not rows else None


def _objects(text: bytes) -> Sequence[Any] | None:
    try:
        whole = _loads(text)
    except RecursionError:
        return None
    except ValueError:
        return _lines(text)
    body = whole.get("body", whole) if isinstance(whole, dict) else whole
    items = _enveloped(body, whole) if isinstance(body, dict) else body
    return items if isinstance(items, list) else None


def _enveloped(body: dict[str, Any], whole: Any) -> Any:
    """Return the items of an answer; an object that is none is an item itself."""
    lists = (body[key] for key in ENVELOPES if isinstance(body.get(key), list))
    return next(lists, body.get(ENVELOPES[0], [whole]))


def _lines(text: bytes) -> list[Any] | None:
    """Return an object per line; a text whose first line is none is not meant so."""
    found = list(map(_line, text.removesuffix(b"\n").split(b"\n")))
    first = next((item for item in found if item != IGNORED), None)
    return found if isinstance(first, dict) else None


def _line(line: bytes) -> Any:
    if not line.strip():
        return IGNORED
    try:
        return _loads(line)
    except (ValueError, RecursionError):
        return NOT_AN_OBJECT


def _loads(text: bytes) -> Any:
    """Read JSON with every number as it is spelled, and objects as they come."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _row(item: Any, header: dict[str, str]) -> Row | str:
    """Return the object's values by plain key; note keys that nobody had before."""
    if not isinstance(item, dict):
        return IGNORED if item == IGNORED else NOT_AN_OBJECT
    row: Row = {}
    leaves = list(_leaves(item))
    for key, value in leaves:
        if plain(key) in row:
            return TWICE
        row[plain(key)] = _text(value)
    for key, _ in leaves:
        header.setdefault(plain(key), key)
    return row


def _leaves(item: dict[str, Any], depth: int = 1) -> Iterator[tuple[str, Any]]:
    """Yield keys and values, those of an object within behind its own."""
    for key, value in item.items():
        yield key, value
        if isinstance(value, dict) and depth < DEEPEST:
            for inner, within in _leaves(value, depth + 1):
                yield f"{key}.{inner}", within


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value if value is None or value.isascii() else _encodable(value)
    return str(value).lower() if isinstance(value, bool) else NESTED


def _encodable(value: str) -> str:
    """Replace what is half a character only."""
    return value.encode(errors="replace").decode()
