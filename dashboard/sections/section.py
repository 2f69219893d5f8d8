"""A section: some KPIs, a trend and a table, all about the same group of lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data.products import CALLING, PRODUCTS
from dashboard.metrics.metric import Measured, Metric, Unit, measured
from dashboard.metrics.segments import EVERYONE, Segment

if TYPE_CHECKING:
    from datetime import date

    from dashboard.data.datasets import Dataset
    from dashboard.data.filters import Filters

YES_NO: dict[object, bool] = {"Yes": True, "No": False}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One table column: its heading, its meaning, and how a line yields it.

    `expr` reads the columns of a line, of its peers, and those that
    `dashboard.sections.evaluate` adds about other weeks; in a section about facts, its measures
    and what `dashboard.sections.evaluate_facts` adds. `rule` names its decision of SPEC §3. For
    a rate of events, `counts` names the two columns it divides.
    """

    name: str
    label: str
    definition: str
    expr: pl.Expr
    unit: Unit = Unit.COUNT
    rule: str | None = None
    counts: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Section:
    """What to show, and about whom. Declared as data; `evaluate` gives it values.

    `by_product` is false where the Calling/Meetings toggle is ignored. `order` sorts the table;
    `details` are columns a row carries for its hover and for machines, not shown of themselves.

    A section about facts names their `dataset`: its newest week is the section's, and the table
    has one row for each value of `key` there, with its `measures`. Its chart `picks` one of the
    filters, its table is `narrowed_by` some.
    """

    name: str
    title: str
    definition: str
    segment: Segment = EVERYONE
    by_product: bool = True
    kpis: tuple[Metric, ...] = ()
    trend: tuple[Metric, ...] = ()
    chart_title: str = ""
    table_title: str = ""
    table: tuple[Column, ...] = ()
    details: tuple[Column, ...] = ()
    order: tuple[pl.Expr, ...] = ()
    dataset: Dataset | None = None
    key: str = ""
    measures: tuple[Metric, ...] = ()
    picks: str = ""
    narrowed_by: tuple[str, ...] = ()

    def products(self, chosen: str) -> tuple[str, ...]:
        """Return the products it is about when `chosen` is the toggle's."""
        if self.dataset is not None:
            return (CALLING,)
        return (chosen,) if self.by_product else tuple(PRODUCTS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class View:
    """The values of one section for one choice of filters: plain data, language-free.

    `history` has one row per week (gaps are
    rows of nulls), oldest first, and a column per KPI. `trend` likewise. `table` holds
    `row_id`, the declared columns and the details, in the section's order. `absent` names the
    customers that a table of facts leaves out although they were in it a week ago. `week_ending`
    is the week of the table; a week that was chosen moves neither trend nor KPIs.
    """

    section: Section
    filters: Filters
    release: str
    week_ending: date | None
    kpis: dict[str, Measured]
    history: pl.DataFrame
    trend: pl.DataFrame
    table: pl.DataFrame
    absent: tuple[str, ...] = ()

    @property
    def picked(self) -> Any:
        """Return what its own chart chose, null for nothing."""
        return getattr(self.filters, self.section.picks) if self.section.picks else None

    @property
    def narrowed(self) -> dict[str, Any]:
        """Return the filters that narrow its table, by name: only those that were chosen."""
        chosen = {name: getattr(self.filters, name) for name in self.section.narrowed_by}
        return {name: value for name, value in chosen.items() if value is not None}

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


def empty_view(section: Section, filters: Filters, release: str) -> View:
    """Return the view of a section without any data to look at."""
    nothing = pl.DataFrame()
    metrics = [n for m in section.kpis for n in (m, m.also) if n]
    return View(
        section=section,
        filters=filters,
        release=release,
        week_ending=None,
        kpis={m.name: measured(nothing, m) for m in metrics},
        history=nothing,
        trend=pl.DataFrame(
            schema={"week_ending": pl.Date} | {m.name: pl.Float64 for m in section.trend}
        ),
        table=pl.DataFrame(
            schema={"row_id": pl.String}
            | {c.name: pl.Null for c in (*section.table, *section.details)}
        ),
    )


def _plain(row: dict[str, object]) -> dict[str, object]:
    """Turn Yes and No into true and false; a value unknown to us stays as the vendor wrote it."""
    renews = row.get("auto_renew")
    return row | {"auto_renew": YES_NO.get(renews, renews)} if "auto_renew" in row else row
