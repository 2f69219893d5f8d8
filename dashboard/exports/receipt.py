"""Receipt: who took a file, when, and by which version of the definitions (C-21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.access import EVERYONE

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.i18n import Language


CLAIM = "receipt"  # the column with what `partnerlens verify` reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a file says of its own making; `definitions` is `settings.definition_version`.

    `scope` is the fingerprint of the customers it may be about.
    """

    by: str
    at: datetime
    definitions: str
    scope: str = EVERYONE.fingerprint

    def as_columns(self) -> dict[str, str]:
        """Return its facts by the names of the columns that a file of rows ends with."""
        return {
            "definition_version": self.definitions,
            "made_by": self.by,
            "made_at": f"{self.at:%Y-%m-%dT%H:%M:%SZ}",
        }

    def as_words(self, language: Language) -> list[tuple[str, str]]:
        """Return its facts with their labels."""
        return [
            (language.text("Definition version"), self.definitions),
            (language.text("Made by"), self.by),
            (language.text("Made at"), f"{self.at:%Y-%m-%d %H:%M:%S} UTC"),
        ]
