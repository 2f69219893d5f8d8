"""Story: what one slide says, as plain data, before it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Box(NamedTuple):
    """A place on a slide of 13.333 × 7.5 inches."""

    x: float
    y: float
    width: float
    height: float


WHOLE = Box(0.6, 2.05, 12.13, 4.7)
UPPER = Box(0.6, 2.05, 12.13, 1.75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: `widths` are parts of the box; `numeric` columns stand at the right.

    Texts that are too long for `lines` lines are cut on the slide and whole in the notes.
    """

    label: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    numeric: Sequence[bool]
    box: Box = WHOLE
    lines: int = 1
    points: float = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series of a chart; `meaning` is the token of its color, none for an unseen one.

    `each` gives every point a meaning of its own; `form` writes a label inside each point,
    `labels` are words at the upper end of each.
    """

    name: str
    values: Sequence[float | None]
    meaning: str | None
    dash: str = ""
    form: str = ""
    each: Sequence[str] = ()
    labels: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A native chart; `label` is read out in its place, `form` writes its axis."""

    label: str
    kind: Literal["line", "stacked", "bars"]
    categories: Sequence[str]
    series: Sequence[Series]
    box: Box = WHOLE
    form: str = "#,##0"
    legend: bool = True
    axis: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One number in large type, with what it is and how it was a quarter ago."""

    label: str
    value: str
    below: str
    mood: Literal["", "good", "bad"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """A row of cards beside each other."""

    cards: Sequence[Card]
    box: Box = UPPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """A place that says why it is empty."""

    words: str
    box: Box = WHOLE


Block = Table | Chart | Cards | Nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One slide: its finding is the title, everything else shows why.

    `heading` says what the slide is about, `detail` what else there is to say, `caption` which
    data it is made of. `notes` hold the definitions.
    """

    heading: str
    finding: str
    caption: str
    detail: str = ""
    blocks: Sequence[Block] = ()
    notes: Sequence[str] = ()
    opening: bool = False
