"""Receipt: who took a file, when, and by which version of the definitions (C-21)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.access import EVERYONE

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.access import Scope
    from dashboard.i18n import Language


CLAIM = "receipt"  # the column with what `partnerlens verify` reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a file says of its own making; `definitions` is `settings.definition_version`.

    `scope` is the fingerprint of the customers it may be about, `customer` the id of the only one.
    """

    by: str
    at: datetime
    definitions: str
    scope: str = EVERYONE.fingerprint
    customer: str = ""

    def about(self, scope: Scope) -> Receipt:
        """Return the same for a file about the customers of a scope."""
        only = scope.customers or frozenset()
        customer = next(iter(only)) if len(only) == 1 else ""
        return replace(self, scope=scope.fingerprint, customer=customer)

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
