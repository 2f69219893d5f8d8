"""Slides about what changed: who came and went, and whose licenses moved most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.deck.slides.parts import ROWS, nothing
from dashboard.exports.deck.story import Box, Chart, Nothing, Series, Story, Table
from dashboard.sections.moves import CAME, STEPS, WENT
from dashboard.wording.review_finding import (
    came_and_went,
    largest_finding,
    product_name,
    steps_finding,
)

if TYPE_CHECKING:
    import polars as pl

    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Block
    from dashboard.i18n import Language

LISTED = 5  # customers that came, and as many that went
LEFT = Box(0.6, 2.05, 7.0, 4.7)
RIGHT = Box(7.9, 2.1, 4.83, 4.6)
BESIDE = Box(9.0, 2.05, 3.73, 4.6)
MOVES = Box(0.6, 2.05, 8.3, 4.7)
# What each step of the waterfall is drawn as, and the token of its color.
DRAWN = {"then": "total", "came": "up", "grew": "up", "shrank": "down", "went": "down",
         "now": "total"}  # fmt: skip
MEANINGS = {"total": "total", "up": "assigned", "down": "overage"}


def changes(brief: Brief) -> Story:
    """Show the way from the licenses of then to those of now, and who came and went."""
    language, found = brief.language, brief.moves
    blocks: list[Block] = [nothing(language)]
    if found.known:
        blocks = [_waterfall(brief), _customers(brief)]
    return Story(
        heading=language.text("What changed"),
        finding=steps_finding(found, language),
        detail=_more(brief) if found.known else "",
        caption=brief.compared,
        blocks=blocks,
        notes=[*_meaning(language), *_names(brief)],
    )


def _waterfall(brief: Brief) -> Chart:
    """Draw each step on top of what was there before it; the part below is not seen."""
    language, steps = brief.language, brief.moves.steps
    labels = {
        "then": language.date(brief.since),
        "came": language.text("Customers that came"),
        "grew": language.text("More licenses"),
        "shrank": language.text("Fewer licenses"),
        "went": language.text("Customers that went"),
        "now": language.date(brief.as_of),
    }
    below, level = [], 0
    for name in STEPS:
        ends = DRAWN[name] == "total"
        below.append(0 if ends else min(level, level + steps[name]))
        level = steps[name] if ends else level + steps[name]
    parts = {
        kind: [abs(steps[n]) if DRAWN[n] == kind and steps[n] else None for n in STEPS]
        for kind in MEANINGS
    }
    # A change is written below its bar, where there is room, and a whole inside its own.
    said = ["" if DRAWN[n] == "total" else language.signed(steps[n]) for n in STEPS]
    whole = dict.fromkeys(MEANINGS, ()) | {
        "total": [language.number(steps[n]) if DRAWN[n] == "total" else "" for n in STEPS]
    }
    names = {
        "total": language.text("Licenses"),
        "up": language.text("More"),
        "down": language.text("Fewer"),
    }
    return Chart(
        label=steps_finding(brief.moves, language),
        kind="stacked",
        categories=[labels[name] for name in STEPS],
        series=[
            Series(name=language.text("Before"), values=below, meaning=None, labels=said),
            *(
                Series(name=names[k], values=parts[k], meaning=MEANINGS[k], labels=whole[k])
                for k in MEANINGS
            ),
        ],
        box=LEFT,
        legend=False,
    )


def _customers(brief: Brief) -> Table | Nothing:
    language, found = brief.language, brief.moves
    rows = [
        [row["customer"], said, language.number(row["licenses"])]
        for kind, said in _kinds(language).items()
        for row in found.customers(kind).head(LISTED).to_dicts()
    ]
    if not rows:
        words = language.text("No customer came or went.")
        return Nothing(words=words, box=RIGHT)
    return Table(
        label=language.text("Customers that came and went"),
        head=[language.text("Customer"), "", language.text("Licenses")],
        rows=rows,
        widths=[5, 1.8, 2],
        numeric=[False, False, True],
        box=RIGHT,
    )


def _kinds(language: Language) -> dict[str, str]:
    return {CAME: language.text("came"), WENT: language.text("went")}


def _more(brief: Brief) -> str:
    """Say how many customers the list leaves out."""
    heights = [brief.moves.customers(kind).height for kind in (CAME, WENT)]
    if max(heights) <= LISTED:
        return ""
    return brief.language.text(
        "The {n} largest of each are listed; the notes name all.",
        n=brief.language.number(LISTED),
    )


def _names(brief: Brief) -> list[str]:
    def named(rows: pl.DataFrame) -> str:
        return ", ".join(rows["customer"].to_list()) or "–"

    language = brief.language
    return [
        language.text("Came: {names}", names=named(brief.moves.customers(CAME))),
        language.text("Went: {names}", names=named(brief.moves.customers(WENT))),
    ]


def largest_moves(brief: Brief) -> Story:
    """List the moves of the most licenses, beside bars that show their size."""
    language, found = brief.language, brief.moves
    rows = found.largest(ROWS)
    blocks: list[Block] = [nothing(language)]
    if found.known and rows.height:
        blocks = [_moves_table(rows, language), _moves_chart(rows, language)]
    return Story(
        heading=language.text("Ten largest moves"),
        finding=largest_finding(found, language),
        detail=language.text(
            "Ordered by licenses at stake: the larger change of total and assigned."
        ),
        caption=brief.compared,
        blocks=blocks,
        notes=_meaning(language),
    )


def _moves_table(rows: pl.DataFrame, language: Language) -> Table:
    kinds = _kinds(language)
    signed, number = language.signed, language.number
    return Table(
        label=language.text("Ten largest moves"),
        head=[
            language.text("Customer"),
            language.text("Product"),
            "",
            language.text("Total before"),
            language.text("Total now"),
            language.text("Change"),
            language.text("Change of assigned"),
        ],
        rows=[
            [
                row["customer"],
                product_name(row, language),
                kinds.get(row["kind"], ""),
                number(row["total_then"]),
                number(row["total_now"]),
                signed(row["total_change"]),
                signed(row["assigned_change"]),
            ]
            for row in rows.to_dicts()
        ],
        widths=[3.1, 1.2, 1.3, 1.2, 1.2, 1.2, 1.5],
        numeric=[False, False, False, True, True, True, True],
        box=MOVES,
    )


def _moves_chart(rows: pl.DataFrame, language: Language) -> Chart:
    return Chart(
        label=language.text("Change of total and assigned licenses"),
        kind="bars",
        categories=[f"{product_name(r, language)} · {r['customer']}" for r in rows.to_dicts()],
        series=[
            Series(name=language.text(name), values=rows[f"{key}_change"].to_list(), meaning=key)
            for key, name in (("total", "Total"), ("assigned", "Assigned"))
        ],
        box=BESIDE,
        axis=False,
    )


def _meaning(language: Language) -> list[str]:
    return [
        came_and_went(language),
        language.text(
            "Licenses are compared per customer and product, over active subscriptions and "
            "trials; customers that stayed have more licenses, fewer, or as many."
        ),
    ]
