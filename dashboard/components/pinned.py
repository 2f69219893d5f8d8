"""Pinned: which release the numbers on screen are of, and the chip of one that a link pins."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.ids import slot

if TYPE_CHECKING:
    from datetime import date, datetime

    from dash.development.base_component import Component

    from dashboard.i18n import Language

STAMP = slot("release", "stamp")


def stamp_place() -> Component:
    """Return the place above every page that each answer stamps with its release."""
    return html.Div(id=STAMP, className="pl-stamp")


@lru_cache(maxsize=256)  # it is a part of every answer
def stamp(
    release_id: str,
    published: datetime | None,
    as_of: date | None,
    language: Language,
    *,
    pinned: bool,
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the part of an answer that names its release; `assets/35-pinned.js` copies it."""
    said = {"data-release": release_id, "data-as-of": as_of.isoformat() if as_of else ""}
    chip = [_chip(release_id, published, language)] if pinned else []
    return (STAMP, {"children": [html.Span(className="pl-hidden", **said), *chip]})


def _chip(release_id: str, published: datetime | None, language: Language) -> Component:
    """Say that newer data may exist, and offer the way back to them."""
    told = language.text("Pinned to release {id}", id=release_id)
    if published:
        day = language.date(published.date())
        told = language.text("Pinned to release {id} of {day}", id=release_id, day=day)
    back = html.Button(language.text("Back to the newest"), **{"data-action": "unpin"})
    return html.P([told, " · ", back], className="pl-pinned")
