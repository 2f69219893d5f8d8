"""The portfolio in the making: every table as it will be once the accepted rows are in."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data import merging, tables
from dashboard.data.datasets import DATASETS, LICENSES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.data.datasets import Dataset
    from dashboard.data.place import Place
    from dashboard.data.release import Table
    from dashboard.data.store import Store


@dataclass(kw_only=True)
class Portfolio:
    """Stored rows and incoming ones. Small tables are held whole, licenses are not."""

    store: Store | None
    after: dict[str, pl.DataFrame] = field(default_factory=dict)
    incoming: pl.DataFrame = field(default_factory=lambda: _empty(LICENSES))
    weeks: set[date] = field(default_factory=set)  # of license rows that have a region
    newest_week: date | None = None

    @cached_property
    def before(self) -> dict[str, pl.DataFrame]:
        """The small tables as stored."""
        small = (d for d in DATASETS.values() if d is not LICENSES)
        return {d.name: _in_order(d, self.scan(d).collect()) for d in small}

    def scan(self, dataset: Dataset) -> pl.LazyFrame:
        """Return the stored rows of a table."""
        return self.store.scan(dataset) if self.store else _empty(dataset).lazy()

    def add(self, dataset: Dataset, parts: Sequence[pl.DataFrame]) -> None:
        """Take in the rows of one dataset, file by file in the order of import."""
        if dataset is LICENSES:
            self.incoming = merging.latest(dataset, [self.incoming, *parts])
        else:
            self.after[dataset.name] = merging.latest(dataset, [self.before[dataset.name], *parts])

    def settle_regions(self) -> None:
        """Give every row of the small tables the region of its owner, now that all are known."""
        for dataset in (d for d in DATASETS.values() if d.name in self.after):
            regions = merging.regions_by_owner(self.after, dataset)
            rows = merging.with_region(self.after[dataset.name], dataset, regions)
            self.after[dataset.name] = _in_order(dataset, rows)

    def owners(self, dataset: Dataset) -> pl.DataFrame:
        """Return the owners a customer list names, and their region."""
        return merging.regions_by_owner(self.after, dataset)

    def commit(self, place: Place, current: dict[str, Table]) -> dict[str, Table]:
        """Write the tables that changed, and return the versions of all."""
        written = dict(current)
        for name, rows in self.after.items():
            if not rows.equals(self.before[name]):
                written[name] = tables.commit(place, name, rows, None)
        licenses = self._commit_licenses(place, current.get(LICENSES.name))
        return written | ({LICENSES.name: licenses} if licenses else {})

    def _commit_licenses(self, place: Place, current: Table | None) -> Table | None:
        """Append the incoming weeks, or write all anew where rows are replaced or move."""
        rows, kept = self.incoming, current
        seen, weeks = _weeks(self.scan(LICENSES)), _weeks(rows.lazy())
        if self._replaces(seen, weeks) or self._moves():
            rows, kept = merging.latest(LICENSES, [self.scan(LICENSES).collect(), rows]), None
            rows = merging.with_region(rows, LICENSES, self.owners(LICENSES))
            weeks = _weeks(rows.lazy())
        else:
            weeks = pl.concat([seen, weeks])
        self.newest_week = weeks["week_ending"].cast(pl.Date).max()  # type: ignore[assignment]
        self.weeks = set(weeks.filter("known")["week_ending"])
        if rows.is_empty():
            return current
        if not rows["week_ending"].is_sorted():
            rows = rows.sort("week_ending")
        return tables.commit(place, LICENSES.name, rows, kept)

    def _replaces(self, seen: pl.DataFrame, weeks: pl.DataFrame) -> bool:
        """Tell whether incoming license rows may replace stored ones."""
        return not weeks.join(seen, on="week_ending", how="semi").is_empty()

    def _moves(self) -> bool:
        """Tell whether stored license rows belong to another region now."""
        before = merging.regions_by_owner(self.before, LICENSES)
        moved = merging.moved(before, self.owners(LICENSES))
        stored = self.scan(LICENSES).join(moved.lazy(), on="customer_id", how="semi")
        return not (moved.is_empty() or stored.head(1).collect().is_empty())


def _weeks(rows: pl.LazyFrame) -> pl.DataFrame:
    """Return the weeks of license rows, and whether a region is known for any of theirs."""
    return rows.select("week_ending", known=pl.col("region").is_not_null()).unique().collect()


def _in_order(dataset: Dataset, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(*dataset.columns, "region").sort(dataset.key, nulls_last=True)


def _empty(dataset: Dataset) -> pl.DataFrame:
    return pl.DataFrame(schema={**dataset.columns, "region": pl.String})
