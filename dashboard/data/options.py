"""Import options: what a file does not say of itself, from the command line or `import.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "import.toml"
_NAMES = {"organization_id": "organization_id", "region": "region", "from": "start", "to": "end"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """Organization, region and period of a file; texts, as they were given."""

    organization_id: str | None = None
    region: str | None = None
    start: str | None = None
    end: str | None = None

    def __post_init__(self) -> None:
        """Refuse values nobody can mean."""
        for name in ("organization_id", "region"):
            if (value := getattr(self, name)) is not None and not value.strip():
                msg = f"{name} is empty"
                raise ValueError(msg)
        days = [date.fromisoformat(day) for day in (self.start, self.end) if day is not None]
        if days != sorted(days):
            msg = "the period ends before it starts"
            raise ValueError(msg)

    def over(self, other: ImportOptions) -> ImportOptions:
        """Return these options, and the other's where these say nothing."""
        mine = {name: value for name, value in asdict(self).items() if value is not None}
        return ImportOptions(**{**asdict(other), **mine})

    def given(self) -> set[str]:
        """Return the names of the options that are set."""
        return {f.name for f in fields(self) if getattr(self, f.name) is not None}


def read_options(path: Path) -> dict[str, ImportOptions]:
    """Return the options an `import.toml` gives, by the path of the file they are for."""
    try:
        return _entries(tomllib.loads(path.read_bytes().decode()))
    except (OSError, ValueError) as error:
        msg = f"{path.name} cannot be read: {error}."
        raise SourceError(msg) from error


def _entries(content: dict[str, Any]) -> dict[str, ImportOptions]:
    if set(content) - {"file"} or not isinstance(content.get("file", []), list):
        msg = "it may hold [[file]] tables only"
        raise ValueError(msg)
    return dict(map(_entry, content.get("file", [])))


def _entry(table: dict[str, Any]) -> tuple[str, ImportOptions]:
    if not isinstance(table, dict) or set(table) - {"path", *_NAMES} or "path" not in table:
        msg = f"a [[file]] needs a path and may have {', '.join(_NAMES)}"
        raise ValueError(msg)
    if wrong := [key for key, value in table.items() if not isinstance(value, str)]:
        msg = f"{wrong[0]} must be a text in quotes"
        raise ValueError(msg)
    options = ImportOptions(**{_NAMES[key]: table[key] for key in table if key != "path"})
    return table["path"], options
