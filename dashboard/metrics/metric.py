"""What a metric is: one number the business agrees on, defined once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Self

import polars as pl

from dashboard.data.lines import COLUMNS
from dashboard.errors import DefinitionError
from dashboard.metrics.segments import EVERYONE, Segment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.data.datasets import Dataset


class Unit(StrEnum):
    """How a value reads to a person, in every place it is shown."""

    COUNT = "count"
    NUMBER = "number"
    PERCENT = "percent"
    DAYS = "days"
    MONTHS = "months"
    CHANGE = "change"
    POINTS = "points"  # a change of a share, which is a number of percentage points
    SECONDS = "seconds"
    YES_NO = "yes_no"
    TEXT = "text"


class Measured(NamedTuple):
    """A metric's value with the two sums behind it, and the number of lines they add up.

    `per` is null where nothing divides.
    """

    value: float | None
    sum: float
    per: float | None
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Metric:
    """An aggregate that means the same on a card, in a column, on an axis and on a slide.

    It reads the columns of `dataset`, or those of a line where there is none. `expr` must
    aggregate; with `per`, the metric is `expr ÷ per`: always a ratio of sums over the whole
    population, and null when `per` is 0. `sum_label` and `per_label` name the two sums in the
    definition card, where `also` is printed beside them. `rule` is the decision of SPEC §3 the
    number follows.
    """

    name: str
    label: str
    definition: str
    expr: pl.Expr
    dataset: Dataset | None = None
    per: pl.Expr | None = None
    sum_label: str = ""
    per_label: str = ""
    unit: Unit = Unit.COUNT
    higher_is_better: bool | None = None
    segment: Segment = EVERYONE
    rule: str | None = None
    also: Metric | None = None

    def __post_init__(self) -> None:
        """Refuse a metric that reads columns its rows do not have."""
        exprs = [self.expr] if self.per is None else [self.expr, self.per]
        roots = {name for expr in exprs for name in expr.meta.root_names()}
        known = COLUMNS if self.dataset is None else self.dataset.columns
        if missing := roots - set(known):
            row = "line" if self.dataset is None else f"row of {self.dataset.name}"
            msg = f"metric {self.name!r} reads {sorted(missing)}, which no {row} has"
            raise DefinitionError(msg)

    def among(
        self, segment: Segment, *, name: str, label: str, definition: str, better: bool | None
    ) -> Self:
        """Return this metric restricted to `segment`, under a name of its own."""
        return replace(
            self,
            name=name,
            label=label,
            definition=definition,
            segment=segment,
            higher_is_better=better,
            rule=segment.rule,
        )


def measure_weekly(
    rows: pl.DataFrame, metrics: Sequence[Metric], weeks: Sequence[date]
) -> pl.DataFrame:
    """Evaluate each metric once per week ending.

    Columns: week_ending, and for each metric NAME, NAME.sum, NAME.lines, for a ratio NAME.per.

    A week in which `rows` has nothing is a gap: a row of nulls, never zeros. In a week with
    rows, a count over an empty segment is 0 and a ratio over it is null.
    """
    present = rows.select(pl.col("week_ending").unique(), present=True)
    frame = pl.DataFrame({"week_ending": weeks}, schema={"week_ending": pl.Date})
    frame = frame.join(present, on="week_ending", how="left", maintain_order="left")
    for segment in {m.segment.name: m.segment for m in metrics}.values():
        members = [m for m in metrics if m.segment is segment]
        chosen = rows if segment is EVERYONE else rows.filter(pl.col(segment.name))
        sums = chosen.group_by("week_ending").agg(e for m in members for e in _sums(m))
        frame = frame.join(sums, on="week_ending", how="left", maintain_order="left")
    return frame.with_columns(e for m in metrics for e in _filled(m)).select(
        "week_ending", *(column for m in metrics for column in (_value(m), *_parts(m)))
    )


def measure_by(rows: pl.DataFrame, metrics: Sequence[Metric], key: str) -> pl.DataFrame:
    """Evaluate each metric once per value of the column `key`: the key, then one column each."""
    sums = rows.group_by(key).agg(e for m in metrics for e in _sums(m))
    return sums.select(key, *map(_value, metrics))


def _sums(metric: Metric) -> list[pl.Expr]:
    sums = [metric.expr.alias(f"{metric.name}.sum"), pl.len().alias(f"{metric.name}.lines")]
    return sums if metric.per is None else [*sums, metric.per.alias(f"{metric.name}.per")]


def _filled(metric: Metric) -> list[pl.Expr]:
    return [pl.when("present").then(part.fill_null(0)).name.keep() for part in _parts(metric)]


def _parts(metric: Metric) -> list[pl.Expr]:
    kinds = ("sum", "lines") if metric.per is None else ("sum", "lines", "per")
    return [pl.col(f"{metric.name}.{kind}") for kind in kinds]


def _value(metric: Metric) -> pl.Expr:
    over, _, *per = _parts(metric)
    if not per:
        return over.alias(metric.name)
    return pl.when(per[0] != 0).then(over / per[0]).alias(metric.name)


def measured(frame: pl.DataFrame, metric: Metric) -> Measured:
    """Read a metric from the last row of `measure_weekly`; a week without rows counts as 0."""
    row = frame.row(-1, named=True) if frame.height else {}
    total, lines = (row.get(f"{metric.name}.{kind}") or 0 for kind in ("sum", "lines"))
    if metric.per is None:
        return Measured(total, total, None, lines)
    return Measured(row.get(metric.name), total, row.get(f"{metric.name}.per") or 0, lines)
