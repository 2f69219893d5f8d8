"""License findings: what the trend of licenses shows; also the chart's accessible name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.sections import View


def license_finding(view: View, language: Language) -> str:
    """Say what `license_sentences` says, in one go."""
    return " ".join(license_sentences(view, language))


def license_sentences(view: View, language: Language) -> list[str]:
    """Say how much is assigned and used, and how assignment moved over the weeks shown."""
    known = view.trend.filter(pl.col("total").is_not_null())
    if known.is_empty():
        return [language.text("No license snapshot in these weeks.")]
    first, last = known.row(0, named=True), known.row(-1, named=True)
    if not last["total"]:
        return [language.text("There were no licenses in the last week shown.")]
    sentence = language.text(
        "{assigned} of {total} licenses are assigned and {used} used.",
        assigned=language.percent(last["assigned"] / last["total"], 0),
        total=language.number(last["total"]),
        used=language.percent(last["used"] / last["total"], 0),
    )
    change = last["assigned"] - first["assigned"]
    if known.height == 1 or not first["assigned"]:
        return [sentence]
    moved = language.text(
        "Assigned licenses changed by {change} ({share}) since the week ending {week}.",
        change=language.signed(change),
        share=_signed_share(change / first["assigned"], language),
        week=language.date(first["week_ending"]),
    )
    return [sentence, moved]


def _signed_share(share: float, language: Language) -> str:
    sign = "+" if share > 0 else "−" if share < 0 else "±"
    return sign + language.percent(abs(share), 1)
