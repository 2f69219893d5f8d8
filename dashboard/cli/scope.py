"""`partnerlens scope`: which customers a user sees, where the role says “assigned”."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dashboard import settings as knobs
from dashboard.cli.state import changing, reading
from dashboard.data.clientele import names_of
from dashboard.data.store import open_store
from dashboard.errors import NotFoundError, PartnerlensError, ReleaseError
from dashboard.state.models import Role
from dashboard.state.users import assigned_to, find_user

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

OPTIONS = (
    click.argument("email"),
    click.argument("customers", nargs=-1, metavar="[CUSTOMER_ID]…"),
    click.option(
        "--from",
        "source",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A file with one customer id per line.",
    ),
    click.option("--data", help="Data directory, to tell which ids are unknown."),
)


@click.group
def scope() -> None:
    """Assign customers to users."""


def changes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the arguments of a change."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@scope.command("show")
@click.argument("email")
@click.option("--data", help="Data directory, for the customers' names.")
def show(*, email: str, data: str | None) -> None:
    """List the customers that a user sees."""
    with reading() as session:
        user = find_user(session, email)
        if user is None:
            msg = f"There is no user {email}: `partnerlens user list` shows all."
            raise NotFoundError(msg)
        role, ids = session.get(Role, user.role), assigned_to(session, user.id)
    sees = role.sees if role else "nothing"
    if sees == "all":
        click.echo(f"The role {user.role} sees every customer.", err=True)
    elif sees != "assigned":
        click.echo(f"The role {user.role} sees no customer, whatever is assigned.", err=True)
    elif not ids:
        click.echo(f"{user.email} sees no customer: none is assigned.", err=True)
    names = _names(data) or {}
    for one in sorted(ids, key=lambda i: (names.get(i, ""), i)):
        click.echo(f"{one}\t{names.get(one, '')}".rstrip("\t"))


@scope.command("add")
@changes
def add(*, email: str, customers: tuple[str, ...], source: Path | None, data: str | None) -> None:
    """Assign customers to a user, in addition to those there are."""
    ids = _asked(customers, source)
    with changing() as work:
        user = work.named(email)
        new = work.assign(user, ids)
    click.echo(f"{new:,} of {len(ids):,} customers are new to {user.email}.")
    _report_unknown(ids, _names(data))


@scope.command("remove")
@changes
def remove(
    *, email: str, customers: tuple[str, ...], source: Path | None, data: str | None
) -> None:
    """Take customers away from a user."""
    ids = _asked(customers, source)
    with changing() as work:
        user = work.named(email)
        gone = work.unassign(user, ids)
    click.echo(f"{gone:,} of {len(ids):,} customers were taken from {user.email}.")
    if gone < len(ids):
        _report_unknown(ids, _names(data))


def _asked(customers: Collection[str], source: Path | None) -> list[str]:
    """Return the ids of the command and of the file, each once."""
    lines: list[str] = []
    if source is not None:
        try:
            lines = source.read_text("utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            msg = f"{source} cannot be read as UTF-8 text: write one customer id per line."
            raise PartnerlensError(msg) from error
    ids = list(dict.fromkeys(text for line in (*customers, *lines) if (text := line.strip())))
    if not ids:
        msg = "Name at least one customer id, or a file with --from."
        raise click.UsageError(msg)
    return ids


def _names(data: str | None) -> Mapping[str, str] | None:
    """Return the customers of the current release; None where there is no release."""
    try:
        return names_of(open_store(data or knobs.load().data_dir, verify=False))
    except ReleaseError:
        return None


def _report_unknown(ids: Collection[str], names: Mapping[str, str] | None) -> None:
    if names is None:
        click.echo("There is no release yet, so the ids were not checked.", err=True)
        return
    if unknown := [one for one in ids if one not in names]:
        listed = ", ".join(unknown)
        click.echo(f"The current release has no customer with the id {listed}.", err=True)
