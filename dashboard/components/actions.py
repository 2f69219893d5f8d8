"""Actions: the Share menu, which takes the page on screen elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.components.schedule_dialog import schedule_item

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language


def share_menu(language: Language) -> Component:
    """Return the menu; `assets/34-actions.js` does what its items name."""
    return dmc.Menu(
        [
            _target(language.text("Share")),
            dmc.MenuDropdown(
                [
                    item("print", language.text("Print or save as PDF")),
                    item("screenshot", language.text("Screenshot mode"), "S"),
                    item("pin", language.text("Copy link to these numbers")),
                    schedule_item(language),
                ]
            ),
        ],
        position="bottom-end",
        width="max-content",
    )


def _target(words: str) -> Component:
    """Return what opens the menu; on phones its icon stands alone.

    The menu says of the box around it whether it is open, so that box must be the button.
    """
    icon = html.Span(className="pl-icon pl-icon-share", **{"aria-hidden": "true"})
    label = html.Span(words, className="pl-share-words")
    box = {"component": "button", "type": "button", "className": "pl-share", "aria-label": words}
    return dmc.MenuTarget([icon, label], boxWrapperProps=box)


def item(action: str, words: str, key: str = "") -> Component:
    """Return one item that the browser alone carries out; `key` does the same."""
    shown = html.Kbd(key, className="pl-key-cap") if key else None
    return dmc.MenuItem(words, rightSection=shown, **{"data-action": action})
