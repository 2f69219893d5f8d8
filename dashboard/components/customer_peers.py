"""Customer peers: where a customer's assignment stands among the quartiles of its peers."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from dash import html

from dashboard.components.cards import panel
from dashboard.data.products import PRODUCTS
from dashboard.i18n import NOTHING
from dashboard.wording.peers import explanation, group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections.standing import Standing

FULL = 100  # percent: all licenses


def peers_card(standings: Sequence[Standing], language: Language, rules: Rules) -> list[Component]:
    """Return the card that compares a customer, product by product; none without licenses."""
    if not standings:
        return []
    title = language.text("Assigned licenses beside those of peers")
    meaning = language.text(
        "The band reaches from the lower to the upper quartile of comparable customers, the line "
        "in it is their median, and the dot is this customer."
    )
    shown = [part for standing in standings for part in _standing(standing, language, rules)]
    return [panel("peers", title, html.P(meaning, className="pl-meaning"), *shown)]


def _standing(standing: Standing, language: Language, rules: Rules) -> list[Component]:
    name = html.H3(PRODUCTS[standing.product])
    said = html.P(_sentence(standing, language, rules), className="pl-finding")
    if standing.peer_q1 is None or standing.share is None:
        return [name, said]
    return [name, _strip(standing, language), said]


def _sentence(standing: Standing, language: Language, rules: Rules) -> str:
    row = asdict(standing)
    if standing.is_low:
        why = explanation(row, standing.product, language, rules) or ""
        return f"{why} {_since(standing, language)}".strip()
    share = NOTHING if standing.share is None else language.percent(standing.share, 0)
    if standing.peer_q1 is None:
        return language.text(
            "{share} assigned. There are too few comparable customers for quartiles.", share=share
        )
    return language.text(
        "{share} assigned ({assigned} of {total}). Peers: {peers}, n = {size}, quartiles {lower} "
        "/ {median} / {upper}. Not called low.",
        share=share,
        assigned=language.number(standing.customer_assigned or 0),
        total=language.number(standing.customer_total or 0),
        peers=group(row, standing.product, language),
        size=language.number(standing.peer_size or 0),
        lower=language.percent(standing.peer_q1, 0),
        median=language.percent(standing.peer_median or 0, 0),
        upper=language.percent(standing.peer_q3 or 0, 0),
    )


def _since(standing: Standing, language: Language) -> str:
    if standing.low_since is None:
        return ""
    day = language.date(standing.low_since)
    if standing.or_longer:
        return language.text("Flagged since {date} or longer.", date=day)
    return language.text("Flagged since {date}.", date=day)


def _strip(standing: Standing, language: Language) -> Component:
    """Draw quartiles and customer on a line from none to all; more than all widens it.

    Of the peers whole percentages only, also as places (TRUST T-24).
    """
    parts = (standing.peer_q1, standing.peer_median, standing.peer_q3, standing.share)
    lower, median, upper, share = (round(100 * (part or 0)) for part in parts)
    end = max(FULL, share, upper)

    def at(percents: int) -> str:
        return f"{100 * percents / end:.1f}%"

    marks = [
        html.I(className="band", style={"left": at(lower), "width": at(upper - lower)}),
        html.I(className="median", style={"left": at(median)}),
        html.I(className="self low" if standing.is_low else "self", style={"left": at(share)}),
    ]
    ends = [html.Span(language.percent(part / 100, 0)) for part in (0, end)]
    line = html.Div(marks, className="pl-strip", **{"aria-hidden": "true"})
    return html.Div([line, html.Div(ends, className="pl-strip-ends")], className="pl-standing")
