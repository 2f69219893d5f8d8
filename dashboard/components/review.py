"""Review: the button that takes the quarterly review away as slides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language

BUTTON, DOWNLOAD = "review-button", "review-download"


def review_button(language: Language) -> Component:
    """Return the button with the place its file arrives at."""
    button = dmc.Button(
        language.text("Review deck"),
        id=BUTTON,
        variant="default",
        attributes={
            "root": {
                "title": language.text(
                    "A quarterly review of these customers as PowerPoint slides"
                )
            }
        },
    )
    return html.Div([button, dcc.Download(id=DOWNLOAD)], className="pl-review")
