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
    pin: str,
    heeded: bool = True,
) -> tuple[dict[str, str], dict[str, Any]]:
    """Return the part of an answer that names its release; `assets/35-pinned.js` copies it.

    `pin` is the release that the URL pins, if any; a page that is of the newest whatever the URL
    says does not heed it.
    """
    said = {"data-release": release_id, "data-as-of": as_of.isoformat() if as_of else ""}
    told = _pinned(pin, published, language) if heeded else _set_aside(pin, language)
    chip = [_chip(told, language)] if pin else []
    return (STAMP, {"children": [html.Span(className="pl-hidden", **said), *chip]})


def _pinned(pin: str, published: datetime | None, language: Language) -> str:
    """Say that newer data may exist."""
    if published is None:
        return language.text("Pinned to release {id}", id=pin)
    day = language.date(published.date())
    return language.text("Pinned to release {id} of {day}", id=pin, day=day)


def _set_aside(pin: str, language: Language) -> str:
    """Say that the release on the other pages is not the one that reports are made from."""
    return language.text(
        "Reports are made from the newest release; the other pages stay pinned to {id}", id=pin
    )


def _chip(told: str, language: Language) -> Component:
    """Say something of the release, and offer the way back to the newest."""
    back = html.Button(language.text("Back to the newest"), **{"data-action": "unpin"})
    return html.P([told, " · ", back], className="pl-pinned")
