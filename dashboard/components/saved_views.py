"""Saved views: the menu of choices that somebody keeps under names of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.state.saved_views import LONGEST_NAME, MOST, ViewProblem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.state.models import SavedView


def view_part(name: str) -> dict[str, str]:
    """Identify one part of the menu: name, keep, replace, told, list."""
    return {"part": f"view-{name}"}


def forget(view: Any) -> dict[str, Any]:
    """Identify the button that removes a view, or given ALL every one of them."""
    return {"part": "view-forget", "view": view}


def views_menu(views: Sequence[SavedView], home: str, language: Language) -> Component:
    """Return the menu: the views, and a field that saves what is on screen as another one."""
    keep = html.Div(
        [
            dmc.TextInput(
                id=view_part("name"),
                placeholder=language.text("Name of this view"),
                attributes={"input": {"maxLength": LONGEST_NAME}},
                **{"aria-label": language.text("Name of this view")},
            ),
            dmc.Button(language.text("Save"), id=view_part("keep")),
        ],
        className="pl-keep",
    )
    replace = html.Div(
        dmc.Checkbox(
            label=language.text("Replace the view of this name"), id=view_part("replace")
        ),
        id=view_part("taken"),
        hidden=True,
    )
    panel = html.Div(
        [
            html.Div(view_list(views, home, language), id=view_part("list")),
            keep,
            replace,
            html.P(id=view_part("told"), role="status"),
        ]
    )
    return html.Details([html.Summary(language.text("Views")), panel], className="pl-views")


def view_list(views: Sequence[SavedView], home: str, language: Language) -> list[Component]:
    """Return a link to each view, and a button that removes it; `home` is the page they are of."""
    if not views:
        return [html.P(language.text("Save what you filter and sort by, and find it here."))]
    return [
        html.Div(
            [
                html.A(view.name, href=f"{home}{view.search}", className="pl-inside"),
                html.Button(
                    "×",
                    id=forget(view.id),
                    className="pl-forget",
                    **{"aria-label": language.text("Remove: {name}", name=view.name)},
                ),
            ],
            className="pl-view",
        )
        for view in views
    ]


def view_problem(problem: ViewProblem, language: Language) -> str:
    """Say why a view was not saved, and what to do."""
    return {
        ViewProblem.NAME: language.text("A view needs a name of visible characters: type one."),
        ViewProblem.ADDRESS: language.text(
            "This choice of filters cannot be saved: it is too long, or not ours."
        ),
        ViewProblem.MANY: language.text(
            "You have {n} views, which is all there is room for: remove one first.", n=MOST
        ),
        ViewProblem.TAKEN: language.text(
            "You have a view of this name: replace it, or choose another name."
        ),
    }[problem]
