"""Evaluate facts: the view of a section about calling, from the weekly facts of the rollup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.call_datasets import CALL_FACTS
from dashboard.data.features import FEATURES
from dashboard.data.filters import refuse_unknown
from dashboard.data.products import CALLING, PRODUCTS
from dashboard.data.weeks import last_weeks
from dashboard.metrics.metric import measure_by, measure_weekly, measured
from dashboard.sections.portfolio import HISTORY_WEEKS
from dashboard.sections.section import Section, View, empty_view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.datasets import Dataset
    from dashboard.data.filters import Filters
    from dashboard.sections.portfolio import Portfolio

    Facts = Callable[[Dataset], pl.DataFrame]

# Keys of which every value has a row, used or not: an unused feature is worth seeing (W-164).
COMPLETE = {"feature": tuple(FEATURES)}
WEEK_AGO = "_week_ago"


def evaluate_facts(
    section: Section, dataset: Dataset, portfolio: Portfolio, filters: Filters, scope: Scope
) -> View:
    """Compute every value of a section about `dataset`.

    The trend always has the last 8 complete weeks, gaps as rows of nulls; the table has the last
    of them, or the one that was chosen. Columns may read, beside the section's measures: each
    measure a week ago as NAME_week_ago, weekly_calls, all_calls (of every row), assigned (the
    customer's Webex Calling licenses now).
    """
    newest = portfolio.last_complete_week(filters.as_of, dataset)
    if newest is None:
        return empty_view(section, filters, portfolio.store.release.id)

    def until(week: date, endpoint: str | None = None) -> Facts:
        return lambda of: _narrowed(
            _seen(portfolio.facts(of, filters.region, week), scope), endpoint
        )

    facts, weeks = until(newest), last_weeks(newest, HISTORY_WEEKS)
    week, endpoint = _chosen(section, filters, weeks)
    kpis = measure_weekly(facts(dataset), section.kpis, weeks)
    return View(
        section=section,
        filters=filters,
        release=portfolio.store.release.id,
        week_ending=week,
        kpis={m.name: measured(kpis, m) for m in section.kpis},
        history=kpis.select("week_ending", *(m.name for m in section.kpis)),
        trend=_trend(section, dataset, facts, weeks),
        table=_table(
            section, dataset, until(week, endpoint), week, lambda: _licenses(portfolio, filters)
        ),
        absent=_absent(facts(dataset), weeks),
    )


def _chosen(section: Section, filters: Filters, weeks: Sequence[date]) -> tuple[date, str | None]:
    """Return the week and the type of endpoint of the table, as far as it is narrowed by them."""
    week = filters.week if "week" in section.narrowed_by else None
    refuse_unknown("week", week, (None, *weeks))
    return week or weeks[-1], filters.endpoint if "endpoint" in section.narrowed_by else None


def _narrowed(rows: pl.DataFrame, endpoint: str | None) -> pl.DataFrame:
    if endpoint is None or "endpoint_type" not in rows.columns:
        return rows
    return rows.filter(pl.col("endpoint_type") == endpoint)


def _seen(rows: pl.DataFrame, scope: Scope) -> pl.DataFrame:
    if scope.customers is None:
        return rows
    return rows.filter(pl.col("customer_id").is_in(list(scope.customers)))


def _trend(
    section: Section, dataset: Dataset, facts: Facts, weeks: Sequence[date]
) -> pl.DataFrame:
    """Measure week by week; a week is a gap only where the section's own dataset has no row."""
    if not section.trend:
        return pl.DataFrame(schema={"week_ending": pl.Date})
    rows = facts(section.trend[0].dataset or dataset)
    there = facts(dataset).select("week_ending").unique()
    if section.trend[0].dataset is not dataset:
        rows = pl.concat([rows, there], how="diagonal")
    weekly = measure_weekly(rows, section.trend, weeks)
    return weekly.select("week_ending", *(m.name for m in section.trend))


def _table(
    section: Section,
    dataset: Dataset,
    facts: Facts,
    week: date,
    licenses: Callable[[], pl.DataFrame],
) -> pl.DataFrame:
    columns = (*section.table, *section.details)
    if not columns:
        return pl.DataFrame()
    reads = {name for c in columns for name in c.expr.meta.root_names()}
    key = section.key
    weeks = last_weeks(week, HISTORY_WEEKS)
    rows = _measured(section, dataset, facts, week)
    if any(name.endswith(WEEK_AGO) for name in reads):
        before = _measured(section, dataset, facts, weeks[-2])
        before = before.select(key, pl.col(m.name for m in section.measures).name.suffix(WEEK_AGO))
        rows = rows.join(before, on=key, how="left")
    if "weekly_calls" in reads:
        rows = rows.join(_weekly_calls(facts(CALL_FACTS), weeks), on=key, how="left")
    if "assigned" in reads:
        rows = rows.join(licenses(), on=key, how="left")
    if "all_calls" in reads:
        calls = facts(CALL_FACTS).filter(pl.col("week_ending") == week)["calls"]
        rows = rows.with_columns(all_calls=pl.lit(calls.sum()))
    ties = ("customer", key) if "customer" in rows.columns else (key,)
    ordered = rows.sort(*section.order, *ties, nulls_last=True, maintain_order=True)
    return ordered.select(pl.col(key).alias("row_id"), **{c.name: c.expr for c in columns})


def _absent(rows: pl.DataFrame, weeks: Sequence[date]) -> tuple[str, ...]:
    """Name the customers that have rows in the week before and none now (W-153)."""
    before, now = (rows.filter(pl.col("week_ending") == week) for week in weeks[-2:])
    gone = before.join(now, on="customer_id", how="anti")
    return tuple(gone.select("customer_id", "customer").unique()["customer"].sort())


def _measured(section: Section, dataset: Dataset, facts: Facts, week: date) -> pl.DataFrame:
    """Return one row for each value of the key in a week, with the section's measures.

    A measure of another dataset is 0 where that has no row.
    """
    names = ("customer_id", "customer") if section.key == "customer_id" else (section.key,)
    present = facts(dataset).filter(pl.col("week_ending") == week)
    if section.key in COMPLETE:
        rows = pl.DataFrame({section.key: COMPLETE[section.key] if present.height else ()})
        rows = rows.cast(pl.String)
    else:
        rows = present.select(names).unique()
    for of in {m.dataset for m in section.measures if m.dataset is not None}:
        metrics = [m for m in section.measures if m.dataset == of]
        found = measure_by(facts(of).filter(pl.col("week_ending") == week), metrics, section.key)
        rows = rows.join(found, on=section.key, how="left")
        if of is not dataset:
            rows = rows.with_columns(pl.col(m.name for m in metrics).fill_null(0))
    return rows


def _weekly_calls(calls: pl.DataFrame, weeks: Sequence[date]) -> pl.DataFrame:
    """Return each customer's calls in each week, oldest first; nulls where it has no row."""
    per_week = [pl.col("calls").filter(pl.col("week_ending") == week) for week in weeks]
    found = [
        pl.when(made.len() > 0).then(made.sum()).alias(week.isoformat())
        for made, week in zip(per_week, weeks, strict=True)
    ]
    rows = calls.group_by("customer_id").agg(*found)
    return rows.select("customer_id", weekly_calls=pl.concat_list(w.isoformat() for w in weeks))


def _licenses(portfolio: Portfolio, filters: Filters) -> pl.DataFrame:
    """Return the Webex Calling licenses each customer has assigned now."""
    newest = portfolio.last_complete_week(filters.as_of)
    if newest is None or filters.as_of is None:
        return pl.DataFrame(schema={"customer_id": pl.String, "assigned": pl.Int64})
    lines = portfolio.snapshots(filters.region, filters.as_of)
    now = (pl.col("week_ending") == newest) & (pl.col("product") == PRODUCTS[CALLING])
    found = lines.filter(now).group_by("customer_id").agg(pl.col("assigned").sum())
    return found.with_columns(pl.col("customer_id").cast(pl.String))
