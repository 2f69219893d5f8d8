"""Parts of slides: a section's rows as a table, its numbers beside a quarter ago, its notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.exports.deck.story import WHOLE, Box, Nothing, Table
from dashboard.exports.deck.tables import rows_that_fit
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written
from dashboard.wording.meaning import meaning
from dashboard.wording.names import NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.exports.deck.brief import Brief
    from dashboard.exports.deck.story import Block
    from dashboard.i18n import Language
    from dashboard.sections import Column, View

ROWS = 10


def section_table(
    brief: Brief, view: View, columns: Mapping[str, float], box: Box = WHOLE, *, rows: int = ROWS
) -> Block:
    """Show a section's first rows; `columns` are names of its columns, with their widths."""
    language = brief.language
    if view.table.is_empty():
        return nothing(language, box)
    declared = {column.name: column for column in view.section.table}
    chosen = [declared[name] for name in columns]
    found = view.table.head(rows).to_dicts()
    return Table(
        label=language.text(view.section.table_title),
        head=[language.text(column.label) for column in chosen],
        rows=[[cell(row, column, language) for column in chosen] for row in found],
        widths=list(columns.values()),
        numeric=[column.unit is not Unit.TEXT for column in chosen],
        box=box,
    )


def cell(row: Mapping[str, Any], column: Column, language: Language) -> str:
    """Write a row's value of a column as it reads on screen."""
    value = row[column.name]
    if column.name in NAMES:
        return NAMES[column.name](value, language)
    if column.name == "subscription_id" and row.get("type") == "Trial":
        return f"{language.text('Enterprise trial')} {value}"
    if row.get(f"{column.name}_at_least"):
        return f"≥ {written(value, column.unit, language)}"  # words would be cut in a column
    return written(value, column.unit, language)


def nothing(language: Language, box: Box = WHOLE) -> Nothing:
    """Say that a place is empty because there is nothing of the kind."""
    return Nothing(words=language.text("Nothing here for this choice of filters."), box=box)


def shown_of(table: Block, whole: int, language: Language) -> str:
    """Say how many rows there are where a slide shows only the first."""
    if not isinstance(table, Table) or len(table.rows) >= whole:
        return ""
    return language.text(
        "The first {shown} of {all} rows.",
        shown=language.number(len(table.rows)),
        all=language.number(whole),
    )


def fitting(table: Table) -> Table:
    """Return a table with the rows there is room for."""
    return replace(table, rows=table.rows[: rows_that_fit(table)])


def kpi_line(brief: Brief, now: View, before: View) -> str:
    """Write a section's numbers, each with what it was a quarter ago."""
    language = brief.language
    return " · ".join(
        language.text(
            "{label}: {value} (a quarter ago {before})",
            label=language.text(metric.label),
            value=written(now.kpis[metric.name].value, metric.unit, language),
            before=written(_known(before, metric.name), metric.unit, language),
        )
        for metric in now.section.kpis
    )


def _known(view: View, kpi: str) -> float | None:
    """Return a number of a view that may be from before there were data."""
    return None if view.week_ending is None else view.kpis[kpi].value


def joined(*sentences: str) -> str:
    """Put sentences after each other, without those that are empty."""
    return " ".join(sentence for sentence in sentences if sentence)


def notes(brief: Brief, view: View, columns: Sequence[str] = ()) -> list[str]:
    """Return what the slide's numbers mean: the section, its KPIs or trend, its columns."""
    language, words, section = brief.language, brief.rules.as_words(), view.section
    found = [language.text(section.definition, **words)]
    found += [
        f"{language.text(metric.label)}: {' '.join(meaning(metric, view, language, brief.rules))}"
        for metric in (*section.kpis, *section.trend)
    ]
    for column in section.table:
        if column.name in columns:
            said = language.text(column.definition, **words)
            rule = f" ({column.rule})" if column.rule else ""
            found.append(f"{language.text(column.label)}: {said}{rule}")
    return found
