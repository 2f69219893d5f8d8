"""Changes: answers for the page of what changed between two dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.callbacks.keys import Before, Key, dates_of
from dashboard.callbacks.panel import Panel
from dashboard.components.changes import changes_shell, changes_values, nothing_to_compare
from dashboard.sections.compared import compare, quarter_before

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.access import Scope
    from dashboard.callbacks.keys import Offer
    from dashboard.callbacks.panel import Look
    from dashboard.components.page import Parts
    from dashboard.data.filters import Filters
    from dashboard.sections import Section
    from dashboard.sections.portfolio import Portfolio


def _offer(portfolio: Portfolio | None, _: Sequence[Section], __: Scope) -> Offer:
    dates = dates_of(portfolio)
    return Before(first=dates[0].isoformat() if dates else "")


FROM = Key(
    name="from",
    offer=_offer,
    notice=lambda language, _: language.text(
        "There is nothing to compare with on “{value}”; showing what changed in 13 weeks."
    ),
    local=True,
)


def compared(
    filters: Filters, params: Mapping[str, Any], portfolio: Portfolio, scope: Scope
) -> Filters:
    """Return filters with the date a URL compares with; a quarter before where it names none."""
    named = _named(filters, params, portfolio, scope)
    since = date.fromisoformat(named) if named else quarter_before(filters.as_of)
    return replace(filters, since=since)


def _named(filters: Filters, params: Mapping[str, Any], portfolio: Portfolio, scope: Scope) -> str:
    """Return the date that a URL names and that there are data for, else nothing."""
    text = str(params.get(FROM.name) or "")
    offer = FROM.offer(portfolio, (), scope)
    return text if text and offer.accepts(text, {"as_of": str(filters.as_of or "")}) else ""


def _shell(look: Look) -> Component:
    named = _named(look.filters, look.params, look.portfolio, look.viewer.scope)
    return changes_shell(named, look.language, look.portfolio.rules)


def _values(look: Look) -> Parts:
    filters = compared(look.filters, look.params, look.portfolio, look.viewer.scope)
    if filters.since is None:
        return nothing_to_compare(look.language)
    found, dates = compare(look.portfolio, filters, look.scope), dates_of(look.portfolio)
    earliest = dates[0] if dates else None
    return changes_values(found, earliest, look.homes["customer"], look.language)


PANEL = Panel(shell=_shell, values=_values, keys=(FROM,), grid=True, chart=True)
