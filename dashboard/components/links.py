"""Links: the one way to point somewhere from within a page; nothing else may hold an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dash import html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language

# Our own paths, https and mail (TRUST T-06): browsers read “\” as “/”, skip control characters.
ALLOWED = re.compile(r"(https://[^/\\]|mailto:|/(?![/\\]))[^\\\x00-\x20\x7f]*", re.IGNORECASE)


def inside_link(words: str, href: str, look: str) -> Component:
    """Return a link that `assets/21-slots.js` follows without loading the document anew."""
    return html.A(words, href=safe_href(href), className=f"pl-inside {look}")


def outside_link(words: str, url: str, language: Language, look: str = "") -> Component:
    """Return a link to somebody else's page, in a new tab that knows nothing of ours."""
    hint = html.Span(language.text("(opens in a new tab)"), className="pl-hidden")
    return html.A(
        [words, hint],
        href=safe_href(url),
        target="_blank",
        rel="noopener noreferrer",
        className=f"pl-outside {look}".strip(),
    )


def safe_href(href: str) -> str | None:
    """Return an address that may be followed, else nothing: the words stay, the link does not."""
    return href if ALLOWED.fullmatch(href) else None
