"""Narrowing: what somebody chose to look at more closely, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.wording.names import endpoint_name

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.sections import View


def words(view: View, language: Language) -> dict[str, str]:
    """Say what narrows a view's table, by the name of the filter."""
    chosen = view.narrowed
    written = {
        "endpoint": lambda: endpoint_name(chosen["endpoint"], language),
        "week": lambda: language.text("Week ending {week}", week=language.date(chosen["week"])),
        "since": lambda: language.text("compared with {day}", day=language.date(chosen["since"])),
    }
    return {name: written[name]() for name in chosen}
