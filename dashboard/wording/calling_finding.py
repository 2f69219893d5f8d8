"""Calling findings: one sentence that says what each chart about calling shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.metrics.spikes import FEW, spikes
from dashboard.wording.names import endpoint_name, feature_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.i18n import Language
    from dashboard.sections import View

OFTEN = "users_50_plus"
NAMED = 5  # customers named in a sentence


def measured_legs(view: View) -> list[int | None]:
    """Return how many legs each week's share is about."""
    return (view.trend["poor"] + view.trend["good"]).to_list()


def overall_share(view: View) -> float | None:
    """Return the poor share over all rows of a table: a ratio of sums."""
    measured = sum(view.table["measured_legs"]) if view.table.height else 0
    return sum(view.table["poor_legs"]) / measured if measured else None


def users_finding(view: View, language: Language) -> str:
    """Say what `users_sentences` says, in one go."""
    return " ".join(users_sentences(view, language))


def users_sentences(view: View, language: Language) -> list[str]:
    """Say how many users called, whether more or fewer than before, and how many call a lot."""
    names = [m.name for m in view.section.trend]
    weeks = [row for row in view.trend.iter_rows(named=True) if row[names[0]] is not None]
    if not weeks:
        return [language.text("No calls in these weeks.")]
    users = [sum(row[name] for name in names) for row in weeks]
    if not users[-1]:
        silent = language.text(
            "Nobody made a call in the week ending {week}.",
            week=language.date(weeks[-1]["week_ending"]),
        )
        return [silent]
    sentence = language.text(
        "{users} users made calls in the week ending {week}; {share} of them made 50 or more.",
        users=language.number(users[-1]),
        week=language.date(weeks[-1]["week_ending"]),
        share=language.percent(weeks[-1][OFTEN] / users[-1], 0),
    )
    found = [sentence]
    if len(weeks) > 1:
        found.append(_moved(users, weeks, language))
    if view.absent:
        found.append(_silent(view.absent, language))
    return found


def _moved(users: Sequence[int], weeks: Sequence[dict[str, Any]], language: Language) -> str:
    return language.text(
        "Change since the week ending {week}: {change} users.",
        change=language.signed(users[-1] - users[0]),
        week=language.date(weeks[0]["week_ending"]),
    )


def _silent(customers: Sequence[str], language: Language) -> str:
    """Name those who stopped calling: the table has no row for them any more."""
    told = language.plural(
        "{n} customer with calls the week before has none now",
        "{n} customers with calls the week before have none now",
        len(customers),
    )
    names = ", ".join(customers[:NAMED]) + ("…" if len(customers) > NAMED else "")
    return f"{told}: {names}."


def quality_finding(view: View, language: Language) -> str:
    """Say how large the poor share is, how it moved, and which weeks are spikes."""
    weeks = view.trend["week_ending"].to_list()
    shares, legs = view.trend["poor_share"].to_list(), measured_legs(view)
    known = [i for i, share in enumerate(shares) if share is not None]
    if not known:
        return language.text("No measured call legs in these weeks.")
    last = known[-1]
    found = [
        language.text(
            "{share} of {legs} measured legs were poor in the week ending {week}.",
            share=language.percent(shares[last]),
            legs=language.number(legs[last] or 0),
            week=language.date(weeks[last]),
        )
    ]
    if last - 1 in known:
        found.append(
            language.text(
                "Against the week before: {points} percentage points.",
                points=language.signed(100 * (shares[last] - shares[last - 1]), 1),
            )
        )
    odd = [weeks[i] for i, spike in enumerate(spikes(shares, legs)) if spike]
    if odd:
        named = ", ".join(language.date(week) for week in odd)
        found.append(language.text("Out of the ordinary: {weeks}.", weeks=named))
    return " ".join(found)


def endpoints_finding(view: View, language: Language) -> str:
    """Say which type of endpoint is worst, and how many of the poor legs are on it."""
    overall = overall_share(view)
    rows = [r for r in view.table.iter_rows(named=True) if (r["measured_legs"] or 0) >= FEW]
    if overall is None or not rows:
        return language.text("Too few measured call legs to compare endpoint types.")
    poor = sum(view.table["poor_legs"])
    if not poor:
        return language.text("No call leg was poor on any endpoint type.")
    worst = max(rows, key=lambda row: row["poor_share"])
    return language.text(
        "Worst: {endpoint}. {share} of its measured legs are poor, against {overall} of all; "
        "{part} of all poor legs are on it.",
        endpoint=endpoint_name(worst["endpoint_type"], language),
        share=language.percent(worst["poor_share"]),
        overall=language.percent(overall),
        part=language.percent(worst["poor_legs"] / poor, 0),
    )


def features_finding(view: View, language: Language) -> str:
    """Say which feature is used most, and which are not used at all."""
    rows = view.table.to_dicts()
    if not rows or rows[0]["share_of_calls"] is None:
        return language.text("No calls in this week.")
    most = rows[0]
    found = [
        language.text(
            "Used most: {feature}, in {share} of calls.",
            feature=feature_name(most["feature"], language),
            share=language.percent(most["share_of_calls"]),
        )
    ]
    idle = [feature_name(row["feature"], language) for row in rows if not row["calls"]]
    if idle:
        found.append(language.text("Not used at all: {features}.", features=", ".join(idle)))
    else:
        least = rows[-1]
        found.append(
            language.text(
                "Used least: {feature}, in {share}.",
                feature=feature_name(least["feature"], language),
                share=language.percent(least["share_of_calls"]),
            )
        )
    return " ".join(found)
