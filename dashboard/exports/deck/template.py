"""Template and logo: the owner's own files, refused in one sentence if they are of no use."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

import pptx
from PIL import Image
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from dashboard.errors import SourceError
from dashboard.exports.deck.theme import paint

if TYPE_CHECKING:
    from pathlib import Path

    from pptx.presentation import Presentation
    from pptx.slide import SlideLayout

WIDTH, HEIGHT = 13.333, 7.5  # inches of a 16:9 slide
LARGEST = 50 * 2**20  # bytes of a template
LARGEST_LOGO = 5 * 2**20
PIXELS = 25_000_000
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
EDGES = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clothes:
    """What a deck wears: an empty presentation, the layout of its slides, perhaps a logo."""

    deck: Presentation
    layout: SlideLayout
    logo: bytes | None
    own: bool


def dress(template: Path | None, logo: Path | None) -> Clothes:
    """Open the owner's template and logo, or ours."""
    picture = None if logo is None else _picture(logo)
    if template is None:
        deck = _ours()
        return Clothes(deck=deck, layout=_layout(deck), logo=picture, own=False)
    deck = _opened(template)
    _emptied(deck)
    if not (layouts := _titled(deck)):
        msg = f"Template {template} has no layout with a title; add one, or name another file."
        raise SourceError(msg)
    return Clothes(deck=deck, layout=layouts[0], logo=picture, own=True)


def _ours() -> Presentation:
    """Return the library's own template in 16:9, with our colors."""
    deck = pptx.Presentation()
    factor = Inches(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.shapes:
            if shape.element.spPr.xfrm is not None:
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)
    paint(deck)
    return deck


def _opened(path: Path) -> Presentation:
    why = "it is not a PowerPoint presentation (.pptx)"
    try:
        if path.stat().st_size > LARGEST:
            why = f"it is larger than {LARGEST // 2**20} MB"
            raise ValueError(why)  # noqa: TRY301 - said below, with the others
        return pptx.Presentation(str(path))
    except OSError as error:
        msg = f"Template {path} cannot be read: {error.strerror or why}."
    except Exception:  # noqa: BLE001 - whatever a foreign file makes the library raise
        msg = f"Template {path} cannot be used: {why}; save one from PowerPoint and name it here."
    raise SourceError(msg)


def _emptied(deck: Presentation) -> None:
    """Take the template's own slides out: only its masters and layouts are used."""
    slides = deck.slides._sldIdLst  # noqa: SLF001 - python-pptx cannot remove slides
    for entry in list(slides):
        deck.part.drop_rel(entry.rId)
        slides.remove(entry)


def _layout(deck: Presentation) -> SlideLayout:
    return _titled(deck)[0]


def _titled(deck: Presentation) -> list[SlideLayout]:
    """Return the layouts with a title, those with the least beside it first."""

    def kinds(layout: SlideLayout) -> list[PP_PLACEHOLDER]:
        return [p.placeholder_format.type for p in layout.placeholders]

    def others(layout: SlideLayout) -> int:
        return sum(kind not in (*TITLES, *EDGES) for kind in kinds(layout))

    titled = [x for x in deck.slide_layouts if any(kind in TITLES for kind in kinds(x))]
    return sorted(titled, key=others)


def _picture(path: Path) -> bytes:
    why = "it is not a PNG or JPEG image"
    try:
        if path.stat().st_size > LARGEST_LOGO:
            why = f"it is larger than {LARGEST_LOGO // 2**20} MB"
            raise ValueError(why)  # noqa: TRY301 - said below, with the others
        content = path.read_bytes()
        with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as image:
            if image.width * image.height > PIXELS:
                why = f"it has more than {PIXELS // 1_000_000} million pixels"
                raise ValueError(why)  # noqa: TRY301
            image.load()
    except Exception as error:
        told = getattr(error, "strerror", None) or why
        msg = f"Logo {path} cannot be used: {told}; name a PNG or JPEG file."
        raise SourceError(msg) from error
    return content
