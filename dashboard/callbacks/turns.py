"""Turns: files are made one at a time for each user, and few at once (TRUST T-28).

Who is turned away is told so at once: a request that waited would hold a thread that others need.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 2  # files of a process, which has four threads


class Turns:
    """Who makes a file in this process at this moment."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        """Begin with nobody."""
        self._at_once, self._lock = at_once, Lock()
        self._making: set[str] = set()

    @contextmanager
    def one(self, user: str) -> Iterator[bool]:
        """Tell whether it is this user's turn, which lasts until the block ends."""
        with self._lock:
            mine = user not in self._making and len(self._making) < self._at_once
            if mine:
                self._making.add(user)
        try:
            yield mine
        finally:
            if mine:
                with self._lock:
                    self._making.discard(user)
