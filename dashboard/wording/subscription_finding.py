"""Subscription findings: one sentence for who expires, renews, under-assigns or exceeds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dashboard.i18n import NOTHING
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View


def expiring_finding(view: View, language: Language, rules: Rules) -> str:
    """Say how many licenses end soon, and how far they are assigned."""
    if view.table.is_empty():
        return language.text("Nothing expires by {day}.", day=_until(view, language, rules))
    told = language.plural(
        "{n} customer has licenses that expire by {{day}}: {{total}}, of which {{share}} are "
        "assigned.",
        "{n} customers have licenses that expire by {{day}}: {{total}}, of which {{share}} are "
        "assigned.",
        _count(view, "customers_expiring"),
    )
    return _filled(told, view, language, rules, "license_assignment")


def renewing_finding(view: View, language: Language, rules: Rules) -> str:
    """Say how many licenses renew by themselves soon, and how far they are used."""
    if view.table.is_empty():
        return language.text("Nothing renews by {day}.", day=_until(view, language, rules))
    told = language.plural(
        "{n} customer has licenses that renew by {{day}}: {{total}}, of which {{share}} are used.",
        "{n} customers have licenses that renew by {{day}}: {{total}}, of which {{share}} are "
        "used.",
        _count(view, "customers_renewing"),
    )
    return _filled(told, view, language, rules, "license_usage")


def low_finding(view: View, language: Language) -> str:
    """Say how many customers are behind their peers, and what that leaves unassigned."""
    if view.table.is_empty():
        return language.text("No customer assigns clearly fewer licenses than similar ones.")
    told = language.plural(
        "{n} customer assigns fewer licenses than similar ones; unassigned licenses: {{count}}.",
        "{n} customers assign fewer licenses than similar ones; unassigned licenses: {{count}}.",
        _count(view, "customers_low_assignment"),
    )
    return told.format(count=language.number(_count(view, "total_unassigned_licenses")))


def over_finding(view: View, language: Language) -> str:
    """Say how many customers exceed what they bought, and by how much."""
    if view.table.is_empty():
        return language.text("No customer has assigned more licenses than it bought.")
    told = language.plural(
        "{n} customer has assigned more licenses than it bought; over the limit: {{count}}.",
        "{n} customers have assigned more licenses than they bought; over the limit: {{count}}.",
        _count(view, "customers_with_overage"),
    )
    return told.format(count=language.number(_count(view, "total_license_overage")))


def _filled(told: str, view: View, language: Language, rules: Rules, share: str) -> str:
    value = view.kpis[share].value
    return told.format(
        day=_until(view, language, rules),
        total=language.number(sum(view.table["total_licenses"])),
        share=NOTHING if value is None else written(value, Unit.PERCENT, language),
    )


def _count(view: View, kpi: str) -> int:
    return round(view.kpis[kpi].value or 0)


def _until(view: View, language: Language, rules: Rules) -> str:
    as_of = view.filters.as_of
    return language.date(as_of + timedelta(days=rules.soon_days)) if as_of else NOTHING
