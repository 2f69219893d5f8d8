"""How a case says what must come of it, and how a report is held against that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from bad_files.bases import EXPORTS, Export

Build = Callable[[Export], bytes]

TOGETHER = 40
OFFSET = "<offset of the first byte that is not UTF-8>"


@dataclass(frozen=True)
class Outcome:
    """Row counts, or the words a refusal must hold, and the columns reported as unknown."""

    kept: int = 0
    quarantined: int = 0
    ignored: int = 0
    refused: tuple[str, ...] | None = None
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """A bad or odd file, built from the good one of an export; any outcome listed is right."""

    name: str
    build: Build
    outcomes: tuple[Outcome, ...]
    where: Callable[[Export], bool] = lambda _: True
    suffix: str = ".csv"

    def file_name(self, export: Export) -> str:
        return f"{export.id}-{self.name}{self.suffix}"


GOOD = Outcome(kept=4)
ONE_BAD = Outcome(kept=3, quarantined=1)
ALL_BAD = Outcome(quarantined=4)
BLANK = Outcome()


def ignoring(rows: int) -> Outcome:
    return Outcome(kept=4, ignored=rows)


def refusing(*words: str) -> Outcome:
    return Outcome(refused=words)


def met(report: dict[str, Any], outcome: Outcome, export: Export, content: bytes) -> bool:
    """Whether a report is the outcome."""
    if outcome.refused is not None:
        return _says(report["refused"], outcome.refused, content)
    counted = (report["rows_kept"], report["rows_quarantined"], report["rows_ignored"])
    return (
        report["refused"] is None
        and counted == (outcome.kept, outcome.quarantined, outcome.ignored)
        and sorted(report["unknown_columns"]) == sorted(outcome.unknown)
        and (report["export"], report["dataset"]) == (export.id, export.dataset)
    )


def _says(sentence: str | None, words: Sequence[str], content: bytes) -> bool:
    if sentence is None:
        return False
    wanted = [str(first_bad_byte(content)) if word is OFFSET else word for word in words]
    return all(word.casefold() in sentence.casefold() for word in wanted)


def first_bad_byte(content: bytes) -> int:
    """Where the bytes stop being UTF-8, which the case promises they do."""
    with pytest.raises(UnicodeDecodeError) as caught:
        content.decode("utf-8")
    return caught.value.start


def neighbors(case: Case, corpus: Sequence[Case], export: Export) -> tuple[Case, ...]:
    """The part of a corpus, a few dozen cases of this export, that a case is imported with."""
    fitting = [other for other in corpus if other.where(export)]
    start = fitting.index(case) // TOGETHER * TOGETHER
    return tuple(fitting[start : start + TOGETHER])


def each(corpus: Sequence[Case]) -> list[Any]:
    """Every case beside every export it fits, with a readable name."""
    return [
        pytest.param(export.id, case, id=f"{export.id.removeprefix('webex_')}-{case.name}")
        for case in corpus
        for export in EXPORTS.values()
        if case.where(export)
    ]
