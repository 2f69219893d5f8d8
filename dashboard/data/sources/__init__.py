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
    from dashboard.data.datasets import Dataset

# What headers are matched without: spaces of any kind, `_`, `-`, `.`, a stray byte-order mark.
_INSIGNIFICANT = re.compile(r"[\s_.\-\ufeff]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2019\u02bc\u2018\u00b4`", "'"))


class Kind(StrEnum):
    """How the text of a cell becomes a value."""

    TEXT = "text"  # NA, null, - and the like mean: no value
    NAME = "name"  # only an empty cell means: no value, for a customer may be called NA
    LIST = "list"  # several texts, separated by `;`
    COUNT = "count"
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
    option: str | None = None  # the import option that fills the column where it is absent


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """How one vendor's export becomes rows of one dataset."""

    name: str
    dataset: Dataset
    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        """Refuse a declaration that could not fill its dataset."""
        fields = [column.field for column in self.columns]
        known = set(self.dataset.schema.column_names())
        if set(fields) - known or set(self.required) - set(fields):
            msg = f"source {self.name}: columns {fields} do not fill {self.dataset.name}"
            raise DefinitionError(msg)

    @property
    def required(self) -> tuple[str, ...]:
        """The fields every row must fill, and so every export must bring."""
        return _required(self.dataset)

    def column(self, header: str) -> Column | None:
        """Return the column a header means, whatever its case, spacing and language."""
        wanted = plain(header)
        named = (c for c in self.columns if wanted in map(plain, (c.header, *c.aliases)))
        return next(named, None)


@cache
def _required(dataset: Dataset) -> tuple[str, ...]:
    columns = dataset.schema.columns()
    return tuple(name for name, column in columns.items() if not column.nullable)


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
