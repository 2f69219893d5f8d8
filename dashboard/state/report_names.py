"""Report names: which words may name a template, and what a downloaded file is called."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING

from dashboard.errors import PartnerlensError

if TYPE_CHECKING:
    from datetime import date

LONGEST_NAME = 80
MARKS = frozenset(" -_.()")


class ReportProblem(StrEnum):
    """Why something about reports was refused; `dashboard.components.reports` has the words."""

    NAME = "name"
    TAKEN = "taken"
    MANY = "many"
    BUSY = "busy"


class ReportError(PartnerlensError):
    """A report or a template was refused; `problem` says why to a program."""

    def __init__(self, problem: ReportProblem, message: str) -> None:
        """Refuse for a reason, in one sentence."""
        super().__init__(message)
        self.problem = problem


def template_name(written: str) -> str:
    """Return a name as it is kept: composed, trimmed. Or raise `ReportError` (TRUST T-13)."""
    name = unicodedata.normalize("NFC", written).strip(" ")
    kinds = {unicodedata.category(c) for c in name if c not in MARKS}
    named = any(kind[0] == "L" or kind == "Nd" for kind in kinds)
    if not named or len(name) > LONGEST_NAME or any(k[0] != "L" and k != "Nd" for k in kinds):
        msg = (
            f"A template has a name of at most {LONGEST_NAME} letters, digits, spaces and -_.(), "
            "a letter or a digit among them."
        )
        raise ReportError(ReportProblem.NAME, msg)
    return name


def file_name(title: str, suffix: str, day: date, form: str) -> str:
    """Name a file as W-178 and W-179 do: template, letters and digits, day of the download."""
    return f"{title}_{suffix}_{day.isoformat()}.{form}"
