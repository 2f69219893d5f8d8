"""Write: stories, drawn one after the other, as the bytes of a presentation."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from dashboard.exports.deck.canvas import ACCENT, MUTED, TEXT, Canvas
from dashboard.exports.deck.charts import draw_chart
from dashboard.exports.deck.slides import SLIDES
from dashboard.exports.deck.story import Box, Card, Cards, Chart, Nothing, Table
from dashboard.exports.deck.tables import draw_table
from dashboard.exports.deck.theme import color
from dashboard.exports.deck.words import fitted, printable
from dashboard.exports.properties import PART, custom_xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.exports.claim import Claim
    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Block, Story
    from dashboard.exports.deck.template import Clothes

MIME = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
HEADING = Box(0.6, 0.38, 9.5, 0.3)
TITLE = Box(0.6, 0.68, 12.13, 0.85)
DETAIL = Box(0.6, 1.53, 12.13, 0.45)
FOOTER = Box(0.6, 7.02, 11.3, 0.25)
NUMBER = Box(12.0, 7.02, 0.73, 0.25)
LOGO = Box(10.6, 0.25, 2.13, 0.42)
BAND = Box(0, 0, 0.22, 7.5)
BIG_LOGO = Box(8.73, 0.6, 4.0, 1.0)
GAP = 0.2


def to_pptx(brief: Brief, clothes: Clothes, slides: Iterable[str] = tuple(SLIDES)) -> bytes:
    """Write a deck of the named slides, in their order.

    Numbers in charts are those of the views; texts that do not fit are whole in the notes.
    """
    deck, language = clothes.deck, brief.language
    told = None
    for number, name in enumerate(slides, start=1):
        story = SLIDES[name](brief)
        told = told or story
        canvas = Canvas.of(clothes, language.code)
        canvas.slide.name = name
        _draw(canvas, story, number, brief)
    facts = deck.core_properties
    facts.title = printable(told.finding) if told else ""
    facts.author, facts.language = "Partnerlens", language.code
    facts.subject = printable(told.caption) if told else ""
    facts.keywords = brief.portfolio.store.release.id
    facts.comments = "; ".join(f"{k}: {v}" for k, v in brief.receipt.as_words(language))
    facts.created = facts.modified = brief.receipt.at.replace(tzinfo=None)
    _stamp(deck, brief.claim())
    out = BytesIO()
    deck.save(out)
    return out.getvalue()


def _stamp(deck: Any, claim: Claim) -> None:
    """Put the claim into a custom property, for `partnerlens verify`."""
    package = deck.part.package
    content = custom_xml(claim.written())
    try:  # the owner's template may have properties already
        package.part_related_by(RELATIONSHIP_TYPE.CUSTOM_PROPERTIES).blob = content
    except KeyError:
        kind, place = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, PackURI(f"/{PART}")
        part = Part(place, kind, package, content)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def file_name(brief: Brief) -> str:
    """Name the file after what is in it, by names that every file system takes."""
    filters = brief.filters
    return f"review_{filters.product}_{filters.region}_{brief.as_of.isoformat()}.pptx"


def _draw(canvas: Canvas, story: Story, number: int, brief: Brief) -> None:
    if story.opening:
        _opening(canvas, story)
    else:
        canvas.text(story.heading, HEADING, 12, bold=True, color=ACCENT)
        canvas.title(story.finding, TITLE, 24)
        canvas.text(fitted(story.detail, canvas.room(2 * 11.5), 12), DETAIL, 12, color=MUTED)
        canvas.text(fitted(story.caption, canvas.room(FOOTER.width), 10), FOOTER, 10, color=MUTED)
        canvas.text(brief.language.number(number), NUMBER, 10, color=MUTED, right=True)
        canvas.logo(LOGO)
    cut = [text for block in story.blocks for text in _block(canvas, block)]
    notes = [story.finding, story.detail, *story.notes, *dict.fromkeys(cut), story.caption]
    frame = canvas.slide.notes_slide.notes_text_frame
    frame.text = "\n".join(printable(note) for note in notes if note)


def _opening(canvas: Canvas, story: Story) -> None:
    canvas.panel(BAND, ACCENT)
    canvas.logo(BIG_LOGO)
    canvas.text(story.heading, Box(1.0, 2.3, 11.3, 0.5), 20, bold=True, color=ACCENT)
    canvas.title(story.finding, Box(1.0, 2.85, 11.3, 1.5), 40)
    canvas.text(story.detail, Box(1.0, 4.5, 11.3, 0.9), 18, color=TEXT)
    canvas.text(story.caption, Box(1.0, 6.6, 11.3, 0.6), 12, color=MUTED)


def _block(canvas: Canvas, block: Block) -> list[str]:
    """Draw one block; return the texts that were cut."""
    match block:
        case Table():
            return draw_table(canvas, block)
        case Chart():
            draw_chart(canvas, block)
            return [printable(name) for name in block.categories] if block.kind == "bars" else []
        case Cards():
            _cards(canvas, block)
        case Nothing():
            _nothing(canvas, block)
    return []


def _cards(canvas: Canvas, row: Cards) -> None:
    box = row.box
    width = (box.width - GAP * (len(row.cards) - 1)) / len(row.cards)
    for place, card in enumerate(row.cards):
        _card(canvas, card, Box(box.x + place * (width + GAP), box.y, width, box.height))


def _card(canvas: Canvas, card: Card, box: Box) -> None:
    canvas.panel(box)
    x, width = box.x + 0.15, box.width - 0.3
    room = canvas.room(width)
    label = fitted(card.label, 2 * room * 0.85, 11)
    canvas.text(label, Box(x, box.y + 0.1, width, 0.4), 11, color=MUTED)
    canvas.text(card.value, Box(x, box.y + 0.52, width, 0.6), 30, bold=True)
    mood = color({"good": "good-change", "bad": "bad"}[card.mood]) if card.mood else MUTED
    canvas.text(
        fitted(card.below, 2 * room * 0.9, 11), Box(x, box.y + 1.15, width, 0.5), 11, color=mood
    )


def _nothing(canvas: Canvas, block: Nothing) -> None:
    box = block.box
    canvas.panel(Box(box.x, box.y, box.width, 1.5))
    canvas.text(block.words, Box(box.x + 0.4, box.y + 0.55, box.width - 0.8, 0.6), 18, color=MUTED)
