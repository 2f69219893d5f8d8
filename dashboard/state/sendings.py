"""Sendings: what became of each recipient's copy of a slot; the row is there before the mail.

rendered, with the hash of its file → sending → sent or failed; skipped where nobody may get it.
One that certainly did not leave, for a reason that may pass, waits and is made anew. A copy whose
process died while it was sending reads unknown, and is never sent again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from dashboard.state.models import Report, User
from dashboard.state.schedule_models import Delivery, Schedule, ScheduleRecipient, Slot
from dashboard.state.schedules import record
from dashboard.state.slots import FAILED, FINAL, RUNNING, SENT, SKIPPED, UNKNOWN, WAITING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

RENDERED, SENDING = "rendered", "sending"
PAUSES = tuple(timedelta(minutes=n) for n in (5, 15, 60))  # before each further try


def recipients(session: Session, schedule_id: str) -> Sequence[str]:
    """Return the ids of those who get a copy."""
    found = select(ScheduleRecipient.user_id).where(ScheduleRecipient.schedule_id == schedule_id)
    return session.scalars(found.order_by(ScheduleRecipient.user_id)).all()


def take_over(session: Session, slot: Slot, now: datetime, *, repeatable: bool) -> set[str]:
    """Say what nobody can know of a process that died, and return who is done with, for now.

    What it may have sent reads unknown, unless sending is `repeatable`: a file of one name.
    """
    lost = update(Delivery).where(Delivery.slot_id == slot.id, Delivery.state == SENDING)
    if not repeatable:
        session.execute(lost.values(state=UNKNOWN, at=now))
    later = (Delivery.state == WAITING) & (Delivery.again > now)
    done = select(Delivery.user_id).where(Delivery.slot_id == slot.id)
    return set(session.scalars(done.where(Delivery.state.in_(FINAL) | later)))


def rendered(
    session: Session, slot: Slot, user_id: str, report: Report, sha256: str, now: datetime
) -> bool:
    """Put a copy among its recipient's reports; False if the slot is no longer ours."""
    if not is_ours(session, slot):
        return False
    row = session.get(Delivery, (slot.id, user_id))
    if row is None:
        row = Delivery(slot_id=slot.id, user_id=user_id)
        session.add(row)
    elif row.report_id and (before := session.get(Report, row.report_id)):
        session.delete(before)  # of a process that died before it sent it, or of an earlier try
    row.state, row.report_id, row.sha256, row.at = RENDERED, report.id, sha256, now
    row.reason, row.again = None, None
    session.add(report)
    session.flush()
    return True


def sending(session: Session, slot: Slot, user_id: str, now: datetime, rows: int) -> bool:
    """Say that a copy is about to leave, in the audit log too; False if it must not."""
    if not is_ours(session, slot) or not _move(session, slot, user_id, SENDING, RENDERED, at=now):
        return False
    _record(session, slot, user_id, "schedule.sent", now, rows=rows)
    return True


def sent(session: Session, slot: Slot, user_id: str, now: datetime) -> None:
    """Say that a copy left; whoever sent it knows, even if another took the slot over since."""
    _move(session, slot, user_id, SENT, SENDING, UNKNOWN, at=now)


def lost(session: Session, slot: Slot, user_id: str, reason: str, now: datetime) -> None:
    """Say that nobody knows whether a copy left."""
    _move(session, slot, user_id, UNKNOWN, SENDING, at=now, reason=reason)


def put_off(session: Session, slot: Slot, user_id: str, reason: str, now: datetime) -> None:
    """Say that a copy did not leave and when it is tried again.

    After the last try it has failed, and so has one whose slot somebody else took over: that one
    will not send it.
    """
    row = session.get(Delivery, (slot.id, user_id)) if is_ours(session, slot) else None
    tries = row.tries if row else len(PAUSES)
    if tries == len(PAUSES):
        refused(session, slot, user_id, reason, now)
        return
    again = now + PAUSES[tries]
    waits = {"reason": reason, "tries": tries + 1, "again": again}
    if _move(session, slot, user_id, WAITING, SENDING, at=now, **waits):
        tried = again.isoformat(timespec="minutes")
        _record(session, slot, user_id, "schedule.put_off", now, reason=reason, again=tried)


def next_try(session: Session, slot: Slot) -> datetime | None:
    """Return when the next copy of a slot is tried again, if any."""
    waits = (Delivery.slot_id == slot.id, Delivery.state == WAITING)
    return session.scalar(select(func.min(Delivery.again)).where(*waits))


def refused(session: Session, slot: Slot, user_id: str, reason: str, now: datetime) -> None:
    """Say that a copy did not leave."""
    _move(session, slot, user_id, FAILED, SENDING, UNKNOWN, at=now, reason=reason)
    _record(session, slot, user_id, "schedule.failed", now, reason=reason)


def without(
    session: Session, slot: Slot, user_id: str, state: str, reason: str, now: datetime
) -> None:
    """Say that there is no copy for somebody: failed, or skipped, and why."""
    if not is_ours(session, slot):
        return
    row = session.get(Delivery, (slot.id, user_id)) or Delivery(slot_id=slot.id, user_id=user_id)
    row.state, row.reason, row.at, row.again = state, reason, now, None
    session.add(row)
    session.flush()
    name = "schedule.skipped" if state == SKIPPED else "schedule.failed"
    _record(session, slot, user_id, name, now, reason=reason)


def is_ours(session: Session, slot: Slot) -> bool:
    """Tell whether a slot is still run under our token, and keep it so until the commit."""
    held = select(Slot.id).where(Slot.id == slot.id, Slot.token == slot.token)
    return session.scalar(held.where(Slot.state == RUNNING).with_for_update()) is not None


def deliveries_of(session: Session, slots: Collection[str]) -> Mapping[str, list[tuple[Any, str]]]:
    """Return what became of the copies of each slot, with the recipients' addresses."""
    joined = select(Delivery, User.email).join(User, User.id == Delivery.user_id)
    found = joined.where(Delivery.slot_id.in_(list(slots))).order_by(User.email)
    by_id: dict[str, list[tuple[Any, str]]] = {one: [] for one in slots}
    for delivery, email in session.execute(found):
        by_id[delivery.slot_id].append((delivery, email))
    return by_id


def _move(
    session: Session, slot: Slot, user_id: str, state: str, *before: str, **values: Any
) -> bool:
    mine = update(Delivery).where(Delivery.slot_id == slot.id, Delivery.user_id == user_id)
    result = session.execute(mine.where(Delivery.state.in_(before)).values(state=state, **values))
    return bool(result.rowcount)  # type: ignore[attr-defined]


def _record(
    session: Session,
    slot: Slot,
    user_id: str,
    action: str,
    now: datetime,
    **detail: str | int,
) -> None:
    """Enter in the audit log what left, for whom, and on whose behalf (ASVS 8.3.3)."""
    schedule = session.get(Schedule, slot.schedule_id)
    if schedule is None:
        return
    to, owner = session.get_one(User, user_id), session.get_one(User, schedule.owner_id)
    due = slot.due.isoformat(timespec="minutes")
    record(session, owner.email, action, schedule, now, to=to.email, due=due, **detail)
