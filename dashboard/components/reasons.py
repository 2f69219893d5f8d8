"""Reasons: one sentence that says why a status is set, and what would clear it (C-03)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.metrics.statuses import FLAGS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.i18n import Language
    from dashboard.metrics.reasons import Reason
    from dashboard.metrics.rules import Rules


def status_name(status: str, language: Language) -> str:
    """Name a status or flag; one unknown to us keeps the vendor's own word."""
    known = (STATUSES | FLAGS).get(status)
    return language.text(known.label) if known else status


def sentence(reason: Reason, language: Language, rules: Rules) -> str:
    """Say with its numbers why a status is set, since when, and what would clear it."""
    parts = (WHY[reason.status](reason, language), _since(reason, language))
    clears = CLEARS[reason.status](reason, language, rules)
    return " ".join(part for part in (*parts, clears) if part)


def _suspended(reason: Reason, language: Language) -> str:
    return language.plural(
        "{n} active subscription has not been paid for ({{licenses}}).",
        "{n} active subscriptions have not been paid for ({{licenses}}).",
        reason.terms,
    ).format(licenses=_licenses(reason.licenses, language))


def _expired(reason: Reason, language: Language) -> str:
    return language.text(
        "None of its subscriptions and trials is active; the last one ended on {date} "
        "({licenses}).",
        date=_date(reason, language),
        licenses=_licenses(reason.licenses, language),
    )


def _overage(reason: Reason, language: Language) -> str:
    return language.plural(
        "{n} license is assigned beyond what was bought ({{terms}}).",
        "{n} licenses are assigned beyond what was bought ({{terms}}).",
        reason.excess,
    ).format(terms=_terms(reason, language))


def _expiring(reason: Reason, language: Language) -> str:
    return language.plural(
        "The next end is in {n} day, on {{date}}, without renewal: {{terms}} ({{licenses}}).",
        "The next end is in {n} days, on {{date}}, without renewal: {{terms}} ({{licenses}}).",
        reason.days_left or 0,
    ).format(
        date=_date(reason, language),
        terms=_terms(reason, language),
        licenses=_licenses(reason.licenses, language),
    )


def _setup(reason: Reason, language: Language) -> str:
    return language.text(
        "Not yet fully set up: {terms} ({licenses}).",
        terms=_terms(reason, language),
        licenses=_licenses(reason.licenses, language),
    )


def _inactive(reason: Reason, language: Language) -> str:
    return language.plural(
        "The last administrator sign-in was {n} day ago, on {{date}}.",
        "The last administrator sign-in was {n} days ago, on {{date}}.",
        reason.sign_in_days or 0,
    ).format(date=language.date(reason.last_sign_in) if reason.last_sign_in else "")


def _active(reason: Reason, language: Language) -> str:
    return language.text(
        "Active: {terms} ({licenses}); the first end is on {date}.",
        terms=_terms(reason, language),
        licenses=_licenses(reason.licenses, language),
        date=_date(reason, language),
    )


def _overused(reason: Reason, language: Language) -> str:
    return language.plural(
        "{n} license was used in the last seven days beyond what was bought ({{terms}}).",
        "{n} licenses were used in the last seven days beyond what was bought ({{terms}}).",
        reason.excess,
    ).format(terms=_terms(reason, language))


def _unknown(_: Reason, language: Language) -> str:
    return language.text("No export says when an administrator last signed in.")


def _clears_inactive(_: Reason, language: Language, rules: Rules) -> str:
    return language.plural(
        "Set after {n} day without a sign-in; clears with the next one.",
        "Set after {n} days without a sign-in; clears with the next one.",
        rules.inactive_days,
    )


def _clears_expiring(reason: Reason, language: Language, rules: Rules) -> str:
    if not reason.subscriptions:
        return language.plural(
            "Set within {n} day of the end; clears when the trial is extended.",
            "Set within {n} days of the end; clears when the trial is extended.",
            rules.expiring_soon_days,
        )
    return language.plural(
        "Set within {n} day of the end; clears with a renewal or when auto-renew is switched on.",
        "Set within {n} days of the end; clears with a renewal or when auto-renew is switched on.",
        rules.expiring_soon_days,
    )


def _clears_overage(reason: Reason, language: Language, _: Rules) -> str:
    return language.plural(
        "Clears when {n} license is unassigned or bought.",
        "Clears when {n} licenses are unassigned or bought.",
        reason.excess,
    )


WHY: dict[str, Callable[[Reason, Language], str]] = {
    "suspended": _suspended,
    "expired": _expired,
    "license_overage": _overage,
    "expiring_soon": _expiring,
    "ready_for_order_setup": _setup,
    "no_recent_activity": _inactive,
    "trial": _active,
    "subscription": _active,
    "used_over_total": _overused,
    "sign_in_unknown": _unknown,
}
CLEARS: dict[str, Callable[[Reason, Language, Rules], str]] = {
    "suspended": lambda _, language, __: language.text("Clears once all of it is paid."),
    "expired": lambda _, language, __: language.text("Clears with a new subscription or trial."),
    "license_overage": _clears_overage,
    "expiring_soon": _clears_expiring,
    "ready_for_order_setup": lambda _, language, __: language.text("Clears once it is set up."),
    "no_recent_activity": _clears_inactive,
    "trial": lambda _, language, __: language.text("Lasts as long as a trial is active."),
    "subscription": lambda _, language, __: language.text(
        "Lasts as long as a subscription is active."
    ),
    "used_over_total": lambda _, language, __: language.text(
        "Clears in a week that uses no more than was bought."
    ),
    "sign_in_unknown": lambda _, language, __: language.text(
        "Clears with a customer list that has the last sign-in; until then “{status}” is never "
        "set.",
        status=status_name("no_recent_activity", language),
    ),
}


def _terms(reason: Reason, language: Language) -> str:
    """Count the subscriptions and trials behind a status."""
    parts = []
    if reason.subscriptions:
        parts.append(
            language.plural("{n} subscription", "{n} subscriptions", reason.subscriptions)
        )
    if reason.trials:
        parts.append(language.plural("{n} trial", "{n} trials", reason.trials))
    return ", ".join(parts)


def _licenses(count: int, language: Language) -> str:
    return language.plural("{n} license", "{n} licenses", count)


def _date(reason: Reason, language: Language) -> str:
    return language.date(reason.ends) if reason.ends else ""


def _since(reason: Reason, language: Language) -> str:
    if reason.since is None:
        return ""
    return language.text("Since {date}.", date=language.date(reason.since))
