"""`partnerlens verify`: whether the numbers of an exported file are still those of the data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard import settings as knobs
from dashboard.cli.recompute import brief_of, release_of, text_of, view_of, viewer_of_claim
from dashboard.errors import SourceError
from dashboard.exports.claim import Claim
from dashboard.exports.proof.files import read_csv, read_xlsx
from dashboard.exports.proof.rows import (
    differences_of_csv,
    differences_of_text,
    differences_of_xlsx,
)
from dashboard.exports.proof.slides import differences_of_deck
from dashboard.exports.properties import claim_in
from dashboard.state.database import open_database

if TYPE_CHECKING:
    from dashboard.exports.proof.compare import Difference
    from dashboard.settings import Settings
    from dashboard.state.database import Database

DIFFERS = 1  # the exit code; a file that cannot be checked is refused like any other wish
LISTED = 20

Found = tuple["Claim", str, "list[Difference]"]


@click.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", help="Data directory.")
def verify(*, file: Path, data: str | None) -> None:
    """Compute the numbers of a CSV, XLSX or PPTX file anew from the release it names.

    Exits 0 when they match, 1 when some differ, 2 when they cannot be checked: the file has no
    receipt, its release is gone, or the definitions or the customers are not those of then.
    """
    check = CHECKS.get(file.suffix.lower())
    if check is None:
        msg = f"{file} cannot be checked: only CSV, XLSX and PPTX files carry a receipt."
        raise SourceError(msg)
    settings = knobs.load()
    database = open_database(settings.state_url)
    try:
        claim, what, found = check(file, data or settings.data_dir, settings, database)
    finally:
        database.engine.dispose()
    _report(file, claim, what, found)


def _csv(file: Path, data_dir: str, settings: Settings, database: Database) -> Found:
    read = read_csv(file)
    portfolio = release_of(read.claim, data_dir, settings)
    viewer = viewer_of_claim(read.claim, database)
    text = text_of(read.claim, portfolio, viewer, database)
    if text is None:
        found = differences_of_csv(read, view_of(read.claim, portfolio, viewer))
    else:
        found = differences_of_text(read, text)
    return read.claim, f"{len(read.rows):,} rows", found


def _xlsx(file: Path, data_dir: str, settings: Settings, database: Database) -> Found:
    read = read_xlsx(file)
    portfolio = release_of(read.claim, data_dir, settings)
    view = view_of(read.claim, portfolio, viewer_of_claim(read.claim, database))
    return read.claim, f"{len(read.rows):,} rows", differences_of_xlsx(read, view)


def _pptx(file: Path, data_dir: str, settings: Settings, database: Database) -> Found:
    claim = Claim.read(claim_in(file))
    portfolio = release_of(claim, data_dir, settings)
    brief = brief_of(claim, portfolio, viewer_of_claim(claim, database))
    count, found = differences_of_deck(file, brief)
    return claim, f"{count:,} slides", found


CHECKS = {".csv": _csv, ".xlsx": _xlsx, ".pptx": _pptx}


def _report(file: Path, claim: Claim, what: str, found: list[Difference]) -> None:
    """Say in one sentence how it is; what differs comes below, one place a line."""
    made = f"{claim.receipt.at:%Y-%m-%d %H:%M} UTC by {claim.receipt.by}"
    if not found:
        click.echo(
            f"{file} matches: the numbers of its {what} are those of release {claim.release}; "
            f"made {made}."
        )
        return
    places = "1 place" if len(found) == 1 else f"{len(found):,} places"
    click.echo(f"{file} differs from release {claim.release} in {places}; made {made}.")
    for difference in found[:LISTED]:
        click.echo(str(difference))
    if len(found) > LISTED:
        click.echo(f"And {len(found) - LISTED:,} more.")
    sys.exit(DIFFERS)
