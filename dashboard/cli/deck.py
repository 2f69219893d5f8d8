"""`partnerlens deck`: the quarterly review of a customer or of all, as PowerPoint slides."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard import settings as knobs
from dashboard.access import EVERYONE, OPERATOR, Scope
from dashboard.data.filters import Filters, refuse_unknown
from dashboard.data.products import PRODUCTS
from dashboard.data.store import open_store
from dashboard.exports.deck.brief import Brief
from dashboard.exports.deck.template import dress
from dashboard.exports.deck.write import to_pptx
from dashboard.exports.receipt import Receipt
from dashboard.i18n import DEFAULT, LANGUAGES, Language
from dashboard.metrics.rules import Rules
from dashboard.sections.portfolio import Portfolio
from dashboard.sections.whose import customer_name, region_of
from dashboard.settings import definition_version
from dashboard.wording.subject import all_customers

if TYPE_CHECKING:
    from dashboard.settings import Settings

FILE = click.Path(path_type=Path)


@click.command
@click.option("--region", help="One region with data; the customer's own, or the first one.")
@click.option("--product", "toggle", default=next(iter(PRODUCTS)), show_default=True,
              help=f"One of: {', '.join(PRODUCTS)}.")  # fmt: skip
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]),
              help="The date to compute for; the data's own by default.")  # fmt: skip
@click.option("--customer", help="Organization ID: a deck about this customer alone.")
@click.option("--lang", type=click.Choice(list(LANGUAGES)), default=DEFAULT, show_default=True)
@click.option("--template", type=FILE, help="Your own .pptx, for its masters and layouts.")
@click.option("--logo", type=FILE, help="Your own PNG or JPEG.")
@click.option("--data", help="Data directory.")
@click.option("--output", "-o", type=FILE, required=True, help="The .pptx to write.")
def deck(  # noqa: PLR0913 - one parameter per option
    *,
    region: str | None,
    toggle: str,
    as_of: datetime | None,
    customer: str | None,
    lang: str,
    template: Path | None,
    logo: Path | None,
    data: str | None,
    output: Path,
) -> None:
    """Write the quarterly review: native charts and tables, everything editable."""
    settings = knobs.load()
    clothes = dress(template, logo)
    store = open_store(data or settings.data_dir)
    for sentence in store.refused:
        click.echo(sentence, err=True)
    portfolio = Portfolio(store=store, rules=Rules.of(settings, store.release.quality_rule))
    region = region or (region_of(portfolio, customer) if customer else portfolio.regions[0])
    refuse_unknown("region", region, portfolio.regions)
    day = as_of.date() if as_of else portfolio.as_of
    filters = Filters(region=region, product=toggle, as_of=day)
    brief = _brief(portfolio, filters, customer, Language(lang), settings)
    _save(output, to_pptx(brief, clothes))
    click.echo(f"Wrote {output}.", err=True)


def _brief(
    portfolio: Portfolio,
    filters: Filters,
    customer: str | None,
    language: Language,
    settings: Settings,
) -> Brief:
    if filters.as_of is None:
        msg = "The data hold no dates yet; import licenses first."
        raise click.ClickException(msg)
    subject, scope = all_customers(language), EVERYONE
    if customer is not None:
        subject = customer_name(portfolio, filters.region, customer)
        scope = Scope(customers=frozenset({customer}))
    now = datetime.now(UTC)
    made = Receipt(by=OPERATOR.email, at=now, definitions=definition_version(settings))
    return Brief(
        portfolio=portfolio,
        filters=filters,
        as_of=filters.as_of,
        scope=scope,
        subject=subject,
        language=language,
        receipt=made,
    )


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}."
        raise click.ClickException(msg) from error
