"""A section: some KPIs, a trend and a table, all about the same group of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.metrics.metric import Measured, Metric, Unit
from dashboard.metrics.segments import EVERYONE, Segment

if TYPE_CHECKING:
    from datetime import date

    from dashboard.data.filters import Filters

YES_NO: dict[object, bool] = {"Yes": True, "No": False}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One table column: its heading, its meaning, and how a line yields it.

    `expr` reads the columns of a line, of its peers, and those that
    `dashboard.sections.evaluate` adds about other weeks. `rule` names its decision of SPEC §3.
    """

    name: str
    label: str
    definition: str
    expr: pl.Expr
    unit: Unit = Unit.COUNT
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Section:
    """What to show, and about whom. Declared as data; `evaluate` gives it values.

    `by_product` is false where the Calling/Meetings toggle is ignored. `order` sorts the table;
    `details` are columns a row carries for its hover and for machines, not shown of themselves.
    """

    name: str
    title: str
    definition: str
    segment: Segment = EVERYONE
    by_product: bool = True
    kpis: tuple[Metric, ...] = ()
    trend: tuple[Metric, ...] = ()
    table_title: str = ""
    table: tuple[Column, ...] = ()
    details: tuple[Column, ...] = ()
    order: tuple[pl.Expr, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """The values of one section for one choice of filters: plain data, language-free.

    `history` has one row per week (gaps are
    rows of nulls), oldest first, and a column per KPI. `trend` likewise. `table` holds
    `row_id`, the declared columns and the details, in the section's order.
    """

    section: Section
    filters: Filters
    release: str
    week_ending: date | None
    kpis: dict[str, Measured]
    history: pl.DataFrame
    trend: pl.DataFrame
    table: pl.DataFrame

    def change(self, kpi: str) -> float | None:
        """Return a KPI's change against the calendar week before; null without data there."""
        values = self.history[kpi].to_list() if self.history.height > 1 else []
        if not values or values[-1] is None or values[-2] is None:
            return None
        return float(values[-1] - values[-2])

    def as_json(self) -> dict[str, object]:
        """Return the machine form of DATA §7: identifiers of SPEC §7, plain JSON values."""
        shown = [c.name for c in self.section.table] + [
            c.name for c in self.section.details if c.unit is Unit.YES_NO
        ]
        filters = self.filters
        return {
            "section": self.section.name,
            "region": filters.region,
            "product": filters.product,
            "as_of": filters.as_of and filters.as_of.isoformat(),
            "week_ending": self.week_ending and self.week_ending.isoformat(),
            "release": self.release,
            "kpis": {m.name: self.kpis[m.name].value for m in self.section.kpis},
            "trend": self.trend.with_columns(pl.col(pl.Date).dt.to_string()).to_dicts(),
            "table": [_plain(row) for row in self.table.select(shown).iter_rows(named=True)],
        }


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Turn Yes and No into true and false; a value unknown to us stays as the vendor wrote it."""
    renews = row.get("auto_renew")
    return row | {"auto_renew": YES_NO.get(renews, renews)} if "auto_renew" in row else row
