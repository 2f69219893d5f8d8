"""Links: the one way to point at a page of ours from within a card, and at places outside."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language

OUTSIDE = ("https", "mailto")  # what the browser may be sent to; never what it may run (T-07)


def inside_link(words: str, href: str, look: str) -> Component:
    """Return a link that `assets/21-slots.js` follows without loading the document anew."""
    return html.A(words, href=href, className=f"pl-inside {look}")


def outside_link(words: str, url: str, language: Language, look: str = "") -> Component:
    """Return a link that opens in a tab of its own; an address of another kind is only words."""
    if urlsplit(url).scheme not in OUTSIDE:
        return html.Span(words)
    hint = html.Span(language.text("(opens in a new tab)"), className="pl-hidden")
    return html.A(
        [words, hint],
        href=url,
        target="_blank",
        rel="noopener noreferrer",
        className=f"pl-outside {look}".strip(),
    )
