"""Publishing: one writer at a time turns table versions into the next release."""

from __future__ import annotations

import fcntl
import json
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.data import release as releases
from dashboard.data.release import POINTER, EmptyDataError
from dashboard.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.data.place import Place
    from dashboard.data.release import Release


@contextmanager
def only_writer(place: Place) -> Iterator[None]:
    """Hold the writer's lock of a place; the system releases it when the process ends."""
    path = place.lock_path
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            msg = f"Another ingest is writing to {place.uri('')}: try again when it is done."
            raise ReleaseError(msg) from error
        place.sweep()
        yield


def base_release(place: Place) -> tuple[Release | None, tuple[str, ...]]:
    """Return the sound release the next one builds on, None at first, and what was refused."""
    try:
        return releases.newest_sound(place)
    except EmptyDataError:
        return None, ()


def publish(place: Place, base: Release | None, draft: Release, keep: int) -> Release:
    """Name the draft, write it beside the old releases, then swap the pointer to serve it."""
    known = releases.release_ids(place)
    sequence = max(map(releases.sequence_of, known), default=0) + 1
    release = replace(draft, id=releases.new_id(sequence, draft))
    place.write(releases.release_name(release.id), releases.encode(release))
    place.write(POINTER, json.dumps({"release": release.id}).encode())
    _forget(place, known, base, keep)
    return release


def _forget(place: Place, known: list[str], base: Release | None, keep: int) -> None:
    """Delete the files of releases too old to keep, and of those that were never published."""
    lineage = [i for i in known if base and releases.sequence_of(i) <= base.sequence]
    for release_id in set(known) - set(lineage[: keep - 1]):
        place.delete(releases.release_name(release_id))
