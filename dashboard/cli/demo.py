"""`partnerlens demo`: an invented portfolio, through the same door as a real one, served."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from dashboard import settings as knobs
from dashboard.cli.demo_users import prepare_users
from dashboard.cli.serve import run_server, serving_options
from dashboard.data.demo import write_calls, write_inventories, write_logs, write_portfolio
from dashboard.data.facts import RollUp
from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions
from dashboard.data.quality import QualityRule
from dashboard.data.reader import READER, Limits
from dashboard.data.store import current_release_id

HOME = Path("var/demo")  # one folder per size, so that sizes do not mix
CUSTOMERS_PER_ACCOUNT = 10


@click.command
@click.option(
    "--customers",
    type=click.IntRange(1, 50_000),
    default=400,
    show_default=True,
    help="How many customers to invent.",
)
@click.option(
    "--legs",
    type=click.IntRange(0, 100_000_000),
    default=300_000,
    show_default=True,
    help="About how many call legs to invent, over ten weeks.",
)
@click.option(
    "--logs",
    type=click.IntRange(0, 20_000_000),
    default=60_000,
    show_default=True,
    help="About how many rows of 8x8 logs to invent, over ten weeks.",
)
@click.option(
    "--numbers",
    type=click.IntRange(0, 5_000_000),
    default=6_000,
    show_default=True,
    help="About how many phone numbers and extensions to invent, and half as many devices.",
)
@click.option("--data", help="Data directory; one per size under var/demo unless named.")
@click.option("--serve/--no-serve", "then_serve", default=True, help="Serve it when it is ready.")
@serving_options
def demo(*, data: str | None, then_serve: bool, **options: Any) -> None:
    """Invent a portfolio, its calls and logs, import and serve them; a second run reuses them."""
    size = {name: options.pop(name) for name in ("customers", "legs", "logs", "numbers")}
    home = HOME / "-".join(map(str, size.values()))
    data_dir = data or str(home / "data")
    if current_release_id(data_dir) is None:
        _prepare(size, home / "exports", data_dir)
    else:
        click.echo(f"Using the portfolio in {data_dir}.", err=True)
    its_own = _offer_users(data_dir, Path(data).parent if data and "://" not in data else home)
    if then_serve:
        os.environ.update(its_own)
        _say_how_to_send(data_dir)
        run_server(data_dir, **options)


def _offer_users(data_dir: str, folder: Path) -> dict[str, str]:
    """Keep the demo's users beside its data, apart from real ones; return where, as settings."""
    folder.mkdir(parents=True, exist_ok=True)
    state_url = f"sqlite:///{folder / 'demo-state.db'}"
    users = folder / "demo-users.json"
    prepare_users(data_dir, state_url, users, datetime.now(UTC))
    click.echo(f"Anybody who opens it may sign in as one of the users in {users}.", err=True)
    return {
        "PARTNERLENS_STATE_URL": state_url,
        "PARTNERLENS_DEMO_USERS": str(users),
        "PARTNERLENS_SCHEDULE_FOLDER": str(folder / "deliveries"),
    }


def _say_how_to_send(data_dir: str) -> None:
    """Name the command that drops what is scheduled into the demo's folder."""
    names = ("PARTNERLENS_STATE_URL", "PARTNERLENS_SCHEDULE_FOLDER")
    its_own = " ".join(f"{name}={os.environ[name]}" for name in names)
    command = f"PARTNERLENS_DATA_DIR={data_dir} {its_own} {sys.argv[0]} scheduler"
    click.echo(f"What is scheduled there is made by a process of its own:\n  {command}", err=True)


def _prepare(size: dict[str, int], exports: Path, data_dir: str) -> None:
    """Write the exports unless a finished set is there, and import them."""
    finished = exports / "finished.json"
    settings = knobs.load()
    if not finished.exists() or json.loads(finished.read_text()) != size:
        _invent(exports, **size)
    click.echo("Importing …", err=True)
    outcome = ingest(
        [str(path) for path in sorted(exports.iterdir()) if path != finished],
        data_dir,
        options=ImportOptions(),
        published=datetime.now(UTC),
        keep=settings.keep_releases,
        how=RollUp(rule=QualityRule.of(settings)),
        masks_inventories=settings.masks_inventories,
        limits=Limits.of(settings),
    )
    READER.stop()  # nobody imports while it is served
    finished.write_text(json.dumps(size))
    kept = sum(report.rows_kept for report in outcome.reports)
    aside = sum(report.rows_quarantined for report in outcome.reports)
    click.echo(
        f"{kept:,} rows imported; {aside} rows are broken on purpose and were set aside.", err=True
    )


def _invent(exports: Path, customers: int, legs: int, logs: int, numbers: int) -> None:
    """Write the exports of both vendors."""
    click.echo(
        f"Inventing {customers:,} customers, {legs:,} legs, {logs:,} log rows, "
        f"{numbers:,} phone numbers in {exports} …",
        err=True,
    )
    write_portfolio(exports, customers=customers)
    if legs:
        write_calls(exports, customers=customers, legs=legs)
    if logs:
        accounts = max(customers // CUSTOMERS_PER_ACCOUNT, 1)
        write_logs(exports / "eight_by_eight", accounts=accounts, rows=logs)
    if numbers:
        write_inventories(exports / "inventories", customers=customers, numbered=numbers)
