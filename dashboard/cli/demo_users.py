"""Demo users: one of each role in a state database of the demo's own, with random passwords."""

from __future__ import annotations

import json
import os
import secrets
from typing import TYPE_CHECKING, Any

from dashboard.data.datasets import CUSTOMERS
from dashboard.data.store import open_store
from dashboard.state import audit
from dashboard.state.database import open_database
from dashboard.state.users import add_user, assign, find_user, hashed

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy.orm import Session

# Role, name, and the customers: every so manieth of so many regions.
USERS = (
    ("full_admin", "Olena Kovalenko", 0, 0),
    ("admin", "James Whitfield", 3, 4),
    ("read_only_admin", "Marta Nowak", 0, 0),
    ("assigned_user", "Diego Ramos", 12, 2),
    ("nobody", "Nadia Haddad", 0, 0),
)
PASSWORD_BYTES = 18


def prepare_users(data_dir: str, state_url: str, file: Path, now: datetime) -> None:
    """Make the users that are missing, and write all of them down where only we can read."""
    known = {user["email"]: user for user in json.loads(file.read_text())} if file.exists() else {}
    database = open_database(state_url)
    customers = _customers(data_dir)
    users = []
    with database.begin() as session:
        for role, name, every, regions in USERS:
            email = f"{role.replace('_', '.')}@demo.example"
            password = known.get(email, {}).get("password") or secrets.token_urlsafe(
                PASSWORD_BYTES
            )
            users.append({"email": email, "name": name, "role": role, "password": password})
            chosen = [c for ids in customers[:regions] for c in ids[:: every or 1]]
            _make(session, users[-1], chosen, now, is_known=email in known)
    database.engine.dispose()
    _write(file, users)


def _make(
    session: Session, who: dict[str, str], customers: list[str], now: datetime, *, is_known: bool
) -> None:
    """Add a user; one whose password nobody wrote down gets the new one."""
    user = find_user(session, who["email"])
    if user is None:
        user = add_user(session, **who, now=now)
        audit.record(
            session, actor="demo", action="user.added", now=now, subject=user.email, role=user.role
        )
        assign(session, user.id, customers)
    elif not is_known:
        user.password_hash = hashed(who["password"])


def _customers(data_dir: str) -> list[list[str]]:
    """Return the ids of each region's customers, in an order that never changes."""
    store = open_store(data_dir)
    frames = (
        store.scan(CUSTOMERS, region).select("customer_id").sort("customer_id").collect()
        for region in store.release.regions
    )
    return [frame.get_column("customer_id").to_list() for frame in frames]


def _write(file: Path, users: list[dict[str, Any]]) -> None:
    draft = file.with_name(f".{file.name}-{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(users, out, indent=1)
    draft.replace(file)
