"""Receipt: who took a file, when, and by which version of the definitions (C-21)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a file says of its own making; `definitions` is `settings.definition_version`."""

    by: str
    at: datetime
    definitions: str

    def as_words(self, language: Language) -> list[tuple[str, str]]:
        """Return its facts with their labels."""
        return [
            (language.text("Definition version"), self.definitions),
            (language.text("Made by"), self.by),
            (language.text("Made at"), f"{self.at:%Y-%m-%d %H:%M:%S} UTC"),
        ]
