"""Sign-ins: sessions of browsers, held here so that each can be ended (TRUST T-10)."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, or_, select, update

from dashboard.state.models import SignIn

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

ID_BYTES = 32
# Seeing somebody is written down this often, so that looking does not mean writing. What is
# written is never later than what was seen: nobody stays longer than they may.
NOTED_EVERY = timedelta(minutes=1)
# Plain columns, since every request asks for them.
FIND = select(SignIn.user_id, SignIn.created, SignIn.last_seen).where(
    SignIn.id_hash == bindparam("id_hash")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a sign-in lasts: unused, and at all."""

    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)


def begin(session: Session, user_id: str, now: datetime, patience: Patience) -> str:
    """Sign a user in and return the id for the browser's cookie; only its hash stays here."""
    _sweep(session, now, patience)
    sign_in_id = secrets.token_urlsafe(ID_BYTES)
    session.add(SignIn(id_hash=_hash(sign_in_id), user_id=user_id, created=now, last_seen=now))
    session.flush()
    return sign_in_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """A sign-in that still lasts."""

    id_hash: str
    user_id: str
    last_seen: datetime


def resume(
    session: Session | Connection, sign_in_id: str, now: datetime, patience: Patience
) -> Resumed | None:
    """Return the sign-in of a cookie, unless it was ended or has lasted too long."""
    id_hash = _hash(sign_in_id)
    found = session.execute(FIND, {"id_hash": id_hash}).first()
    if found is None:
        return None
    unused, lasted = now - found.last_seen, now - found.created
    if unused >= patience.idle or lasted >= patience.absolute:
        return None
    return Resumed(id_hash=id_hash, user_id=found.user_id, last_seen=found.last_seen)


def is_due(found: Resumed, now: datetime) -> bool:
    """Tell whether it is time to write down that somebody was seen."""
    return now - found.last_seen >= NOTED_EVERY


def note(session: Session, found: Resumed, now: datetime) -> None:
    """Write down that somebody was seen; a sign-in ended meanwhile stays ended."""
    session.execute(update(SignIn).where(SignIn.id_hash == found.id_hash).values(last_seen=now))


def end(session: Session, sign_in_id: str) -> None:
    """Sign a browser out: its cookie opens nothing from now on, whoever has a copy."""
    session.execute(delete(SignIn).where(SignIn.id_hash == _hash(sign_in_id)))


def end_all(session: Session, user_id: str) -> None:
    """Sign a user out everywhere."""
    session.execute(delete(SignIn).where(SignIn.user_id == user_id))


def _sweep(session: Session, now: datetime, patience: Patience) -> None:
    """Forget what has lasted too long."""
    old = or_(SignIn.last_seen <= now - patience.idle, SignIn.created <= now - patience.absolute)
    session.execute(delete(SignIn).where(old))


def _hash(sign_in_id: str) -> str:
    return hashlib.sha256(sign_in_id.encode()).hexdigest()
