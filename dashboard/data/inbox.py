"""The inbox: which files an import is about, and which options apply to each of them."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.data.options import FILE_NAME, ImportOptions, read_options
from dashboard.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One file to import, or why it cannot be."""

    path: Path
    options: ImportOptions
    refused: str | None = None

    @property
    def file(self) -> str:
        """The path as it was given, as text that can be stored and printed."""
        return os.fsencode(self.path).decode(errors="replace")


def deliveries(paths: Sequence[str], given: ImportOptions) -> list[Delivery]:
    """Return the files to import in the order given, folders by sorted relative path."""
    found: list[Delivery] = []
    options = _Options()
    for path in map(Path, paths):
        if path.is_dir():
            found += [_delivery(file, options.of(file, path), given) for file in _files(path)]
        elif _is_export(path.name):
            found.append(_delivery(path, options.of(path, path.parent), given))
    return [*options.refused, *found]


def _delivery(path: Path, beside: ImportOptions, given: ImportOptions) -> Delivery:
    refused = None
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            refused = f"{path} is not a file."
    except (FileNotFoundError, NotADirectoryError):
        refused = f"{path} does not exist."
    except OSError as error:
        refused = f"{path} cannot be read: {error.strerror}."
    return Delivery(path=path, options=given.over(beside), refused=refused)


def _files(folder: Path) -> Iterable[Path]:
    """Return the exports in a folder: not hidden, and not linked from elsewhere."""
    root = folder.resolve()
    names = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        names += [Path(parent, name) for name in files if _is_export(name)]
    inside = [path for path in names if path.resolve().is_relative_to(root)]
    return sorted(inside, key=lambda path: path.relative_to(folder).as_posix())


def _is_export(name: str) -> bool:
    return name != FILE_NAME and not name.startswith(".")


class _Options:
    """The `import.toml` files met so far; each malformed one is refused once."""

    def __init__(self) -> None:
        self.refused: list[Delivery] = []
        self._read = cache(self._read_options)

    def of(self, file: Path, top: Path) -> ImportOptions:
        """Return the options for a file: the closest `import.toml` up to `top` wins."""
        options = ImportOptions()
        for folder in _up_to(file.parent, top):
            options = options.over(self._read(folder).get(file.resolve(), ImportOptions()))
        return options

    def _read_options(self, folder: Path) -> dict[Path, ImportOptions]:
        path = folder / FILE_NAME
        try:
            found = read_options(path) if path.is_file() else {}
        except SourceError as error:
            self.refused.append(Delivery(path=path, options=ImportOptions(), refused=str(error)))
            return {}
        return {(folder / name).resolve(): options for name, options in found.items()}


def _up_to(folder: Path, top: Path) -> Iterator[Path]:
    yield folder
    while folder != top:
        folder = folder.parent
        yield folder
