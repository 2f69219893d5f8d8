"""Audit pages: the entries somebody wants to see, the newest first, a hundred at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from dashboard.state.models import AuditEntry

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

PAGE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries: by action, by actor, from one day of UTC to another; empty is all."""

    action: str = ""
    actor: str = ""
    since: date | None = None
    until: date | None = None


def entries(session: Session, wanted: Wanted) -> Iterator[AuditEntry]:
    """Yield all entries wanted, the newest first."""
    ordered = _narrowed(select(AuditEntry), wanted).order_by(AuditEntry.number.desc())
    yield from session.scalars(ordered.execution_options(yield_per=1_000))


def page_of(session: Session, wanted: Wanted, page: int) -> list[AuditEntry]:
    """Return one page of the entries wanted; page 0 holds the newest."""
    ordered = _narrowed(select(AuditEntry), wanted).order_by(AuditEntry.number.desc())
    return list(session.scalars(ordered.offset(page * PAGE).limit(PAGE)))


def count(session: Session, wanted: Wanted) -> int:
    """Count the entries wanted."""
    return session.scalar(_narrowed(select(func.count(AuditEntry.number)), wanted)) or 0


def actions(session: Session) -> list[str]:
    """Return the actions that have an entry."""
    return list(session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)))


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    if wanted.action:
        query = query.where(AuditEntry.action == wanted.action)
    if wanted.actor:
        query = query.where(AuditEntry.actor == wanted.actor.strip().lower())
    if wanted.since:
        query = query.where(AuditEntry.at >= datetime.combine(wanted.since, time.min, UTC))
    if wanted.until:
        after = wanted.until + timedelta(days=1)
        query = query.where(AuditEntry.at < datetime.combine(after, time.min, UTC))
    return query
