"""Audit: what was done, by whom, in a chain that shows every later change (TRUST T-21)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy import text as sql

from dashboard.state.models import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

GENESIS = "0" * 64
LOCK = 0x6175_6469  # PostgreSQL's advisory lock of whoever appends


def record(
    session: Session,
    *,
    actor: str,
    action: str,
    now: datetime,
    subject: str = "",
    **detail: str | int | bool | None,
) -> None:
    """Append one entry within the caller's transaction, so that neither happens alone."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc()).limit(1)).first()
    entry = AuditEntry(
        number=last.number + 1 if last else 1,
        at=now,
        actor=actor,
        action=action,
        subject=subject,
        detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
    )
    entry.hash = chained(last.hash if last else GENESIS, entry)
    session.add(entry)
    session.flush()


def chained(previous: str, entry: AuditEntry) -> str:
    """Return the hash of an entry and of everything before it."""
    at = entry.at.isoformat(timespec="microseconds")
    row = [entry.number, at, entry.actor, entry.action, entry.subject, entry.detail]
    return hashlib.sha256((previous + json.dumps(row, ensure_ascii=False)).encode()).hexdigest()


def first_broken(session: Session) -> int | None:
    """Return the number of the first entry that was changed, moved or removed, else None."""
    previous = GENESIS
    entries = session.scalars(
        select(AuditEntry).order_by(AuditEntry.number).execution_options(yield_per=1_000)
    )
    for expected, entry in enumerate(entries, start=1):
        if entry.number != expected or entry.hash != chained(previous, entry):
            return expected
        previous = entry.hash
    return None
