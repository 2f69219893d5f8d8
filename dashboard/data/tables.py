"""Tables: one Delta table per dataset, written file by file so that every byte is known."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from deltalake import DeltaTable, Schema
from deltalake.exceptions import TableNotFoundError
from deltalake.transaction import AddAction

from dashboard.data.release import DataFile, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from dashboard.data.place import Place

FOLDER = "tables"
# Versions stay readable for as long as a release can name them: the log is never cleaned.
CONFIGURATION: dict[str, str | None] = {"delta.logRetentionDuration": "interval 3650 days"}
NO_REGION = "__HIVE_DEFAULT_PARTITION__"  # the folder every Delta reader takes for null
LONGEST_FOLDER = 200  # bytes of a region's folder name; the region itself is in the log


def restore(place: Place, name: str, named: Table) -> Table:
    """Make the version a release names the latest again, in case a crash left newer ones."""
    table = DeltaTable(place.uri(f"{FOLDER}/{name}"))
    if table.version() == named.version:
        return named
    table.restore(named.version)
    return Table(version=_settle(place, name, table), files=named.files)


def commit(place: Place, name: str, rows: pl.DataFrame, kept: Table | None) -> Table:
    """Write rows as the table's next version: after the `kept` files, or instead of all."""
    by = ["region"] if "region" in rows.columns else []
    table = _open_or_create(place, name, rows.schema, by)
    number = table.version() + 1
    written = [_write(place, name, part, key, number) for key, part in _parts(rows, by)]
    table.create_write_transaction(
        [action for _, action in written],
        mode="append" if kept else "overwrite",
        schema=Schema.from_arrow(rows.schema),
        partition_by=by or None,
    )
    files = (*(kept.files if kept else ()), *(file for file, _ in written))
    return Table(version=_settle(place, name, table), files=files)


def _open_or_create(place: Place, name: str, schema: pl.Schema, by: list[str]) -> DeltaTable:
    uri = place.uri(f"{FOLDER}/{name}")
    try:
        return DeltaTable(uri)
    except TableNotFoundError:
        return DeltaTable.create(
            uri,
            schema=Schema.from_arrow(schema),
            partition_by=by or None,
            configuration=CONFIGURATION,
        )


def _parts(
    rows: pl.DataFrame, by: list[str]
) -> Iterator[tuple[dict[str, str | None], pl.DataFrame]]:
    """Yield the partitions that hold rows."""
    if rows.is_empty():
        return
    if all(rows[name].n_unique() == 1 for name in by):
        yield rows.select(by).row(0, named=True) if by else {}, rows.drop(by)
        return
    groups = rows.partition_by(by, as_dict=True, include_key=False)
    for key, part in sorted(groups.items(), key=str):
        yield dict(zip(by, key, strict=True)), part


def _write(
    place: Place, name: str, rows: pl.DataFrame, partition: dict[str, str | None], number: int
) -> tuple[DataFile, AddAction]:
    """Write one data file; it is hashed before it leaves memory."""
    buffer = io.BytesIO()
    rows.write_parquet(buffer)
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    inside = f"{_folder(partition)}part-{number:06d}-{digest[:16]}.parquet"
    path = f"{FOLDER}/{name}/{inside}"
    place.write(path, content)
    action = AddAction(
        path=inside,
        size=len(content),
        partition_values=partition,
        modification_time=0,
        data_change=True,
        stats=json.dumps({"numRecords": rows.height}),
    )
    region = partition.get("region")
    return DataFile(path=path, region=region, rows=rows.height, sha256=digest), action


def _folder(partition: dict[str, str | None]) -> str:
    """Return the folder of a partition, as other Delta readers expect it."""
    values = (f"{k}={NO_REGION if v is None else quote(v, safe='')}" for k, v in partition.items())
    return "".join(f"{value[:LONGEST_FOLDER]}/" for value in values)


def _settle(place: Place, name: str, table: DeltaTable) -> int:
    """Flush the table's log, and return the version it now is at."""
    table.update_incremental()
    version = table.version()
    log = f"{FOLDER}/{name}/_delta_log"
    place.settle(log, [f"{v:020d}.json" for v in range(max(0, version - 1), version + 1)])
    return version
