"""`partnerlens report`: a default report of the newest release, as a file or on the terminal."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard import settings as knobs
from dashboard.access import OPERATOR
from dashboard.data.store import open_store
from dashboard.exports.receipt import Receipt
from dashboard.reports.about import about
from dashboard.reports.files import MOST_IN_SHEET, counted, write_csv, write_xlsx
from dashboard.reports.order import (
    FORMATS,
    Order,
    period_of,
    region_of,
    regions_of,
    template_named,
)
from dashboard.reports.run import run
from dashboard.settings import definition_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.data.store import Store

DAY = click.DateTime(["%Y-%m-%d"])


@click.command
@click.argument("template", metavar="TEMPLATE")
@click.option("--region", help="A region with data; needed where there are several.")
@click.option("--from", "start", type=DAY, help="First day, of a report that has a period.")
@click.option("--to", "end", type=DAY, help="Last day; the last complete week unless named.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write; CSV goes to the terminal without it.",
)
@click.option("--data", help="Data directory.")
def report(  # noqa: PLR0913 - one parameter per option
    *,
    template: str,
    region: str | None,
    start: datetime | None,
    end: datetime | None,
    form: str,
    output: Path | None,
    data: str | None,
) -> None:
    """Make the report TEMPLATE: calling_usage_details, devices or phone_numbers."""
    if output is None and form != "csv":
        msg = "A workbook is no text: name a file with -o."
        raise click.UsageError(msg)
    settings = knobs.load()
    store = open_store(data or settings.data_dir)
    for sentence in store.refused:
        click.echo(sentence, err=True)
    found = template_named(template)
    order = Order(
        template=found,
        region=region_of(region, regions_of(found, store)),
        columns=found.default,
        period=period_of(found, store, start and start.date(), end and end.date()),
        form=form,
    )
    made = Receipt(
        by=OPERATOR.email, at=datetime.now(UTC), definitions=definition_version(settings)
    )
    told = about(order, store.release.id, made)
    rows = _write(order, store, output, told, whole=not settings.masks_inventories)
    for note in found.notes:
        click.echo(note, err=True)
    click.echo(f"{rows:,} rows{f' in {output}' if output else ''}.", err=True)


def _write(
    order: Order,
    store: Store,
    output: Path | None,
    told: Iterable[Sequence[str]],
    *,
    whole: bool,
) -> int:
    """Write the report where it is wanted, and return how many rows it has."""
    counts: list[int] = [0]
    most = MOST_IN_SHEET if order.form == "xlsx" else sys.maxsize
    rows = run(order, store, OPERATOR.scope, whole=whole and OPERATOR.whole_numbers)
    batches = counted(rows, most, lambda _, n: counts.append(n))
    if output is not None and order.form == "xlsx":
        write_xlsx(order, batches, output, told)
    elif output is not None:
        with output.open("wb") as file:
            write_csv(order, batches, file)
    else:
        write_csv(order, batches, sys.stdout.buffer)
    return counts[-1]
