"""`partnerlens show`: what a page shows, at the terminal and for other programs."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from itertools import product
from typing import TYPE_CHECKING

import click
from rich.console import Console

from dashboard import settings as knobs
from dashboard.access import OPERATOR
from dashboard.cli.tables import print_view
from dashboard.cli.whose import open_portfolio, scope_of
from dashboard.data.filters import DEFAULT_WEEKS, Filters, refuse_unknown
from dashboard.data.products import PRODUCTS
from dashboard.exports.about import About
from dashboard.exports.csv import to_csv
from dashboard.exports.receipt import Receipt
from dashboard.exports.selection import EVERYTHING
from dashboard.i18n import DEFAULT, Language
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import evaluate
from dashboard.settings import definition_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dashboard.metrics.rules import Rules
    from dashboard.sections import View

DAY = click.DateTime(["%Y-%m-%d"])


@click.command
@click.argument("section", required=False, metavar="[SECTION]")
@click.option("--all", "everything", is_flag=True, help="Every section × region × product.")
@click.option("--region", help="One region with data; the first one unless named.")
@click.option("--product", "toggle", help=f"One of: {', '.join(PRODUCTS)}.")
@click.option("--as-of", type=DAY, help="The date to compute for; the data's own by default.")
@click.option("--user", "email", help="See what this user may see; everything unless named.")
@click.option("--release", help="A kept release by its id, as links pin it; the newest if not.")
@click.option("--weeks", type=int, default=DEFAULT_WEEKS, show_default=True, help="Trend length.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
)
@click.option("--data", help="Data directory.")
def show(  # noqa: PLR0913 - one parameter per option of DATA §7
    *,
    section: str | None,
    everything: bool,
    region: str | None,
    toggle: str | None,
    as_of: date | None,
    email: str | None,
    release: str | None,
    weeks: int,
    form: str,
    data: str | None,
) -> None:
    """Print what the page of SECTION shows, or with --all what every page shows."""
    if (section is None) is not everything:
        msg = f"Name one section ({', '.join(SECTIONS)}) or say --all."
        raise click.UsageError(msg)
    settings = knobs.load()
    portfolio = open_portfolio(settings, data, release)
    day = date(as_of.year, as_of.month, as_of.day) if as_of else portfolio.as_of
    scope = scope_of(email)
    offered = portfolio.regions_of(scope) or portfolio.regions
    regions = [region] if region else list(offered)
    choices = _choices(offered, regions, toggle, day, weeks, everything=everything)
    names = list(SECTIONS) if section is None else [section]
    refuse_unknown("section", names[0], SECTIONS)
    views = (
        evaluate(SECTIONS[n], portfolio, chosen, scope) for n, chosen in product(names, choices)
    )
    receipt = Receipt(
        by=email or OPERATOR.email,
        at=datetime.now(UTC),
        definitions=definition_version(settings),
    ).about(scope)
    if form == "csv":
        _print_csv(views, portfolio.rules, receipt, everything=everything)
        return
    PRINTERS[form](views, everything=everything)


def _choices(
    offered: Sequence[str],
    regions: list[str],
    toggle: str | None,
    as_of: date | None,
    weeks: int,
    *,
    everything: bool,
) -> list[Filters]:
    """Return the filters to print: all there are, or the first, unless the options narrow them."""
    products = [toggle] if toggle else list(PRODUCTS)
    if not everything:
        regions, products = regions[:1], products[:1]
    for code in regions:
        refuse_unknown("region", code, offered)
    return [
        Filters(region=r, product=p, as_of=as_of, weeks=weeks)
        for r, p in product(regions, products)
    ]


def _print_json(views: Iterator[View], *, everything: bool) -> None:
    found = [view.as_json() for view in views]
    click.echo(json.dumps(found if everything else found[0], ensure_ascii=False, indent=1))


def _print_csv(views: Iterator[View], rules: Rules, receipt: Receipt, *, everything: bool) -> None:
    if everything:
        msg = "CSV holds one table: name a section, or use --format json with --all."
        raise click.UsageError(msg)
    view = next(views)
    about = About(
        view=view, language=Language(DEFAULT), rules=rules, receipt=receipt, selection=EVERYTHING
    )
    click.echo(to_csv(view, about=about), nl=False)


def _print_tables(views: Iterator[View], *, everything: bool) -> None:  # noqa: ARG001
    console = Console()
    for view in views:
        print_view(view, console)


PRINTERS = {"json": _print_json, "table": _print_tables}
