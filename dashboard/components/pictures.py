"""Pictures: what takes a chart away: as a picture at once, or by a menu in any other form."""

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
    """Return the PNG at a click and the menu beside it; with `rows` it offers the numbers, too.

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
    png, words = language.text("Save as PNG"), language.text("Save or copy this chart")
    at_once = _item("picture", "png", name, _icon("save"), title=png, **{"aria-label": png})
    opener = html.Summary(_icon("more"), title=words, **{"aria-label": words})
    menu = html.Details([opener, html.Div(items)], className="pl-picture-menu")
    return html.Div([at_once, menu], className="pl-save")


def _icon(name: str) -> Component:
    return html.Span(className=f"pl-icon pl-icon-{name}", **{"aria-hidden": "true"})


def _item(action: str, form: str, name: str, shown: Component | str, **more: str) -> Component:
    told = {"data-action": action, "data-form": form, "data-chart": name}
    return html.Button(shown, **told, **more)


def _places(name: str) -> list[Component]:
    """Return where a request for numbers is put, and where their file arrives, as for a table."""
    request = dcc.Store(id={"part": "export-request", "section": name})
    return [request, dcc.Download(id={"part": "download", "section": name})]
