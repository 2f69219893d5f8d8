"""Canvas: one slide being drawn, measured in inches of a 16:9 slide whatever its template."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Self

from PIL import Image
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from dashboard.exports.deck.template import HEIGHT, WIDTH
from dashboard.exports.deck.words import inches, printable

if TYPE_CHECKING:
    from pptx.slide import Slide

    from dashboard.exports.deck.story import Box
    from dashboard.exports.deck.template import Clothes

TEXT, MUTED = MSO_THEME_COLOR.TEXT_1, MSO_THEME_COLOR.TEXT_2
ACCENT, RAISED = MSO_THEME_COLOR.ACCENT_1, MSO_THEME_COLOR.BACKGROUND_2


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A slide, and how much wider and higher it is than ours."""

    slide: Slide
    clothes: Clothes
    stretch: tuple[float, float]
    language: str

    @classmethod
    def of(cls, clothes: Clothes, language: str) -> Self:
        """Add a slide to the deck."""
        deck = clothes.deck
        stretch = (deck.slide_width / Inches(WIDTH), deck.slide_height / Inches(HEIGHT))
        slide = deck.slides.add_slide(clothes.layout)
        for place in list(slide.placeholders):
            if place.element is not slide.shapes.title.element:
                place.element.getparent().remove(place.element)
        return cls(slide=slide, clothes=clothes, stretch=stretch, language=language)

    def place(self, box: Box) -> tuple[int, int, int, int]:
        """Return where a box is on this slide."""
        x, y = self.stretch
        return (
            Emu(round(Inches(box.x) * x)),
            Emu(round(Inches(box.y) * y)),
            Emu(round(Inches(box.width) * x)),
            Emu(round(Inches(box.height) * y)),
        )

    def room(self, width: float) -> float:
        """Return the real inches that a width of ours has here."""
        return width * self.stretch[0]

    def title(self, text: str, box: Box, points: float) -> None:
        """Write the slide's title into its placeholder, as large as it fits."""
        shape = self.slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = self.place(box)
        text = printable(text)
        while points > SMALLEST and inches(text, points) > self.room(box.width) * (
            box.height * 72 / (points * LEADING) // 1
        ):
            points -= 1
        self.fill(shape.text_frame, text, points, bold=True, color=None)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.TOP

    def text(
        self,
        text: str,
        box: Box,
        points: float,
        *,
        bold: bool = False,
        color: Any = TEXT,
        right: bool = False,
    ) -> None:
        """Write a text into a box of its own."""
        shape = self.slide.shapes.add_textbox(*self.place(box))
        self.fill(shape.text_frame, text, points, bold=bold, color=color, right=right)

    def fill(
        self,
        frame: Any,
        text: str,
        points: float,
        *,
        bold: bool = False,
        color: Any = TEXT,
        right: bool = False,
    ) -> None:
        """Write one paragraph; its language lets the program check its spelling."""
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = printable(text) or "\N{NO-BREAK SPACE}"  # else it has a height of its own
        run.font.size, run.font.bold = Pt(points), bold
        run.font._element.set("lang", SPELLING[self.language])  # noqa: SLF001 - uk is “uk-UA”
        paint(run.font, color)

    def panel(self, box: Box, color: Any = RAISED) -> Any:
        """Draw a quiet surface that something stands on."""
        shape = self.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *self.place(box))
        shape.fill.solid()
        shape.fill.fore_color.theme_color = color
        shape.line.fill.background()
        shape._element.remove(shape._element.find(STYLE))  # noqa: SLF001 - it brings a shadow
        describe(shape, "")
        return shape

    def logo(self, box: Box) -> None:
        """Draw the logo at the right end of a box, in its own proportions."""
        if self.clothes.logo is None:
            return
        with Image.open(BytesIO(self.clothes.logo)) as image:
            wide, high = image.size
        x, y, width, height = self.place(box)
        factor = min(width / wide, height / high)
        w, h = round(wide * factor), round(high * factor)
        picture = self.slide.shapes.add_picture(
            BytesIO(self.clothes.logo), x + width - w, y + (height - h) // 2, w, h
        )
        describe(picture, "Logo")


STYLE = qn("p:style")
SMALLEST = 16  # points of a title
LEADING = 1.2
SPELLING = {"en": "en-US", "en-GB": "en-GB", "uk": "uk-UA"}


def paint(font: Any, color: Any) -> None:
    """Give a font a theme color, or a color of ours; None leaves the template's."""
    if color is None:
        return
    if isinstance(color, MSO_THEME_COLOR):
        font.color.theme_color = color
    else:
        font.color.rgb = color


def describe(shape: Any, words: str) -> None:
    """Say in words what a shape shows; nothing for one that only decorates."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", printable(words))  # noqa: SLF001 - python-pptx has no alternative texts
