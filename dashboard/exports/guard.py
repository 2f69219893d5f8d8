"""Guard: text from a vendor's file that no spreadsheet will run as a formula (TRUST T-08)."""

from __future__ import annotations

# A spreadsheet may take a cell that starts with one of these for a formula or a command.
STARTERS = frozenset("=+-@\t\r\n\0\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
                     "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip


def guarded(text: str) -> str:
    """Prefix text that could start a formula with an apostrophe.

    Only for strings: a number is never guarded, so that −5 stays a number.
    """
    return f"'{text}" if text[:1] in STARTERS else text
