"""Customers: the page of the list without its values, every part at its final size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import ids
from dashboard.components.customer_columns import customer_columns
from dashboard.components.customer_filters import LIST, filters_of, part
from dashboard.components.following import following_grid
from dashboard.components.ids import slot
from dashboard.components.saved_views import views_menu
from dashboard.components.table import column_chooser
from dashboard.components.tags import bulk_bar

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.components.customer_filters import Listing
    from dashboard.i18n import Language

DEBOUNCE = 300  # milliseconds without a key before a search starts
LONGEST = 100  # characters of a search
OPTIONS: dict[str, Any] = {
    "rowBuffer": 20,
    "rowHeight": 56,
    "alwaysShowVerticalScroll": True,  # columns are fitted before rows come, and leave it room
}
CHOOSING: dict[str, Any] = {
    "rowSelection": {
        "mode": "multiRow",
        "checkboxes": True,
        "headerCheckbox": False,
        "enableClickSelection": False,
    },
    "selectionColumnDef": {"pinned": "left", "width": 40, "resizable": False, "sortable": False},
}


def customers_shell(listing: Listing, follows: dict[str, Any], language: Language) -> Component:
    """Lay out the list; `customer_values` fills its places, and the grid asks for its rows."""
    return html.Div(
        [
            html.H1(language.text("Customers")),
            html.Div(id=slot(LIST, "questions"), className="pl-questions"),
            dmc.Card(
                [
                    _head(listing, language),
                    _bar(listing, language),
                    html.Div(id=slot(LIST, "chips"), className="pl-chips", tabIndex=-1),
                    html.Div(
                        [
                            _grid(listing, follows, language),
                            html.Div(id=slot(LIST, "nothing"), className="pl-nothing"),
                        ],
                        className="pl-table-body",
                    ),
                    *_tagging(listing, language),
                    html.P(id=slot(LIST, "caption"), className="pl-caption"),
                    dcc.Download(id=part("file")),
                    dcc.Store(id=part("following")),
                ],
                className="pl-table pl-tight pl-customers",
                withBorder=True,
            ),
        ],
        className="pl-page",
    )


def _head(listing: Listing, language: Language) -> Component:
    count = html.P(html.Span(id=slot(LIST, "found")), role="status", className="pl-found")
    tools: list[Component] = [
        column_chooser(LIST, language, customer_columns(listing, language)),
        dmc.Button(language.text("Export CSV"), id=part("save"), variant="default"),
    ]
    if listing.keeps_views:
        tools.insert(0, views_menu(listing.views, listing.home, language))
    unused = html.Span(id=part("count"), hidden=True)  # without it no script mounts the grid
    return html.Div([html.Div([count, unused]), *tools], className="pl-table-head")


def _bar(listing: Listing, language: Language) -> Component:
    search = dmc.TextInput(
        id=ids.control("q"),
        value=listing.page.query.search,
        debounce=DEBOUNCE,
        placeholder=language.text("Search name or ID"),
        attributes={"input": {"type": "search", "maxLength": LONGEST}},
        **{"aria-label": language.text("Search name or ID")},
    )
    menus = [
        html.Details(
            [
                html.Summary([one.label, html.Span(id=slot(LIST, f"chosen-{one.key}"))]),
                html.Div(
                    id=slot(LIST, f"options-{one.key}"),
                    role="group",
                    className="pl-options",
                    **{"aria-label": one.label},
                ),
            ]
        )
        for one in filters_of(listing, language)
    ]
    return html.Div([search, *menus], className="pl-table-head pl-filters")


def _tagging(listing: Listing, language: Language) -> list[Component]:
    if not (listing.edits_tags and listing.tags):
        return []
    return [html.Div(bulk_bar(LIST, listing.tags, language), className="pl-tagging", hidden=True)]


def _grid(listing: Listing, follows: dict[str, Any], language: Language) -> Component:
    context = {
        "section": LIST,
        "language": language.code,
        "words": {
            "grid": {"loadingOoo": language.text("Loading…")},
            "launch": language.text("Open {customer} at the vendor, in a new tab"),
        },
        "follows": follows,
    }
    chosen = CHOOSING if listing.edits_tags and listing.tags else {}
    columns = customer_columns(listing, language)
    return following_grid(part("grid"), columns, OPTIONS | chosen | {"context": context})
