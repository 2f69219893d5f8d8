"""Text for Plotly, which reads some HTML, and writes dates as it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.i18n import Language


def inert(text: str) -> str:
    """Escape what Plotly would take for a tag, so that a name can never become a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def whole_day(language: Language) -> str:
    """Return Plotly's format of a date with its year."""
    return "%b %-d, %Y" if language.code == "en" else "%-d %b %Y"
