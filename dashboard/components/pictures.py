"""Pictures: the menu of a chart, which takes it away as a picture or as its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import dcc, html

from dashboard.wording.table_filters import conditions

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language


def picture_words(language: Language, who: str) -> dict[str, str | dict[str, str]]:
    """Return what the scripts of pictures and paper say to this user, by its name there."""
    return {
        "made": language.text("made by {who} at {at} UTC").replace("{who}", who),
        "copied": language.text("Copied. Paste it into a slide or a message."),
        "not_copied": language.text(
            "The browser did not let this page copy a picture. Save it as PNG instead."
        ),
        "saved": language.text("Saved among your downloads."),
        "not_drawn": language.text("The picture could not be drawn. Please try again."),
        "screenshot": language.text("Screenshot mode"),
        "copy": language.text("Copy picture"),
        "png": language.text("Save as PNG"),
        "light": language.text("Light"),
        "dark": language.text("Dark"),
        "close": language.text("Close"),
        "no_library": language.text(
            "Copying and saving need a file that npm fetches when Partnerlens is installed; this "
            "screen can be photographed as it is."
        ),
        "more_rows": language.text("and {n} more rows"),
        "search": language.text("Search: “{text}”"),
        "conditions": conditions(language),
        "page": language.text("Page {n} of {all}"),
    }


def picture_menu(name: str, language: Language, *, rows: bool = False) -> Component:
    """Return the menu of a chart's card; with `rows` it also offers the numbers as a file.

    `assets/36-pictures.js` draws the pictures; numbers are computed anew by the server, as those
    of tables are (`callbacks/exports.py`). It is a plain disclosure, as the choice of columns is.
    """
    items = [
        html.P(language.text("Slide size, in the colors on screen")),
        _item("picture", "copy", name, language.text("Copy picture")),
        _item("picture", "png", name, language.text("Save as PNG")),
        _item("picture", "svg", name, language.text("Save as SVG")),
    ]
    if rows:
        items += [
            html.P(language.text("The numbers behind it")),
            _item("numbers", "csv", name, language.text("Export CSV")),
            _item("numbers", "xlsx", name, language.text("Export XLSX")),
            *_places(name),
        ]
    words = language.text("Save or copy this chart")
    icon = html.Span(className="pl-icon pl-icon-save", **{"aria-hidden": "true"})
    opener = html.Summary(icon, title=words, **{"aria-label": words})
    return html.Details([opener, html.Div(items)], className="pl-picture-menu")


def _item(action: str, form: str, name: str, words: str) -> Component:
    told = {"data-action": action, "data-form": form, "data-chart": name}
    return html.Button(words, **told)


def _places(name: str) -> list[Component]:
    """Return where a request for numbers is put, and where their file arrives, as for a table."""
    request = dcc.Store(id={"part": "export-request", "section": name})
    return [request, dcc.Download(id={"part": "download", "section": name})]
