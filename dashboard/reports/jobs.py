"""Jobs: makes the reports that wait, one after the other, in a thread of the serving process.

Files lie under random ids in a directory of their own; the name a person sees is only in the
answer to a download. What the thread may see is read from its owner's rights at that moment.
"""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

import structlog

from dashboard.errors import NotAllowedError, PartnerlensError
from dashboard.exports.receipt import Receipt
from dashboard.reports import TEMPLATES
from dashboard.reports.about import about
from dashboard.reports.files import MOST_IN_SHEET, TooLongError, counted, write_csv, write_xlsx
from dashboard.reports.order import Order
from dashboard.reports.run import OWNER, run
from dashboard.reports.template import Period
from dashboard.settings import definition_version
from dashboard.state import reports
from dashboard.state.report_templates import Choice
from dashboard.state.reports import WhyFailed
from dashboard.state.users import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    import polars as pl

    from dashboard.access import Viewer
    from dashboard.data.store import Store
    from dashboard.settings import Settings
    from dashboard.state.database import Database
    from dashboard.state.models import Report

TELL_SECONDS = 0.5  # how often the row hears of progress
log = structlog.get_logger(__name__)


class GoneError(PartnerlensError):
    """The report was deleted, or taken for interrupted, while it was made."""


class Jobs:
    """The reports of one process; several may look for work in the same database."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        store: Callable[[], Store | None],
        clock: Callable[[], datetime],
    ) -> None:
        """Remember what reports are made of; start no thread yet."""
        self.folder = settings.reports_dir.absolute()
        self._settings, self._database, self._store, self._clock = settings, database, store, clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="reports")
        self._busy = Lock()

    def wake(self) -> None:
        """See that somebody looks for work; come back at once."""
        if self._busy.acquire(blocking=False):
            self._pool.submit(self._work)

    def wait(self) -> None:
        """Wait until this process has nothing to do, and stop; for tests and the end."""
        self._pool.shutdown(wait=True)

    def file(self, report: Report) -> Path:
        """Return where the file of a report is, or will be."""
        return self.folder / f"{report.id}.{report.form}"

    def may_read(self, report: Report, viewer: Viewer) -> bool:
        """Tell whether everything in a file is for this viewer, with the rights of now."""
        if report.whole and not self._sees_whole(viewer):
            return False
        if viewer.scope.customers is None:
            return True
        try:
            inside = json.loads(self._customers(report.id).read_text())
        except (OSError, ValueError):
            return False
        return all(map(viewer.scope.allows, inside))

    def _work(self) -> None:
        try:
            self._sweep()
            while (report := self._claimed()) is not None:
                self._make(report)
        except Exception:
            log.exception("reports.failed")
        finally:
            self._busy.release()

    def _claimed(self) -> Report | None:
        with self._database.begin() as session:
            return reports.claim(session, self._clock())

    def _sweep(self) -> None:
        """Delete the files whose reports are no more: those that are there before we ask."""
        self._open_folder()
        found = [path for path in self.folder.iterdir() if path.is_file()]
        kept = timedelta(days=self._settings.report_days)
        with self._database.begin() as session:
            known = reports.sweep(session, self._clock(), kept)
        for path in found:
            if path.name.split(".")[0] not in known:
                path.unlink(missing_ok=True)

    def _open_folder(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)

    def _make(self, report: Report) -> None:
        """Make one report; whatever goes wrong is written into its row."""
        why = None
        try:
            self._write(report)
        except GoneError:
            self._remove(report)
        except NotAllowedError:
            why = WhyFailed.RIGHTS
        except TooLongError:
            why = WhyFailed.LONG
        except Exception:
            log.exception("report.failed", report=report.id)
            why = WhyFailed.UNKNOWN
        if why is not None:
            self._remove(report)
            with self._database.begin() as session:
                reports.fail(session, report.id, why, self._clock())

    def _write(self, report: Report) -> None:
        viewer, store = self._owner(report), self._store()
        if store is None:
            msg = "there is no release to report on"
            raise NotAllowedError(msg)
        order, whole = order_of(report), self._sees_whole(viewer)
        tally = _Tally(self, report)
        most = min(self._settings.report_rows, MOST_IN_SHEET if order.form == "xlsx" else 10**12)
        batches = counted(run(order, store, viewer.scope, whole=whole), most, tally.count)
        unfinished = self.file(report).with_suffix(".part")
        made = Receipt(
            by=viewer.email, at=self._clock(), definitions=definition_version(self._settings)
        )
        write_file(order, batches, unfinished, about(order, store.release.id, made))
        self._customers(report.id).write_text(json.dumps(sorted(tally.customers)))
        size = unfinished.stat().st_size
        unfinished.replace(self.file(report))
        whole = whole and any(order.template.column(name).personal for name in order.columns)
        with self._database.begin() as session:
            if not reports.finish(
                session, report.id, rows=tally.rows, size=size, whole=whole, now=self._clock()
            ):
                raise GoneError(report.id)

    def _owner(self, report: Report) -> Viewer:
        """Return whose report it is, with the rights of this moment."""
        with self._database.read() as session:
            viewer = viewer_of(session, report.user_id)
        if viewer is None or viewer.scope.customers == frozenset():
            msg = "the owner of the report may not see any customer"
            raise NotAllowedError(msg)
        return viewer

    def _sees_whole(self, viewer: Viewer) -> bool:
        return viewer.whole_numbers and not self._settings.masks_inventories

    def _customers(self, report_id: str) -> Path:
        """Return where the ids of the customers in a report are kept, to check it again."""
        return self.folder / f"{report_id}.customers"

    def _remove(self, report: Report) -> None:
        for path in (self.file(report), self.file(report).with_suffix(".part")):
            path.unlink(missing_ok=True)
        self._customers(report.id).unlink(missing_ok=True)

    def advance(self, report: Report, rows: int) -> None:
        """Write progress into the row. Raises `GoneError` if nobody waits for it any more."""
        with self._database.begin() as session:
            if not reports.advance(session, report.id, rows, self._clock()):
                raise GoneError(report.id)


class _Tally:
    """How far a report is, and whose rows it holds."""

    def __init__(self, jobs: Jobs, report: Report) -> None:
        """Begin at nothing."""
        self._jobs, self._report = jobs, report
        self.customers: set[str] = set()
        self.rows, self._told = 0, float("-inf")

    def count(self, batch: pl.DataFrame, rows: int) -> None:
        """Take in a batch; the row hears of it every now and then."""
        self.customers.update(batch[OWNER].unique())
        self.rows = rows
        if time.monotonic() - self._told > TELL_SECONDS:
            self._told = time.monotonic()
            self._jobs.advance(self._report, rows)


def order_of(report: Report) -> Order:
    """Return what a stored report is of."""
    choice = Choice.of(report)
    start, end = report.period_start, report.period_end
    return Order(
        template=TEMPLATES[choice.template],
        region=report.region,
        columns=choice.columns,
        filters=choice.filters,
        period=Period(start=start, end=end) if start and end else None,
        form=report.form,
    )


def write_file(
    order: Order,
    batches: Iterable[pl.DataFrame],
    path: Path,
    told: Iterable[Sequence[str]] = (),
) -> None:
    """Write the batches in the form the order names; a workbook also what is `told` of them."""
    if order.form == "xlsx":
        write_xlsx(order, batches, path, told)
        return
    with path.open("wb") as file:
        write_csv(order, batches, file)
