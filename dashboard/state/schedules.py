"""Schedules as their owners make, pause and remove them, and who may send to whom.

A schedule whose copies nobody downloads for six months is paused. What counts is the link to the
copy, on the reports page or in the mail: whether somebody opens an attachment, nobody knows.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from dashboard.errors import NotAllowedError, NotFoundError, PartnerlensError
from dashboard.state import audit
from dashboard.state.models import User
from dashboard.state.report_names import template_name
from dashboard.state.schedule_models import Delivery, Schedule, ScheduleRecipient, Slot

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from dashboard.access import Viewer
    from dashboard.state.report_templates import Choice

VIEW = "view"  # the template of a schedule of a view
DAILY, WEEKLY, MONTHLY = "daily", "weekly", "monthly"
MAIL, FOLDER = "mail", "folder"
MOST, MOST_RECIPIENTS = 50, 50  # of one owner, of one schedule
UNUSED_AFTER = timedelta(days=183)


class Paused(StrEnum):
    """Why a schedule is paused."""

    BY_HAND = "hand"
    UNUSED = "unused"


class ScheduleProblem(StrEnum):
    """Why a schedule was refused; `dashboard.components.schedules` has the words."""

    MANY = "many"
    RECIPIENTS = "recipients"
    OTHERS = "others"


class ScheduleError(PartnerlensError):
    """A schedule was refused; `problem` says why to a program."""

    def __init__(self, problem: ScheduleProblem, message: str) -> None:
        """Refuse for a reason, in one sentence."""
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """When a schedule is due, on the clocks of a zone; whoever makes it checks the values."""

    every: str
    at: str
    zone: str
    weekday: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is sent, when, and how. Of a view `choice` holds nothing but that it is one."""

    name: str
    choice: Choice
    times: Times
    form: str
    delivery: str
    language: str
    path: str = ""
    search: str = ""


def add_schedule(
    session: Session, viewer: Viewer, plan: Plan, recipients: Collection[str], now: datetime
) -> Schedule:
    """Make a schedule of the viewer's own; its first slot is the next time it is due.

    Raises `NotAllowedError`, `ReportError` for a name that is none, and `ScheduleError`.
    """
    _lock(session, viewer)
    own = select(func.count()).where(Schedule.owner_id == viewer.user_id)
    if (session.scalar(own) or 0) >= MOST:
        msg = f"You have {MOST} schedules, which is all there is room for: remove one first."
        raise ScheduleError(ScheduleProblem.MANY, msg)
    whom = _recipients(session, viewer, recipients)
    schedule = Schedule(
        id=uuid.uuid4().hex,
        owner_id=viewer.user_id,
        name=template_name(plan.name),
        form=plan.form,
        delivery=plan.delivery,
        language=plan.language,
        path=plan.path,
        search=plan.search,
        created=now,
        planned=now,
        used=now,
        **plan.choice.written(),
        **asdict(plan.times),
    )
    session.add(schedule)
    session.flush()
    session.add_all(ScheduleRecipient(schedule_id=schedule.id, user_id=one) for one in whom)
    record(session, viewer.email, "schedule.added", schedule, now, recipients=len(whom))
    return schedule


def _recipients(session: Session, viewer: Viewer, wanted: Collection[str]) -> list[str]:
    """Return the ids of users who can be sent to: anybody's for administrators, else one's own."""
    found = select(User.id).where(User.id.in_(sorted(set(wanted))), User.active)
    known = sorted(session.scalars(found))
    if not known or len(known) != len(set(wanted)) or len(known) > MOST_RECIPIENTS:
        msg = f"A schedule has 1 to {MOST_RECIPIENTS} recipients, all of them active users."
        raise ScheduleError(ScheduleProblem.RECIPIENTS, msg)
    if known != [viewer.user_id] and not viewer.sends_to_others:
        msg = "Only administrators send to other users: choose yourself."
        raise ScheduleError(ScheduleProblem.OTHERS, msg)
    return known


def people(session: Session, viewer: Viewer) -> list[tuple[str, str]]:
    """Return whom the viewer may send to, as id and address: oneself first."""
    listed = select(User.id, User.email).where(User.active).order_by(User.email)
    if not viewer.sends_to_others:
        listed = listed.where(User.id == viewer.user_id)
    found = [(row.id, row.email) for row in session.execute(listed)]
    return sorted(found, key=lambda one: one[0] != viewer.user_id)


