"""Cells: from the text of a column to its values; text that is no value becomes null."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from dashboard.data.masking import masked_phone, masked_sender, without_numbers
from dashboard.data.money import MONEY
from dashboard.data.sources import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.data.sources import Column

NULLS = ("NA", "na", "N/A", "null", "-")
_GROUPS = r"^\s*-?[1-9][0-9]{0,2}(,[0-9]{3})+"
# 1,234 is a number only where it was quoted; of money, only 1,234.5 is no comma before decimals.
GROUPED = {Kind.COUNT: _GROUPS + r"\s*$", Kind.MONEY: _GROUPS + r"\.[0-9]+\s*$"}
_LONGEST_NULL = max(map(len, NULLS))
SAMPLE = 10_000  # rows that tell whether a column repeats itself
LONGEST = 64 * 1024  # bytes of a cell that is still a value
_COUNT = r"^-?[0-9]+(\.0+)?$"
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_FLAGS = {"true": True, "yes": True, "false": False, "no": False, "хибно": False}
# A date, or a date and a time: with T also without seconds and with a zone, else as in SQL.
_MOMENT = (
    r"^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[T ](?<clock>(?:[01][0-9]|2[0-3]):[0-5][0-9])"
    r"(?::(?<seconds>[0-5][0-9])(?:\.(?<fraction>[0-9]+))?)?"
    r"(?:Z|(?<sign>[+-])(?<hours>[01][0-9]|2[0-3]):?(?<minutes>[0-5][0-9]))?)?$"
)
_WITH_SPACE = r"^[0-9-]{10} [0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?$"
_TEXT = pl.col("text")


class Values(NamedTuple):
    """A column's values, and which rows held text that is none; None: no row did."""

    values: pl.Series
    unreadable: pl.Series | None


def read(text: pl.Series, column: Column) -> Values:
    """Return the values of a column of text, each computed once per distinct text."""
    if text.dtype == pl.Int64 or _is_plain(text, column):
        return Values(text, None)
    repeats = text.head(SAMPLE).n_unique() * 2 < min(SAMPLE, text.len())
    each = text.unique() if repeats else text
    found = pl.DataFrame({"text": each}).select(_TEXT, clean=_clean(column))
    clean = pl.col("clean")
    short = clean.str.len_bytes() <= LONGEST
    found = found.with_columns(value=pl.when(short).then(_value(column, clean)))
    wrong = found["clean"].is_not_null() & found["value"].is_null()
    values = (found["value"] if each is text else _spread(text, found)).alias(text.name)
    if not wrong.any():
        return Values(values, None)
    return Values(values, text.is_in(found["text"].filter(wrong).implode()))


def _is_plain(text: pl.Series, column: Column) -> bool:
    """Tell whether a column of free text holds nothing that reading would change."""
    size = text.str.len_bytes()
    changing = column.values or column.meanings or column.nothing
    if column.kind not in (Kind.TEXT, Kind.NAME) or changing or not text.len():
        return False
    if text.null_count() or size.min() <= _LONGEST_NULL or size.max() > LONGEST:  # type: ignore[operator]
        return False
    return bool((text.str.strip_chars().str.len_bytes() == size).all())


def _spread(text: pl.Series, found: pl.DataFrame) -> pl.Series:
    """Return the value of every row, given that of every distinct text."""
    kind = found["value"].dtype
    if kind == pl.String and found["value"].equals(found["text"]):
        return text
    return text.replace_strict(found["text"], found["value"], return_dtype=kind)


def _clean(column: Column) -> pl.Expr:
    """The text without outer space, null where it means that there is no value."""
    clean = _TEXT.str.strip_chars()
    if column.kind is Kind.LIST:
        clean = clean.str.replace(r"^[;\s]+$", "")
    nulls = ("",) if column.kind is Kind.NAME else ("", *NULLS)
    return pl.when(~clean.is_in((*nulls, *column.nothing))).then(clean)


def _value(column: Column, text: pl.Expr) -> pl.Expr:
    if reader := _READERS.get(column.kind):
        return reader(text)
    if column.kind is Kind.WORD:
        text = without_numbers(text)
    if column.kind is Kind.LIST:
        parts = text.str.split(";").list.eval(_known(pl.element().str.strip_chars(), column))
        kept = parts.list.eval(pl.element().filter(pl.element() != ""))
        return pl.when(kept.list.len() > 0).then(kept.list.join(";"))
    return _known(text, column)


def _known(text: pl.Expr, column: Column) -> pl.Expr:
    """Spell known values as we do, and keep the others as they were delivered."""
    if not column.values and not column.meanings:
        return text
    spelling = {value.lower(): value for value in column.values}
    spelling |= {other.lower(): value for other, value in column.meanings}
    return text.str.to_lowercase().replace_strict(spelling, default=text, return_dtype=pl.String)


def _count(text: pl.Expr) -> pl.Expr:
    """Whole numbers that fit 64 bits, also as 12.0 and 1,234."""
    digits = text.str.replace(r"\.0+$", "").str.replace_all(",", "", literal=True)
    is_count = text.str.contains(_COUNT) | text.str.contains(GROUPED[Kind.COUNT])
    return pl.when(is_count).then(digits).cast(pl.Int64, strict=False)


def _number(text: pl.Expr) -> pl.Expr:
    """Finite numbers with a point; 1,234 may be either of two, and is none."""
    number = pl.when(text.str.contains(_NUMBER)).then(text).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _money(text: pl.Expr) -> pl.Expr:
    """Decimal numbers, rounded only where they have more places than any price."""
    grouped = text.str.contains(GROUPED[Kind.MONEY])
    digits = pl.when(grouped).then(text.str.replace_all(",", "", literal=True)).otherwise(text)
    number = pl.when(grouped | text.str.contains(_NUMBER)).then(digits)
    return number.cast(MONEY, strict=False)


def _flag(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase().replace_strict(_FLAGS, default=None, return_dtype=pl.Boolean)


def _moment(text: pl.Expr) -> pl.Expr:
    """ISO dates and times as UTC; impossible ones, and years Python does not know, are none."""
    part = text.str.extract_groups(_MOMENT).struct.field
    micros = (part("fraction").fill_null("") + "000000").str.slice(0, 6)
    clock, seconds = part("clock").fill_null("00:00"), part("seconds").fill_null("00")
    local = pl.concat_str(part("day"), clock, seconds, micros, separator=" ").str.to_datetime(
        "%Y-%m-%d %H:%M %S %6f", strict=False, time_unit="us"
    )
    offset = part("hours").cast(pl.Int64) * 60 + part("minutes").cast(pl.Int64)
    east = pl.when(part("sign") == "-").then(-offset).otherwise(offset).fill_null(0)
    utc = local - pl.duration(minutes=east)
    readable = ~text.str.contains(" ", literal=True) | text.str.contains(_WITH_SPACE)
    return pl.when(readable & utc.dt.year().is_between(1, 9999)).then(utc)


_READERS: dict[Kind, Callable[[pl.Expr], pl.Expr]] = {
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.FLAG: _flag,
    Kind.PHONE: masked_phone,
    Kind.SENDER: masked_sender,
    Kind.DATE: lambda text: _moment(text).dt.date(),
    Kind.DATETIME: _moment,
}
