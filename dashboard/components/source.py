"""Source: what a page and each of its charts say of themselves once they have left the app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.ids import slot
from dashboard.exports.csv import file_name
from dashboard.wording.caption import caption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View

Parts = list[tuple[dict[str, str], dict[str, Any]]]
PLACE = slot("page", "source")  # read by pictures and paper, shown on neither phone nor desk


def source_place() -> Component:
    """Return the place of a page's own source, which only pictures and paper show."""
    return html.P(id=PLACE, className="pl-source")


def source_of(views: Sequence[View], language: Language, rules: Rules) -> Parts:
    """Return what fills that place for sections: the words of the one that is narrowed most."""
    if not views:
        return []
    one = max(views, key=lambda view: len(view.narrowed))
    return source_values(caption(one, language), one.release, language, rules)


def source_values(told: str, release: str, language: Language, rules: Rules) -> Parts:
    """Return what fills that place: filters in words, then release and definitions."""
    spans = [html.Span(text) for text in (told, proof(release, language, rules))]
    return [(PLACE, {"children": spans})]


def proof(release: str, language: Language, rules: Rules) -> str:
    """Name the release and the definitions that numbers come from."""
    return " · ".join(
        (
            f"{language.text('Release')} {release}",
            f"{language.text('Definition version')} {rules.version}",
        )
    )


def sourced(
    figure: dict[str, Any],
    view: View,
    language: Language,
    rules: Rules,
    name: str = "",
    told: str = "",
) -> dict[str, Any]:
    """Return a figure that carries what a picture of it prints, and the name of its file.

    A chart that is not its section's whole has a `name` of its own, and may tell what it is.
    """
    layout = figure["layout"]
    file = file_name(view, "png").removesuffix(".png")
    source = {
        "file": file.replace(view.section.name, name, 1) if name else file,
        "definition": told or language.text(view.section.definition, **rules.as_words()),
        "proof": proof(view.release, language, rules),
    }
    return figure | {"layout": layout | {"meta": layout.get("meta", {}) | {"source": source}}}
