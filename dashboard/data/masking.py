"""Masking: raw text on its way to quarantine loses phone numbers and the names in e-mails."""

from __future__ import annotations

import re

LONGEST = 2_000  # characters of raw text that are kept
_MARGIN = 100  # more than a number is long: one that the cut would halve is cut off whole
_KEPT_DIGITS = 4
_TOKEN = re.compile(
    r"(?P<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)"
    r"|(?P<date>(?<!\d)[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\d)"
    r"(?:[T ][0-9]{2}:[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)"
    r"|(?P<email>[^\s,;<>\"'@]+(?=@))"
    r"|(?P<phone>\d(?:[ \u00a0().\-/]{0,3}\d){7,})",
    re.IGNORECASE,
)


def masked(raw: str) -> str:
    """Return raw text in which no phone number keeps more than its last four digits.

    Dates and UUIDs stay: they say which row it was.
    """
    if len(raw) <= LONGEST:
        return _TOKEN.sub(_mask, raw)
    return _TOKEN.sub(_mask, raw[:LONGEST])[:-_MARGIN] + " …"


def _mask(match: re.Match[str]) -> str:
    text = match.group()
    if match.lastgroup == "email":
        return "****"
    if match.lastgroup == "phone":
        return "****" + "".join(filter(str.isdigit, text))[-_KEPT_DIGITS:]
    return text
