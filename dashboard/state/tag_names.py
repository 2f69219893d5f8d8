"""Tag names: which words may be a tag, and when two of them are the same."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from dashboard.errors import PartnerlensError

LONGEST = 25  # characters as a person counts them
LONGEST_WRITTEN = 100  # code points: a character of emoji or of marks takes several
JOINER = "\N{ZERO WIDTH JOINER}"  # makes one emoji of several
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)  # two of them are one flag
# They draw nothing, or only say how the character before them is drawn.
UNSEEN = frozenset((JOINER, "\N{COMBINING GRAPHEME JOINER}", *map(chr, range(0xFE00, 0xFE10))))
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and symbols without any ink
UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})  # control, bidi, half a character …


class TagProblem(StrEnum):
    """Why a change of a tag was refused; `dashboard.components.tags` has the sentences."""

    EMPTY = "empty"
    LONG = "long"
    CHARACTER = "character"
    TAKEN = "taken"
    OVERTAKEN = "overtaken"
    SHARED = "shared"


class TagError(PartnerlensError):
    """A change of a tag was refused; `problem` says why to a program."""

    def __init__(self, problem: TagProblem, message: str) -> None:
        """Refuse for a reason, in one sentence."""
        super().__init__(message)
        self.problem = problem


def tag_name(written: str) -> str:
    """Return a name as it is kept: composed, trimmed, with single spaces. Or raise `TagError`."""
    name = " ".join(unicodedata.normalize("NFC", written).split())
    if any(unicodedata.category(c) in UNWANTED for c in name.replace(JOINER, "")):
        msg = "A tag has no invisible characters: type its name anew."
        raise TagError(TagProblem.CHARACTER, msg)
    if not any(unicodedata.category(c)[0] in "LNPS" and c not in BLANKS for c in name):
        msg = "A tag needs a name: type one."
        raise TagError(TagProblem.EMPTY, msg)
    if characters(name) > LONGEST or len(name) > LONGEST_WRITTEN:
        msg = f"A tag has at most {LONGEST} characters: choose a shorter name."
        raise TagError(TagProblem.LONG, msg)
    return name


def folded(name: str) -> str:
    """Return a name as it is compared: without case, and without what nobody can see."""
    seen = "".join(c for c in name if c not in UNSEEN)
    return unicodedata.normalize("NFC", seen.casefold())


def characters(text: str) -> int:
    """Count characters as a person does: a letter with its accents is one, so is an emoji."""
    count, joined, half_flag = 0, False, False
    for c in text:
        if c == JOINER or unicodedata.category(c)[0] == "M" or ord(c) in SKIN_TONES:
            joined = joined or c == JOINER
            continue
        is_flag = ord(c) in FLAG_LETTERS
        count += not (joined or (is_flag and half_flag))
        joined, half_flag = False, is_flag and not half_flag
    return count
