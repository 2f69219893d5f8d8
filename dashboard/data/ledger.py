"""The ledger: what was imported when, what became of it, and which rows were set aside."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import dataframely as dy

from dashboard.data.datasets import Dataset
from dashboard.errors import DefinitionError

if TYPE_CHECKING:
    from datetime import datetime

    import polars as pl


class Ledger(dy.Schema):
    """One row is one imported file."""

    entry = dy.Int64(nullable=False, description="Running number of the import.")
    file = dy.String(nullable=False, description="The file as it was named.")
    sha256 = dy.String(nullable=False, description="Hash of its unpacked bytes.")
    options = dy.String(nullable=False, description="Import options that applied, as JSON.")
    export = dy.String(nullable=False, description="Which export it was.")
    dataset = dy.String(nullable=False, description="Which dataset its rows belong to.")
    rows_in = dy.Int64(nullable=False, description="Records after the header.")
    rows_kept = dy.Int64(nullable=False, description="Rows fit to be counted.")
    rows_quarantined = dy.Int64(nullable=False, description="Rows set aside with a reason.")
    rows_ignored = dy.Int64(nullable=False, description="Blank, repeated header, total.")
    reasons = dy.String(nullable=False, description="Quarantined rows per reason, as JSON.")
    orphans = dy.Int64(nullable=False, description="Kept rows no customer list names, now.")
    dropped_values = dy.Int64(nullable=False, description="Values dropped before storing.")
    unknown_columns = dy.String(nullable=False, description="Columns kept out, as JSON.")
    warnings = dy.String(nullable=False, description="What looked unusual, as JSON.")
    imported = dy.Datetime(nullable=False, description="When it was imported, UTC.")


class Orphans(dy.Schema):
    """One row is one owner an imported file names, and no customer list does."""

    entry = dy.Int64(nullable=False, description="The import it came with.")
    dataset = dy.String(nullable=False, description="Which dataset the rows belong to.")
    owner = dy.String(nullable=False, description="Organization, or subscription of an order.")
    rows = dy.Int64(nullable=False, description="How many kept rows it owns.")


class Quarantine(dy.Schema):
    """One row is one record that broke a rule."""

    entry = dy.Int64(nullable=False, description="The import it came with.")
    file = dy.String(nullable=False, description="The file as it was named.")
    export = dy.String(nullable=False, description="Which export it was.")
    line = dy.Int64(nullable=False, description="Line of the file it starts on.")
    reason = dy.String(nullable=False, description="The first rule it broke.")
    raw = dy.String(nullable=False, description="The record as delivered, masked.")


LEDGER = Dataset(name="ledger", schema=Ledger, key=("entry",))
ORPHANS = Dataset(name="orphans", schema=Orphans, key=("entry", "owner"))
QUARANTINE = Dataset(name="quarantine", schema=Quarantine, key=("entry", "line"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one delivered file."""

    file: str
    export: str | None = None
    dataset: str | None = None
    rows_in: int = 0
    rows_kept: int = 0
    rows_quarantined: int = 0
    rows_ignored: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    refused: str | None = None
    unchanged: bool = False
    orphans: int = 0
    dropped_values: int = 0
    unknown_columns: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """No row may be lost: every one is kept, quarantined or ignored."""
        parts = self.rows_kept + self.rows_quarantined + self.rows_ignored
        if self.rows_in != parts or sum(self.reasons.values()) != self.rows_quarantined:
            msg = f"{self.file}: {self.rows_in} rows came in, but {parts} are accounted for"
            raise DefinitionError(msg)

    def to_json(self) -> dict[str, Any]:
        """Return the report in the shape scripts rely on."""
        return {name: value for name, value in asdict(self).items() if name != "warnings"}


_JSON = ("reasons", "unknown_columns", "warnings")


def to_row(
    report: FileReport,
    *,
    entry: int,
    sha256: str,
    options: str,
    imported: datetime,
) -> dict[str, Any]:
    """Return the ledger row of a report."""
    row = {k: v for k, v in asdict(report).items() if k not in ("refused", "unchanged")}
    row |= {name: json.dumps(row[name], ensure_ascii=False) for name in _JSON}
    stamp = imported.replace(tzinfo=None)
    return row | {"entry": entry, "sha256": sha256, "options": options, "imported": stamp}


def from_row(row: dict[str, Any], file: str) -> FileReport:
    """Return the report of the same content, delivered again as `file`: nothing changed."""
    names = set(FileReport.__slots__) - {"refused", "unchanged", "file", "warnings"}
    known = {name: row[name] for name in names}
    known |= {name: json.loads(row[name]) for name in _JSON if name != "warnings"}
    return FileReport(**known, file=file, unchanged=True)


def warnings_for(report: FileReport, earlier: pl.DataFrame) -> list[str]:
    """Say what looks unusual about an import, seen beside earlier ones of the same kind."""
    found = []
    if report.rows_quarantined > report.rows_kept:
        found.append(f"{report.file}: most rows were quarantined.")
    if not earlier.is_empty() and 2 * report.rows_kept < earlier["rows_kept"][-1]:
        before = earlier["rows_kept"][-1]
        found.append(f"{report.file}: far fewer rows than last time ({before}).")
    return found
