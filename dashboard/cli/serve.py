"""`partnerlens serve`: the pages, by gunicorn with threads."""

from __future__ import annotations

import os
import socket
import sys
from typing import TYPE_CHECKING, Any

import click

from dashboard import settings as knobs
from dashboard.data.release import EmptyDataError
from dashboard.data.store import open_store
from dashboard.errors import PartnerlensError
from dashboard.state.keys import load_keys

if TYPE_CHECKING:
    from collections.abc import Callable

RECYCLE_AFTER = 2_000  # requests a worker answers before a fresh one takes over
RECYCLE_SPREAD = 400  # so that workers are not recycled together

OPTIONS = (
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option("--port", type=click.IntRange(1, 65_535), default=8050, show_default=True),
    click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True),
    click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True),
    click.option("--prefix", help="URL prefix behind a proxy, such as /partners/."),
)


def serving_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a server."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command
@click.option("--data", help="Data directory.")
@serving_options
def serve(data: str | None, **options: Any) -> None:
    """Serve the pages until stopped."""
    run_server(data, **options)


def run_server(
    data: str | None, *, host: str, port: int, workers: int, threads: int, prefix: str | None
) -> None:
    """Become gunicorn. Never preloads: a process forked after Polars ran would hang."""
    _refuse_taken_port(host, port)
    chosen = {
        "PARTNERLENS_DATA_DIR": data,
        "PARTNERLENS_PREFIX": prefix,
        # One Polars thread per core and worker: more answer slower under load.
        "POLARS_MAX_THREADS": str(max(1, (os.cpu_count() or 1) // workers)),
    }
    os.environ.update({name: value for name, value in chosen.items() if value})
    settings = knobs.load()
    load_keys(settings.secret_key, settings.secret_file, settings.state_url)
    _refuse_unsound_data(settings.data_dir)
    click.echo(f"Serving on http://{host}:{port}{prefix or '/'}  (Ctrl+C stops)", err=True)
    command = [sys.executable, "-m", "gunicorn", "dashboard.app:server()"]
    command += ["--worker-class", "gthread", "--bind", f"{host}:{port}", "--log-level", "warning"]
    command += ["--workers", str(workers), "--threads", str(threads), "--timeout", "60"]
    command += ["--max-requests", str(RECYCLE_AFTER), "--max-requests-jitter", str(RECYCLE_SPREAD)]
    os.execv(sys.executable, command)  # noqa: S606 - no shell, our own arguments


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            msg = (
                f"Port {port} on {host} cannot be used ({error.strerror}): choose another --port."
            )
            raise PartnerlensError(msg) from error


def _refuse_unsound_data(data_dir: str) -> None:
    """Go on without any data, since the pages say how to bring some, but not with damaged ones."""
    try:
        open_store(data_dir)
    except EmptyDataError as error:
        click.echo(str(error), err=True)
