"""Sifting: which rows of an export are fit to be counted, and the one reason why others are not."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import dataframely as dy
import polars as pl

from dashboard.data import cells, records
from dashboard.data.datasets import RULES
from dashboard.data.sources import Column, Kind
from dashboard.data.texts import IGNORED, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.data.datasets import Dataset
    from dashboard.data.recognition import Recognized
    from dashboard.data.texts import Texts

_TOTAL = re.compile(r"(grand total|totals?|усього|всього|разом|підсумок|загалом)\b", re.IGNORECASE)
_KINDS = {"nullability": (1, "is missing"), "min": (2, "is negative")}
_LAST = 10_000  # rank of the rules that look at more than one column


class Sifted(NamedTuple):
    """Typed rows to keep, with the RECORD each was, and the reasons of all other records."""

    kept: pl.DataFrame
    aside: dict[int, str]


class _Cells(NamedTuple):
    column: Column
    text: pl.Series
    value: pl.Series


def sift(texts: Texts, recognized: Recognized) -> Sifted:
    """Type the rows, keep the good ones, and say of every other record what is wrong with it."""
    source = recognized.source
    typed = list(_typed(texts, recognized))
    rows = pl.DataFrame([t.value for t in typed]).with_columns(texts.rows[RECORD])
    empty = pl.DataFrame(schema={**source.dataset.columns, **_region(source.dataset)})
    rows = pl.concat([empty, rows], how="diagonal")
    kept, failure = _with_record(source.dataset).filter(rows)
    findings = [*_unparsed(typed, rows[RECORD]), *_broken(failure, source.columns)]
    aside = dict(texts.aside)
    if findings:
        worst = pl.concat(findings).sort(RECORD, "rank").unique(RECORD, keep="first")
        aside |= dict(worst.select(RECORD, "reason").iter_rows())
        kept = kept.join(worst, on=RECORD, how="anti", maintain_order="left")
    return Sifted(kept, _without_total(texts, aside))


def _typed(texts: Texts, recognized: Recognized) -> Iterator[_Cells]:
    """Yield the values of every column the file or an import option brings."""
    for position, column in enumerate(recognized.columns):
        if column:
            text = cells.stripped(texts.rows[str(position)].alias(column.field), column)
            value = cells.values(text, column)
            if column.kind is Kind.COUNT and recognized.delimiter != ",":
                value = _without_bare_groups(texts, position, text, value)
            yield _Cells(column, text, value)
    for column in recognized.source.columns:
        if column.option in recognized.options:
            given = recognized.options[column.option]
            text = pl.Series(column.field, [given], pl.String)
            text = cells.stripped(text, column).new_from_index(0, texts.rows.height)
            yield _Cells(column, text, cells.values(text, column))


def _without_bare_groups(
    texts: Texts, position: int, text: pl.Series, value: pl.Series
) -> pl.Series:
    """Take 1,234 for a number only where the cell was quoted."""
    suspects = texts.rows[RECORD].filter(text.str.contains(cells.GROUPED).fill_null(value=False))
    bare = [i for i in suspects if not _quoted(texts, i, position)]
    if not bare:
        return value
    is_bare = texts.rows[RECORD].is_in(pl.Series(bare, dtype=pl.UInt32).implode())
    return value.set(is_bare, None)


def _quoted(texts: Texts, record: int, position: int) -> bool:
    found = records.fields(texts.raw(record).encode(), texts.delimiter)
    return found[position].startswith(b'"')


def _unparsed(typed: list[_Cells], record: pl.Series) -> Iterator[pl.DataFrame]:
    for rank, (column, text, value) in enumerate(typed):
        if text.null_count() != value.null_count():
            bad = record.filter(text.is_not_null() & value.is_null())
            yield _finding(bad, 3 * rank, f"{column.header} does not parse")


def _broken(failure: dy.FailureInfo[dy.Schema], columns: tuple[Column, ...]) -> Iterator[pl.DataFrame]:
    """Yield the records that break a rule of the schema."""
    if not len(failure):
        return
    details = failure.details()
    ranks = {column.field: rank for rank, column in enumerate(columns)}
    for rule in failure.counts():
        name, _, kind = rule.partition("|")
        bad = details.filter(pl.col(rule) == "invalid")[RECORD]
        if kind:
            step, words = _KINDS[kind]
            yield _finding(bad, 3 * ranks[name] + step, f"{columns[ranks[name]].header} {words}")
        else:
            yield _finding(bad, _LAST, RULES[name])


def _finding(record: pl.Series, rank: int, reason: str) -> pl.DataFrame:
    return pl.DataFrame({RECORD: record}).with_columns(rank=pl.lit(rank), reason=pl.lit(reason))


def _without_total(texts: Texts, aside: dict[int, str]) -> dict[int, str]:
    """Ignore a trailing total row: one that would be bad, and says that it is a total."""
    last = next((i for i in range(texts.height - 1, -1, -1) if aside.get(i) != IGNORED), None)
    if last in aside:
        plain = (c.replace('"', "").strip() for c in texts.raw(last).split(texts.delimiter))
        if _TOTAL.match(next(filter(None, plain), "")):
            return aside | {last: IGNORED}
    return aside


@cache
def _with_record(dataset: Dataset) -> type[dy.Schema]:
    """Return the dataset's schema with the record number beside, so that failures are known."""
    body = {"__module__": __name__, RECORD: dy.UInt32(nullable=False)}
    return type(dy.Schema)(f"{dataset.name}Record", (dataset.schema,), body)


def _region(dataset: Dataset) -> dict[str, type[pl.String]]:
    return {"region": pl.String} if "region" in dataset.schema.column_names() else {}
