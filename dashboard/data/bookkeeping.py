"""Bookkeeping: an import's entries in ledger and quarantine, and the final reports."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.call_datasets import IMPORTED
from dashboard.data.ledger import LEDGER, QUARANTINE, to_row, warnings_for

if TYPE_CHECKING:
    from dashboard.data.batch import Batch
    from dashboard.data.intake import Accepted
    from dashboard.data.ledger import FileReport
    from dashboard.data.portfolio import Portfolio


def book(batch: Batch, portfolio: Portfolio) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the whole ledger and the newly quarantined rows; complete the batch's reports."""
    ledger = _recounted(batch.ledger, portfolio)
    quarantined = [pl.DataFrame(schema=QUARANTINE.columns)]
    for position, accepted in sorted(batch.accepted.items()):
        incoming, entry = accepted.incoming, ledger.height + 1
        owners = _unknown_owners(accepted, portfolio)
        report = _completed(accepted.report, incoming.options, owners, ledger)
        row = to_row(
            report,
            entry=entry,
            sha256=incoming.sha256,
            options=incoming.options,
            owners=owners,
            imported=batch.now,
        )
        ledger = pl.concat([ledger, pl.DataFrame([row], schema=LEDGER.columns)])
        about = {"entry": entry, "file": report.file, "export": report.export}
        rows = accepted.quarantined.with_columns(**{k: pl.lit(v) for k, v in about.items()})
        quarantined.append(rows.select(QUARANTINE.columns.names()).cast(QUARANTINE.columns))
        batch.reports[position] = report
    return ledger, pl.concat(quarantined)


def _completed(
    report: FileReport, options: str, owners: dict[str, int], ledger: pl.DataFrame
) -> FileReport:
    earlier = ledger.filter(export=report.export, options=options)
    warnings = warnings_for(report, earlier)
    return replace(report, orphans=sum(owners.values()), warnings=warnings)


def _unknown_owners(accepted: Accepted, portfolio: Portfolio) -> dict[str, int]:
    """Return the rows of a file per owner that no customer list names."""
    known = portfolio.owners(accepted.incoming.dataset)
    unknown = accepted.owners.join(known, on=known.columns[0], how="anti")
    return dict(unknown.sort(pl.all()).iter_rows())


def _recounted(ledger: pl.DataFrame, portfolio: Portfolio) -> pl.DataFrame:
    """Return the ledger with the orphans of earlier files as they are now."""
    rows = ledger.to_dicts()
    with_orphans = [row for row in rows if row["orphans"]]
    datasets = {IMPORTED[row["dataset"]] for row in with_orphans}
    known = {d.name: set(portfolio.owners(d).to_series(0)) for d in datasets}
    for row in with_orphans:
        owners = json.loads(row["owners"])
        left = {o: n for o, n in owners.items() if o not in known[row["dataset"]]}
        row |= {"orphans": sum(left.values()), "owners": json.dumps(left, ensure_ascii=False)}
    return pl.DataFrame(rows, schema=LEDGER.columns)
