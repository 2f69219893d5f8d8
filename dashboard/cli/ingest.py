"""`partnerlens ingest`: import exports, and report on every file."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn
from rich.table import Table

from dashboard import settings as knobs
from dashboard.data.engines import POLARS
from dashboard.data.facts import RollUp
from dashboard.data.ingest import ingest as import_files
from dashboard.data.options import ImportOptions
from dashboard.data.quality import QualityRule
from dashboard.data.reader import Limits
from dashboard.errors import PartnerlensError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dashboard.data.ingest import Outcome
    from dashboard.data.ledger import FileReport

KEPT_ALL, SOME_QUARANTINED, SOME_REFUSED = range(3)  # exit codes


@click.command
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@click.option("--data", help="Data directory.")
@click.option("--customer", help="Organization ID, for files that name none.")
@click.option("--region", help="Region, for files that name none: US, CA, EU, UAE.")
@click.option("--from", "start", metavar="DATE", help="First day of the period a file covers.")
@click.option("--to", "end", metavar="DATE", help="Last day of the period a file covers.")
@click.option(
    "--engine",
    default=POLARS,
    show_default=True,
    metavar="ENGINE",
    help="Where facts are computed: polars, spark://host:port or local[*].",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def ingest(  # noqa: PLR0913 - one parameter per option of DATA §7
    *,
    paths: tuple[str, ...],
    data: str | None,
    customer: str | None,
    region: str | None,
    start: str | None,
    end: str | None,
    engine: str,
    as_json: bool,
) -> None:
    """Import files and folders: plain, .gz or zip.

    Exits 2 when a file was refused, 1 when rows were quarantined, else 0.
    """
    settings = knobs.load()
    options = _options(organization_id=customer, region=region, start=start, end=end)
    with _progress() as progress:
        outcome = import_files(
            paths,
            data or settings.data_dir,
            options=options,
            published=datetime.now(UTC),
            keep=settings.keep_releases,
            how=RollUp(engine=engine, rule=QualityRule.of(settings)),
            masks_inventories=settings.masks_inventories,
            limits=Limits.of(settings),
            progress=progress,
        )
    _print(outcome, as_json=as_json)
    sys.exit(_exit_code(outcome.reports))


def _options(**given: str | None) -> ImportOptions:
    try:
        return ImportOptions(**given)
    except ValueError as error:
        msg = f"An option is wrong: {error}."
        raise PartnerlensError(msg) from error


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Show on stderr which file is being read."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Opening")
        yield lambda file: bar.update(task, description=f"Reading {escape(file)}")


def _print(outcome: Outcome, *, as_json: bool) -> None:
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    for sentence in outcome.refused:
        errors.print(escape(sentence))
    reports = outcome.reports
    if as_json:
        click.echo(json.dumps([r.to_json() for r in reports], ensure_ascii=False, indent=1))
    else:
        _print_table(reports, outcome.release)
    for report in reports:
        for warning in report.warnings:
            errors.print(f"Warning: {escape(warning)}")
        if report.refused and not as_json:
            errors.print(f"Refused: {escape(report.refused)}")


def _print_table(reports: list[FileReport], release: str | None) -> None:
    table = Table(box=None, header_style="bold")
    for heading in ("File", "Export"):
        table.add_column(heading, overflow="fold")
    for heading in ("In", "Kept", "Quarantined", "Ignored", "Orphans"):
        table.add_column(heading, justify="right")
    table.add_column("Remarks", overflow="fold")
    for r in reports:
        counts = (r.rows_in, r.rows_kept, r.rows_quarantined, r.rows_ignored, r.orphans)
        cells = (r.file, r.export or "–", *(f"{count:,}" for count in counts), _remarks(r))
        table.add_row(*map(escape, cells))
    console = Console()
    if reports:
        console.print(table)
    state = f"Release {release} is published." if release else "Nothing is published yet."
    console.print(state if reports else f"No exports found. {state}", highlight=False)


def _remarks(report: FileReport) -> str:
    remarks = [f"{count:,} × {reason}" for reason, count in report.reasons.items()]
    if report.refused:
        remarks.append("refused")
    elif not report.rows_in:
        remarks.append("a blank export: 0 rows")
    if report.unchanged:
        remarks.append("imported before: nothing changed")
    if report.orphans:
        remarks.append("orphans are in no customer list yet")
    if report.dropped_values:
        remarks.append(f"{report.dropped_values:,} private values were not stored")
    if report.unknown_columns:
        remarks.append("unknown columns: " + ", ".join(report.unknown_columns))
    return "\n".join(remarks)


def _exit_code(reports: list[FileReport]) -> int:
    if any(report.refused for report in reports):
        return SOME_REFUSED
    return SOME_QUARANTINED if any(r.rows_quarantined for r in reports) else KEPT_ALL
