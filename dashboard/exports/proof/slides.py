"""Slides: the numbers of a deck, computed anew and put beside what it says.

Slides are found by the names we gave them, so that others may stand between. Titles and texts
are the presenter's; charts, the numeric columns of tables and the cards are the data's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import pptx
from pptx.exc import PackageNotFoundError

from dashboard.errors import SourceError
from dashboard.exports.deck.slides import SLIDES
from dashboard.exports.deck.story import Cards, Chart, Table
from dashboard.exports.deck.words import printable
from dashboard.exports.proof.compare import Difference, said, same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Block


def differences_of_deck(path: Path, brief: Brief) -> tuple[int, list[Difference]]:
    """Return how many slides of ours there are, and what on them differs from the data."""
    try:
        slides = pptx.Presentation(str(path)).slides
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        msg = f"{path} cannot be read as a presentation."
        raise SourceError(msg) from error
    ours = [(number, slide) for number, slide in enumerate(slides, 1) if slide.name in SLIDES]
    found = [d for number, slide in ours for d in _of_slide(number, slide, brief)]
    return len(ours), found


def _of_slide(number: int, slide: Any, brief: Brief) -> Iterator[Difference]:
    where = f"Slide {number}"
    shapes = list(slide.shapes)
    charts = iter([shape.chart for shape in shapes if shape.has_chart])
    tables = iter([shape.table for shape in shapes if shape.has_table])
    texts = {shape.text_frame.text for shape in shapes if shape.has_text_frame}
    for block in SLIDES[slide.name](brief).blocks:
        drawn = next({Chart: charts, Table: tables}.get(type(block), iter(())), None)
        yield from _of_block(where, block, drawn, texts)


def _of_block(where: str, block: Block, drawn: Any, texts: set[str]) -> Iterator[Difference]:
    match block:
        case Cards():
            for card in block.cards:
                if card.value not in texts:
                    yield Difference(
                        where=f"{where}, {card.label}",
                        found="another number",
                        expected=card.value,
                    )
        case Chart() | Table() if drawn is None:
            yield Difference(where=where, found="nothing", expected=block.label)
        case Chart():
            yield from _of_chart(where, block, drawn)
        case Table():
            yield from _of_table(where, block, drawn)


def _of_chart(where: str, block: Chart, drawn: Any) -> Iterator[Difference]:
    found = [list(series.values) for series in drawn.plots[0].series]
    fresh = [list(series.values) for series in block.series]
    if [len(values) for values in found] != [len(values) for values in fresh]:
        yield Difference(where=where, found="a chart with other points", expected=block.label)
        return
    for series, values in zip(block.series, found, strict=True):
        for name, one, other in zip(block.categories, values, series.values, strict=True):
            seen, true = (None if v is None else float(v) for v in (one, other))
            if not same(seen, true):
                place = f"{where}, {series.name}, {name}"
                yield Difference(where=place, found=said(seen), expected=said(true))


def _of_table(where: str, block: Table, drawn: Any) -> Iterator[Difference]:
    found = [[cell.text for cell in row.cells] for row in drawn.rows][1:]
    if len(found) != len(block.rows):
        yield Difference(where=where, found=f"{len(found)} rows", expected=f"{len(block.rows)}")
        return
    for row, (texts, fresh) in enumerate(zip(found, block.rows, strict=True), start=1):
        cells = zip(block.head, block.numeric, texts, fresh, strict=False)
        for head, numeric, seen, true in cells:
            if numeric and seen.strip() != printable(true):
                place = f"{where}, row {row}, {head}"
                yield Difference(where=place, found=seen, expected=printable(true))
