"""One user as administrators see it: role, right to sign in, and the customers assigned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import ids
from dashboard.components.administration import HERE, answer, button
from dashboard.components.links import inside_link
from dashboard.components.roles import instant, role_choices
from dashboard.i18n import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.state.directory import Listed

MOST_SHOWN = 50  # assigned customers offered at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Administered:
    """One user with what can be chosen: `assigned` maps ids to names, None where unknown."""

    user: Listed
    roles: Sequence[str]
    sees: str  # what the role sees: all, assigned or nothing
    assigned: Mapping[str, str | None]


def user_shell(one: Administered, prefix: str, language: Language) -> Component:
    """Lay out the page of one user."""
    back = f"{prefix.rstrip('/')}/administration"
    return html.Div(
        [
            html.P(inside_link(language.text("All users"), back, "pl-more")),
            html.H1(one.user.email, className="pl-address"),
            html.P(id=ids.slot(HERE, "about"), className="pl-meaning"),
            html.Div([_access(one, language), _customers(language)], className="pl-pair"),
            dcc.Store(id=ids.admin("seen")),
        ],
        className="pl-page",
    )


def user_values(one: Administered, language: Language) -> Parts:
    """Return what is so at this moment."""
    user = one.user
    seen_at = instant(user.last_sign_in, language) if user.last_sign_in else NOTHING
    last = language.text("Last sign-in: {at}", at=seen_at)
    about = " · ".join(part for part in (user.name, last) if part)
    seen, options = {"role": user.role, "active": user.active}, _options(one, language)
    return [
        (ids.slot(HERE, "about"), {"children": about}),
        (ids.admin("role"), {"value": user.role}),
        (ids.admin("active"), {"checked": user.active}),
        (ids.admin("seen"), {"data": seen}),
        (ids.slot(HERE, "scope"), {"children": _scope(one, language)}),
        (ids.slot(HERE, "assigned"), {"children": [html.Div(o["label"]) for o in options]}),
        (ids.admin("assigned"), {"data": options, "value": []}),
    ]


def labelled(customer_id: str, name: str | None, language: Language) -> str:
    """Name a customer so that two of one name differ."""
    unknown = language.text("not in this release")
    return f"{name or unknown} · {customer_id}"


def _access(one: Administered, language: Language) -> Component:
    return dmc.Card(
        [
            html.H2(language.text("Role and access")),
            html.Div(
                [
                    dmc.Select(
                        id=ids.admin("role"),
                        label=language.text("Role"),
                        data=role_choices(one.roles, language),
                        value=one.user.role,
                        allowDeselect=False,
                    ),
                    dmc.Checkbox(
                        id=ids.admin("active"),
                        label=language.text("May sign in"),
                        checked=one.user.active,
                    ),
                    button(language.text("Save"), "save"),
                ],
                className="pl-fields",
            ),
            answer("save-said"),
        ],
        withBorder=True,
        className="pl-card",
    )


def _customers(language: Language) -> Component:
    find = language.text("Find customers by name or ID")
    take = language.text("Choose assigned customers to take away")
    return dmc.Card(
        [
            html.H2(language.text("Customers")),
            html.P(id=ids.slot(HERE, "scope"), className="pl-meaning"),
            html.Div(
                [_choice("found", find, language), button(language.text("Assign"), "assign")],
                className="pl-fields",
            ),
            answer("assign-said"),
            html.H3(language.text("Assigned customers"), id="assigned-heading"),
            html.Div(
                id=ids.slot(HERE, "assigned"),
                className="pl-assigned",
                role="group",
                tabIndex=0,
                **{"aria-labelledby": "assigned-heading"},
            ),
            html.Div(
                [
                    _choice("assigned", take, language, limit=MOST_SHOWN),
                    button(language.text("Take away"), "unassign", variant="default"),
                ],
                className="pl-fields",
            ),
            answer("unassign-said"),
        ],
        withBorder=True,
        className="pl-card",
    )


def _choice(name: str, label: str, language: Language, **more: Any) -> Component:
    """Return a choice of several customers, found while one types."""
    return dmc.MultiSelect(
        id=ids.admin(name),
        label=label,
        data=[],
        value=[],
        searchable=True,
        hidePickedOptions=True,
        clearable=True,
        clearButtonProps={"aria-label": language.text("Clear the choice")},
        nothingFoundMessage=language.text("No customer has this name or ID."),
        **more,
    )


def _scope(one: Administered, language: Language) -> str:
    n = len(one.assigned)
    if one.sees == "all":
        return language.text("This role sees every customer, whatever is assigned.")
    if one.sees != "assigned":
        return language.text("This role sees no customer, whatever is assigned.")
    if not n:
        return language.text("No customer is assigned, so this user sees nothing.")
    return language.plural(
        "This user sees {n} assigned customer.", "This user sees {n} assigned customers.", n
    )


def _options(one: Administered, language: Language) -> list[dict[str, str]]:
    ordered = sorted(
        one.assigned.items(), key=lambda c: (c[1] is None, (c[1] or "").lower(), c[0])
    )
    return [{"value": key, "label": labelled(key, name, language)} for key, name in ordered]
