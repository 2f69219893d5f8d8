"""`partnerlens audit`: what was done, and the proof that the log of it is whole."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dashboard import settings as knobs
from dashboard.cli.state import reading
from dashboard.state.anchors import check_chain, read_anchors, take_anchor
from dashboard.state.audit_pages import Wanted, entries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.state.audit import Verdict
    from dashboard.state.models import AuditEntry


@click.group
def audit() -> None:
    """List the audit log, and prove it whole."""


@audit.command("verify")
def verify() -> None:
    """Follow the chain and compare the anchors. Exits 1 if anything was changed."""
    path = knobs.load().anchors
    with reading() as session:
        verdict = check_chain(session, path)
    if verdict.broken is not None:
        click.echo(broken(verdict), err=True)
        sys.exit(1)
    anchors = read_anchors(path)
    proof = f"the newest anchor is of entry {anchors[-1].number}" if anchors else "no anchor yet"
    click.echo(f"{verdict.entries:,} entries, every one as written; {proof}.")


def broken(verdict: Verdict) -> str:
    """Say where the chain is broken."""
    if verdict.until is None:
        return f"The audit log was changed: entry {verdict.broken} is not what was written."
    return (
        f"The audit log was changed: entries {verdict.broken} to {verdict.until} are missing or "
        "were written anew, as an anchor shows."
    )


@audit.command("anchor")
def anchor() -> None:
    """Write today's end of the chain to the file of anchors, and print it. Run it daily."""
    path = knobs.load().anchors
    with reading() as session:
        taken = take_anchor(session, path, datetime.now(UTC))
    if taken is None:
        click.echo("The audit log has no entry yet, so there is nothing to anchor.", err=True)
        return
    click.echo(taken)
    click.echo(f"Written to {path}; a copy on another machine proves more.", err=True)


@audit.command("list")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only entries from this day on.")
@click.option("--action", help="Only entries of one action, such as user.role.")
@click.option("--actor", help="Only entries of one e-mail address, or of terminal.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
)
def show(*, since: datetime | None, action: str | None, actor: str | None, form: str) -> None:
    """List entries, the newest first."""
    day = since.date() if since else None
    wanted = Wanted(action=action or "", actor=actor or "", since=day)
    with reading() as session:
        PRINTERS[form](entries(session, wanted))


def _print_json(found: Iterable[AuditEntry]) -> None:
    documents = [
        {
            "number": one.number,
            "at": one.at.isoformat(),
            "actor": one.actor,
            "action": one.action,
            "subject": one.subject,
            "detail": json.loads(one.detail),
            "hash": one.hash,
        }
        for one in found
    ]
    click.echo(json.dumps(documents, ensure_ascii=False, indent=1))


def _print_table(found: Iterable[AuditEntry]) -> None:
    table = Table(box=None, header_style="dim", pad_edge=False)
    for heading in ("No.", "At (UTC)", "Actor", "Action", "Subject", "Detail"):
        table.add_column(heading, justify="right" if heading == "No." else "left")
    for one in found:
        at = f"{one.at:%Y-%m-%d %H:%M:%S}"
        cells = (str(one.number), at, one.actor, one.action, one.subject, one.detail)
        table.add_row(*map(escape, cells))
    Console(soft_wrap=True, highlight=False).print(table)


PRINTERS = {"json": _print_json, "table": _print_table}
