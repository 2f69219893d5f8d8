"""The slide that defines what the others count, with the rules in force."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.exports.deck.story import Box, Story, Table
from dashboard.exports.deck.tables import rows_that_fit
from dashboard.metrics import segments
from dashboard.metrics.calls import ABANDONMENT_RATE, CALLING_USERS
from dashboard.metrics.licenses import ASSIGNED, CUSTOMERS, USED
from dashboard.wording.review_finding import came_and_went
from dashboard.wording.rule import quality_rule

if TYPE_CHECKING:
    from dashboard.exports.deck.brief import Brief
    from dashboard.i18n import Language

BOX = Box(0.6, 1.4, 12.13, 5.5)
SIZES = (12, 11, 10, 9, 8)  # points; the first in which everything fits
NUMBERS = (CUSTOMERS, ASSIGNED, USED, CALLING_USERS, ABANDONMENT_RATE)
POPULATIONS = {
    "expiring": segments.EXPIRING,
    "renewing": segments.RENEWING,
    "low_assignment": segments.LOW_ASSIGNMENT,
    "over_limit": segments.OVER_LIMIT,
}


def definitions(brief: Brief) -> Story:
    """Define the numbers and the groups of customers."""
    language, words = brief.language, brief.rules.as_words()
    rows = [[language.text(m.label), language.text(m.definition, **words)] for m in NUMBERS]
    for section, segment in POPULATIONS.items():
        title = brief.now(section).section.title
        meaning = language.text(segment.definition, **words)
        rows.append([language.text(title), f"{meaning} ({segment.rule})"])
    quality = brief.now("call_quality_by_endpoint").section.title
    rows.append([language.text(quality), quality_rule(brief.rules.quality, language)])
    rows.append([language.text("What changed"), came_and_went(language)])
    finding = language.text("Every number here means what it means on screen.")
    return Story(
        heading=language.text("Definitions"),
        finding=finding,
        caption=brief.caption(brief.now("overview")),
        blocks=[_table(rows, language)],
        notes=[": ".join(row) for row in rows],
    )


def _table(rows: list[list[str]], language: Language) -> Table:
    """Return every definition, in letters as large as there is room for."""
    table = Table(
        label=language.text("Definitions"),
        head=[language.text("Term"), language.text("Definition")],
        rows=rows,
        widths=[2.6, 9.5],
        numeric=[False, False],
        box=BOX,
        lines=6,
    )
    sized = (replace(table, points=points) for points in SIZES)
    return next((t for t in sized if rows_that_fit(t) == len(rows)), table)
