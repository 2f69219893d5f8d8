"""Sources: the exports we can read, one module per vendor report, found by being here."""

from __future__ import annotations

import importlib
import pkgutil
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dashboard.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable

    import polars as pl

    from dashboard.data.datasets import Dataset

# What headers are matched without: spaces of any kind, `_`, `-`, `.`, a stray byte-order mark.
_INSIGNIFICANT = re.compile(r"[\s_.\-\ufeff]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc\u2018\u00b4`", "'"))


class Kind(StrEnum):
    """How the text of a cell becomes a value."""

    TEXT = "text"  # NA, null, - and the like mean: no value
    WORD = "word"  # text that may be anything, except that no long number stays in it
    NAME = "name"  # only an empty cell means: no value, for a customer may be called NA
    LIST = "list"  # several texts, separated by `;`
    COUNT = "count"
    NUMBER = "number"  # whole, or with a fraction after a point
    MONEY = "money"  # a decimal number with every place it came with; its currency is beside it
    FLAG = "flag"  # true or false, yes or no
    PHONE = "phone"  # masked: no more than its last four digits are kept
    SENDER = "sender"  # a number or a name; of either, no more than the last four characters
    DATE = "date"
    DATETIME = "datetime"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """How one column of an export becomes one column of ours."""

    header: str  # the canonical English header
    field: str
    kind: Kind = Kind.TEXT
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()  # known values in their canonical spelling; others stay
    meanings: tuple[tuple[str, str], ...] = ()  # other texts, and the value each of them means
    nothing: tuple[str, ...] = ()  # further texts by which this vendor means: no value
    option: str | None = None  # the import option that fills the column where it is absent
    expected: bool = False  # an export without it is another one, though its cells may be null


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """How one vendor's export becomes rows of one dataset."""

    name: str
    dataset: Dataset
    columns: tuple[Column, ...]
    private: tuple[str, ...] = ()  # headers whose values are dropped before storing, and counted
    unused: tuple[str, ...] = ()  # further headers that the export is known to have
    also_json: bool = False  # the vendor delivers it as JSON too, its keys being the headers
    constants: tuple[tuple[str, str], ...] = ()  # what all rows say, though no column does
    fallbacks: tuple[
        tuple[str, str], ...
    ] = ()  # fields that take another's value if they lack one
    settle: Callable[[pl.DataFrame], pl.DataFrame] | None = None  # what then follows within a row

    def __post_init__(self) -> None:
        """Refuse a declaration that could not fill its dataset."""
        fields = [column.field for column in self.columns]
        known = set(self.dataset.schema.column_names())
        given = {*fields, *dict(self.constants)}
        if given - known or set(self.required) - given:
            msg = f"source {self.name}: columns {fields} do not fill {self.dataset.name}"
            raise DefinitionError(msg)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields every export must bring: those every row must fill, and a few more."""
        return _required(self)

    def column(self, header: str) -> Column | None:
        """Return the column a header means, whatever its case, spacing and language."""
        wanted = plain(header)
        named = (c for c in self.columns if wanted in map(plain, (c.header, *c.aliases)))
        return next(named, None)

    def is_private(self, header: str) -> bool:
        """Tell whether the values under a header must not be stored."""
        return plain(header) in map(plain, self.private)

    def is_known(self, header: str) -> bool:
        """Tell whether the export is known to have a header, kept or not."""
        known = (*self.private, *self.unused)
        return self.column(header) is not None or plain(header) in map(plain, known)


@cache
def _required(source: Source) -> tuple[str, ...]:
    columns = source.dataset.schema.columns()
    expected = {column.field for column in source.columns if column.expected}
    filled = dict(source.constants)
    needed = (n for n, column in columns.items() if not column.nullable or n in expected)
    return tuple(name for name in needed if name not in filled)


@lru_cache(10_000)
def plain(header: str) -> str:
    """Reduce a header to what distinguishes it from others."""
    text = unicodedata.normalize("NFC", header).translate(_APOSTROPHES)
    return _INSIGNIFICANT.sub("", text).casefold()


@cache
def discover() -> tuple[Source, ...]:
    """Import every module of this package and collect its SOURCE."""
    names = [m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")]
    return tuple(importlib.import_module(f"{__name__}.{name}").SOURCE for name in sorted(names))
