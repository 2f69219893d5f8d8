"""Subject: whom a file is about, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.i18n import Language


def all_customers(language: Language) -> str:
    """Say that every customer the viewer may see is counted."""
    return language.text("All customers")
