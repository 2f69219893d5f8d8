"""Compare: the rows of a file against those computed anew, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import isclose
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Cell = str | float | None
Rows = list[list[Cell]]
Texts = tuple[str, ...]
EXACT = 1e-9  # programs write fewer digits than they hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place of a file that says something else than the data."""

    where: str
    found: str
    expected: str

    def __str__(self) -> str:
        """Say it in one sentence."""
        return f"{self.where}: {self.found} in the file, {self.expected} by the data."


def compare(heads: Sequence[str], found: Rows, fresh: Rows) -> list[Difference]:
    """Return what differs; `fresh` may hold more rows, and rows may come in any order.

    A row that is not among the fresh ones is put beside the one with the same texts.
    """
    left: dict[Texts, Rows] = defaultdict(list)
    for row in fresh:
        left[_texts(row)].append(row)
    odd: list[tuple[int, list[Cell]]] = []
    for place, row in enumerate(found, start=2):  # the headings are row 1
        alike = left[_texts(row)]
        at = next((n for n, other in enumerate(alike) if same_row(row, other)), None)
        if at is None:
            odd.append((place, row))
        else:
            alike.pop(at)
    return [one for place, row in odd for one in _judged(heads, place, row, left[_texts(row)])]


def _judged(
    heads: Sequence[str], place: int, row: list[Cell], alike: Rows
) -> Iterator[Difference]:
    if not alike:
        what = ", ".join(_texts(row)) or "its numbers"
        yield Difference(where=f"Row {place}", found=what, expected="no such row")
        return
    for head, one, other in zip(heads, row, alike.pop(0), strict=True):
        if not same(one, other):
            yield Difference(where=f"Row {place}, {head}", found=said(one), expected=said(other))


def same_row(row: list[Cell], other: list[Cell]) -> bool:
    """Tell whether two rows say the same."""
    return all(map(same, row, other))


def same(one: Cell, other: Cell) -> bool:
    """Tell whether two cells say the same, a number by its value."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=EXACT, abs_tol=EXACT)
    return one == other


def said(cell: Cell) -> str:
    """Write a cell for a sentence."""
    if cell is None or cell == "":
        return "nothing"
    return f"{cell:.12g}" if isinstance(cell, float) else cell


def number_or_text(text: str) -> Cell:
    """Read the cell of a file of text: a number where it is one."""
    try:
        return float(text)
    except ValueError:
        return text or None


def _texts(row: list[Cell]) -> Texts:
    return tuple(cell for cell in row if isinstance(cell, str))
