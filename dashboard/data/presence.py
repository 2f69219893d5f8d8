"""Presence: which weeks the tables of events hold, and when the newest of their events was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.call_datasets import (
    CALL_LEGS,
    CALLING_USAGE,
    FACTS,
    IMPORTED,
    LEG_QUALITY,
    QUEUE_STATS,
)
from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.data.store import scan_files
from dashboard.data.weeks import week_ending

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from dashboard.data.place import Place
    from dashboard.data.release import Table

# The column that says when a row was, by dataset.
MOMENTS = {
    CALL_LEGS.name: "start_time",
    LEG_QUALITY.name: "start_time",
    QUEUE_STATS.name: "end_date",
    CALLING_USAGE.name: "end_date",
    USAGE_LOGS.name: "timestamp",
    **dict.fromkeys(FACTS, "week_ending"),
}


def weeks_present(place: Place, tables: Mapping[str, Table]) -> dict[str, tuple[date, ...]]:
    """Return the weeks each of these tables has rows of that belong to a region."""
    found: dict[str, tuple[date, ...]] = {}
    for name in MOMENTS.keys() & tables.keys():
        weeks = {file.week for file in tables[name].files if file.region is not None}
        if None in weeks:
            known = _moments(place, tables, name).filter(pl.col("region").is_not_null())
            weeks = set(known.select(week_ending(pl.col("at"))).unique().collect()["at"])
        found[name] = tuple(sorted(week for week in weeks if week))
    return dict(sorted(found.items()))


def newest_event(place: Place, tables: Mapping[str, Table], now: datetime) -> date | None:
    """Return the day of the newest event of any of these tables that is not in the future."""
    days = []
    for name in MOMENTS.keys() & tables.keys() - FACTS.keys():
        past = pl.col("at").filter(pl.col("at") <= now.replace(tzinfo=None))
        days.append(_moments(place, tables, name).select(past.max()).collect().item())
    newest: datetime | None = max(filter(None, days), default=None)
    return newest.date() if newest else None


def _moments(place: Place, tables: Mapping[str, Table], name: str) -> pl.LazyFrame:
    """Return region and moment of every row of a table."""
    moment = MOMENTS[name]
    schema = pl.Schema({moment: (IMPORTED | FACTS)[name].columns[moment]})
    rows = scan_files(place, list(tables[name].files), schema)
    return rows.select("region", at=pl.col(moment).cast(pl.Datetime("us")))
