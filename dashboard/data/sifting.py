"""Sifting: which rows of an export are fit to be counted, and why each other one is not."""

from __future__ import annotations

import re
import types
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import dataframely as dy
import polars as pl

from dashboard.data import cells, records
from dashboard.data.datasets import RULES
from dashboard.data.texts import IGNORED, RECORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.data.datasets import Dataset
    from dashboard.data.recognition import Recognized
    from dashboard.data.sources import Column, Source
    from dashboard.data.texts import Texts

_TOTAL = re.compile(r"(grand total|totals?|усього|всього|разом|підсумок|загалом)\b", re.IGNORECASE)
_KINDS = {"nullability": (1, "is missing"), "min": (2, "is negative")}
_LONG = 10_000  # rows of which a column is worth a thread
_LAST = 10_000  # rank of the rules that look at more than one column


class Sifted(NamedTuple):
    """Typed rows to keep, with the RECORD each was, and the reasons of all other records."""

    kept: pl.DataFrame
    aside: dict[int, str]


class _Cells(NamedTuple):
    """One column of ours: its values, and the rows whose text is none."""

    column: Column
    values: pl.Series
    unreadable: pl.Series | None


def sift(texts: Texts, recognized: Recognized) -> Sifted:
    """Type the rows, keep the good ones, and say of every other record what is wrong with it."""
    source, record = recognized.source, texts.rows[RECORD]
    typed = list(_typed(texts, recognized))
    rows = _complete(pl.DataFrame([record, *(t.values for t in typed)]), source)
    ranks = {column.field: rank for rank, column in enumerate(source.columns)}
    findings = [*_unreadable(typed, record, ranks), *_broken(rows, source, ranks)]
    if not findings:
        return Sifted(rows, _without_total(texts, texts.aside))
    worst = pl.concat(findings).sort(RECORD, "rank").unique(RECORD, keep="first")
    aside = texts.aside | dict(worst.select(RECORD, "reason").iter_rows())
    kept = rows.join(worst, on=RECORD, how="anti", maintain_order="left")
    return Sifted(kept, _without_total(texts, aside))


def _typed(texts: Texts, recognized: Recognized) -> Iterator[_Cells]:
    """Yield every column the file or an import option brings; long ones are read side by side."""
    given = [(i, column) for i, column in enumerate(recognized.columns) if column]
    if texts.rows.height < _LONG:
        yield from (_column(texts, *pair) for pair in given)
    else:
        with ThreadPoolExecutor() as pool:
            yield from pool.map(lambda pair: _column(texts, *pair), given)
    for column in recognized.source.columns:
        if column.option in recognized.options:
            option = pl.Series(column.field, [recognized.options[column.option]])
            values = cells.read(option, column).values
            yield _Cells(column, values.new_from_index(0, texts.rows.height), None)


def _column(texts: Texts, position: int, column: Column) -> _Cells:
    text = texts.rows[str(position)].alias(column.field)
    found = cells.read(text, column)
    if column.kind in cells.GROUPED and text.dtype == pl.String and texts.delimiter != ",":
        pattern = cells.GROUPED[column.kind]
        found = _without_bare_groups(texts, position, text, found, pattern)
    return _Cells(column, *found)


def _complete(rows: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Return the rows with all columns of the dataset, null where the export has none."""
    kinds = {n: column.dtype for n, column in source.dataset.schema.columns().items()}
    absent = {n: pl.lit(None, kind) for n, kind in kinds.items() if n not in rows.columns}
    constant = {name: pl.lit(value) for name, value in source.constants}
    rows = rows.with_columns(**absent | constant)
    rows = rows.with_columns(**{n: pl.coalesce(n, other) for n, other in source.fallbacks})
    return (source.settle(rows) if source.settle else rows).select(*kinds, RECORD)


def _without_bare_groups(
    texts: Texts, position: int, text: pl.Series, found: cells.Values, pattern: str
) -> cells.Values:
    """Take 1,234 for a number only where the cell was quoted."""
    record = texts.rows[RECORD]
    grouped = text.str.contains(pattern).fill_null(value=False)
    bare = [i for i in record.filter(grouped) if not _quoted(texts, i, position)]
    if not bare:
        return found
    wrong = record.is_in(pl.Series(bare, dtype=pl.UInt32).implode())
    values = found.values.to_frame().select(pl.when(~wrong).then(pl.first())).to_series()
    return cells.Values(values, wrong if found.unreadable is None else wrong | found.unreadable)


def _quoted(texts: Texts, record: int, position: int) -> bool:
    found = records.fields(texts.raw(record).encode(), texts.delimiter)
    return found[position].startswith(b'"')


def _unreadable(
    typed: list[_Cells], record: pl.Series, ranks: dict[str, int]
) -> Iterator[pl.DataFrame]:
    for column, _, unreadable in typed:
        if unreadable is not None:
            reason = f"{column.header} does not parse"
            yield _finding(record.filter(unreadable), 3 * ranks[column.field], reason)


def _broken(rows: pl.DataFrame, source: Source, ranks: dict[str, int]) -> Iterator[pl.DataFrame]:
    """Yield the records that break a rule of the schema."""
    schema = _with_record(source.dataset)
    if schema.is_valid(rows):
        return
    _, failure = schema.filter(rows)
    details = failure.details()
    for rule in failure.counts():
        name, _, kind = rule.partition("|")
        bad = details.filter(pl.col(rule) == "invalid")[RECORD]
        if kind:
            step, words = _KINDS[kind]
            header = source.columns[ranks[name]].header
            yield _finding(bad, 3 * ranks[name] + step, f"{header} {words}")
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
    return types.new_class(dataset.name, (dataset.schema,), exec_body=lambda ns: ns.update(body))
