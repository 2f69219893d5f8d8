"""Names: how customers are found and ordered by theirs, in Latin and in Cyrillic letters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

APOSTROPHES = ("\u2019", "\u02bc", "\u2018", "\u00b4", "`")  # that mean a plain one
BETWEEN = "\x1f"  # stands between name and id where both are searched at once
_AFTER = "\uffff"  # sorts behind every letter that may follow the one before it
# Letters of the Ukrainian alphabet that Unicode keeps apart from their neighbors.
_PLACES = {
    "ґ": f"\N{CYRILLIC SMALL LETTER GHE}{_AFTER}",
    "є": f"\N{CYRILLIC SMALL LETTER IE}{_AFTER}",
    "і": f"и{_AFTER}",
    "ї": f"и{_AFTER}{_AFTER}",
}


def folded(text: pl.Expr) -> pl.Expr:
    """Reduce a text to what a search compares: neither case nor kind of apostrophe matters."""
    plain = text.str.normalize("NFC").str.to_lowercase()
    return plain.str.replace_many(list(APOSTROPHES), ["'"] * len(APOSTROPHES))


def wanted(text: str) -> str:
    """Reduce what somebody typed in the same way, without the spaces around it."""
    plain = unicodedata.normalize("NFC", text.replace(BETWEEN, "").strip()).lower()
    for apostrophe in APOSTROPHES:
        plain = plain.replace(apostrophe, "'")
    return plain


def in_alphabet(name: pl.Expr) -> pl.Expr:
    """Return a key that sorts names as a reader expects: by letter, whatever the case."""
    return folded(name).str.replace_many(list(_PLACES), list(_PLACES.values()))
