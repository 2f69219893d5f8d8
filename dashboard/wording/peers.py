"""Peers: one sentence that says why a customer's license assignment is called low (G-3)."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

from dashboard.data.products import PRODUCTS
from dashboard.metrics.peers import SEAT_BANDS, TENURE_BANDS
from dashboard.metrics.segments import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules

PEER_COLUMNS = (
    "peer_level",
    "peer_size",
    "peer_q1",
    "seat_band",
    "tenure_band",
    "customer_total",
    "customer_assigned",
)


def explanation(
    row: Mapping[str, Any], product: str, language: Language, rules: Rules
) -> str | None:
    """Say who the peers are and how many licenses would clear the flag.

    `row` holds the peer columns of `dashboard.metrics.peers`; without a group there is no
    sentence. The quartile is shown as a whole percentage only (TRUST T-24).
    """
    if row["peer_q1"] is None:
        return None
    total, assigned = row["customer_total"], row["customer_assigned"]
    clears, reaches = targets(total, row["peer_q1"], rules)
    return language.text(
        "{share} assigned ({assigned} of {total}). Peers: {peers}, n = {size}, lower quartile "
        "{quartile}. Clears at {clears} assigned (+{missing}); reaches the lower quartile at "
        "{reaches} (+{short}).",
        share=language.percent(assigned / total, 0),
        assigned=language.number(assigned),
        total=language.number(total),
        peers=group(row, product, language),
        size=language.number(row["peer_size"]),
        quartile=language.percent(row["peer_q1"], 0),
        clears=language.number(clears),
        missing=language.number(clears - assigned),
        reaches=language.number(reaches),
        short=language.number(reaches - assigned),
    )


def targets(total: int, quartile: float, rules: Rules) -> tuple[int, int]:
    """Return the fewest assigned licenses that clear the flag, and that reach the quartile.

    It clears at the smallest n with n ÷ total > quartile − gap (SPEC §5).
    """
    clears = floor((quartile - rules.peer_gap + TOLERANCE) * total) + 1
    reaches = ceil((quartile - TOLERANCE) * total)
    return clears, reaches


def group(row: Mapping[str, Any], product: str, language: Language) -> str:
    """Name the group a customer is compared with; there is one."""
    name = PRODUCTS[product].removeprefix("Webex ")
    seats = band(SEAT_BANDS, 1, row["seat_band"], language)
    months = band(TENURE_BANDS, 0, row["tenure_band"], language)
    match row["peer_level"]:
        case "seat_and_tenure":
            words = language.text("{product}, {seats} licenses, {months} months")
        case "seat":
            words = language.text("{product}, {seats} licenses, any age")
        case _:
            words = language.text("{product}, the whole portfolio")
    return words.format(product=language.text(name), seats=seats, months=months)


def band(starts: tuple[int, ...], lowest: int, index: int, language: Language) -> str:
    """Write a band by its ends, such as “500–1,999”; the last one has no end: “≥ 2,000”."""
    edges = (lowest, *starts)
    first = language.number(edges[index])
    if index == len(starts):
        return f"≥ {first}"
    return f"{first}–{language.number(edges[index + 1] - 1)}"
