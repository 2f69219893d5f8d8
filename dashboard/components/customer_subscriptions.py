"""Customer subscriptions: what was bought, what is used of it, how long, and by which orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from dash import html

from dashboard.components.cards import facts, listing, panel
from dashboard.components.links import outside_link
from dashboard.components.reasons import status_name
from dashboard.components.shortlist import distribution
from dashboard.i18n import NOTHING
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.sections.customer import CustomerDetail

TRIAL = "Trial"
PENDING = "Pending"


def subscriptions(detail: CustomerDetail, setup: str, language: Language) -> list[Component]:
    """Return a card for each subscription, and every order; `setup` is where orders are set up."""
    if detail.subscriptions.is_empty():
        words = language.text("The exports name no subscription of this customer.")
        return [panel("subscriptions", language.text("Subscriptions"), html.P(words))]
    cards = [
        subscription_card(row, detail, setup, language)
        for row in detail.subscriptions.iter_rows(named=True)
    ]
    return [*cards, _orders(detail.orders, language)]


def subscription_card(
    row: Mapping[str, Any], detail: CustomerDetail, setup: str, language: Language
) -> Component:
    """Return one subscription or trial with its terms and what is bought and used of it."""
    lines = detail.licenses.filter(pl.col("subscription_id") == row["subscription_id"])
    body: list[Component] = [facts(_terms(row, language))]
    if row["active"] and row["setup_status"] == PENDING and setup:
        body.append(html.P(outside_link(language.text("Set up the order"), setup, language)))
    if lines.height:
        body.append(_breakdown(row["subscription_id"], lines, language))
    elif row["active"]:
        words = language.text("No license snapshot of the last complete week names it.")
        body.append(html.P(words, className="pl-meaning"))
    name = f"subscription-{row['subscription_id']}"
    return panel(name, _title(row, language), *body, beside=_badges(row, language))


def _title(row: Mapping[str, Any], language: Language) -> str:
    if row["type"] == TRIAL:
        return language.text("Trial {name}", name=row["subscription_id"])
    return language.text("Subscription {name}", name=row["subscription_id"])


def _badges(row: Mapping[str, Any], language: Language) -> Component:
    """Return the statuses it sets; that it runs is said by its dates."""
    told = [s for s in row["statuses"] if s not in ("trial", "subscription")]
    if not row["active"]:
        return html.Span(language.text("Not active"), className="pl-badge expired")
    badges = [html.Span(status_name(s, language), className=f"pl-badge {s}") for s in told]
    return html.Div(badges, className="pl-badges")


def _terms(row: Mapping[str, Any], language: Language) -> list[tuple[str, str]]:
    renews = row["auto_renew"] == "Yes" and row["type"] != TRIAL
    ends = language.text("Renews on") if renews else language.text("Ends on")
    day = language.date(row["end_date"]) if row["end_date"] else NOTHING
    if row["days_left"] is not None:
        left = language.plural("in {n} day", "in {n} days", row["days_left"])
        day = f"{day}, {left}"
    elif not row["active"] and row["end_date"]:
        ends = language.text("End date")
    return [
        (ends, day),
        (language.text("Auto-renew"), written(row["auto_renew"], Unit.YES_NO, language)),
        (
            language.text("Start date"),
            language.date(row["start_date"]) if row["start_date"] else NOTHING,
        ),
        (language.text("Order setup"), _known(row["setup_status"], language)),
        (language.text("Payment"), _known(row["payment_status"], language)),
        (language.text("Invoice"), row["invoice"] or NOTHING),
    ]


def _known(status: str | None, language: Language) -> str:
    """Translate what exports are known to say; other texts stay the vendor's own."""
    words = {
        "Complete": language.text("Complete"),
        "Pending": language.text("Pending"),
        "Paid": language.text("Paid"),
        "Unpaid": language.text("Unpaid"),
    }
    return words.get(status or "", status or NOTHING)


def _breakdown(subscription: str, lines: pl.DataFrame, language: Language) -> Component:
    heads = [
        language.text("Product"),
        language.text("Total licenses"),
        language.text("Used / assigned / available"),
        language.text("Uses what was bought?"),
    ]
    rows = [
        [
            line["product"],
            language.number(line["total"]),
            distribution(line | {"total_licenses": line["total"]}, language),
            balance(line, language),
        ]
        for line in lines.iter_rows(named=True)
    ]
    title = language.text("Licenses of {name}", name=subscription)
    return listing(title, heads, rows, numbers=(1,), look="pl-licenses")


def balance(line: Mapping[str, Any], language: Language) -> str:
    """Say whether a line uses what was bought, has surplus, or wants more (W-045)."""
    told = []
    if line["overage"]:
        told.append(
            language.plural(
                "Wants more: {n} license is assigned beyond what was bought.",
                "Wants more: {n} licenses are assigned beyond what was bought.",
                line["overage"],
            )
        )
    beyond = line["used"] - line["total"]
    if beyond > 0:
        told.append(
            language.plural(
                "Wants more: {n} license was used beyond what was bought.",
                "Wants more: {n} licenses were used beyond what was bought.",
                beyond,
            )
        )
    if line["surplus"]:
        told.append(
            language.plural(
                "Surplus: {n} license was bought and not used in the last seven days.",
                "Surplus: {n} licenses were bought and not used in the last seven days.",
                line["surplus"],
            )
        )
    return " ".join(told) or language.text("Uses all that was bought.")


def _orders(orders: pl.DataFrame, language: Language) -> Component:
    title = language.text("Order history")
    if orders.is_empty():
        return panel("orders", title, html.P(language.text("The exports name no order.")))
    heads = [
        language.text("Date"),
        language.text("Order"),
        language.text("Type"),
        language.text("Product"),
        language.text("Quantity"),
        language.text("Status"),
        language.text("Subscription"),
    ]
    newest = orders.sort("order_date", descending=True, nulls_last=True, maintain_order=True)
    rows = [_order(row, language) for row in newest.iter_rows(named=True)]
    return panel("orders", title, listing(title, heads, rows, numbers=(4,)))


def _order(row: Mapping[str, Any], language: Language) -> Sequence[str]:
    return [
        language.date(row["order_date"]) if row["order_date"] else NOTHING,
        row["order_id"],
        row["order_type"] or NOTHING,
        row["product"] or NOTHING,
        written(row["quantity"], Unit.COUNT, language),
        row["status"] or NOTHING,
        row["subscription_id"],
    ]
