"""Tables: native ones, quiet, with numbers at the right and nothing wider than its column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Inches

from dashboard.exports.deck.canvas import MUTED, RAISED, TEXT, describe
from dashboard.exports.deck.theme import tokens
from dashboard.exports.deck.words import fitted, inches, printable

if TYPE_CHECKING:
    from dashboard.exports.deck.canvas import Canvas
    from dashboard.exports.deck.story import Table

PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's “No Style, No Grid”
PAD = 0.08  # inches beside a text
LEADING = 1.25
ABOVE = 0.13  # inches above and below the text of a row, together
HEAD_POINTS, HEAD_LINES = 10.5, 3
BOLD = 1.16  # a bold word beside a plain one
WRAPPING = 0.9  # of a line is filled where words are not broken
SURE = 0.96  # of a single line is filled: letters are estimated


def draw_table(canvas: Canvas, table: Table) -> list[str]:
    """Draw a table; return the texts that had to be cut, whole."""
    widths = _widths(table, canvas.room(table.box.width))
    x, y, width, _ = canvas.place(table.box)
    head = _height(table.head, widths, HEAD_POINTS, HEAD_LINES)
    heights = [head, *(_height(row, widths, table.points, table.lines) for row in table.rows)]
    frame = canvas.slide.shapes.add_table(
        len(heights), len(widths), x, y, width, Inches(sum(heights))
    )
    describe(frame, table.label)
    grid = frame.table
    properties = grid._tbl.tblPr  # noqa: SLF001 - python-pptx has no table styles
    properties.set("bandRow", "0")
    properties[0].text = PLAIN
    for column, inch in zip(grid.columns, widths, strict=True):
        column.width = Emu(Inches(inch))
    cut: list[str] = []
    for place, (texts, high) in enumerate(zip((table.head, *table.rows), heights, strict=True)):
        grid.rows[place].height = Emu(Inches(high))
        cut += _row(
            canvas, table, [grid.cell(place, i) for i in range(len(widths))], texts, widths
        )
    return cut


def _widths(table: Table, whole: float) -> list[float]:
    """Share out the width so that no word of a heading breaks; the others give way for it."""
    longest = [
        max((inches(w, HEAD_POINTS) for w in text.split()), default=0) for text in table.head
    ]
    least = [(inch * BOLD) + 2 * PAD for inch in longest]
    widths = [whole * part / sum(table.widths) for part in table.widths]
    short = sum(max(0, low - width) for low, width in zip(least, widths, strict=True))
    spare = sum(max(0, width - low) for low, width in zip(least, widths, strict=True))
    give = min(1, short / spare) if spare else 0
    return [
        low if width < low else width - give * (width - low)
        for low, width in zip(least, widths, strict=True)
    ]


def _row(
    canvas: Canvas, table: Table, cells: list[Any], texts: Any, widths: list[float]
) -> list[str]:
    """Fill one row; the head is known by its texts."""
    head = texts is table.head
    points = HEAD_POINTS if head else table.points
    lines = HEAD_LINES if head else table.lines
    cut = []
    for cell, text, width, numeric in zip(cells, texts, widths, table.numeric, strict=True):
        room = (width - 2 * PAD) * (SURE if lines == 1 else lines * WRAPPING)
        shown = fitted(text, room, points)
        if shown != printable(text):
            cut.append(printable(text))
        canvas.fill(
            cell.text_frame,
            shown,
            points,
            bold=head,
            color=MUTED if head else TEXT,
            right=numeric,
        )
        cell.margin_left = cell.margin_right = Inches(PAD)
        cell.margin_top = cell.margin_bottom = Inches(ABOVE / 2)
        cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
        _ground(cell, head=head)
    return cut


def _ground(cell: Any, *, head: bool) -> None:
    """Fill the head's cells, and draw one thin line below each."""
    if head:
        cell.fill.solid()
        cell.fill.fore_color.theme_color = RAISED
    else:
        cell.fill.background()
    line = (
        f'<a:lnB {nsdecls("a")} w="9525"><a:solidFill>'
        f'<a:srgbClr val="{tokens()["border"]}"/></a:solidFill></a:lnB>'
    )
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))  # noqa: SLF001 - python-pptx has no cell borders


def _height(texts: Any, widths: list[float], points: float, lines: int) -> float:
    """Return the inches a row needs for its longest text, up to `lines` lines."""
    most = max(
        inches(printable(text), points) / ((width - 2 * PAD) * WRAPPING)
        for text, width in zip(texts, widths, strict=True)
    )
    needed = min(lines, 1 + int(most)) if lines > 1 else 1
    return needed * points * LEADING / 72 + ABOVE


def rows_that_fit(table: Table) -> int:
    """Return how many rows of a table there is room for in its box."""
    widths = _widths(table, table.box.width)
    room = table.box.height - _height(table.head, widths, HEAD_POINTS, HEAD_LINES)
    for place, row in enumerate(table.rows):
        room -= _height(row, widths, table.points, table.lines)
        if room < 0:
            return place
    return len(table.rows)
