"""Review findings: one sentence for the customers, the licenses and the queues of a quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.data.products import PRODUCTS
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written
from dashboard.sections.moves import CAME, WENT
from dashboard.wording.caption import short_name

if TYPE_CHECKING:
    from datetime import date

    from dashboard.i18n import Language
    from dashboard.sections import View
    from dashboard.sections.moves import Moves

CODES = {name: code for code, name in PRODUCTS.items()}


def customers_finding(now: View, before: View, language: Language, since: date) -> str:
    """Say how many customers there are, and how many more or fewer than at `since`."""
    customers = round(now.kpis["total_customers"].value or 0)
    told = language.plural(
        "{n} customer has an active subscription or trial",
        "{n} customers have an active subscription or trial",
        customers,
    )
    if before.week_ending is None:
        return f"{told}."
    change = customers - round(before.kpis["total_customers"].value or 0)
    return language.text(
        "{told}, {change} since {day}.",
        told=told,
        change=language.signed(change),
        day=language.date(since),
    )


def no_data_then(since: date, language: Language) -> str:
    """Say that there is nothing to compare with."""
    return language.text("There are no data for {day} to compare with.", day=language.date(since))


def steps_finding(found: Moves, language: Language) -> str:
    """Say who came and went, and what became of the licenses."""
    if not found.known:
        return no_data_then(found.since, language)
    then, now = found.steps["then"], found.steps["now"]
    return language.text(
        "Since {day}, customers that came: {came}, that went: {went}; licenses went from {then} "
        "to {now} ({change}).",
        day=language.date(found.since),
        came=language.number(found.customers(CAME).height),
        went=language.number(found.customers(WENT).height),
        then=language.number(then),
        now=language.number(now),
        change=language.signed(now - then),
    )


def came_and_went(language: Language) -> str:
    """Define who came and who went."""
    return language.text(
        "A customer came if it has an active Calling or Meetings subscription or trial now and "
        "had none then, and went the other way round."
    )


def largest_finding(found: Moves, language: Language) -> str:
    """Say whose licenses moved most."""
    if not found.known:
        return no_data_then(found.since, language)
    rows = found.largest(1).to_dicts()
    if not rows:
        return language.text("No licenses moved since {day}.", day=language.date(found.since))
    return language.text(
        "{customer} moved most since {day}: licenses of {product} {change}, assigned {assigned}.",
        customer=rows[0]["customer"],
        day=language.date(found.since),
        product=product_name(rows[0], language),
        change=language.signed(rows[0]["total_change"]),
        assigned=language.signed(rows[0]["assigned_change"]),
    )


def statuses_finding(found: Moves, moved: int, language: Language) -> str:
    """Say how many customers have another status than before."""
    if not found.known:
        return no_data_then(found.since, language)
    told = language.plural(
        "{n} customer has another most urgent status than on {{day}}.",
        "{n} customers have another most urgent status than on {{day}}.",
        moved,
    )
    return told.format(day=language.date(found.since))


def product_name(row: dict[str, Any], language: Language) -> str:
    """Name the product of a move as the toggle does."""
    return short_name(CODES[row["product"]], language)


def queue_finding(view: View, language: Language) -> str:
    """Say how many callers gave up, and how long the others waited."""
    rate = view.kpis["abandonment_rate"]
    if rate.value is None or view.week_ending is None:
        return language.text("No call queue reported calls in this week.")
    wait = view.kpis["average_answer_time"]
    return language.text(
        "{rate} of {calls} queue calls were abandoned in the week ending {week}; the average wait "
        "for an answer was {wait}.",
        rate=written(rate.value, Unit.PERCENT, language),
        calls=language.number(rate.per or 0),
        week=language.date(view.week_ending),
        wait=written(wait.value, Unit.SECONDS, language),
    )
