"""Copies: makes one recipient's file, with that recipient's scope and rights of this moment."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from dashboard.data.datasets import CUSTOMERS
from dashboard.errors import NotAllowedError, UnknownNameError
from dashboard.reports import TEMPLATES
from dashboard.reports.files import MOST_IN_SHEET, counted
from dashboard.reports.jobs import write_file
from dashboard.reports.order import Order, period_of, region_of, regions_of
from dashboard.reports.run import run
from dashboard.reports.template import Period
from dashboard.state.models import Report
from dashboard.state.report_names import file_name
from dashboard.state.report_templates import Choice
from dashboard.state.reports import DONE, SUFFIX
from dashboard.state.schedules import MONTHLY, VIEW

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from dashboard.access import Viewer
    from dashboard.data.store import Store
    from dashboard.reports.template import Template
    from dashboard.settings import Settings
    from dashboard.state.schedule_models import Schedule, Slot

DAY = timedelta(days=1)
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """A view as a file: its bytes, and what its report says of it."""

    content: bytes
    rows: int
    region: str


class Views(Protocol):
    """Whoever makes a workbook of a page with the filters of a URL (`dashboard.callbacks`)."""

    def __call__(self, schedule: Schedule, viewer: Viewer, now: datetime) -> Workbook:
        """Return it. Raises `NotAllowedError`, or `UnknownNameError` for a filter that is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A copy: the row of its report, and its file, not yet where reports lie."""

    report: Report
    content: bytes
    sha256: str
    customers: tuple[str, ...]

    def put_into(self, folder: Path) -> None:
        """Put the file where reports lie; its row is there already, or it would be swept away."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        inside, file = folder / f"{self.report.id}.customers", folder / self.file
        inside.write_text(json.dumps(self.customers))
        unfinished = file.with_suffix(".part")
        unfinished.write_bytes(self.content)
        unfinished.replace(file)

    @property
    def file(self) -> str:
        """Return the name under which reports lie."""
        return f"{self.report.id}.{self.report.form}"


class Copies:
    """Makes copies of the release that is current when each is made."""

    def __init__(
        self, settings: Settings, store: Callable[[], Store | None], views: Views
    ) -> None:
        """Remember what copies are made of."""
        self.folder = settings.reports_dir.absolute()
        self._settings, self._store, self._views = settings, store, views

    def make(self, schedule: Schedule, slot: Slot, viewer: Viewer, now: datetime) -> Made:
        """Make a copy for a viewer. Raises `NotAllowedError` for one who sees no customer."""
        store = self._store()
        if store is None or viewer.scope.customers == frozenset():
            msg = "There is no customer this recipient may see."
            raise NotAllowedError(msg)
        report = self._report(schedule, slot, viewer, now)
        if schedule.template == VIEW:
            made = self._views(schedule, viewer, now)
            content, report.rows, report.region = made.content, made.rows, made.region
        else:
            content = self._written(schedule, slot, viewer, store, report)
        report.bytes = len(content)
        customers = viewer.scope.customers
        if customers is None:
            customers = frozenset(store.scan(CUSTOMERS).collect()["customer_id"])
        return Made(
            report=report,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            customers=tuple(sorted(customers)),
        )

    def _report(self, schedule: Schedule, slot: Slot, viewer: Viewer, now: datetime) -> Report:
        return Report(
            id=uuid.uuid4().hex,
            user_id=viewer.user_id,
            custom_name=_custom_name(schedule),
            form=schedule.form,
            suffix=_suffix(slot, viewer.user_id),
            state=DONE,
            requested=now,
            finished=now,
            rows=0,
            whole=False,
            **(Choice.of(schedule).written() | {"region": schedule.region or ""}),
        )

    def _written(
        self, schedule: Schedule, slot: Slot, viewer: Viewer, store: Store, report: Report
    ) -> bytes:
        order = _order(schedule, slot, store)
        whole = viewer.whole_numbers and not self._settings.masks_inventories
        most = min(self._settings.report_rows, MOST_IN_SHEET if order.form == "xlsx" else 10**12)
        tally: list[int] = [0]
        rows = run(order, store, viewer.scope, whole=whole)
        batches = counted(rows, most, lambda _, n: tally.append(n))
        path = self._unfinished() / f"{report.id}.{order.form}"
        try:
            write_file(order, batches, path)
            content = path.read_bytes()
        finally:
            path.unlink(missing_ok=True)
        report.rows, report.region = tally[-1], order.region
        report.whole = whole and any(order.template.column(n).personal for n in order.columns)
        if order.period:
            report.period_start, report.period_end = order.period.start, order.period.end
        return content

    def _unfinished(self) -> Path:
        """Return a folder below that of reports, which a sweep of those leaves alone."""
        folder = self.folder / "scheduled"
        for one in (self.folder, folder):
            one.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder


def name_of(schedule: Schedule, slot: Slot, report: Report) -> str:
    """Name the file as W-178 does: by the day the slot was due, which no restart changes."""
    day = slot.due.astimezone(ZoneInfo(schedule.zone)).date()
    return file_name(schedule.name, report.suffix, day, report.form)


def mark_of(slot: Slot, user_id: str) -> str:
    """Name what one user gets of one slot, the same whoever makes it."""
    return f"{slot.schedule_id}.{slot.due:%Y%m%dT%H%M%SZ}.{user_id}"


def _custom_name(schedule: Schedule) -> str | None:
    """Return the name of a view or of a user's own template; a default one names itself."""
    template = TEMPLATES.get(schedule.template)
    return None if template and template.title == schedule.name else schedule.name


def _suffix(slot: Slot, user_id: str) -> str:
    """Return the letters and digits of a file's name, derived from slot and recipient."""
    number = int.from_bytes(hashlib.sha256(mark_of(slot, user_id).encode()).digest())
    letters = []
    for _ in range(SUFFIX):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def _order(schedule: Schedule, slot: Slot, store: Store) -> Order:
    choice = Choice.of(schedule)
    template = TEMPLATES.get(choice.template)
    if template is None:
        msg = f"There is no report {choice.template!r} any more."
        raise UnknownNameError(msg)
    return Order(
        template=template,
        region=region_of(choice.region, regions_of(template, store)),
        columns=choice.columns,
        filters=choice.filters,
        period=_period(template, schedule, slot, store),
        form=schedule.form,
    )


def _period(template: Template, schedule: Schedule, slot: Slot, store: Store) -> Period | None:
    """Return the month before the slot for a monthly report, else the last complete week."""
    if not template.has_period or schedule.every != MONTHLY:
        return period_of(template, store, None, None)
    today = slot.due.astimezone(ZoneInfo(schedule.zone)).date()
    end = today.replace(day=1) - DAY
    return Period(start=end.replace(day=1), end=end)
