"""Keys: what this installation signs with, made once and kept from everybody else (TRUST T-12)."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from sqlalchemy import make_url

from dashboard.errors import PartnerlensError

SHORTEST_KEY = 32  # characters
FILE = "secret.key"
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileError(PartnerlensError):
    """There is no usable key; the message says why and what to do."""


def load_keys(secret_key: str, secret_file: Path | None, state_url: str) -> tuple[str, ...]:
    """Return the keys, the signing one first; a second one is still accepted while it is replaced.

    They are the setting, else the words of the key file, which is made on the first run.
    """
    if secret_key.strip():
        return _long_enough(secret_key.split(), "PARTNERLENS_SECRET_KEY")
    path = secret_file or _beside(state_url)
    try:
        if not path.exists():
            _make(path)
        if stat.S_IMODE(path.stat().st_mode) & OTHERS:
            msg = f"The key file {path} can be read by others: run chmod 600 {path}."
            raise KeyFileError(msg)
        keys = path.read_text("utf-8").split()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        msg = (
            f"The key file {path} cannot be used ({reason}): name another one in "
            "PARTNERLENS_SECRET_FILE, or set PARTNERLENS_SECRET_KEY."
        )
        raise KeyFileError(msg) from error
    return _long_enough(keys, f"The key file {path}")


def _beside(state_url: str) -> Path:
    """Return where the key file is unless a setting says so: beside the database of a host."""
    place = make_url(state_url)
    if place.get_backend_name() == "sqlite" and place.database not in (None, "", ":memory:"):
        return Path(str(place.database)).parent / FILE
    return Path("var") / FILE


def _make(path: Path) -> None:
    """Write a new key in one step: of processes that start together one wins, and all read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # made 0600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()


def _long_enough(keys: list[str], name: str) -> tuple[str, ...]:
    if not keys or min(map(len, keys)) < SHORTEST_KEY:
        msg = (
            f"{name} holds no key of {SHORTEST_KEY} characters: write a random one there, or "
            "remove it and a new one is made."
        )
        raise KeyFileError(msg)
    return tuple(keys)