def list_schedules(session: Session, viewer: Viewer) -> Sequence[tuple[Schedule, str]]:
    """Return the schedules the viewer may know of with their owners' addresses, newest first.

    They are the viewer's own; a full administrator's are everybody's.
    """
    listed = select(Schedule, User.email).join(User, User.id == Schedule.owner_id)
    if not viewer.administers:
        listed = listed.where(Schedule.owner_id == viewer.user_id)
    newest = session.execute(listed.order_by(Schedule.created.desc(), Schedule.id))
    return [(schedule, email) for schedule, email in newest]


def recipients_of(session: Session, schedules: Collection[str]) -> Mapping[str, list[str]]:
    """Return the addresses of each schedule's recipients."""
    found = (
        select(ScheduleRecipient.schedule_id, User.email)
        .join(User, User.id == ScheduleRecipient.user_id)
        .where(ScheduleRecipient.schedule_id.in_(list(schedules)))
        .order_by(User.email)
    )
    by_id: dict[str, list[str]] = {one: [] for one in schedules}
    for row in session.execute(found):
        by_id[row.schedule_id].append(row.email)
    return by_id


def known_schedule(session: Session, viewer: Viewer, schedule_id: str) -> Schedule:
    """Return a schedule the viewer may change. Raises `NotFoundError` for any other."""
    schedule = session.get(Schedule, schedule_id)
    if schedule is None or not (viewer.administers or schedule.owner_id == viewer.user_id):
        msg = "There is no such schedule."
        raise NotFoundError(msg)
    return schedule


def pause_schedule(session: Session, viewer: Viewer, schedule_id: str, now: datetime) -> None:
    """Let a schedule rest. Raises `NotFoundError`."""
    schedule = known_schedule(session, viewer, schedule_id)
    if schedule.paused is None:
        schedule.paused = Paused.BY_HAND.value
        record(session, viewer.email, "schedule.paused", schedule, now)


def resume_schedule(session: Session, viewer: Viewer, schedule_id: str, now: datetime) -> None:
    """Set a paused schedule going again, from its next time on. Raises `NotFoundError`."""
    schedule = known_schedule(session, viewer, schedule_id)
    if schedule.paused is not None:
        schedule.paused, schedule.planned, schedule.used = None, now, now
        record(session, viewer.email, "schedule.resumed", schedule, now)


def remove_schedule(session: Session, viewer: Viewer, schedule_id: str, now: datetime) -> None:
    """Remove a schedule and what is said of its past; copies stay. Raises `NotFoundError`."""
    schedule = known_schedule(session, viewer, schedule_id)
    record(session, viewer.email, "schedule.removed", schedule, now)
    session.delete(schedule)
    session.flush()


def note_download(session: Session, report_id: str, now: datetime) -> None:
    """Remember that somebody uses what a schedule sends, if the report is a copy of one."""
    of = select(Slot.schedule_id).join(Delivery, Delivery.slot_id == Slot.id)
    copied = of.where(Delivery.report_id == report_id)
    session.execute(update(Schedule).where(Schedule.id.in_(copied)).values(used=now))


def pause_unused(session: Session, now: datetime) -> int:
    """Pause what nobody has downloaded for six months, and return how many that were."""
    unused = Schedule.used < now - UNUSED_AFTER
    found = session.scalars(select(Schedule).where(Schedule.paused.is_(None), unused)).all()
    for schedule in found:
        schedule.paused = Paused.UNUSED.value
        record(session, "scheduler", "schedule.paused", schedule, now, unused=True)
    return len(found)


def record(
    session: Session,
    actor: str,
    action: str,
    schedule: Schedule,
    now: datetime,
    **detail: str | int | bool | None,
) -> None:
    """Append an entry about a schedule to the audit log."""
    what = {"template": schedule.template, "form": schedule.form, "delivery": schedule.delivery}
    session.flush()
    audit.record(
        session, actor=actor, action=action, subject=schedule.id, now=now, **(what | detail)
    )


def _lock(session: Session, viewer: Viewer) -> None:
    """Let one user's schedules change one after the other: nothing is counted twice."""
    user = session.get(User, viewer.user_id, with_for_update=True) if viewer.user_id else None
    if user is None or viewer.scope.customers == frozenset():
        msg = "Only a signed-in user who sees customers makes schedules."
        raise NotAllowedError(msg)
