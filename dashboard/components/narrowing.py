"""Narrowing: what somebody chose to look at more closely, in words that take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.ids import slot
from dashboard.wording.narrowing import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.sections import Section, View

CHIPS = "chips"  # the slot of what can be taken back
ANNOUNCED = "announced"  # the slot of a page that only a screen reader reads


def chip_place(section: Section) -> list[Component]:
    """Return the place of a section's chips; it takes the focus of one that goes."""
    if not section.narrowed_by:
        return []
    return [html.Div(id=slot(section.name, CHIPS), className="pl-chips", tabIndex=-1)]


def announcer(section: Section) -> Component:
    """Return the place of the sentence that says what is shown now."""
    place = html.Span(id=slot(section.name, ANNOUNCED))
    return html.P(place, role="status", className="pl-hidden")


def chips(view: View, language: Language) -> list[Component]:
    """Return a button for each filter; assets/20-controller.js lets it take the filter away."""
    hint = language.text("Remove this filter")
    return [
        html.Button(
            [
                text,
                html.Span(" ×", **{"aria-hidden": "true"}),
                html.Span(f", {hint}", className="pl-hidden"),
            ],
            className="pl-chip",
            title=hint,
            **{"data-key": name, "data-value": ""},
        )
        for name, text in words(view, language).items()
    ]


def announcement(views: Sequence[View], language: Language) -> str:
    """Say what the tables of a page are narrowed to."""
    chosen = {name: text for view in views for name, text in words(view, language).items()}
    if not chosen:
        return language.text("The tables show everything.")
    return language.text("The tables show: {filters}.", filters=", ".join(chosen.values()))
