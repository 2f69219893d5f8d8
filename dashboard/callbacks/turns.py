"""Turns: files are made one after the other, and few users wait for theirs (TRUST T-28).

One file is made at a time, since Python runs one thread at a time: pages then wait for one file at
most. One request may wait for it; the others are told so at once, for each that waited would hold
a thread that pages need.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

EXPECTED = 2  # users of a process, which has four threads: one is served, the other waits


class Turns:
    """Who has a file in the making in this process at this moment."""

    def __init__(self, expected: int = EXPECTED) -> None:
        """Begin with nobody."""
        self._expected, self._lock, self._making = expected, Lock(), Lock()
        self._users: set[str] = set()

    @contextmanager
    def one(self, user: str) -> Iterator[bool]:
        """Wait for this user's turn, which lasts until the block ends; False to one too many."""
        with self._lock:
            mine = user not in self._users and len(self._users) < self._expected
            if mine:
                self._users.add(user)
        if not mine:
            yield False
            return
        try:
            with self._making:
                yield True
        finally:
            with self._lock:
                self._users.discard(user)
