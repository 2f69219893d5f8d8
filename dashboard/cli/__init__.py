"""The command line: commands are loaded when called, errors are one sentence."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NamedTuple, NoReturn

import click

from dashboard.errors import PartnerlensError

REFUSED, FAILED = 2, 3  # exit codes: what was asked cannot be; we have a bug


class Lazy(NamedTuple):
    """Where a command is, and its one line of help."""

    where: str
    help: str


COMMANDS = {
    "ingest": Lazy("dashboard.cli.ingest:ingest", "Import exports: files or folders."),
    "demo": Lazy("dashboard.cli.demo:demo", "Serve an invented portfolio, to look around."),
    "show": Lazy("dashboard.cli.show:show", "Print what a page shows, as table, JSON or CSV."),
    "deck": Lazy("dashboard.cli.deck:deck", "Write the quarterly review as PowerPoint slides."),
    "verify": Lazy("dashboard.cli.verify:verify", "Say whether a file's numbers still match."),
    "report": Lazy("dashboard.cli.report:report", "Make a report, as CSV or XLSX."),
    "serve": Lazy("dashboard.cli.serve:serve", "Serve the pages."),
    "scheduler": Lazy(
        "dashboard.cli.scheduler:scheduler", "Make and send what is scheduled, as a process."
    ),
    "schedule": Lazy("dashboard.cli.schedule:schedule", "List, add, pause and remove schedules."),
    "user": Lazy("dashboard.cli.user:user", "Add users, and change what each may do."),
    "scope": Lazy("dashboard.cli.scope:scope", "Assign customers to users."),
    "audit": Lazy("dashboard.cli.audit:audit", "List the audit log, and prove it whole."),
    "doctor": Lazy("dashboard.cli.doctor:doctor", "Say what is wrong, and what to do."),
}


class LazyGroup(click.Group):
    """A group whose help needs no command, and whose errors need no traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order one meets them."""
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002
        formatter: click.HelpFormatter,
    ) -> None:
        """List the commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, command.help) for name, command in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; whatever goes wrong is said in one sentence."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except PartnerlensError as error:
            _fail(str(error), REFUSED)
        except Exception as error:  # noqa: BLE001 - the last place to say it in words
            _fail(_unexpected(error), FAILED)
        except BaseException as error:
            if (
                type(error).__name__ != "PanicException"
            ):  # Polars and Delta panic outside Exception
                raise
            _fail(_unexpected(error), FAILED)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="partnerlens", message="%(prog)s %(version)s")
def main() -> None:
    """Partnerlens: subscription and calling analytics for telecom channel partners."""


def _unexpected(error: BaseException) -> str:
    where = type(error).__name__
    return (
        f"Something unexpected went wrong ({where}: {error}); "
        "set PARTNERLENS_DEBUG=1 to see where, and report it."
    )


def _fail(sentence: str, code: int) -> NoReturn:
    if os.environ.get("PARTNERLENS_DEBUG"):
        raise  # noqa: PLE0704 - only called while an error is handled
    click.echo(" ".join(sentence.split()), err=True)
    sys.exit(code)
