"""Slides about subscriptions: what ends, what renews, who assigns too little or too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.deck.slides.parts import (
    cell,
    fitting,
    joined,
    kpi_line,
    notes,
    nothing,
    section_table,
    shown_of,
)
from dashboard.exports.deck.story import Story, Table
from dashboard.wording.peers import explanation
from dashboard.wording.subscription_finding import (
    expiring_finding,
    low_finding,
    over_finding,
    renewing_finding,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Block

ENDING = {"total_licenses": 1.4, "used": 1.2, "assigned": 1.3, "available": 1.3,
          "usage_last_3_months": 1.9}  # fmt: skip
WHOSE = {"customer": 3.8, "subscription_id": 3.1}
OVER = {"months_remaining": 1.5, "auto_renew": 1.2, "total_licenses": 1.3, "assigned": 1.4,
        "assigned_pct": 1.5, "used": 1.4, "used_pct": 1.5}  # fmt: skip
LOW = {"customer": 2.2, "assigned_pct": 0.9, "total_licenses": 1.0, "available": 1.0}
REASON = 6.2


def expiring(brief: Brief) -> Story:
    """List what ends first."""
    finding = expiring_finding(brief.now("expiring"), brief.language, brief.rules)
    return _listed(brief, "expiring", finding, WHOSE | {"days_until_expiration": 1.5} | ENDING)


def renewing(brief: Brief) -> Story:
    """List what renews by itself first."""
    finding = renewing_finding(brief.now("renewing"), brief.language, brief.rules)
    return _listed(brief, "renewing", finding, WHOSE | {"days_until_renewal": 1.5} | ENDING)


def over_limit(brief: Brief) -> Story:
    """List the largest overages."""
    finding = over_finding(brief.now("over_limit"), brief.language)
    return _listed(brief, "over_limit", finding, WHOSE | OVER)


def _listed(brief: Brief, section: str, finding: str, columns: Mapping[str, float]) -> Story:
    view = brief.now(section)
    return _story(brief, section, finding, section_table(brief, view, columns), list(columns))


def low_assignment(brief: Brief) -> Story:
    """List the most unassigned licenses, why they are flagged and what clears the flag."""
    language, view = brief.language, brief.now("low_assignment")
    declared = {column.name: column for column in view.section.table}
    rows = [
        [
            *(cell(row, declared[name], language) for name in LOW),
            explanation(row, view.filters.product, language, brief.rules) or "",
        ]
        for row in view.table.head(10).to_dicts()
    ]
    table: Block = nothing(language)
    if rows:
        heads = [language.text(declared[name].label) for name in LOW]
        table = fitting(
            Table(
                label=language.text(view.section.table_title),
                head=[*heads, language.text("Why, and what clears it")],
                rows=rows,
                widths=[*LOW.values(), REASON],
                numeric=[False, *[True] * (len(LOW) - 1), False],
                lines=4,
                points=11,
            )
        )
    return _story(brief, "low_assignment", low_finding(view, language), table, list(LOW))


def _story(brief: Brief, section: str, finding: str, table: Block, columns: list[str]) -> Story:
    view = brief.now(section)
    return Story(
        heading=brief.language.text(view.section.title),
        finding=finding,
        detail=joined(
            shown_of(table, view.table.height, brief.language),
            kpi_line(brief, view, brief.before(section)),
        ),
        caption=brief.caption(view),
        blocks=[table],
        notes=notes(brief, view, columns),
    )
