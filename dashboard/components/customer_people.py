"""Customer people and trials: who may manage it at the partner, and what it is trying out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.cards import listing, panel
from dashboard.components.customer_subscriptions import subscription_card
from dashboard.components.links import outside_link
from dashboard.i18n import NOTHING

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.sections.customer import CustomerDetail


def trials(detail: CustomerDetail, setup: str, start: str, language: Language) -> list[Component]:
    """Return every ongoing trial, or say that there is none and where one begins (W-047)."""
    words = language.text("Start a trial in the vendor's portal")
    begin = [outside_link(words, start, language, "pl-action")] if start else []
    ongoing = detail.trials.iter_rows(named=True)
    cards = [subscription_card(row, detail, setup, language) for row in ongoing]
    if cards:
        return [*cards, html.P(begin)]
    return [
        html.Div(
            [
                html.H2(language.text("No ongoing trial")),
                html.P(
                    language.text(
                        "{customer} has no trial running on {date}. A trial is started in the "
                        "vendor's portal, and shows here with the next export.",
                        customer=detail.row["customer"] or detail.row["customer_id"],
                        date=language.date(detail.as_of) if detail.as_of else NOTHING,
                    )
                ),
                *begin,
            ],
            className="pl-none",
        )
    ]


def administrators(detail: CustomerDetail, manage: str, language: Language) -> list[Component]:
    """Return who at the partner may manage this customer, in which role, and who else may."""
    title = language.text("Partner administrators")
    heads = [language.text("Name"), language.text("Role"), language.text("E-mail")]
    rows = [
        [row["name"] or NOTHING, row["role"] or NOTHING, row["email"] or NOTHING]
        for row in detail.admins.iter_rows(named=True)
    ]
    nobody = html.P(language.text("No partner administrator is assigned to this customer."))
    words = language.text("Add or remove administrators in the vendor's portal")
    link = [outside_link(words, manage, language, "pl-action")] if manage else []
    return [
        panel(
            "administrators",
            title,
            listing(title, heads, rows) if rows else nobody,
            html.P(
                language.text(
                    "Partner full administrators and partner read-only administrators have access "
                    "to this customer, too: to all customers. They are managed on the portal's "
                    "own Administrators tab, not here."
                ),
                className="pl-aside",
            ),
            *link,
        )
    ]
