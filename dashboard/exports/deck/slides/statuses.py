"""The slide of who moved from one status to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.deck.slides.parts import ROWS, joined, nothing, shown_of
from dashboard.exports.deck.story import Story, Table
from dashboard.metrics.statuses import STATUSES
from dashboard.sections.status_moves import DATED
from dashboard.wording.review_finding import statuses_finding

if TYPE_CHECKING:
    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Block


def statuses(brief: Brief) -> Story:
    """List who moved between statuses, the most licenses first."""
    language, rows = brief.language, brief.status_moves
    table: Block = nothing(language)
    if rows.height:
        table = Table(
            label=language.text("Moves between statuses"),
            head=[
                language.text("Customer"),
                language.text("Status before"),
                language.text("Status now"),
                language.text("Licenses behind it"),
            ],
            rows=[
                [
                    row["customer"],
                    *(language.text(STATUSES[row[when]].label) for when in ("before", "after")),
                    language.number(row["licenses"]),
                ]
                for row in rows.head(ROWS).to_dicts()
            ],
            widths=[4, 3, 3, 2],
            numeric=[False, False, False, True],
        )
    counted = [(s, rows.filter(after=s.name).height) for s in DATED] if rows.height else []
    totals = " · ".join(f"{language.text(s.label)}: {language.number(n)}" for s, n in counted if n)
    return Story(
        heading=language.text("Moves between statuses"),
        finding=statuses_finding(brief.moves, rows.height, language),
        detail=joined(shown_of(table, rows.height, language), totals),
        caption=brief.compared,
        blocks=[table],
        notes=_notes(brief),
    )


def _notes(brief: Brief) -> list[str]:
    language, words = brief.language, brief.rules.as_words()
    told = language.text(
        "The most urgent status is compared. Payment, setup and sign-ins are known as they are "
        "today only, so the statuses that follow from them are left out."
    )
    meanings = [f"{language.text(s.label)}: {language.text(s.definition, **words)}" for s in DATED]
    return [told, *meanings]
