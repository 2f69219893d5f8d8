"""The audit log on screen: its proof, its filters and a hundred entries at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import ids
from dashboard.components.administration import answer, button, listing
from dashboard.components.roles import role_name
from dashboard.i18n import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.state.audit import Verdict
    from dashboard.state.models import AuditEntry

HERE = "audit"
SHOWN = 300  # characters of an entry's detail; the terminal prints all


def audit_shell(language: Language) -> Component:
    """Lay out the page of the audit log."""
    return html.Div(
        [
            html.H1(language.text("Audit log")),
            html.P(id=ids.slot(HERE, "proof"), className="pl-meaning"),
            dmc.Card(
                [
                    _filters(language),
                    answer("audit-said"),
                    html.Div(id=ids.slot(HERE, "entries"), className="pl-list pl-entries"),
                    html.Div(
                        [
                            button(language.text("Newer"), "newer", variant="default"),
                            html.P(id=ids.slot(HERE, "range"), className="pl-caption"),
                            button(language.text("Older"), "older", variant="default"),
                        ],
                        className="pl-pages",
                    ),
                    dcc.Store(id=ids.admin("page"), data=0),
                ],
                withBorder=True,
                className="pl-card",
            ),
        ],
        className="pl-page",
    )


def proof_values(verdict: Verdict | None, anchored: int, language: Language) -> Parts:
    """Say whether the chain is whole, and up to where an anchor proves it."""
    return [(ids.slot(HERE, "proof"), {"children": _proof(verdict, anchored, language)})]


def filter_values(actions: Sequence[str], language: Language) -> Parts:
    """Return the choices of the filters, all of them empty."""
    options = [{"value": name, "label": action_name(name, language)} for name in actions]
    empty = [(ids.admin(name), {"value": ""}) for name in ("actor", "since", "until")]
    return [(ids.admin("action"), {"data": options, "value": None}), *empty]


def entry_values(
    found: Sequence[AuditEntry], first: int, of_all: int, language: Language
) -> Parts:
    """Return one page of entries; `first` is the place of its first one, from 0."""
    headings = (
        language.text("No."),
        language.text("When (UTC)"),
        language.text("Who"),
        language.text("What"),
        language.text("About"),
    )
    rows = [_row(entry, language) for entry in found]
    nothing = html.P(language.text("No entry fits these filters."), className="pl-empty")
    shown = language.text(
        "{first}–{last} of {n}",
        first=language.number(first + 1 if found else 0),
        last=language.number(first + len(found)),
        n=language.number(of_all),
    )
    return [
        (ids.slot(HERE, "entries"), {"children": listing(headings, rows) if rows else nothing}),
        (ids.slot(HERE, "range"), {"children": shown}),
        (ids.admin("newer"), {"disabled": first == 0}),
        (ids.admin("older"), {"disabled": first + len(found) >= of_all}),
    ]


def action_name(action: str, language: Language) -> str:
    """Name an action; one without a name here is shown as it is stored."""
    names = {
        "user.added": language.text("User added"),
        "user.role": language.text("Role changed"),
        "user.password": language.text("Password set"),
        "user.deactivated": language.text("User deactivated"),
        "user.activated": language.text("User activated"),
        "scope.added": language.text("Customers assigned"),
        "scope.removed": language.text("Customers taken away"),
        "tag.created": language.text("Tag created"),
        "tag.renamed": language.text("Tag renamed"),
        "tag.removed": language.text("Tag removed"),
        "tag.assigned": language.text("Customers tagged"),
        "tag.unassigned": language.text("Tag taken off customers"),
        "exported": language.text("CSV exported"),
        "refused": language.text("Refused"),
        "signed_in": language.text("Signed in"),
        "signed_out": language.text("Signed out"),
        "sign_in_refused": language.text("Sign-in refused"),
    }
    return names.get(action, action)


def _proof(verdict: Verdict | None, anchored: int, language: Language) -> str:
    if verdict is None:
        return language.text(
            "The anchors of the log cannot be read: “partnerlens audit verify” says why."
        )
    if verdict.broken is not None:
        return language.text(
            "The log was changed: entry {n} is missing or is not what was written. Run "
            "“partnerlens audit verify” and restore a backup.",
            n=language.number(verdict.broken),
        )
    whole = language.text(
        "The chain is verified up to entry {n}.", n=language.number(verdict.entries)
    )
    if not anchored:
        return whole + " " + language.text("No anchor proves its end yet.")
    proven = language.text("The newest anchor is of entry {n}.", n=language.number(anchored))
    return whole + " " + proven


def _filters(language: Language) -> Component:
    date = {"input": {"type": "date"}}
    return html.Div(
        [
            dmc.Select(
                id=ids.admin("action"),
                label=language.text("What"),
                data=[],
                value=None,
                clearable=True,
                clearButtonProps={"aria-label": language.text("Clear the choice")},
                placeholder=language.text("Everything"),
            ),
            dmc.TextInput(id=ids.admin("actor"), label=language.text("Who"), value=""),
            dmc.TextInput(
                id=ids.admin("since"), label=language.text("From"), value="", attributes=date
            ),
            dmc.TextInput(
                id=ids.admin("until"), label=language.text("To"), value="", attributes=date
            ),
            button(language.text("Show"), "show"),
        ],
        className="pl-form pl-audit-form",
    )


def _row(entry: AuditEntry, language: Language) -> Sequence[Any]:
    at = f"{language.date(entry.at.date())}, {entry.at:%H:%M:%S}"
    about = [html.Div(entry.subject)] if entry.subject else []
    if detail := _detail(entry, language):
        about.append(html.Div(detail, className="pl-second"))
    return (
        language.number(entry.number),
        at,
        entry.actor,
        action_name(entry.action, language),
        html.Div(about),
    )


def _detail(entry: AuditEntry, language: Language) -> str:
    """Write the detail in words, roles by their names, cut where it is long."""
    try:
        held = json.loads(entry.detail)
    except ValueError:  # somebody changed it: it is shown, the proof above says the rest
        held = entry.detail
    if not isinstance(held, dict):
        return str(held)[:SHOWN]
    names = _detail_names(language)
    written = (f"{names.get(key, key)}: {_value(key, held[key], language)}" for key in held)
    whole = ", ".join(written)
    return whole if len(whole) <= SHOWN else whole[:SHOWN] + "…"


def _value(key: str, value: object, language: Language) -> str:
    if isinstance(value, bool):
        return language.text("Yes") if value else language.text("No")
    if value is None:
        return NOTHING
    return role_name(str(value), language) if key in {"before", "role"} else str(value)


def _detail_names(language: Language) -> dict[str, str]:
    return {
        "before": language.text("before"),
        "role": language.text("role"),
        "with_password": language.text("with a password"),
        "count": language.text("number"),
        "customers": language.text("customers"),
        "rows": language.text("rows"),
        "region": language.text("region"),
        "product": language.text("product"),
        "as_of": language.text("as of"),
        "weeks": language.text("weeks"),
        "release": language.text("release"),
    }
