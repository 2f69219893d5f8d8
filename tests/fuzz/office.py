"""An office: users of every role, whose rights change while they work, at one application."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any

from signing_in import add_somebody, cookies_of, with_cookies
from sqlalchemy import select

from dashboard.access import OPERATOR
from dashboard.app import create_app
from dashboard.settings import Settings
from dashboard.state import tags
from dashboard.state.models import Assignment, Role, Tag, User
from fuzz.partner import customer_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CUSTOMERS = range(400)
NUMBER_OF = {customer_id(n): n for n in CUSTOMERS}
EVERYBODY = frozenset(CUSTOMERS)
# SPEC §4, written down once more: what a role sees.
SEES = {
    "full_admin": "all", "read_only_admin": "all", "admin": "assigned",
    "assigned_user": "assigned", "help_desk": "assigned", "nobody": "nothing",
    "unknown_kind": "nothing",
}  # fmt: skip
STAFF = {
    "assigned_user": 18, "admin": 10, "help_desk": 4, "nobody": 3, "unknown_kind": 2,
    "read_only_admin": 2, "full_admin": 3,
}  # fmt: skip
NAMES = ("Olena Koval", "Olena Koval", "Petro Shevchenko", "")
TAGS = ("VIP", "Renew", "Watch", "West", "<b>Bold</b>", "=1+1")


class Exclusive:
    """Many requests at once, or one change of rights."""

    def __init__(self) -> None:
        """Let everybody in."""
        self._quiet, self._inside = threading.Condition(), 0

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Be inside together with others."""
        with self._quiet:
            self._inside += 1
        try:
            yield
        finally:
            with self._quiet:
                self._inside -= 1
                self._quiet.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until everybody is out, and keep them out."""
        with self._quiet:
            self._quiet.wait_for(lambda: self._inside == 0)
            yield


class Office:
    """The application, who works with it, and what each may see at this moment."""

    def __init__(self, data: Path, folder: Path, seed: int) -> None:
        """Open the application and let everybody in."""
        self.cache = folder / "cache"
        self.settings = Settings(
            data_dir=str(data),
            cache_dir=self.cache,
            state_url=f"sqlite:///{folder / 'state.db'}",
            secret_file=folder / "secret.key",
        )
        self.app = create_app(self.settings)
        self.services = self.app._services
        self.database = self.services.database
        self.rights = Exclusive()
        self.seen_ids: Counter[str] = Counter()  # ids that came in answers, anybody's
        self._clients: dict[str, Any] = {}
        self._locks: dict[str, threading.Lock] = {}
        draw = Random(f"office {seed}")
        self._add_roles()
        self.visitors: set[str] = set()  # who only asks again what somebody else asked
        self.users = [self._add(role, draw) for role, n in STAFF.items() for _ in range(n)]
        self.tags = self._add_tags(draw)

    def _add_roles(self) -> None:
        """Add roles of the partner's own: a help desk, and one that sees what nobody knows."""
        with self.database.begin() as session:
            for name, sees in (("help_desk", "assigned"), ("unknown_kind", "everything")):
                session.add(
                    Role(name=name, sees=sees, edits_tags=name == "help_desk", administers=False,
                         whole_numbers=False)
                )  # fmt: skip

    def _add(self, role: str, draw: Random) -> str:
        whose = draw.sample(CUSTOMERS, draw.choice([0, 1, 2, 5, 20, 60]))
        ids = [customer_id(n) for n in whose]
        user = add_somebody(self.database, role, ids, name=draw.choice(NAMES))
        self._locks[user] = threading.Lock()
        return user

    def _add_tags(self, draw: Random) -> list[str]:
        now, made = datetime.now(UTC), []
        with self.database.begin() as session:
            for name in TAGS:
                tag = tags.create(session, OPERATOR, name, now)
                some = [customer_id(n) for n in draw.sample(CUSTOMERS, 40)]
                tags.assign(session, OPERATOR, tag.id, some, now)
                made.append(tag.id)
        return made

    def scope_of(self, user: str) -> frozenset[int]:
        """Return which customers a user may see now, by the rules of SPEC §4."""
        with self.database.read() as session:
            role, active = session.execute(
                select(User.role, User.active).where(User.id == user)
            ).one()
            ids = session.scalars(
                select(Assignment.customer_id).where(Assignment.user_id == user)
            ).all()
        sees = SEES[role] if active else "nothing"
        assigned = frozenset(NUMBER_OF[one] for one in ids if one in NUMBER_OF)
        return {"all": EVERYBODY, "assigned": assigned, "nothing": frozenset()}[sees]

    def role_of(self, user: str) -> str:
        """Return the role of a user now."""
        with self.database.read() as session:
            return session.scalar(select(User.role).where(User.id == user))

    def all_rights(self) -> Any:
        """Return every right there is, to compare."""
        with self.database.read() as session:
            users = session.execute(select(User.id, User.role, User.active)).all()
            pairs = session.execute(select(Assignment.user_id, Assignment.customer_id)).all()
        known = [row for row in (*users, *pairs) if row[0] not in self.visitors]
        return frozenset(map(tuple, known))

    def tag_ids(self) -> list[str]:
        """Return the tags there are now."""
        with self.database.read() as session:
            return list(session.scalars(select(Tag.id)))

    def lock_of(self, user: str) -> threading.Lock:
        """Return what one user's browser holds while it asks."""
        return self._locks[user]

    def client_of(self, user: str) -> Any:
        """Return a user's browser; who was signed out signs in again."""
        if user not in self._clients:
            self._clients[user] = with_cookies(self.app, cookies_of(self.app, user_id=user))
        return self._clients[user]

    def forget(self, user: str) -> None:
        """Let a user sign in again before the next request."""
        self._clients.pop(user, None)

    def cool(self) -> None:
        """Throw away every cached answer."""
        for file in self.cache.iterdir():
            file.unlink(missing_ok=True)

    def shuffle_rights(self, draw: Random) -> None:
        """Change what one user may see, as an administrator at the terminal would."""
        from dashboard.state.users import assign, unassign  # noqa: PLC0415 - as the terminal

        user = draw.choice(self.users)
        ids = [customer_id(n) for n in draw.sample(CUSTOMERS, draw.choice([1, 3, 30]))]
        with self.database.begin() as session:
            found = session.get(User, user)
            match draw.choice(["assign", "assign", "unassign", "role", "leave", "return"]):
                case "assign":
                    assign(session, user, ids)
                case "unassign":
                    held = sorted(session.scalars(
                        select(Assignment.customer_id).where(Assignment.user_id == user)
                    ))  # fmt: skip
                    unassign(session, user, held[::2])
                case "role" if found.role != "full_admin":
                    found.role = draw.choice(["assigned_user", "admin", "help_desk", "nobody"])
                case "leave" if found.role != "full_admin":
                    found.active = False
                case _:
                    found.active = True
