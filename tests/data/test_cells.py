from datetime import date, datetime

import polars as pl
import pytest

from dashboard.data import cells
from dashboard.data.sources import Column, Kind


def read(kind, *texts, values=()):
    """Return value, and whether the text was unreadable, of each cell."""
    column = Column(header="X", field="x", kind=kind, values=values)
    found = cells.read(pl.Series("x", texts, pl.String), column)
    unreadable = found.unreadable if found.unreadable is not None else [False] * len(texts)
    return list(zip(found.values, unreadable, strict=True))


def one(kind, text, **more):
    return read(kind, text, **more)[0]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1234", 1234),
        (" 7 ", 7),
        ("\u00a07\u00a0", 7),
        ("7.0", 7),
        ("7.000", 7),
        ("007", 7),
        ("-5", -5),
        ("1,234", 1234),
        ("12,345,678", 12_345_678),
        ("9223372036854775807", 2**63 - 1),
    ],
)
def test_whole_numbers_are_counts(text, count):
    assert one(Kind.COUNT, text) == (count, False)


@pytest.mark.parametrize(
    "text",
    [
        "7.5",
        "1e3",
        "inf",
        "NaN",
        "+5",
        "1,23",
        "0,123",
        "1.234,5",
        "٣",
        "7.",
        ".0",
        "--5",
        "−5",
        "9223372036854775808",
        "seven",
    ],
)
def test_any_other_text_is_no_count(text):
    assert one(Kind.COUNT, text) == (None, True)


@pytest.mark.parametrize("text", ["", " ", "NA", "na", "N/A", "null", "-", "\u00a0-\u00a0"])
def test_these_texts_mean_that_there_is_no_value(text):
    assert one(Kind.COUNT, text) == one(Kind.DATE, text) == one(Kind.TEXT, text) == (None, False)


@pytest.mark.parametrize("text", ["NA", "na", "N/A", "null", "-"])
def test_a_customer_may_be_called_na(text):
    assert one(Kind.NAME, text) == (text, False)


def test_only_these_spellings_mean_no_value():
    assert [v for v, _ in read(Kind.TEXT, "Na", "NULL", "n/a", "--")] == [
        "Na",
        "NULL",
        "n/a",
        "--",
    ]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-02-29", "2024-02-29T00:00:00"),
        ("2024-01-05T10:20", "2024-01-05T10:20:00"),
        ("2024-01-05T10:20:30.5", "2024-01-05T10:20:30.500000"),
        ("2024-01-05T10:20:30.1234567Z", "2024-01-05T10:20:30.123456"),
        ("2024-01-05 10:20:30", "2024-01-05T10:20:30"),
        ("2024-01-05T23:30-05:00", "2024-01-06T04:30:00"),
        ("2024-01-05T00:30:00+0545", "2024-01-04T18:45:00"),
    ],
)
def test_iso_dates_and_times_are_utc_moments(text, moment):
    expected = datetime.fromisoformat(moment)
    assert one(Kind.DATETIME, text) == (expected, False)
    assert one(Kind.DATE, text) == (expected.date(), False)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-29",
        "2024-2-3",
        "20240203",
        "05/01/2024",
        "5 Jan 2024",
        "2024-W01-1",
        "45000",
        "0000-01-01",
        "2024-01-05 10:20",
        "2024-01-05 10:20:30Z",
        "2024-01-05T24:00",
        "2024-01-05T10:20:60",
        "2024-01-05T10",
        "2024-01-05T10:20+25:00",
        "9999-12-31T23:59-05:00",
    ],
)
def test_every_other_form_of_a_date_is_none(text):
    assert one(Kind.DATE, text) == one(Kind.DATETIME, text) == (None, True)


def test_known_values_get_our_spelling_and_unknown_ones_stay():
    found = read(Kind.TEXT, "SUBSCRIPTION", " trial", "Rental", values=("Subscription", "Trial"))
    assert [value for value, _ in found] == ["Subscription", "Trial", "Rental"]


def test_a_list_is_cleaned_item_by_item():
    value = one(Kind.LIST, "webex calling; Fax;;", values=("Webex Calling",))
    assert value == ("Webex Calling;Fax", False)
    assert one(Kind.LIST, " ; ") == (None, False)


def test_a_cell_too_long_to_be_a_value_is_none():
    assert one(Kind.NAME, "x" * (cells.LONGEST + 1)) == (None, True)


def test_repeated_texts_give_what_single_ones_give():
    texts = ["2026-11-14", "soon", "", "2026-11-14", "2026-11-14", "soon", "", "2026-11-14"]
    expected = {"2026-11-14": (date(2026, 11, 14), False), "soon": (None, True), "": (None, False)}
    assert read(Kind.DATE, *texts) == [expected[text] for text in texts]
