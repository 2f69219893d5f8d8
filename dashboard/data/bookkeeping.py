"""Bookkeeping: an import's entries in ledger, orphans and quarantine, and the final reports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from dashboard.data.datasets import DATASETS
from dashboard.data.ledger import LEDGER, ORPHANS, QUARANTINE, to_row, warnings_for

if TYPE_CHECKING:
    from dashboard.data.batch import Batch
    from dashboard.data.intake import Accepted
    from dashboard.data.ledger import FileReport
    from dashboard.data.portfolio import Portfolio


class Books(NamedTuple):
    """All of the ledger and of the orphans as they are now, and the newly quarantined rows."""

    ledger: pl.DataFrame
    orphans: pl.DataFrame
    quarantined: pl.DataFrame


def book(batch: Batch, portfolio: Portfolio) -> Books:
    """Enter the accepted files, and complete their reports."""
    orphans = [_still_unknown(portfolio)]
    ledger = _recounted(batch.ledger, orphans[0])
    quarantined = [pl.DataFrame(schema=QUARANTINE.columns)]
    for position, accepted in sorted(batch.accepted.items()):
        incoming, entry = accepted.incoming, ledger.height + 1
        report = batch.reports[position] = _completed(accepted, ledger)
        row = to_row(
            report,
            entry=entry,
            sha256=incoming.sha256,
            options=incoming.options,
            imported=batch.now,
        )
        ledger = pl.concat([ledger, pl.DataFrame([row], schema=LEDGER.columns)])
        about = {"entry": entry, "file": report.file, "export": report.export}
        quarantined.append(_entered(accepted.quarantined, QUARANTINE.columns, about))
        about = {"entry": entry, "dataset": report.dataset}
        orphans.append(_entered(accepted.orphans, ORPHANS.columns, about))
    return Books(ledger, pl.concat(orphans), pl.concat(quarantined))


def _entered(rows: pl.DataFrame, columns: pl.Schema, about: dict[str, object]) -> pl.DataFrame:
    """Return rows with what is the same for all of them, in the columns of their table."""
    same = {name: pl.lit(value, columns[name]) for name, value in about.items()}
    return rows.with_columns(**same).select(columns.names()).cast(columns)


def _completed(accepted: Accepted, ledger: pl.DataFrame) -> FileReport:
    """Return the report with what only the ledger can tell."""
    report, options = accepted.report, accepted.incoming.options
    warnings = warnings_for(report, ledger.filter(export=report.export, options=options))
    return replace(report, warnings=warnings)


def _still_unknown(portfolio: Portfolio) -> pl.DataFrame:
    """Return the stored orphans whose owner no customer list names even now."""
    orphans = portfolio.scan(ORPHANS).drop("region").collect()
    left = [orphans.head(0)]
    for name in orphans["dataset"].unique().sort():
        named = portfolio.owners(DATASETS[name]).select(owner=pl.first())
        left.append(orphans.filter(dataset=name).join(named, on="owner", how="anti"))
    return pl.concat(left)


def _recounted(ledger: pl.DataFrame, orphans: pl.DataFrame) -> pl.DataFrame:
    """Return the ledger with the orphans of earlier files as they are now."""
    now = orphans.group_by("entry").agg(now=pl.col("rows").sum())
    counted = ledger.join(now, on="entry", how="left", maintain_order="left")
    return counted.with_columns(orphans=pl.col("now").fill_null(0)).drop("now")
