"""Narrowing: what somebody chose to look at more closely, in words that take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.drawing import has_grid
from dashboard.components.ids import slot
from dashboard.figures.names import endpoint_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.sections import Section, View

CHIPS = "chips"  # the slot in a table's card
CHART_CHIPS = "chart-chips"  # the slot in the card of a chart that is narrowed itself
ANNOUNCED = "announced"  # the slot of a page that only a screen reader reads


def chip_place(section: Section, name: str) -> Component:
    """Return the place of a card's chips; it takes the focus of one that goes."""
    return html.Div(id=slot(section.name, name), className="pl-chips", tabIndex=-1)


def announcer(section: Section) -> Component:
    """Return the place of the sentence that says what is shown now."""
    place = html.Span(id=slot(section.name, ANNOUNCED))
    return html.P(place, role="status", className="pl-hidden")


def words(view: View, language: Language) -> dict[str, str]:
    """Say what narrows a view's table, by the name of the filter."""
    chosen = view.narrowed
    written = {
        "endpoint": lambda: endpoint_name(chosen["endpoint"], language),
        "week": lambda: language.text("Week ending {week}", week=language.date(chosen["week"])),
    }
    return {name: written[name]() for name in chosen}


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


def narrowing_values(
    view: View, language: Language
) -> list[tuple[dict[str, str], dict[str, Any]]]:
    """Return the chips of a section's card: of its table's, or of the chart that is its table."""
    section = view.section
    if not section.narrowed_by:
        return []
    place = CHIPS if has_grid(section) else CHART_CHIPS
    return [(slot(section.name, place), {"children": chips(view, language)})]
