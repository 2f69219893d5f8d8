"""`partnerlens scheduler`: the process that makes and sends what is scheduled."""

from __future__ import annotations

import signal
import socket
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click
import flask
import structlog

from dashboard import settings as knobs
from dashboard.app import keep_values_out_of_logs
from dashboard.callbacks import PANELS
from dashboard.callbacks.cache import open_cache
from dashboard.callbacks.scheduled_views import ScheduledViews
from dashboard.callbacks.services import Services
from dashboard.errors import PartnerlensError
from dashboard.pages import PAGES
from dashboard.schedules.copies import Copies
from dashboard.schedules.scheduler import Scheduler
from dashboard.state.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.data.store import Store
    from dashboard.settings import Settings

PAUSE = 20.0  # seconds between two looks at the clock
log = structlog.get_logger(__name__)


@click.command
@click.option("--once", is_flag=True, help="Do what is due by now and stop, as for cron.")
def scheduler(*, once: bool) -> None:
    """Make and send what is scheduled, until stopped; several beside each other do no harm."""
    keep_values_out_of_logs()
    settings = knobs.load()
    work = build(settings, lambda: datetime.now(UTC))
    if once:
        ran = work.tick()
        click.echo(f"{ran:,} slots were run.", err=True)
        return

    asked = signals()
    worker = threading.Thread(target=look_until_stopped, args=(work,))
    worker.start()
    log.info("scheduler.started", state=settings.state_url.partition(":")[0])
    log.info("scheduler.stopping", signal=signal.Signals(asked.recv(1)[0]).name)
    work.stop.set()
    worker.join()
    log.info("scheduler.stopped")


def signals() -> socket.socket:
    """Return where each signal that asks us to stop is to be read, as a byte with its number.

    A handler must not log or set an event: it interrupts whoever may hold the lock of either.
    """
    ours, theirs = socket.socketpair()
    theirs.settimeout(0)  # a signal never waits
    signal.set_wakeup_fd(theirs.detach())
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    return ours


def look_until_stopped(work: Scheduler) -> None:
    """Look at the clock again and again; what goes wrong once is no reason to end."""
    while not work.stop.is_set():
        try:
            work.tick()
        except PartnerlensError as error:  # such as a locked database: the next look tries again
            log.warning("scheduler.waits", reason=str(error))
        except Exception:
            log.exception("scheduler.failed")  # the process is there to be there next time
        work.stop.wait(PAUSE)


def build(settings: Settings, clock: Callable[[], datetime]) -> Scheduler:
    """Put together a scheduler over the state and the data of the settings."""
    database = open_database(settings.state_url)
    cache = open_cache(settings, flask.Flask("partnerlens"))
    services = Services(settings, PAGES, PANELS, cache, database)

    def store() -> Store | None:
        portfolio = services.portfolio()
        return portfolio.store if portfolio else None

    copies = Copies(settings, store, ScheduledViews(services))
    return Scheduler(settings, database, copies, clock)
