"""Partitions: which parts of a call table an import touches, and what these hold afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import narwhals as nw
import polars as pl

from dashboard.data import merging, tables
from dashboard.data.arrivals import ARRIVAL, deduplicate
from dashboard.data.call_datasets import CALL_LEGS
from dashboard.data.store import scan_files
from dashboard.data.weeks import week_ending

if TYPE_CHECKING:
    from datetime import date

    from dashboard.data.datasets import Dataset
    from dashboard.data.place import Place
    from dashboard.data.release import DataFile, Table

Partition: TypeAlias = "tuple[str | None, date | None]"  # region, week


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What arrives at one table: new rows, and customers whose stored rows change region."""

    dataset: Dataset
    rows: pl.DataFrame  # one per key, with their region
    regions: pl.DataFrame  # the region of every customer from now on
    moved: pl.DataFrame  # customers of another region than before

    def merge(self, place: Place, stored: Table | None) -> Table | None:
        """Write the partitions that change anew; None if nothing does."""
        name, files = self.dataset.name, stored.files if stored else ()
        touched = self._touched(_scan(place, files, self.dataset))
        gone = [file for file in files if (file.region, file.week) in touched]
        before = _scan(place, gone, self.dataset).collect()
        after = self.placed(newest(self.dataset, [before, self.rows]))
        if _same(before, after, self.dataset):
            return None
        by = [tables.REGION]
        if self.dataset.weekly:
            by.append(tables.WEEK)
            after = after.with_columns(_week(self.dataset).alias(tables.WEEK))
        kept = tuple(file for file in files if file not in gone)
        if stored is None or not kept:
            return tables.commit(place, name, after, None, by=by)
        left = replace(stored, files=kept)
        return tables.commit(place, name, after, left, by=by, gone=gone)

    def away(self, stored: pl.LazyFrame) -> pl.LazyFrame:
        """Return the stored rows that change region."""
        return stored.join(self.moved.lazy(), on="customer_id", how="semi")

    def placed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Return rows with the region of their customer, in the order of their key."""
        columns, key = self.dataset.columns, self.dataset.key
        found = merging.with_region(rows, self.dataset, self.regions)
        return found.select(*columns, tables.REGION).sort(key, nulls_last=True)

    def _touched(self, stored: pl.LazyFrame) -> set[Partition]:
        """Return the partitions that lose rows, get new ones, or hold an older version of one."""
        key = list(self.dataset.key)
        again = stored.join(self.rows.lazy().select(key), on=key, how="semi", nulls_equal=True)
        away = self.away(stored)
        arrived = away.drop(tables.REGION).join(self.regions.lazy(), on="customer_id", how="left")
        where = pl.struct(tables.REGION, _week(self.dataset).alias(tables.WEEK))
        parts = (self.rows.lazy(), again, away, arrived)
        found = pl.collect_all([part.select(at=where).unique() for part in parts])
        return {tuple(at.values()) for part in found for at in part["at"]}


def newest(dataset: Dataset, parts: list[pl.DataFrame]) -> pl.DataFrame:
    """Return one row per key: of call legs the newest report, of others the last row."""
    if dataset is not CALL_LEGS:
        return merging.latest(dataset, parts)
    legs = pl.concat(parts).with_row_index(ARRIVAL)
    kept = deduplicate(nw.from_native(legs.lazy())).to_native().collect()
    return kept.drop(ARRIVAL)


def _same(before: pl.DataFrame, after: pl.DataFrame, dataset: Dataset) -> bool:
    columns = after.columns
    return before.height == after.height and before.select(columns).sort(
        dataset.key, nulls_last=True
    ).equals(after)


def _week(dataset: Dataset) -> pl.Expr:
    """Return the week that partitions a row, null where only regions do."""
    return week_ending(pl.col(dataset.weekly)) if dataset.weekly else pl.lit(None, pl.Date)


def _scan(
    place: Place, files: list[DataFile] | tuple[DataFile, ...], dataset: Dataset
) -> pl.LazyFrame:
    return scan_files(place, list(files), dataset.columns)
