"""`partnerlens verify`: whether the numbers of an exported file are still those of the data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard import settings as knobs
from dashboard.access import EVERYONE, OPERATOR, Scope
from dashboard.data.store import open_kept
from dashboard.errors import NotFoundError, PartnerlensError, SourceError
from dashboard.exports.claim import DECK, Claim
from dashboard.exports.deck.brief import Brief
from dashboard.exports.proof.files import read_csv, read_xlsx
from dashboard.exports.proof.rows import differences_of_csv, differences_of_xlsx
from dashboard.exports.proof.slides import differences_of_deck
from dashboard.exports.properties import claim_in
from dashboard.i18n import Language
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import evaluate
from dashboard.sections.portfolio import Portfolio
from dashboard.settings import definition_version
from dashboard.state.database import open_database
from dashboard.state.tags import all_tags, customers_with
from dashboard.state.users import find_user, viewer_of

if TYPE_CHECKING:
    from dashboard.exports.proof.compare import Difference
    from dashboard.settings import Settings

DIFFERS = 1  # the exit code; a file that cannot be checked is refused like any other wish
LISTED = 20
READERS = {".csv": read_csv, ".xlsx": read_xlsx}
COMPARED = {".csv": differences_of_csv, ".xlsx": differences_of_xlsx}


@click.command
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", help="Data directory.")
def verify(*, file: Path, data: str | None) -> None:
    """Compute the numbers of a CSV, XLSX or PPTX file anew from the release it names.

    Exits 0 when they match, 1 when some differ, 2 when they cannot be checked: the file has no
    receipt, its release is gone, or the definitions or the customers are not those of then.
    """
    ending = file.suffix.lower()
    if ending not in {*READERS, ".pptx"}:
        msg = f"{file} cannot be checked: only CSV, XLSX and PPTX files carry a receipt."
        raise SourceError(msg)
    settings = knobs.load()
    if ending == ".pptx":
        claim = Claim.read(claim_in(file))
        count, found = differences_of_deck(file, _brief(claim, data, settings))
        what = f"{count:,} slides"
    else:
        read = READERS[ending](file)
        claim = read.claim
        if claim.of not in SECTIONS:
            msg = f"{file} cannot be checked: there is no section {claim.of!r} any more."
            raise NotFoundError(msg)
        portfolio, scope = _portfolio(claim, data, settings), _scope(claim, settings)
        view = evaluate(SECTIONS[claim.of], portfolio, claim.filters, scope)
        found = COMPARED[ending](read, view)
        what = f"{len(read.rows):,} rows"
    _report(file, claim, what, found)


def _report(file: Path, claim: Claim, what: str, found: list[Difference]) -> None:
    made = f"{claim.receipt.at:%Y-%m-%d %H:%M} UTC by {claim.receipt.by}"
    if not found:
        click.echo(
            f"{file} matches: the numbers of its {what} are those of release {claim.release}; "
            f"made {made}."
        )
        return
    click.echo(
        f"{file} differs from release {claim.release} in {len(found):,} places; made {made}."
    )
    for difference in found[:LISTED]:
        click.echo(str(difference))
    if len(found) > LISTED:
        click.echo(f"And {len(found) - LISTED:,} more.")
    sys.exit(DIFFERS)


def _portfolio(claim: Claim, data: str | None, settings: Settings) -> Portfolio:
    """Open the release of a claim; what it said then can only be said by the same rules."""
    version = definition_version(settings)
    if claim.receipt.definitions != version:
        msg = (
            f"The file cannot be checked: it was made by definitions {claim.receipt.definitions}, "
            f"and these settings are definitions {version}."
        )
        raise PartnerlensError(msg)
    store = open_kept(data or settings.data_dir, claim.release)
    return Portfolio(store=store, rules=Rules.of(settings, store.release.quality_rule))


def _scope(claim: Claim, settings: Settings) -> Scope:
    """Return whose customers a file is about, if they are still the same."""
    scope = EVERYONE
    if claim.receipt.by != OPERATOR.email or claim.filters.tags:
        database = open_database(settings.state_url)
        with database.read() as session:
            if claim.receipt.by != OPERATOR.email:
                user = find_user(session, claim.receipt.by)
                viewer = viewer_of(session, user.id) if user else None
                scope = viewer.scope if viewer else Scope(customers=frozenset())
            if claim.filters.tags:
                known = {tag.name: tag.id for tag in all_tags(session)}
                own = [known[name] for name in claim.filters.tags if name in known]
                scope = scope.narrowed(customers_with(session, own))
        database.engine.dispose()
    if claim.customer:
        scope = scope.narrowed({claim.customer})
    if scope.fingerprint != claim.receipt.scope:
        msg = (
            f"The file cannot be checked: what {claim.receipt.by} may see, or who carries its "
            "tags, is not what it was when the file was made."
        )
        raise PartnerlensError(msg)
    return scope


def _brief(claim: Claim, data: str | None, settings: Settings) -> Brief:
    if claim.of != DECK or claim.filters.as_of is None:
        msg = "The file cannot be checked: its receipt is not one of a review."
        raise SourceError(msg)
    return Brief(
        portfolio=_portfolio(claim, data, settings),
        filters=claim.filters,
        as_of=claim.filters.as_of,
        scope=_scope(claim, settings),
        subject="",
        language=Language(claim.language),
        receipt=claim.receipt,
    )
