"""Attempts: how often somebody may try to sign in, counted for all workers (TRUST T-11)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select
from sqlalchemy import text as sql

from dashboard.state.models import Attempt

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

WINDOW = timedelta(minutes=15)
PER_ACCOUNT = 10
PER_ADDRESS = 100  # an office shares one
LOCK = 0x7472_6965  # PostgreSQL's advisory lock of whoever counts


def may_try(session: Session, email: str, address: str, now: datetime) -> bool:
    """Count one more try, known account or not, and tell whether it may be evaluated.

    A try that is refused is not counted: whoever waits gets in, however hard others knock.
    """
    if session.get_bind().dialect.name == "postgresql":  # SQLite has one writer anyway
        session.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
    session.execute(delete(Attempt).where(Attempt.at <= now - WINDOW))
    account, place = _folded(email), _folded(address)
    if _count(session, Attempt.account == account) >= PER_ACCOUNT:
        return False
    if _count(session, Attempt.address == place) >= PER_ADDRESS:
        return False
    session.add(Attempt(account=account, address=place, at=now))
    session.flush()
    return True


def forget(session: Session, email: str) -> None:
    """Forget the tries of somebody who did know the password."""
    session.execute(delete(Attempt).where(Attempt.account == _folded(email)))


def _count(session: Session, condition: object) -> int:
    counted = select(func.count()).select_from(Attempt).where(condition)  # type: ignore[arg-type]
    return session.scalar(counted) or 0


def _folded(text: str) -> str:
    """Return a name to count by; people type passwords into the wrong field, so only a hash."""
    return hashlib.sha256(text.strip().lower().encode()).hexdigest()
