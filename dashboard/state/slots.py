"""Slots: every time a schedule is due is one row, run by one process, with an end that is shown.

due → running, under a lease → sent, failed, skipped or unknown; waiting in between, where a copy
is tried again. Whoever takes over a slot whose lease is over finishes it
(`dashboard.state.sendings`); nobody sends anything twice.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy import text as sql

from dashboard.state.schedule_models import Delivery, Heartbeat, Schedule, Slot

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

DUE, RUNNING, WAITING = "due", "running", "waiting"
SENT, FAILED, SKIPPED, UNKNOWN = "sent", "failed", "skipped", "unknown"
FINAL = (SENT, FAILED, SKIPPED, UNKNOWN)
MISSED = "missed"  # why a slot was skipped: there is a newer one
LEASE = timedelta(minutes=10)  # renewed with each recipient
KEPT = timedelta(days=400)  # how long one can look back
SHOWN = 10  # slots of a schedule
SCHEDULER = "scheduler"  # whose heart beats
SILENT = timedelta(minutes=15)  # after so long a scheduler is taken for dead
LOCK = 0x736C_6F74  # PostgreSQL's advisory lock of whoever plans


def plan_alone(session: Session) -> None:
    """Let schedulers plan one after the other; SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def plan(session: Session, schedule: Schedule, moments: Sequence[datetime], now: datetime) -> None:
    """Write a row for each time that came since the last plan; only the newest is to run.

    Two schedulers plan one after the other: the second finds nothing left.
    """
    locked = select(Schedule).where(Schedule.id == schedule.id).with_for_update()
    current = session.scalars(locked, execution_options={"populate_existing": True}).first()
    if current is None or current.paused is not None:
        return
    new = [moment for moment in moments if moment > current.planned]
    if not new:
        return
    waiting = update(Slot).where(Slot.schedule_id == schedule.id, Slot.state == DUE)
    session.execute(waiting.values(state=SKIPPED, reason=MISSED, finished=now))
    session.add_all(_slot(schedule.id, moment, missed=now) for moment in new[:-1])
    session.add(_slot(schedule.id, new[-1]))
    current.planned = new[-1]
    session.flush()


def _slot(schedule_id: str, due: datetime, missed: datetime | None = None) -> Slot:
    slot = Slot(id=uuid.uuid4().hex, schedule_id=schedule_id, due=due, state=DUE)
    if missed is not None:
        slot.state, slot.reason, slot.finished = SKIPPED, MISSED, missed
    return slot


def active(session: Session) -> Sequence[Schedule]:
    """Return the schedules that are not paused."""
    return session.scalars(select(Schedule).where(Schedule.paused.is_(None))).all()


def claim(session: Session, now: datetime) -> Slot | None:
    """Take the oldest slot there is to run, or whose process died, under a token of one's own."""
    over = Slot.state.in_((RUNNING, WAITING)) & (Slot.lease <= now)
    free = select(Slot).where(or_(Slot.state == DUE, over)).order_by(Slot.due, Slot.id)
    slot = session.scalars(free.limit(1).with_for_update(skip_locked=True)).first()
    if slot is not None:
        slot.state, slot.lease, slot.token = RUNNING, now + LEASE, uuid.uuid4().hex
        session.flush()
    return slot


def is_newest(session: Session, slot: Slot) -> bool:
    """Tell whether its schedule has not been due again since."""
    later = select(Slot.id).where(Slot.schedule_id == slot.schedule_id, Slot.due > slot.due)
    return session.scalar(later.limit(1)) is None


def renew(session: Session, slot: Slot, now: datetime) -> bool:
    """Keep the lease; False if somebody else took the slot over, or it is gone."""
    return _own(session, slot, lease=now + LEASE)


def give_back(session: Session, slot: Slot) -> None:
    """Leave a slot to whoever comes next; what was sent of it is known."""
    _own(session, slot, state=DUE, lease=None, token=None)


def put_off(session: Session, slot: Slot, again: datetime) -> str:
    """Leave a slot until a copy of it is tried again."""
    _own(session, slot, state=WAITING, lease=again, token=None)
    return WAITING


def finish(session: Session, slot: Slot, reason: str | None, now: datetime) -> str | None:
    """Say how a slot ended, of what became of its copies; `reason` is why there are none.

    None if it is not ours any more.
    """
    found = session.scalars(select(Delivery.state).where(Delivery.slot_id == slot.id)).all()
    order = (UNKNOWN, FAILED, SENT, SKIPPED)
    state = next((one for one in order if one in found), SKIPPED if reason else FAILED)
    ended = {"state": state, "reason": reason, "lease": None, "token": None, "finished": now}
    return state if _own(session, slot, **ended) else None


def _own(session: Session, slot: Slot, **values: Any) -> bool:
    mine = update(Slot).where(Slot.id == slot.id, Slot.token == slot.token)
    result = session.execute(mine.where(Slot.state == RUNNING).values(**values))
    return bool(result.rowcount)  # type: ignore[attr-defined]


def forget(session: Session, now: datetime) -> None:
    """Forget slots that ended long ago."""
    session.execute(delete(Slot).where(Slot.finished < now - KEPT))


def newest_of(session: Session, schedules: Collection[str]) -> Mapping[str, list[Slot]]:
    """Return the last slots of each schedule, the newest first."""
    rank = func.row_number().over(partition_by=Slot.schedule_id, order_by=Slot.due.desc())
    ranked = select(Slot.id, rank.label("place")).where(Slot.schedule_id.in_(list(schedules)))
    few = ranked.subquery()
    found = select(Slot).join(few, few.c.id == Slot.id).where(few.c.place <= SHOWN)
    by_id: dict[str, list[Slot]] = {one: [] for one in schedules}
    for slot in session.scalars(found.order_by(Slot.due.desc())):
        by_id[slot.schedule_id].append(slot)
    return by_id


def beat(session: Session, now: datetime) -> None:
    """Say that a scheduler works."""
    heart = session.get(Heartbeat, SCHEDULER)
    if heart is None:
        session.add(Heartbeat(name=SCHEDULER, at=now))
    elif heart.at < now:
        heart.at = now


def is_silent(session: Session, now: datetime) -> bool:
    """Tell whether there is something to schedule, and no scheduler has worked lately."""
    if session.scalar(select(Schedule.id).where(Schedule.paused.is_(None)).limit(1)) is None:
        return False
    heart = session.get(Heartbeat, SCHEDULER)
    return heart is None or heart.at < now - SILENT
