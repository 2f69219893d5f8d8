"""Masking: raw text on its way to quarantine loses phone numbers and the names in e-mails."""

from __future__ import annotations

import re

import polars as pl

LONGEST = 2_000  # characters of raw text that are kept
_MARGIN = 100  # more than a number is long: one that the cut would halve is cut off whole
_KEPT_DIGITS = 4
# The vendor's own mask over the end of a number: its last digits are not known.
_ENDS_MASKED = r"[0-9][xX*•]{2,}$"
_SHORT = 8  # a number of fewer digits keeps no more than half of them
HIDDEN = "****"
_NUMBER = r"\d(?:[ \u00a0().\-/]{0,3}\d){7,}"
_TOKEN = re.compile(
    r"(?P<uuid>\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b)"
    r"|(?P<date>(?<!\d)[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\d)"
    r"(?:[T ][0-9]{2}:[0-9:.]+(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?)"
    r"|(?P<email>[^\s,;<>\"'@]+(?=@))"
    rf"|(?P<phone>{_NUMBER})",
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
        return HIDDEN
    if match.lastgroup == "phone":
        return HIDDEN + "".join(filter(str.isdigit, text))[-_KEPT_DIGITS:]
    return text


def masked_phone(text: pl.Expr) -> pl.Expr:
    """Return numbers and names of callers as `****` and at most the last four digits."""
    digits = _digits(text)
    count = digits.str.len_chars()
    kept = (
        pl.when(text.str.contains(_ENDS_MASKED))
        .then(0)
        .when(count < _SHORT)
        .then((count // 2).clip(upper_bound=_KEPT_DIGITS))
        .otherwise(_KEPT_DIGITS)
    )
    return pl.lit(HIDDEN) + digits.str.tail(kept)


def masked_sender(text: pl.Expr) -> pl.Expr:
    """Return a number as `masked_phone` does, of a name `****` and its last four characters.

    A short name keeps half of them; digits in it count as those of a short number do.
    """
    count = _digits(text).str.len_chars()
    name = text.str.replace_all(r"[^\p{L}\p{Nd}]", "")
    size = name.str.len_chars()
    ends = [name.str.tail(kept) for kept in range(_KEPT_DIGITS, 0, -1)]
    fitting = [
        pl.when((size > _KEPT_DIGITS) | (end.str.len_chars() * 2 <= size))
        .then(pl.when(_digits(end).str.len_chars() * 2 <= count).then(end))
        for end in ends
    ]  # fmt: skip
    is_name = text.str.contains(r"\p{L}") & (count < _SHORT)
    return (
        pl.when(is_name)
        .then(pl.lit(HIDDEN) + pl.coalesce(*fitting, pl.lit("")))
        .otherwise(masked_phone(text))
    )


def without_numbers(text: pl.Expr) -> pl.Expr:
    """Return words in which what may be a phone number is hidden altogether."""
    return text.str.replace_all(_NUMBER, HIDDEN)


def _digits(text: pl.Expr) -> pl.Expr:
    return text.str.replace_all(r"\P{Nd}", "")


def masked_number(text: str) -> str:
    """Return what `masked_phone` returns, for one text."""
    digits = "".join(filter(str.isdecimal, text))
    kept = _KEPT_DIGITS if len(digits) >= _SHORT else min(len(digits) // 2, _KEPT_DIGITS)
    if re.search(_ENDS_MASKED, text):
        kept = 0
    return HIDDEN + digits[len(digits) - kept :]


def only_ids(raw: str) -> str:
    """Return the dates and UUIDs of a record whose cells cannot be told apart, nothing else."""
    found = (m.group() for m in _TOKEN.finditer(raw[:LONGEST]) if m.lastgroup in ("uuid", "date"))
    return " ".join((*found, HIDDEN))
