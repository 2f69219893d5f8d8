"""Administration: what is changed about users, each change with its entry in the audit log."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import users
from dashboard.state.audit import record, serialize
from dashboard.state.models import Role, SignIn, User
from dashboard.state.refusals import ChangeRefusedError, Refusal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from dashboard.access import Viewer
    from dashboard.state.database import Database

EMAIL, NAME, CUSTOMER_ID = 254, 200, 100  # characters, as the tables hold them


@contextmanager
def administering(database: Database, by: Viewer, now: datetime) -> Iterator[Administration]:
    """Open a transaction of one who administers; two of them change one after the other.

    The right is read again within it. Raises `NotAllowedError`.
    """
    with database.begin() as session:
        serialize(session)
        current = users.viewer_of(session, by.user_id) if by.user_id else by
        if current is None or not current.administers:
            msg = "Only partner full administrators change users and their customers."
            raise NotAllowedError(msg)
        yield Administration(session=session, by=by, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Administration:
    """Changes of one transaction. Each raises `ChangeRefusedError` for what cannot be."""

    session: Session
    by: Viewer
    now: datetime

    def user(self, user_id: str) -> User:
        """Return a user by id."""
        user = self.session.get(User, user_id)
        if user is None:
            msg = "There is no such user."
            raise NotFoundError(msg)
        return user

    def named(self, email: str) -> User:
        """Return a user by address."""
        user = users.find_user(self.session, email)
        if user is None:
            msg = f"There is no user {email}: `partnerlens user list` shows all."
            raise NotFoundError(msg)
        return user

    def add(self, *, email: str, role: str, name: str = "", password: str | None = None) -> User:
        """Add a user, who sees nothing until the role or an assignment says otherwise."""
        email, name = email.strip().lower(), name.strip()
        _refuse_unless(is_address(email), Refusal.ADDRESS)
        _refuse_unless(len(name) <= NAME and (not name or name.isprintable()), Refusal.NAME)
        _refuse_unless(users.find_user(self.session, email) is None, Refusal.TAKEN)
        self._refuse_unknown(role)
        _refuse_weak(password)
        user = users.add_user(
            self.session, email=email, role=role, now=self.now, name=name, password=password
        )
        self._record("user.added", user, role=role, with_password=password is not None)
        return user

    def set_role(self, user: User, role: str, *, seen: str | None = None) -> bool:
        """Give another role, unless it is no longer the one that was `seen`; tell if it changed.

        The last active administrator keeps the role, and nobody takes the own one.
        """
        self._refuse_unknown(role)
        _refuse_unless(seen in (None, user.role), Refusal.CHANGED)
        if user.role == role:
            return False
        before = user.role
        with self._no_lockout(user):
            user.role = role
        self._record("user.role", user, before=before, role=role)
        return True

    def set_active(self, user: User, *, active: bool, seen: bool | None = None) -> bool:
        """Let a user sign in, or no longer; sessions of one who may not end at once."""
        _refuse_unless(seen in (None, user.active), Refusal.CHANGED)
        if user.active is active:
            return False
        with self._no_lockout(user):
            user.active = active
        if not active:
            self._end_sessions(user)
        self._record("user.activated" if active else "user.deactivated", user)
        return True

    def set_password(self, user: User, password: str) -> None:
        """Set a new password; whoever is signed in by the old one is no longer."""
        _refuse_weak(password)
        user.password_hash = users.hashed(password)
        self._end_sessions(user)
        self._record("user.password", user)

    def assign(self, user: User, customers: Collection[str]) -> int:
        """Assign customers in addition to those there are; return how many are new."""
        _refuse_unless(all(map(is_customer_id, customers)), Refusal.CUSTOMER)
        new = sorted(set(customers) - users.assigned_to(self.session, user.id))
        if new:
            users.assign(self.session, user.id, new)
            self._record("scope.added", user, customers=" ".join(new), count=len(new))
        return len(new)

    def unassign(self, user: User, customers: Collection[str]) -> int:
        """Take customers away; return how many."""
        gone = sorted(set(customers) & users.assigned_to(self.session, user.id))
        if gone:
            users.unassign(self.session, user.id, gone)
            self._record("scope.removed", user, customers=" ".join(gone), count=len(gone))
        return len(gone)

    def _record(self, action: str, user: User, **detail: str | int | bool) -> None:
        self.session.flush()
        who = self.by.email
        record(self.session, actor=who, action=action, now=self.now, subject=user.email, **detail)

    def _end_sessions(self, user: User) -> None:
        self.session.execute(delete(SignIn).where(SignIn.user_id == user.id))

    def _refuse_unknown(self, role: str) -> None:
        if self.session.get(Role, role) is None:
            known = ", ".join(sorted(self.session.scalars(select(Role.name))))
            raise ChangeRefusedError(Refusal.ROLE, f"Choose one of {known}.")

    @contextmanager
    def _no_lockout(self, user: User) -> Iterator[None]:
        """Refuse a change of a user after which this one, or everybody, is locked out."""
        administered = self._administers(user)
        yield
        self.session.flush()
        if administered and not self._administers(user):
            _refuse_unless(user.id != self.by.user_id, Refusal.YOURSELF)
            _refuse_unless(administrators(self.session) > 0, Refusal.LAST_ADMINISTRATOR)

    def _administers(self, user: User) -> bool:
        role = self.session.get(Role, user.role)
        return bool(user.active and role and role.administers)


def administrators(session: Session) -> int:
    """Count the active users who administer."""
    joined = select(func.count()).select_from(User).join(Role, Role.name == User.role)
    return session.scalar(joined.where(User.active, Role.administers)) or 0


def is_address(email: str) -> bool:
    """Tell whether a text can be an e-mail address: one @, nothing unseen, not too long."""
    name, _, domain = email.rpartition("@")
    plain = email.isprintable() and not any(map(str.isspace, email))
    return bool(name and domain and plain and "@" not in name and len(email) <= EMAIL)


def is_customer_id(text: str) -> bool:
    """Tell whether a text can be the id of a customer."""
    return 0 < len(text) <= CUSTOMER_ID and text.isprintable() and text == text.strip()


def _refuse_weak(password: str | None) -> None:
    shortest, longest = users.SHORTEST_PASSWORD, users.LONGEST_PASSWORD
    _refuse_unless(password is None or shortest <= len(password) <= longest, Refusal.PASSWORD)


def _refuse_unless(condition: bool, refusal: Refusal) -> None:  # noqa: FBT001 - it reads as one
    if not condition:
        raise ChangeRefusedError(refusal)
