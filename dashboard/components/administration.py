"""Administration: the list of users, and the form that adds one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components import ids
from dashboard.components.links import inside_link
from dashboard.components.roles import instant, role_choices, role_name
from dashboard.i18n import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.state.directory import Listed

HERE = "administration"


def users_shell(roles: Sequence[str], language: Language) -> Component:
    """Lay out the page of all users."""
    return html.Div(
        [html.H1(language.text("Users")), _add_form(roles, language), _list_card(language)],
        className="pl-page",
    )


def users_values(users: Sequence[Listed], prefix: str, language: Language) -> Parts:
    """Return the rows of the list and their number."""
    rows = [_row(one, prefix, language) for one in users]
    headings = (
        language.text("User"),
        language.text("Role"),
        language.text("State"),
        language.text("Assigned customers"),
        language.text("Last sign-in"),
    )
    table = listing(headings, rows) if rows else _nobody(language)
    count = language.plural("{n} user", "{n} users", len(rows))
    return [
        (ids.slot(HERE, "users"), {"children": table}),
        (ids.slot(HERE, "count"), {"children": count}),
    ]


def listing(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> Component:
    """Return a table whose cells know their heading, since on a phone they stand alone."""
    head = html.Thead(html.Tr([html.Th(words, scope="col") for words in headings]))
    body = [
        html.Tr(
            [
                html.Td(cell, **{"data-label": words})
                for words, cell in zip(headings, cells, strict=True)
            ]
        )
        for cells in rows
    ]
    return html.Table([head, html.Tbody(body)])


def button(words: str, name: str, variant: str = "filled") -> Component:
    """Return a button that a callback of `callbacks/administration.py` listens to."""
    return dmc.Button(words, id=ids.admin(name), variant=variant)


def answer(name: str) -> Component:
    """Return the place where the answer to an action is said."""
    return html.Div(id=ids.admin(name), role="status", className="pl-said")


def sentence(words: str, *, refused: bool = False) -> Component:
    """Return an answer in one sentence."""
    return html.P(words, className="pl-refused" if refused else "")


def initial_password(email: str, password: str, language: Language) -> list[Component]:
    """Say once how a new user signs in."""
    return [
        sentence(language.text("{email} was added.", email=email)),
        html.P(
            [
                html.Span(language.text("Initial password, shown only now:")),
                html.Span(password, className="pl-secret"),
            ]
        ),
    ]


def _add_form(roles: Sequence[str], language: Language) -> Component:
    fields = [
        dmc.TextInput(
            id=ids.admin("email"),
            label=language.text("E-mail address"),
            autoComplete="off",
            attributes={"input": {"type": "email", "maxLength": 254}},
            value="",
        ),
        dmc.TextInput(
            id=ids.admin("name"),
            label=language.text("Name (optional)"),
            autoComplete="off",
            attributes={"input": {"maxLength": 200}},
            value="",
        ),
        dmc.Select(
            id=ids.admin("new-role"),
            label=language.text("Role"),
            data=role_choices(roles, language),
            value=None,
            placeholder=language.text("Choose a role"),
            allowDeselect=False,
        ),
        button(language.text("Add user"), "add"),
    ]
    return dmc.Card(
        [
            html.H2(language.text("Add a user")),
            html.Div(fields, className="pl-form"),
            answer("add-said"),
        ],
        withBorder=True,
        className="pl-card",
    )


def _list_card(language: Language) -> Component:
    return dmc.Card(
        [
            html.Div(
                [
                    html.H2(language.text("Everybody who may sign in")),
                    html.P(id=ids.slot(HERE, "count"), className="pl-caption"),
                ],
                className="pl-card-head",
            ),
            html.Div(id=ids.slot(HERE, "users"), className="pl-list"),
        ],
        withBorder=True,
        className="pl-card",
    )


def _row(one: Listed, prefix: str, language: Language) -> Sequence[Any]:
    home = f"{prefix.rstrip('/')}/administration/{one.id}"
    who: list[Any] = [inside_link(one.email, home, "pl-kpi-link")]
    if one.name:
        who.append(html.Span(one.name, className="pl-second"))
    return (
        html.Div(who),
        role_name(one.role, language),
        language.text("active") if one.active else language.text("deactivated"),
        language.number(one.customers),
        instant(one.last_sign_in, language) if one.last_sign_in else NOTHING,
    )


def _nobody(language: Language) -> Component:
    words = language.text("There is no user yet. Add the first one above.")
    return html.P(words, className="pl-empty")
