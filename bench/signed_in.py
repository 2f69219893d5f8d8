"""Somebody who is signed in at the servers under measurement, with a state database of theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard.callbacks.session import COOKIE, CSRF_COOKIE, CSRF_HEADER, csrf_token
from dashboard.state import sign_ins
from dashboard.state.database import open_database
from dashboard.state.users import add_user, find_user

if TYPE_CHECKING:
    from pathlib import Path

EMAIL, KEY = "bench@partner.example", "bench" * 8


def environment(folder: Path | str) -> dict[str, str]:
    """Return where the state of a measured server is, and what it signs with."""
    return {
        "PARTNERLENS_STATE_URL": f"sqlite:///{folder}/state.db",
        "PARTNERLENS_SECRET_KEY": KEY,
    }


def cookies(folder: Path | str, email: str = EMAIL) -> dict[str, str]:
    """Sign somebody in who sees everything, and return the cookies."""
    now = datetime.now(UTC)
    database = open_database(environment(folder)["PARTNERLENS_STATE_URL"])
    with database.begin() as session:
        user = find_user(session, email)
        if user is None:
            user = add_user(session, email=email, role="full_admin", now=now)
        sign_in_id = sign_ins.begin(session, user.id, now, sign_ins.Patience())
    database.engine.dispose()
    return {COOKIE: sign_in_id, CSRF_COOKIE: csrf_token(KEY, sign_in_id)}


def headers(folder: Path | str, email: str = EMAIL) -> dict[str, str]:
    """Return what a browser that is signed in sends along."""
    kept = cookies(folder, email)
    return {
        "Cookie": "; ".join(f"{name}={value}" for name, value in kept.items()),
        CSRF_HEADER: kept[CSRF_COOKIE],
        "Sec-Fetch-Site": "same-origin",
    }
