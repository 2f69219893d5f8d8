"""Cells: from the text of a column to its values; text that is no value becomes null."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.sources import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.data.sources import Column

NULLS = ("NA", "na", "N/A", "null", "-")
GROUPED = r"^\s*-?[1-9][0-9]{0,2}(,[0-9]{3})+\s*$"  # 1,234: a number only where it was quoted
_COUNT = r"^-?[0-9]+(\.0+)?$"
# A date, or a date and a time: with T also without seconds and with a zone, else as in SQL.
_MOMENT = (
    r"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9])"
    r"(?::(?<seconds>[0-5][0-9])(?:\.(?<fraction>[0-9]+))?)?"
    r"(?:Z|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3]):?(?<minutes>[0-5][0-9]))?)?$"
)
_WITH_SPACE = r"^[0-9-]{10} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?$"
_TEXT = pl.col("text")


def stripped(text: pl.Series, column: Column) -> pl.Series:
    """Return the text without outer space, null where it means that there is no value."""
    nulls = ("",) if column.kind is Kind.NAME else ("", *NULLS)
    clean = _TEXT.str.strip_chars()
    return _by_distinct(text, pl.when(~clean.is_in(nulls)).then(clean))


def values(text: pl.Series, column: Column) -> pl.Series:
    """Return the values of a stripped column; null where the text is none."""
    return _by_distinct(text, _value(column))


def _value(column: Column) -> pl.Expr:
    match column.kind:
        case Kind.COUNT:
            return _count()
        case Kind.DATE:
            return _moment().dt.date()
        case Kind.DATETIME:
            return _moment()
        case Kind.LIST:
            parts = _TEXT.str.split(";").list.eval(_known(pl.element().str.strip_chars(), column))
            kept = parts.list.eval(pl.element().filter(pl.element() != ""))
            return pl.when(kept.list.len() > 0).then(kept.list.join(";"))
        case _:
            return _known(_TEXT, column)


def _known(text: pl.Expr, column: Column) -> pl.Expr:
    """Spell known values as we do, and keep the others as they were delivered."""
    if not column.values:
        return text
    spelling = {value.lower(): value for value in column.values}
    return text.str.to_lowercase().replace_strict(spelling, default=text, return_dtype=pl.String)


def _count() -> pl.Expr:
    """Whole numbers that fit 64 bits, also as 12.0 and 1,234."""
    digits = _TEXT.str.replace(r"\.0+$", "").str.replace_all(",", "", literal=True)
    is_count = _TEXT.str.contains(_COUNT) | _TEXT.str.contains(GROUPED)
    return pl.when(is_count).then(digits).cast(pl.Int64, strict=False)


def _moment() -> pl.Expr:
    """ISO dates and times as UTC; impossible ones, and years Python does not know, are none."""
    part = _TEXT.str.extract_groups(_MOMENT).struct.field
    micros = (part("fraction").fill_null("") + "000000").str.slice(0, 6)
    text = pl.concat_str(
        [part("day"), part("clock").fill_null("00:00"), part("seconds").fill_null("00"), micros],
        separator=" ",
    )
    local = text.str.to_datetime("%Y-%m-%d %H:%M %S %6f", strict=False, time_unit="us")
    offset = part("hours").cast(pl.Int64) * 60 + part("minutes").cast(pl.Int64)
    east = pl.when(part("sign") == "-").then(-offset).otherwise(offset).fill_null(0)
    utc = local - pl.duration(minutes=east)
    readable = ~_TEXT.str.contains(" ", literal=True) | _TEXT.str.contains(_WITH_SPACE)
    return pl.when(readable & utc.dt.year().is_between(1, 9999)).then(utc)


def _by_distinct(text: pl.Series, value: pl.Expr) -> pl.Series:
    """Compute `value` once per distinct text: columns of exports repeat themselves."""
    distinct = pl.DataFrame({"text": text.unique()})
    if distinct.height * 2 >= text.len():
        return pl.DataFrame({"text": text}).select(value.alias(text.name)).to_series()
    found = distinct.select(value).to_series()
    if found.dtype == pl.String and found.equals(distinct["text"]):
        return text
    return text.replace_strict(distinct["text"], found, return_dtype=found.dtype)
