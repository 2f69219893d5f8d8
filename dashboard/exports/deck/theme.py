"""Theme: the product's colors on slides, read from the one place where they are written."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from dashboard.settings import assets_dir

if TYPE_CHECKING:
    from pptx.presentation import Presentation

FONT = "Arial"  # ours is a web font, and every office program has this one
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# What a slide's theme calls a color → the token it is.
SCHEME = {
    "dk1": "text",
    "lt1": "surface",
    "dk2": "muted",
    "lt2": "raised",
    "accent1": "accent",
    "accent2": "used",
    "accent3": "assigned",
    "accent4": "available",
    "accent5": "overage",
    "accent6": "good",
    "hlink": "accent",
    "folHlink": "accent",
}


@cache
def tokens() -> dict[str, str]:
    """Return the colors of the light scheme by name, as in assets/00-tokens.css."""
    css = (assets_dir() / "00-tokens.css").read_text("utf-8")
    light = css[css.index(":root {") : css.index("}")]
    return {name: code.upper() for name, code in re.findall(r"--pl-([\w-]+): #(\w{6});", light)}


def color(meaning: str) -> RGBColor:
    """Return the color of a meaning."""
    return RGBColor.from_string(tokens()[TOKENS.get(meaning, meaning)])


# A good call leg and a good change have different greens under almost the same name.
TOKENS = {"good": "good-legs", "good-change": "good"}


def paint(deck: Presentation) -> None:
    """Give a presentation our colors and font, so that what its owner adds has them too."""
    part = deck.slide_master.part.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    scheme = root.find(f".//{DRAWING}clrScheme")
    for entry in scheme:
        name = etree.QName(entry).localname
        if name in SCHEME:
            entry[:] = [etree.Element(f"{DRAWING}srgbClr", val=tokens()[SCHEME[name]])]
    for latin in root.iterfind(f".//{DRAWING}fontScheme//{DRAWING}latin"):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001 - python-pptx has no themes
