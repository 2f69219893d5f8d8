"""Directory: the users as an administrator sees them, without anything secret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from dashboard.state.audit import SIGNED_IN
from dashboard.state.models import Assignment, AuditEntry, SignIn, User

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One user, as listed."""

    id: str
    email: str
    name: str
    role: str
    active: bool
    customers: int
    last_sign_in: datetime | None


def listed(session: Session) -> Iterator[Listed]:
    """Yield all users in the order of their addresses."""
    columns = (User.id, User.email, User.name, User.role, User.active)
    counts = select(Assignment.user_id, func.count()).group_by(Assignment.user_id)
    customers = {row[0]: row[1] for row in session.execute(counts)}
    seen = _last_sign_ins(session)
    for row in session.execute(select(*columns).order_by(User.email)):
        yield Listed(
            **row._asdict(), customers=customers.get(row.id, 0), last_sign_in=seen.get(row.email)
        )


def _last_sign_ins(session: Session) -> dict[str, datetime]:
    """Return the newest sign-in by address: of the audit log, since sessions end."""
    logged = (
        select(AuditEntry.actor, func.max(AuditEntry.at))
        .where(AuditEntry.action == SIGNED_IN)
        .group_by(AuditEntry.actor)
    )
    held = (
        select(User.email, func.max(SignIn.created))
        .join(SignIn, SignIn.user_id == User.id)
        .group_by(User.email)
    )
    found: dict[str, datetime] = {}
    for email, at in (*session.execute(logged), *session.execute(held)):
        found[email] = max(at, found.get(email, at))
    return found
