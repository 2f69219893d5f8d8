"""Releases: one consistent, published set of table versions, proven by hashes before use."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from dashboard.errors import NotKeptError, ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.data.datasets import Dataset
    from dashboard.data.place import Place

POINTER = "current.json"
FOLDER = "releases"
_DAMAGE = (AttributeError, KeyError, OSError, TypeError, ValueError)


class EmptyDataError(ReleaseError):
    """Nothing was imported into the data directory yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """One immutable data file of a table: its rows are of one region, or of none."""

    path: str
    region: str | None
    rows: int
    sha256: str
    week: date | None = None  # the week all its rows are of, where weeks partition the table


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One version of one Delta table, with the files that make it up."""

    version: int
    files: tuple[DataFile, ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return sum(file.rows for file in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What every page of one moment is computed from."""

    id: str
    as_of: date | None
    weeks: tuple[date, ...]
    regions: tuple[str, ...]  # those analytics offer
    published: datetime
    contracts: Mapping[str, int]
    tables: Mapping[str, Table]
    present: Mapping[str, tuple[date, ...]] = field(default_factory=dict)  # weeks per dataset
    quality_rule: Mapping[str, Any] | None = None  # by which legs were called poor

    def weeks_of(self, dataset: Dataset) -> tuple[date, ...]:
        """Return the weeks a dataset has rows of in any region, oldest first, future ones too."""
        return tuple(self.present.get(dataset.name, ()))

    def last_week_of(self, dataset: Dataset, as_of: date | None = None) -> date | None:
        """Return the last complete week of a dataset, seen from `as_of` or the default day."""
        day = as_of or self.as_of
        return max((w for w in self.weeks_of(dataset) if day and w < day), default=None)

    @property
    def sequence(self) -> int:
        """How many releases came before, damaged ones included, plus one."""
        return sequence_of(self.id)


def sequence_of(release_id: str) -> int:
    """Return the running number in a release id."""
    return int(release_id[1:].partition("-")[0])


def new_id(sequence: int, draft: Release) -> str:
    """Name a release by its number and what it holds: the time of publishing is no part."""
    content = {k: v for k, v in asdict(draft).items() if k not in ("id", "published")}
    return f"r{sequence:06d}-{_digest(content)[:8]}"


def encode(release: Release) -> bytes:
    """Return the release file: JSON, sealed by a hash over all of it."""
    content = json.loads(json.dumps(asdict(release), default=str))
    return json.dumps({**content, "seal": _digest(content)}, indent=1).encode()


def decode(text: bytes) -> Release:
    """Read a release file; ValueError when its seal does not fit."""
    content = json.loads(text)
    if content.pop("seal") != _digest(content):
        msg = "its seal does not fit"
        raise ValueError(msg)
    tables = {
        name: Table(version=t["version"], files=tuple(map(_file, t["files"])))
        for name, t in content["tables"].items()
    }
    return Release(
        id=content["id"],
        as_of=content["as_of"] and date.fromisoformat(content["as_of"]),
        weeks=tuple(map(date.fromisoformat, content["weeks"])),
        regions=tuple(content["regions"]),
        published=datetime.fromisoformat(content["published"]),
        contracts=content["contracts"],
        tables=tables,
        present={
            n: tuple(map(date.fromisoformat, w)) for n, w in content.get("present", {}).items()
        },
        quality_rule=content.get("quality_rule"),
    )


def _file(content: dict[str, Any]) -> DataFile:
    week = content.get("week")
    return DataFile(**content | {"week": week and date.fromisoformat(week)})


def release_name(release_id: str) -> str:
    """Return the name of the file that holds a release."""
    return f"{FOLDER}/{release_id}.json"


