"""Users: who may sign in, and what each may see and do at this moment (SPEC §4)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, delete, select

from dashboard.access import EVERYONE, NO_ONE, Scope, Viewer
from dashboard.errors import PartnerlensError, UnknownNameError
from dashboard.state.models import Assignment, Role, User

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

SHORTEST_PASSWORD = 12  # characters
LONGEST_PASSWORD = 200  # a longer one costs the server, and nobody types it
HASHER = PasswordHasher()
# What an unknown account is checked against, so that it takes as long as a known one (T-11).
NOBODYS_HASH = HASHER.hash(uuid.uuid4().hex)

# One query of plain columns, since every request asks it.
RIGHTS = (
    select(
        User.email,
        User.name,
        User.role,
        User.active,
        Role.sees,
        Role.edits_tags,
        Role.administers,
        Role.whole_numbers,
        Role.sends_to_others,
    )
    .outerjoin(Role, Role.name == User.role)
    .where(User.id == bindparam("user_id"))
)


def add_user(  # noqa: PLR0913 - what a user is
    session: Session,
    *,
    email: str,
    role: str,
    now: datetime,
    name: str = "",
    password: str | None = None,
    identity: str | None = None,
) -> User:
    """Add a user, who sees nothing until a role or an assignment says otherwise.

    Raises `PartnerlensError` when the address is taken or the password too short, and
    `UnknownNameError` for a role that does not exist.
    """
    address = email.strip().lower()
    if find_user(session, address):
        msg = f"{address} is a user already: change it with `partnerlens user`."
        raise PartnerlensError(msg)
    _refuse_unknown_role(session, role)
    user = User(
        id=uuid.uuid4().hex,
        email=address,
        name=name.strip(),
        role=role,
        password_hash=password and hashed(password),
        identity=identity,
        created=now,
    )
    session.add(user)
    session.flush()
    return user


def find_user(session: Session, email: str) -> User | None:
    """Return the user of an e-mail address in any case, active or not."""
    return session.scalar(select(User).where(User.email == email.strip().lower()))


def set_role(session: Session, user: User, role: str) -> None:
    """Give a user another role. Raises `UnknownNameError` for one that does not exist."""
    _refuse_unknown_role(session, role)
    user.role = role


def hashed(password: str) -> str:
    """Return the argon2id hash of a password, or say why it is refused."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        msg = f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
        raise PartnerlensError(msg)
    return HASHER.hash(password)


def password_matches(user: User | None, password: str) -> bool:
    """Check a password; an unknown or inactive user fails, and takes as long."""
    known = user.password_hash if user is not None and user.password_hash else NOBODYS_HASH
    try:
        matches = HASHER.verify(known, password[: LONGEST_PASSWORD + 1])
    except (VerificationError, InvalidHashError):
        return False
    return matches and user is not None and user.active and known is not NOBODYS_HASH


def viewer_of(session: Session | Connection, user_id: str) -> Viewer | None:
    """Return a user as a viewer with the rights of this moment; None for one who has left.

    A role that no row describes, or that sees something unknown, sees nothing (T-30).
    """
    found = session.execute(RIGHTS, {"user_id": user_id}).first()
    if found is None or not found.active:
        return None
    scope = {"all": EVERYONE}.get(found.sees, NO_ONE)
    if found.sees == "assigned":
        scope = Scope(customers=assigned_to(session, user_id))
    return Viewer(
        user_id=user_id,
        email=found.email,
        name=found.name,
        role=found.role,
        scope=scope,
        edits_tags=bool(found.edits_tags),
        administers=bool(found.administers),
        whole_numbers=bool(found.whole_numbers),
        sends_to_others=bool(found.sends_to_others),
    )


def assigned_to(session: Session | Connection, user_id: str) -> frozenset[str]:
    """Return the ids of the customers assigned to a user."""
    found = select(Assignment.customer_id).where(Assignment.user_id == user_id)
    return frozenset(session.scalars(found))


def assign(session: Session, user_id: str, customers: Collection[str]) -> None:
    """Assign customers to a user, in addition to those there are."""
    new = set(customers) - assigned_to(session, user_id)
    session.add_all(Assignment(user_id=user_id, customer_id=one) for one in sorted(new))
    session.flush()


def unassign(session: Session, user_id: str, customers: Collection[str]) -> None:
    """Take customers away from a user."""
    session.execute(
        delete(Assignment).where(
            Assignment.user_id == user_id, Assignment.customer_id.in_(customers)
        )
    )


def _refuse_unknown_role(session: Session, role: str) -> None:
    roles = sorted(session.scalars(select(Role.name)))
    if role not in roles:
        msg = f"There is no role “{role}”: choose one of {', '.join(roles)}."
        raise UnknownNameError(msg)
