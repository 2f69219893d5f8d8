"""Columns of the customer list, as AG Grid wants them; its rows are sorted by the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.metrics.statuses import LICENSES_AT_STAKE, NO_RECENT_ACTIVITY, SIGN_IN_UNKNOWN
from dashboard.sections.customers import SORTS

if TYPE_CHECKING:
    from dashboard.components.customer_filters import Listing
    from dashboard.i18n import Language

EDGES = {"customer": "left", "launch": "right"}  # which stay in sight
UP_FIRST, DOWN_FIRST = ["asc", "desc"], ["desc", "asc"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a column is drawn: its heading, what it means, a renderer and the least room."""

    name: str
    label: str
    meaning: str
    renderer: str
    width: int
    narrow: int | None = None
    grow: bool = False
    hint: str | None = None
    numeric: bool = False
    hidden: bool = False


def customer_columns(listing: Listing, language: Language) -> list[dict[str, Any]]:
    """Return the columns; those that nobody has a value for are there to be shown."""
    query = listing.page.query
    order = {query.sort: "desc" if query.descending else "asc"}
    return [_column(shown, order) for shown in _shown(listing, language)]


def _column(shown: Shown, order: dict[str, str]) -> dict[str, Any]:
    edge = "pl-numeric" if shown.numeric else ""
    return {
        "colId": shown.name,
        "field": shown.name,
        "headerName": shown.label,
        "cellRenderer": shown.renderer,
        "initialPinned": EDGES.get(shown.name),
        "initialHide": shown.hidden,
        "initialSort": order.get(shown.name),
        "sortable": shown.name in SORTS,
        "sortingOrder": DOWN_FIRST if shown.numeric else UP_FIRST,
        "filter": False,
        "cellClass": edge,
        "headerClass": edge,
        "context": {
            "definition": shown.meaning,
            "fields": [shown.name],
            "wide": shown.width,
            "narrow": shown.narrow,
            "grow": shown.grow,
            "hint": shown.hint,
        },
    }


def _shown(listing: Listing, language: Language) -> tuple[Shown, ...]:
    words = listing.rules.as_words()
    sells_credits = set(listing.page.facets.vendors) - {"Webex"} != set()
    return (
        Shown(
            name="customer",
            label=language.text("Customer"),
            meaning=language.text("The customer's name leads to everything about it."),
            renderer="CustomerLink",
            width=136,
            narrow=104,
            grow=True,
        ),
        Shown(
            name="statuses",
            label=language.text("Statuses"),
            meaning=language.text(
                "Every status a customer has at once, the most urgent first. The list is sorted "
                "by it, then by licenses at stake. (G-14)"
            ),
            renderer="Statuses",
            width=174,
            narrow=132,
            grow=True,
            hint="statuses",
        ),
        Shown(
            name="licenses_at_stake",
            label=language.text("Licenses at stake"),
            meaning=language.text(LICENSES_AT_STAKE),
            renderer="Whole",
            width=72,
            narrow=80,
            numeric=True,
        ),
        Shown(
            name="nearest_end",
            label=language.text("Next end"),
            meaning=language.text("The first day on which an active subscription or trial ends."),
            renderer="Wrapped",
            width=98,
        ),
        Shown(
            name="products",
            label=language.text("Products"),
            meaning=language.text("What was ordered, as the customer list has it."),
            renderer="Products",
            width=76,
            hint="list",
        ),
        Shown(
            name="tags",
            label=language.text("Tags"),
            meaning=language.text("Labels of our own, shared by everybody here."),
            renderer="Tags",
            width=96,
            hint="list",
            hidden=not listing.tags,
        ),
        Shown(
            name="region",
            label=language.text("Region"),
            meaning=language.text("Where the customer's data is stored."),
            renderer="Wrapped",
            width=108,
        ),
        Shown(
            name="last_admin_sign_in",
            label=language.text("Last sign-in"),
            meaning="\n".join(
                language.text(one.definition, **words)
                for one in (NO_RECENT_ACTIVITY, SIGN_IN_UNKNOWN)
            ),
            renderer="Wrapped",
            width=98,
        ),
        Shown(
            name="remaining_credits",
            label=language.text("Remaining credits"),
            meaning=language.text(
                "What is left on the account, in its own currency; amounts of different "
                "currencies are never added up, and sort within theirs."
            ),
            renderer="Wrapped",
            width=82,
            numeric=True,
            hidden=not sells_credits,
        ),
        Shown(
            name="assigned_users",
            label=language.text("Assigned users"),
            meaning=language.text("Users of our organization that the account is assigned to."),
            renderer="Several",
            width=90,
            hint="list",
            hidden=not sells_credits,
        ),
        Shown(
            name="customer_id",
            label=language.text("ID"),
            meaning=language.text("The vendor's own name for the customer or account."),
            renderer="Words",
            width=180,
            hidden=True,
        ),
        Shown(
            name="launch",
            label=language.text("Launch"),
            meaning=language.text(
                "Opens the customer's organization at the vendor, in a new tab."
            ),
            renderer="Launch",
            width=66,
        ),
    )
