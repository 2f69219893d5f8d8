"""Customer usage: what an 8x8 account begins with: how much of each log, and how it went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.cards import facts, panel
from dashboard.components.customer import log_name
from dashboard.components.links import inside_link
from dashboard.i18n import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.data.log_overview import LogOverview, LogSummary
    from dashboard.i18n import Language

MOST_STATUSES = 6  # of a card


def usage(overview: LogOverview, href: Mapping[str, str], language: Language) -> list[Component]:
    """Return a card for each log the customer has (E-014, E-015)."""
    if not overview.logs:
        words = language.text("This account has no product with a log, and no log named it.")
        return [html.Div(html.P(words), className="pl-none")]
    week = overview.week_ending
    told = language.text(
        "The last 8 complete weeks, until {week}. Amounts of different currencies are never "
        "added up.",
        week=language.date(week) if week else NOTHING,
    )
    cards = [_card(one, href[f"logs/{one.product}"], language) for one in overview.logs]
    return [
        html.P(told, className="pl-meaning"),
        html.Div(cards, className="pl-usage-cards"),
    ]


def _card(log: LogSummary, href: str, language: Language) -> Component:
    count = html.Span(language.number(log.rows), className="pl-kpi-value")
    prices = [html.Div(language.money(amount, currency)) for currency, amount in log.prices]
    shown: list[Component] = [
        html.Div([count, _weeks(log, language)], className="pl-kpi-main"),
        facts(
            [
                (language.text("Price"), prices or NOTHING),
                (
                    language.text("Newest entry (UTC)"),
                    language.moment(log.last) if log.last else NOTHING,
                ),
            ]
        ),
    ]
    if log.statuses:
        shown.append(_shares(log, language))
    link = inside_link(language.text("Open the log"), href, "pl-more")
    return panel(f"usage-{log.product}", log_name(log.product, language), *shown, beside=link)


def _weeks(log: LogSummary, language: Language) -> Component:
    """Draw rows per week as bars from zero; a week without any is an empty place."""
    counts = [count for _, count in log.weekly]
    top = max((count for count in counts if count), default=0)
    bars = [
        html.I(className="gap")
        if count is None
        else html.I(style={"height": f"{100 * count / top if top else 0:.0f}%"})
        for count in counts
    ]
    values = ", ".join(NOTHING if count is None else language.number(count) for count in counts)
    label = language.text("Last weeks, oldest first: {values}", values=values)
    return html.Div(bars, className="pl-spark", role="img", **{"aria-label": label})


def _shares(log: LogSummary, language: Language) -> Component:
    rows = [
        html.Div(
            [
                html.Dt(one.status or language.text("no status")),
                html.Dd(language.number(one.rows)),
                html.Dd(language.percent(one.share)),
            ]
        )
        for one in log.statuses[:MOST_STATUSES]
    ]
    rest = log.statuses[MOST_STATUSES:]
    if rest:
        rows.append(
            html.Div(
                [
                    html.Dt(language.text("Other")),
                    html.Dd(language.number(sum(one.rows for one in rest))),
                    html.Dd(language.percent(sum(one.share for one in rest))),
                ]
            )
        )
    return html.Dl(rows, className="pl-shares")
