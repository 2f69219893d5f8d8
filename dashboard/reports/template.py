"""What a report template is: its columns in their order, and where their rows come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.errors import DefinitionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.datasets import Dataset
    from dashboard.data.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days a report is about, both ends included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which rows of a release a report may hold: one region's, within what its owner may see."""

    store: Store
    region: str
    scope: Scope
    period: Period | None = None

    def of(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Leave only the customers in scope; whatever else is done to the rows comes after it."""
        allowed = self.scope.customers
        return (
            rows if allowed is None else rows.filter(pl.col("customer_id").is_in(sorted(allowed)))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a report; `personal` ones are masked for those who may not see them whole."""

    name: str
    heading: str
    definition: str
    personal: bool = False
    offered: bool = False  # only in templates of a user's own, not in the default


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Template:
    """A report as the vendor defines it.

    `rows` yields its rows in shares, each with every column by name, and `customer_id`.
    """

    name: str
    title: str
    definition: str
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Part], Iterable[pl.LazyFrame]]
    datasets: tuple[Dataset, ...]  # where its customers' data lie
    has_period: bool = False

    def __post_init__(self) -> None:
        """Refuse a column that comes twice."""
        names = [c.name for c in self.columns]
        if len(set(names)) < len(names):
            msg = f"report {self.name}: a column comes twice in {names}"
            raise DefinitionError(msg)

    @property
    def default(self) -> tuple[str, ...]:
        """The names of the columns a report has unless a user chose others."""
        return tuple(c.name for c in self.columns if not c.offered)

    def column(self, name: str) -> Column:
        """Return the column of a name there is."""
        return next(c for c in self.columns if c.name == name)

    @property
    def messages(self) -> tuple[str, ...]:
        """Return the words of this declaration that are translated."""
        columns = (text for c in self.columns for text in (c.heading, c.definition))
        return (self.title, self.definition, *self.notes, *columns)
