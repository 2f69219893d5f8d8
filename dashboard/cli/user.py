"""`partnerlens user`: who may sign in, with which role."""

from __future__ import annotations

import sys

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from dashboard.cli.state import changing, reading
from dashboard.errors import PartnerlensError
from dashboard.i18n import NOTHING
from dashboard.state.directory import listed


@click.group
def user() -> None:
    """Add users, and change what each may do."""


@user.command("add")
@click.argument("email")
@click.option("--role", required=True, help="What the user may see and do, such as admin.")
@click.option("--name", default="", help="The name shown beside the address.")
@click.option("--password-stdin", "from_stdin", is_flag=True, help="Read it from one line.")
@click.option("--no-password", "without", is_flag=True, help="The user signs in by OIDC only.")
def add(*, email: str, role: str, name: str, from_stdin: bool, without: bool) -> None:
    """Add a user, who sees nothing until a role or `partnerlens scope` says otherwise."""
    if from_stdin and without:
        msg = "Say either --password-stdin or --no-password."
        raise click.UsageError(msg)
    password = None if without else _password(from_stdin=from_stdin)
    with changing() as work:
        added = work.add(email=email, role=role, name=name, password=password)
    click.echo(f"{added.email} was added as {added.role}.")


@user.command("list")
def show() -> None:
    """List all users: role, active or not, assigned customers, last sign-in."""
    table = Table(box=None, header_style="dim", pad_edge=False)
    for heading in ("E-mail", "Name", "Role", "Active", "Customers", "Last sign-in (UTC)"):
        table.add_column(heading, justify="right" if heading == "Customers" else "left")
    with reading() as session:
        for one in listed(session):
            last = f"{one.last_sign_in:%Y-%m-%d %H:%M}" if one.last_sign_in else NOTHING
            active = "yes" if one.active else "no"
            cells = (one.email, one.name, one.role, active, f"{one.customers:,}", last)
            table.add_row(*map(escape, cells))
    Console(soft_wrap=True, highlight=False).print(table)


@user.command("role")
@click.argument("email")
@click.argument("role")
def change_role(*, email: str, role: str) -> None:
    """Give a user another role."""
    with changing() as work:
        one = work.named(email)
        changed = work.set_role(one, role)
    click.echo(f"{one.email} {'is now' if changed else 'was already'} {role}.")


@user.command("password")
@click.argument("email")
@click.option("--password-stdin", "from_stdin", is_flag=True, help="Read it from one line.")
def change_password(*, email: str, from_stdin: bool) -> None:
    """Set a new password, and end the user's sessions."""
    password = _password(from_stdin=from_stdin)
    with changing() as work:
        one = work.named(email)
        work.set_password(one, password)
    click.echo(f"{one.email} has a new password.")


@user.command("deactivate")
@click.argument("email")
def deactivate(*, email: str) -> None:
    """Let a user sign in no longer, and end the sessions there are."""
    _set_active(email, active=False)


@user.command("activate")
@click.argument("email")
def activate(*, email: str) -> None:
    """Let a user sign in again."""
    _set_active(email, active=True)


def _set_active(email: str, *, active: bool) -> None:
    with changing() as work:
        one = work.named(email)
        changed = work.set_active(one, active=active)
    state = "active" if active else "deactivated"
    click.echo(f"{one.email} {'is now' if changed else 'was already'} {state}.")


def _password(*, from_stdin: bool) -> str:
    """Read a password from one line, or ask for it twice where somebody can answer."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        msg = "Nobody is here to type a password: pipe it in and say --password-stdin."
        raise PartnerlensError(msg)
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed
