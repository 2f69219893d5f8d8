"""The scheduler: plans what is due, runs it slot by slot, and sends each recipient one copy.

Several may run beside each other: a slot has one row, a copy has one row, and each step of either
is a transaction that only the holder of the slot's token can make.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import structlog

from dashboard.errors import NotAllowedError, UnknownNameError
from dashboard.exports.limits import TooLargeError
from dashboard.i18n import Language
from dashboard.reports.files import TooLongError
from dashboard.schedules import drop, mail
from dashboard.schedules.cadence import due_between, times_of
from dashboard.schedules.copies import mark_of, name_of
from dashboard.schedules.mail import LaterError, Letter, LostError, RefusedError
from dashboard.schedules.why import Why
from dashboard.state import schedules, sendings, slots
from dashboard.state.schedule_models import Schedule, Slot
from dashboard.state.schedules import FOLDER
from dashboard.state.users import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dashboard.access import Viewer
    from dashboard.schedules.copies import Copies, Made
    from dashboard.settings import Settings
    from dashboard.state.database import Database

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One slot that this process runs, for its schedule's owner."""

    slot: Slot
    schedule: Schedule
    owner: Viewer | None
    newest: bool


class Scheduler:
    """One process that looks for what is due; `stop` ends it between two copies."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        copies: Copies,
        clock: Callable[[], datetime],
    ) -> None:
        """Remember where schedules are, who makes copies, and what the time is."""
        self.stop = Event()
        self._settings, self._database = settings, database
        self._copies, self._clock = copies, clock

    def tick(self) -> int:
        """Do everything that is due by now, and return how many slots that were."""
        self.plan()
        ran = 0
        while not self.stop.is_set() and (task := self._claimed()) is not None:
            self._run(task)
            ran += 1
        return ran

    def plan(self) -> None:
        """Say that we are there, and write down what is due."""
        now = self._clock()
        with (
            self._database.begin() as session
        ):  # apart: an entry in the audit log is the last lock
            schedules.pause_unused(session, now)
        with self._database.begin() as session:
            slots.plan_alone(session)
            slots.beat(session, now)
            slots.forget(session, now)
            for schedule in slots.active(session):
                moments = due_between(times_of(schedule), schedule.planned, now)
                slots.plan(session, schedule, moments, now)

    def _claimed(self) -> Task | None:
        with self._database.begin() as session:
            slot = slots.claim(session, self._clock())
            if slot is None:
                return None
            schedule = session.get_one(Schedule, slot.schedule_id)
            owner = viewer_of(session, schedule.owner_id)
            newest = slots.is_newest(session, slot)
        return Task(slot=slot, schedule=schedule, owner=owner, newest=newest)

    def _run(self, task: Task) -> None:
        """Run a slot to its end, or as far as we may."""
        told = log.bind(schedule=task.schedule.id, due=task.slot.due.isoformat())
        with self._database.begin() as session:
            folder = task.schedule.delivery == FOLDER
            now = self._clock()
            done = sendings.take_over(session, task.slot, now, repeatable=folder)
            wanted = sendings.recipients(session, task.schedule.id)
        reason = self._reason(task)
        for user_id in wanted:
            if user_id in done:
                continue
            if self.stop.is_set():
                self._leave_to_the_next(task)
                return
            if not self._renewed(task.slot):
                told.warning("slot.lost")
                return
            self._serve(task, user_id, reason)
        with self._database.begin() as session:
            again = sendings.next_try(session, task.slot)
            if again is None:
                state = slots.finish(session, task.slot, reason, self._clock())
            else:
                state = slots.put_off(session, task.slot, again)
        told.info("slot.finished" if again is None else "slot.waits", state=state, reason=reason)

    def _leave_to_the_next(self, task: Task) -> None:
        """Stop between two copies; whoever comes next knows what was sent and what waits."""
        with self._database.begin() as session:
            if sendings.next_try(session, task.slot) is None:
                slots.give_back(session, task.slot)
            else:
                slots.put_off(session, task.slot, self._clock())

    def _reason(self, task: Task) -> str | None:
        """Return why nobody gets a copy of a slot any more, if so."""
        if task.owner is None or task.owner.scope.customers == frozenset():
            return Why.OWNER
        return None if task.newest else slots.MISSED

    def _renewed(self, slot: Slot) -> bool:
        with self._database.begin() as session:
            return slots.renew(session, slot, self._clock())

    def _serve(self, task: Task, user_id: str, reason: str | None) -> None:
        """Send one copy, or write down why there is none."""
        try:
            viewer = self._recipient(task, user_id, reason)
            made = self._copies.make(task.schedule, task.slot, viewer, self._clock())
        except _SkippedError as skipped:
            self._without(task, user_id, slots.SKIPPED, skipped.why)
        except NotAllowedError:
            self._without(task, user_id, slots.SKIPPED, Why.RIGHTS)
        except UnknownNameError:
            self._without(task, user_id, slots.FAILED, Why.FILTERS)
        except (TooLongError, TooLargeError):
            self._without(task, user_id, slots.FAILED, Why.LONG)
        except Exception:
            log.exception("copy.failed", schedule=task.schedule.id)
            self._without(task, user_id, slots.FAILED, Why.ERROR)
        else:
            self._keep_and_send(task, viewer, made)

    def _recipient(self, task: Task, user_id: str, reason: str | None) -> Viewer:
        """Return a recipient with the rights of this moment (T-23)."""
        if reason is not None:
            raise _SkippedError(reason)
        with self._database.read() as session:
            viewer = viewer_of(session, user_id)
        if viewer is None:
            raise _SkippedError(Why.LEFT)
        owner = task.owner
        if owner and viewer.user_id != owner.user_id and not owner.sends_to_others:
            raise _SkippedError(Why.OWNER)
        return viewer

    def _without(self, task: Task, user_id: str, state: str, why: str) -> None:
        with self._database.begin() as session:
            sendings.without(session, task.slot, user_id, state, why, self._clock())

    def _keep_and_send(self, task: Task, viewer: Viewer, made: Made) -> None:
        """Keep a copy among its recipient's reports, announce it, and let it leave."""
        slot, user_id = task.slot, viewer.user_id
        with self._database.begin() as session:
            if not sendings.rendered(
                session, slot, user_id, made.report, made.sha256, self._clock()
            ):
                return
        made.put_into(self._copies.folder)
        with self._database.begin() as session:
            if not sendings.sending(session, slot, user_id, self._clock(), made.report.rows):
                return
        try:
            self._leave(task, viewer, made)
        except LostError as error:
            log.warning("mail.lost", schedule=task.schedule.id, reason=str(error))
            with self._database.begin() as session:
                sendings.lost(session, slot, user_id, Why.NO_ANSWER, self._clock())
        except (RefusedError, OSError) as error:
            log.warning("copy.refused", schedule=task.schedule.id, reason=str(error))
            why = Why.FOLDER if isinstance(error, OSError) else Why.MAIL
            with self._database.begin() as session:
                end = sendings.put_off if isinstance(error, LaterError) else sendings.refused
                end(session, slot, user_id, why, self._clock())
        else:
            with self._database.begin() as session:
                sendings.sent(session, slot, user_id, self._clock())

    def _leave(self, task: Task, viewer: Viewer, made: Made) -> None:
        """Hand a copy over, by mail or into the folder."""
        schedule, settings = task.schedule, self._settings
        name = name_of(schedule, task.slot, made.report)
        if schedule.delivery == FOLDER:
            if settings.schedule_folder is None:
                msg = "PARTNERLENS_SCHEDULE_FOLDER is not set"
                raise OSError(msg)
            drop.put(made.content, settings.schedule_folder, viewer.email, name)
            return
        if not settings.smtp_host:
            msg = "PARTNERLENS_SMTP_HOST is not set"
            raise RefusedError(msg)
        base = settings.public_url.rstrip("/")
        letter = Letter(
            to=viewer.email,
            name=schedule.name,
            mark=mark_of(task.slot, viewer.user_id),
            owner=task.owner.email if task.owner else "",
            link=f"{base}{settings.prefix}reports/{made.report.id}" if base else "",
            file_name=name,
            content=made.content,
            at=self._clock(),
        )
        mail.send(mail.written(letter, Language(schedule.language), settings.mail_from), settings)


class _SkippedError(Exception):
    """A recipient gets no copy of a slot."""

    def __init__(self, why: str) -> None:
        """Say why."""
        super().__init__(why)
        self.why = why
