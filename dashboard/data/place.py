"""Places: where a data directory is, and how its files are read and replaced there."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dashboard.errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable


UNFINISHED = ".new"  # how the name of a file ends while it is written


class Place(Protocol):
    """A data directory. Names are relative to it and use `/`."""

    def uri(self, name: str) -> str:
        """Return what Polars and Delta call the file or table."""

    def read(self, name: str) -> bytes:
        """Return the bytes of a file, or raise FileNotFoundError."""

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole: readers see the old bytes or the new ones, also after a crash."""

    def names(self, folder: str) -> list[str]:
        """Return the names of the files in a folder; none if there is no such folder."""

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""

    def settle(self, folder: str, names: Iterable[str]) -> None:
        """See that files another library wrote survive a power cut."""

    def sweep(self) -> None:
        """Delete what writers that were killed left unfinished."""

    @property
    def lock_path(self) -> Path:
        """The local file that one writer at a time holds locked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalPlace:
    """A directory of this machine."""

    root: Path

    def uri(self, name: str) -> str:
        """Return the absolute path."""
        return str(self.root / name)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return (self.root / name).read_bytes()

    def write(self, name: str, content: bytes) -> None:
        """Write beside, flush, swap, flush the directory."""
        path = self.root / name
        _make_folder(path.parent)
        beside = path.with_name(f".{path.name}{UNFINISHED}")
        with beside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _flush(path.parent)

    def names(self, folder: str) -> list[str]:
        """Return the names of the files that are neither hidden nor unfinished."""
        path = self.root / folder
        found = [p.name for p in path.iterdir()] if path.is_dir() else []
        return sorted(name for name in found if not name.startswith("."))

    def delete(self, name: str) -> None:
        """Delete a file, if it is there."""
        (self.root / name).unlink(missing_ok=True)

    def settle(self, folder: str, names: Iterable[str]) -> None:
        """Flush the files, their folder and those above it to the disk."""
        above = [p for p in (self.root / folder).parents if p.is_relative_to(self.root)]
        for path in (*(self.root / folder / name for name in names), self.root / folder, *above):
            _flush(path)

    def sweep(self) -> None:
        """Delete what writers that were killed left unfinished."""
        for path in self.root.rglob(f".*{UNFINISHED}"):
            path.unlink()

    @property
    def lock_path(self) -> Path:
        """The lock lies in the directory itself."""
        return self.root / "lock"


def open_place(data_dir: str) -> Place:
    """Return the place a data directory names: a local path or an object-store URL."""
    if "://" not in data_dir:
        return LocalPlace(root=Path(data_dir).absolute())
    try:
        from dashboard.data.object_place import ObjectPlace  # noqa: PLC0415 - optional extra
    except ImportError as error:
        msg = f"{data_dir} is an object store: install partnerlens[object-store] to use it."
        raise ReleaseError(msg) from error
    return ObjectPlace.at(data_dir, locks=Path(tempfile.gettempdir()))


def _make_folder(path: Path) -> None:
    """Create a folder so that it survives a power cut, and those above it."""
    if not path.is_dir():
        _make_folder(path.parent)
        path.mkdir(exist_ok=True)
        _flush(path.parent)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
