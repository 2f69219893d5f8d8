"""Audit: what was done, by whom, in a chain that shows every later change (TRUST T-21)."""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy import text as sql
from sqlalchemy.exc import SQLAlchemyError

from dashboard.state.database import StateError
from dashboard.state.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

GENESIS = "0" * 64
LOCK = 0x6175_6469  # PostgreSQL's advisory lock of whoever appends
SUBJECT = 200  # characters kept of what an entry is about
EXPORTED = "exported"
SIGN_IN_REFUSED, SIGNED_OUT = "sign_in_refused", "signed_out"
SIGNED_IN = "signed_in"  # the action whose newest entry is a user's last sign-in
COLUMNS = tuple(AuditEntry.__table__.columns)


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    now: datetime,
    subject: str = "",
    **detail: str | int | bool | None,
) -> None:
    """Append one entry within the caller's transaction, so that neither happens alone.

    Raises `StateError` when it cannot be written: then what it was about must not happen
    either (TRUST §8.6).
    """
    try:
        _append(session, actor, action, now, subject, detail)
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        msg = f"The audit log cannot be written ({reason}), so this was not done."
        raise StateError(msg) from error


def serialize(session: Session) -> None:
    """Let whoever appends do so one after the other; SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})


def _append(
    session: Session,
    actor: str,
    action: str,
    now: datetime,
    subject: str,
    detail: Mapping[str, str | int | bool | None],
) -> None:
    serialize(session)
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=now,
        actor=actor,
        action=action,
        subject=subject[:SUBJECT],
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
    )
    entry.hash = chained(last.hash if last else GENESIS, entry)
    session.add(entry)
    session.flush()


def chained(previous: str, entry: Any) -> str:
    """Return the hash of an entry and of everything before it."""
    at = entry.at.isoformat(timespec="microseconds")
    row = [entry.number, at, entry.actor, entry.action, entry.subject, entry.detail]
    return hashlib.sha256((previous + json.dumps(row, ensure_ascii=False)).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a look at the whole chain found.

    `broken` is the first entry that is not what was written. Where somebody computed the hashes
    anew only an anchor shows it, and the entries from `broken` to `until` are in question.
    """

    entries: int
    broken: int | None = None
    until: int | None = None


def verify(session: Session, anchors: Mapping[int, str] | None = None) -> Verdict:
    """Follow the chain from its first entry, past every anchor (number → hash), to its end."""
    anchors = anchors or {}
    previous, proven, seen = GENESIS, 0, 0
    with closing(_entries(session)) as found:
        for seen, entry in enumerate(found, start=1):
            if entry is None or entry.number != seen or not _fits(previous, entry):
                return Verdict(entries=seen - 1, broken=seen)
            if anchors.get(seen, entry.hash) != entry.hash:
                return Verdict(entries=proven, broken=proven + 1, until=seen)
            proven = seen if seen in anchors else proven
            previous = entry.hash
    newest = max(anchors, default=0)
    if newest > seen:  # the end was cut off
        return Verdict(entries=seen, broken=seen + 1, until=newest)
    return Verdict(entries=seen)


def first_broken(session: Session) -> int | None:
    """Return the number of the first entry that was changed, moved or removed, else None."""
    return verify(session).broken


def _fits(previous: str, entry: Any) -> bool:
    try:
        return bool(entry.hash == chained(previous, entry))
    except (TypeError, ValueError):  # a value of a type that we never write
        return False


def _entries(session: Session) -> Generator[Any, None, None]:
    """Yield every entry in order, as columns; None for one that cannot even be read."""
    ordered = select(*COLUMNS).order_by(AuditEntry.number)
    read = 0
    try:
        with session.execute(ordered, execution_options={"yield_per": 1_000}) as found:
            for entry in found:
                yield entry
                read = entry.number
    except (TypeError, ValueError):  # SQLite keeps whatever is put into a date
        yield from _one_by_one(session, read)


def _one_by_one(session: Session, after: int) -> Generator[Any, None, None]:
    numbers = select(AuditEntry.number).where(AuditEntry.number > after)
    for number in session.scalars(numbers.order_by(AuditEntry.number)).all():
        try:
            yield session.execute(select(*COLUMNS).where(AuditEntry.number == number)).one()
        except (TypeError, ValueError):
            yield None
