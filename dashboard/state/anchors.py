"""Anchors: the chain's end as it was on a day, outside the database, so that a cut is found."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from dashboard.state.audit import verify
from dashboard.state.database import StateError
from dashboard.state.models import AuditEntry

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from dashboard.state.audit import Verdict

PRIVATE = 0o600
HASH = 64  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One line of the file: when it was taken, and the last entry with its hash."""

    at: datetime
    number: int
    hash: str

    def __str__(self) -> str:
        """Write the line."""
        return f"{self.at.isoformat(timespec='seconds')} {self.number} {self.hash}"


def take_anchor(session: Session, path: Path, now: datetime) -> Anchor | None:
    """Append an anchor of the chain's end to the file; None when there is no entry yet.

    Raises `StateError` when the chain does not verify: what is broken must not be vouched for.
    """
    verdict = check_chain(session, path)
    if verdict.broken is not None:
        msg = f"The audit log is broken at entry {verdict.broken}: no anchor was taken."
        raise StateError(msg)
    newest = select(AuditEntry).where(AuditEntry.number == verdict.entries)
    last = session.scalar(newest)
    if last is None:
        return None
    anchor = Anchor(at=now, number=last.number, hash=last.hash)
    _append(path, anchor)
    return anchor


def read_anchors(path: Path) -> list[Anchor]:
    """Return the anchors of a file, oldest first; none where nobody has taken one."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        msg = f"The anchors in {path} cannot be read ({error}): restore the file from a copy."
        raise StateError(msg) from error
    return [_parsed(path, number, line) for number, line in enumerate(lines, start=1) if line]


def check_chain(session: Session, path: Path) -> Verdict:
    """Verify the chain against every anchor of a file."""
    anchors: dict[int, str] = {}
    for anchor in read_anchors(path):
        if anchors.setdefault(anchor.number, anchor.hash) != anchor.hash:
            msg = f"{path} has two anchors of entry {anchor.number}: restore it from a copy."
            raise StateError(msg)
    return verify(session, anchors)


def _parsed(path: Path, number: int, line: str) -> Anchor:
    try:
        at, entry, digest = line.split()
        anchor = Anchor(at=datetime.fromisoformat(at), number=int(entry), hash=digest)
    except ValueError:
        anchor = None
    if anchor is None or anchor.number < 1 or len(anchor.hash) != HASH:
        msg = f"Line {number} of {path} is no anchor: restore the file from a copy."
        raise StateError(msg)
    return anchor


def _append(path: Path, anchor: Anchor) -> None:
    """Add one line at the end, on the disk before this returns; nobody else may read it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE)
        try:
            os.fchmod(file, PRIVATE)
            os.write(file, f"{anchor}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        msg = f"The anchor cannot be written to {path} ({error.strerror}): make it writable."
        raise StateError(msg) from error