def pointed_at(place: Place) -> str | None:
    """Return the id the pointer holds; None without pointer, ValueError if it is damaged."""
    try:
        pointer = json.loads(place.read(POINTER))
    except (FileNotFoundError, NotADirectoryError):
        return None
    found = pointer.get("release") if isinstance(pointer, dict) else None
    if not isinstance(found, str) or not re.fullmatch(r"r[0-9]{6,}-[0-9a-f]{8}", found):
        msg = "it names no release"
        raise ValueError(msg)
    return found


def release_ids(place: Place) -> list[str]:
    """Return the ids of all release files, newest first."""
    names = (name.removesuffix(".json") for name in place.names(FOLDER))
    found = [name for name in names if re.fullmatch(r"r[0-9]{6,}-[0-9a-f]{8}", name)]
    return sorted(found, key=sequence_of, reverse=True)


def newest_sound(place: Place, *, verify: bool = True) -> tuple[Release, tuple[str, ...]]:
    """Return the published release, or the newest older one that is sound, and what was refused.

    Nothing there at all is an EmptyDataError; nothing sound a ReleaseError.
    """
    try:
        candidates, refused = _candidates(place)
        for release_id in candidates:
            try:
                return _open(place, release_id, verify=verify), tuple(refused)
            except _DAMAGE as error:
                if isinstance(error, PermissionError):
                    raise
                why = _why(error)
                refused.append(f"Release {release_id} is damaged and not served: {why}.")
    except PermissionError as error:
        msg = (
            f"{error.filename} cannot be read: permission denied; "
            "run as the user that owns the data directory, or grant it read access."
        )
        raise ReleaseError(msg) from error
    root = place.uri("")
    if not refused:
        msg = f"No data in {root} yet. Run: partnerlens ingest PATH…, or partnerlens demo."
        raise EmptyDataError(msg)
    msg = f"{refused[0]} Nothing sound is left in {root}: restore it from a backup."
    raise ReleaseError(msg)


def kept_ids(place: Place) -> list[str]:
    """Return the ids of the releases that were published and not deleted yet, newest first."""
    try:
        current = pointed_at(place)
    except (OSError, ValueError):
        current = None
    known = release_ids(place)
    if current is None:
        return known
    return [i for i in known if sequence_of(i) <= sequence_of(current)]


def kept(place: Place, release_id: str, *, verify: bool = True) -> Release:
    """Return a release by its id, which may come from anybody: only listed ones become a path."""
    known = kept_ids(place)
    if release_id not in known:
        names = ", ".join(known) or "none"
        shown = ascii(release_id)[1:-1]
        msg = f"Release {shown} is gone, or never was; kept are: {names}."
        raise NotKeptError(msg)
    try:
        return _open(place, release_id, verify=verify)
    except _DAMAGE as error:
        msg = f"Release {release_id} is damaged and not served: {_why(error)}."
        raise NotKeptError(msg) from error


def damage(place: Place, release: Release) -> str | None:
    """Return the first data file that is not what was written, or None."""
    for table in release.tables.values():
        for file in table.files:
            if hashlib.sha256(place.read(file.path)).hexdigest() != file.sha256:
                return f"{file.path} was changed"
    return None


def _candidates(place: Place) -> tuple[list[str], list[str]]:
    """Return the releases to try, in order, and a sentence if the pointer itself is bad."""
    known = release_ids(place)
    try:
        current = pointed_at(place)
    except PermissionError:
        raise
    except (OSError, ValueError) as error:
        return known, [f"The pointer {POINTER} is damaged: {_why(error)}."]
    if current is None:
        return known, [f"The pointer {POINTER} is missing."] if known else []
    older = [i for i in known if sequence_of(i) < sequence_of(current)]
    return [current, *older], []


def _open(place: Place, release_id: str, *, verify: bool) -> Release:
    release = decode(place.read(release_name(release_id)))
    broken = damage(place, release) if verify else None
    if release.id != release_id:
        broken = f"it says it is {release.id}"
    if broken:
        raise ValueError(broken)
    return release


def _why(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{error.filename} is missing"
    return str(error)


def _digest(content: Any) -> str:
    text = json.dumps(content, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
