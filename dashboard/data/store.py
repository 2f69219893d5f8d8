"""The store: the read side of a data directory, pinned to one release."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data import release as releases
from dashboard.data.place import open_place

if TYPE_CHECKING:
    from datetime import date

    from dashboard.data.datasets import Dataset
    from dashboard.data.place import Place
    from dashboard.data.release import DataFile, Release


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One release, opened. It never changes: a new release is a new store."""

    place: Place
    release: Release
    refused: tuple[str, ...] = ()  # sentences for the banner: releases that were not sound
    pointer: str | None = None  # `current_release_id` at opening: differs once there is news

    def scan(
        self,
        dataset: Dataset,
        region: str | None = None,
        *,
        first: date | None = None,
        last: date | None = None,
    ) -> pl.LazyFrame:
        """Return the rows of a dataset with their `region`; without one, all, orphans too.

        Of a table that weeks partition, `first` and `last` choose the weeks that are read.

        It reads exactly the files whose hashes the release names, so that neither a newer
        commit nor a damaged log of the Delta table can change what is seen.
        """
        table = self.release.tables.get(dataset.name)
        files = [f for f in table.files if region in (None, f.region)] if table else []
        if first or last:
            files = [f for f in files if _within(f.week, first, last)]
        return scan_files(self.place, files, dataset.columns)


def open_store(data_dir: str, *, verify: bool = True) -> Store:
    """Open the newest sound release of a data directory; `verify` hashes its data files."""
    place = open_place(data_dir)
    pointer = current_release_id(data_dir)
    release, refused = releases.newest_sound(place, verify=verify)
    return Store(place=place, release=release, refused=refused, pointer=pointer)


def open_kept(data_dir: str, release_id: str, *, verify: bool = True) -> Store:
    """Open one kept release, newest or not; NotKeptError says why it cannot be."""
    place = open_place(data_dir)
    return Store(place=place, release=releases.kept(place, release_id, verify=verify))


def kept_release_ids(data_dir: str) -> list[str]:
    """Return the ids of the releases that can be opened, newest first: one listing."""
    try:
        return releases.kept_ids(open_place(data_dir))
    except OSError:
        return []


def current_release_id(data_dir: str) -> str | None:
    """Return the id of the published release: one small read, None if there is none."""
    try:
        return releases.pointed_at(open_place(data_dir))
    except (OSError, ValueError):
        return None


def _within(week: date | None, first: date | None, last: date | None) -> bool:
    """Tell whether a file may hold rows of the weeks from `first` to `last`."""
    return week is None or ((not first or week >= first) and (not last or week <= last))


def scan_files(place: Place, files: list[DataFile], schema: pl.Schema) -> pl.LazyFrame:
    """Scan data files of one table, with the region each of them belongs to.

    A column that came to the schema later is null in files written before.
    """
    parts = [pl.LazyFrame(schema={**schema, "region": pl.String})]
    ordered = sorted(files, key=lambda f: (f.region is None, f.region or "", f.path))
    for region, group in groupby(ordered, key=lambda f: f.region):
        paths = [place.uri(f.path) for f in group]
        rows = pl.scan_parquet(
            paths,
            schema=schema,
            hive_partitioning=False,
            glob=False,
            missing_columns="insert",
            extra_columns="ignore",
        )
        parts.append(rows.with_columns(region=pl.lit(region, dtype=pl.String)))
    return pl.concat(parts[1:] or parts)
