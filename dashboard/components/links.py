"""Links: the one way to point at a page of ours from within a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component


def inside_link(words: str, href: str, look: str) -> Component:
    """Return a link that `assets/21-slots.js` follows without loading the document anew."""
    return html.A(words, href=href, className=f"pl-inside {look}")
