"""`partnerlens deck`: the quarterly review of a customer, a tag or all, as PowerPoint slides."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dashboard import settings as knobs
from dashboard.access import OPERATOR
from dashboard.cli.whose import open_portfolio, scope_of, tagged
from dashboard.data.filters import Filters, refuse_unknown
from dashboard.data.products import PRODUCTS
from dashboard.errors import NotFoundError
from dashboard.exports.deck.brief import Brief
from dashboard.exports.deck.template import dress
from dashboard.exports.deck.write import to_pptx
from dashboard.exports.receipt import Receipt
from dashboard.i18n import DEFAULT, LANGUAGES, Language
from dashboard.sections.whose import customer_name, region_of
from dashboard.settings import definition_version
from dashboard.wording.subject import all_customers

if TYPE_CHECKING:
    from dashboard.access import Scope
    from dashboard.sections.portfolio import Portfolio
    from dashboard.settings import Settings

FILE = click.Path(path_type=Path)


@click.command
@click.option("--region", help="One region with data; the customer's own, or the first one.")
@click.option("--product", "toggle", default=next(iter(PRODUCTS)), show_default=True,
              help=f"One of: {', '.join(PRODUCTS)}.")  # fmt: skip
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]),
              help="The date to compute for; the data's own by default.")  # fmt: skip
@click.option("--customer", help="Organization ID: a deck about this customer alone.")
@click.option("--tag", "tags", multiple=True,
              help="A tag: a deck about its customers; several take those of any.")  # fmt: skip
@click.option("--user", "email", help="Tell what this user may see; everything unless named.")
@click.option("--release", help="A kept release by its id, as links pin it; the newest if not.")
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
    tags: tuple[str, ...],
    email: str | None,
    release: str | None,
    lang: str,
    template: Path | None,
    logo: Path | None,
    data: str | None,
    output: Path,
) -> None:
    """Write the quarterly review: native charts and tables, everything editable."""
    settings = knobs.load()
    clothes = dress(template, logo)
    portfolio = open_portfolio(settings, data, release)
    names, scope = _scope(scope_of(email), tags, customer)
    region = region or _home(portfolio, scope, customer)
    refuse_unknown("region", region, portfolio.regions)
    day = as_of.date() if as_of else portfolio.as_of
    filters = Filters(region=region, product=toggle, as_of=day, tags=names)
    language = Language(lang)
    subject = ", ".join(names) or all_customers(language)
    if customer is not None:
        subject = customer_name(portfolio, region, customer)
    elif region not in portfolio.regions_of(scope):
        msg = f"None of these customers is in {region}; name another region or other customers."
        raise NotFoundError(msg)
    about = (subject, scope, email or OPERATOR.email)
    brief = _brief(portfolio, filters, about, language, settings)
    _save(output, to_pptx(brief, clothes))
    click.echo(f"Wrote {output}.", err=True)


def _scope(
    seen: Scope, tags: tuple[str, ...], customer: str | None
) -> tuple[tuple[str, ...], Scope]:
    """Return the tags by name, and the customers a deck is about: never more than are seen."""
    names: tuple[str, ...] = ()
    if tags:
        names, carrying = tagged(tags)
        seen = seen.narrowed(carrying)
    if customer is None:
        return names, seen
    if not seen.allows(customer):
        msg = f"There is no customer {customer!r} that this user sees and that carries the tags."
        raise NotFoundError(msg)
    return names, seen.narrowed({customer})


def _home(portfolio: Portfolio, scope: Scope, customer: str | None) -> str:
    """Return the region of a customer, or the first one that holds any of several."""
    found = portfolio.regions_of(scope)
    if found:
        return found[0]
    if customer is not None:
        return region_of(portfolio, customer)
    msg = "There is no customer to tell about: nobody carries the tag, or the user sees nobody."
    raise NotFoundError(msg)


def _brief(
    portfolio: Portfolio,
    filters: Filters,
    about: tuple[str, Scope, str],
    language: Language,
    settings: Settings,
) -> Brief:
    if filters.as_of is None:
        msg = "The data hold no dates yet; import licenses first."
        raise click.ClickException(msg)
    subject, scope, by = about
    now = datetime.now(UTC)
    made = Receipt(by=by, at=now, definitions=definition_version(settings))
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
