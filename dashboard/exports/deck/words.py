"""Words on slides: what fits its place, and nothing that a program would run or choke on."""

from __future__ import annotations

import unicodedata

from dashboard.exports.guard import guarded

POINTS_PER_INCH = 72
TURNING = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
# Widths of Arial's letters as parts of their height, at the wide end so that nothing overflows.
WIDEST, WIDE, CAPITAL, USUAL, THIN = 1.0, 0.85, 0.71, 0.55, 0.31
WIDER = frozenset("mwшщюжм%@MWШЩЮЖФ")
THINNEST = frozenset("iljftrIі.,;:'|!()[] -·")


def printable(text: str) -> str:
    """Put a text on one line, without what XML cannot hold or what turns other text around."""
    spaced = " ".join(text.split())
    return "".join(
        c
        for c in spaced
        if unicodedata.category(c) not in {"Cc", "Cn", "Cs"}
        and unicodedata.bidirectional(c) not in TURNING
    )


def inert(text: str) -> str:
    """Return a name for a chart's workbook, that no spreadsheet takes for a formula."""
    return guarded(printable(text))


def inches(text: str, points: float) -> float:
    """Estimate how wide a text is."""
    return sum(map(_width, text)) * points / POINTS_PER_INCH


def fitted(text: str, width: float, points: float) -> str:
    """Cut a text that is wider than `width` inches, with an ellipsis at its end."""
    text = printable(text)
    if inches(text, points) <= width:
        return text
    room = width - inches("…", points)
    for place, letter in enumerate(text):
        room -= inches(letter, points)
        if room < 0:
            return text[:place].rstrip() + "…"
    return text


def _width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return WIDEST
    if letter in THINNEST:
        return THIN
    if letter in WIDER:
        return WIDE
    return CAPITAL if letter.isupper() else USUAL
