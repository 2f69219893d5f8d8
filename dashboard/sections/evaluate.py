"""Evaluate: one section, one choice of filters, one viewer's scope → a `View`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.access import EVERYONE as EVERYONE_SEES
from dashboard.access import Scope
from dashboard.data.lines import between
from dashboard.data.products import PRODUCTS
from dashboard.data.weeks import WEEK, last_weeks
from dashboard.metrics.metric import Metric, measure_weekly, measured
from dashboard.metrics.segments import EVERYONE
from dashboard.sections.evaluate_facts import evaluate_facts
from dashboard.sections.portfolio import HISTORY_WEEKS
from dashboard.sections.section import Section, View, empty_view

if TYPE_CHECKING:
    from datetime import date

    from dashboard.data.filters import Filters
    from dashboard.sections.portfolio import Portfolio

USAGE_WEEKS = 13  # complete weeks that stand for "the last 3 months" (G-12)

LINE = ("product", "subscription_id")


def evaluate(
    section: Section, portfolio: Portfolio, filters: Filters, scope: Scope = EVERYONE_SEES
) -> View:
    """Compute every value of `section`.

    Peers and quartiles come from the whole region whatever the scope (G-3); everything shown
    comes from the rows the scope allows.
    """
    if section.dataset is not None:
        return evaluate_facts(section, section.dataset, portfolio, filters, scope)
    newest = portfolio.last_complete_week(filters.as_of)
    if newest is None or filters.as_of is None:
        return empty_view(section, filters, portfolio.store.release.id)
    rows = _chosen(portfolio.snapshots(filters.region, filters.as_of), section, filters, scope)
    metrics = [n for m in section.kpis for n in (m, m.also) if n]
    kpis = measure_weekly(_among(rows, section), metrics, last_weeks(newest, HISTORY_WEEKS))
    now = _among(rows, section).filter(pl.col("week_ending") == newest)
    return View(
        section=section,
        filters=filters,
        release=portfolio.store.release.id,
        week_ending=newest,
        kpis={m.name: measured(kpis, m) for m in metrics},
        history=_history(kpis, section),
        trend=_trend(section, portfolio, filters, scope, newest),
        table=_table(section, now, portfolio, filters, newest),
    )


def _chosen(rows: pl.DataFrame, section: Section, filters: Filters, scope: Scope) -> pl.DataFrame:
    """Keep the toggle's product, unless the section ignores it, and the viewer's customers."""
    if section.by_product:
        rows = rows.filter(pl.col("product") == PRODUCTS[filters.product])
    if scope.customers is not None:
        rows = rows.filter(pl.col("customer_id").is_in(list(scope.customers)))
    return rows


def _among(rows: pl.DataFrame, section: Section) -> pl.DataFrame:
    if section.segment is EVERYONE:
        return rows
    return rows.filter(pl.col(section.segment.name))


def _history(kpis: pl.DataFrame, section: Section) -> pl.DataFrame:
    return kpis.select("week_ending", *(m.name for m in section.kpis))


def _trend(
    section: Section, portfolio: Portfolio, filters: Filters, scope: Scope, newest: date
) -> pl.DataFrame:
    if not section.trend or filters.as_of is None:
        return pl.DataFrame(schema={"week_ending": pl.Date})
    rows = portfolio.trend(filters.region, filters.as_of, filters.weeks)
    rows = _chosen(rows, section, filters, scope)
    weekly = measure_weekly(rows, section.trend, last_weeks(newest, filters.weeks))
    return weekly.select("week_ending", *(m.name for m in section.trend))


def _table(
    section: Section, now: pl.DataFrame, portfolio: Portfolio, filters: Filters, newest: date
) -> pl.DataFrame:
    columns = (*section.table, *section.details)
    if not columns:
        return pl.DataFrame()
    reads = {name for c in columns for name in c.expr.meta.root_names()}
    lines = portfolio.lines(filters.region)
    if reads & {"assigned_week_ago", "used_week_ago"}:
        now = now.join(_week_ago(lines, newest), on=LINE, how="left", maintain_order="left")
    if reads & {"largest_used", "weekly_used"}:
        now = now.join(_quarter(lines, now, newest), on=LINE, how="left", maintain_order="left")
    row_id = pl.concat_str("customer_id", "subscription_id", separator="|")
    ties = ("customer", "customer_id", "subscription_id")
    ordered = now.sort(*section.order, *ties) if section.order else now.sort(*ties)
    return ordered.select(row_id.alias("row_id"), **{c.name: c.expr for c in columns})


def _week_ago(lines: pl.DataFrame, newest: date) -> pl.DataFrame:
    """Return what each line had in the calendar week before, where it has a row there."""
    before = between(lines, newest - WEEK, newest - WEEK)
    return before.select(*LINE, assigned_week_ago="assigned", used_week_ago="used")


def _quarter(lines: pl.DataFrame, now: pl.DataFrame, newest: date) -> pl.DataFrame:
    """Return each current line's weekly use over the last 13 complete weeks, gaps as nulls."""
    weeks = last_weeks(newest, USAGE_WEEKS)
    used = [
        pl.col("used").filter(pl.col("week_ending") == week).first().alias(week.isoformat())
        for week in weeks
    ]
    return (
        between(lines, weeks[0], weeks[-1])
        .join(now.select(LINE), on=LINE, how="semi")
        .group_by(LINE)
        .agg(pl.col("used").max().alias("largest_used"), *used)
        .select(*LINE, "largest_used", weekly_used=pl.concat_list(w.isoformat() for w in weeks))
    )


def metrics_of(section: Section) -> tuple[Metric, ...]:
    """Return every metric a section shows, those of definition cards included."""
    return tuple(n for m in (*section.kpis, *section.trend) for n in (m, m.also) if n)
