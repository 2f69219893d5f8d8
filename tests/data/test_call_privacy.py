"""No full number and no name of a person who called reaches the disk."""

import re

import polars as pl
import pytest
from call_deliveries import NUMBERS, in_json, named, on_disk, queue, queue_file, record, records
from deliveries import DataDirectory
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.data.call_datasets import CALL_LEGS
from dashboard.data.ledger import QUARANTINE
from dashboard.data.masking import masked_number, masked_phone

DIGITS = [re.sub(r"\D", "", number) for number in NUMBERS]
NAME = "Olena Kovalenko"


def mask(text):
    return pl.DataFrame({"text": [text]}).select(x=masked_phone(pl.col("text"))).item()


@pytest.fixture
def place(tmp_path):
    place = DataDirectory(tmp_path)
    named(place)
    return place


@pytest.mark.parametrize(
    ("number", "left"),
    [
        ("+380 44 123 45 67", "****4567"),
        ("tel:+380-44-123-4567", "****4567"),
        ("٠٤٤١٢٣٤٥٦٧", "****٤٥٦٧"),
        ("+12125550100;ext=77", "****0077"),
        ("12345678", "****5678"),
        ("1234567", "****567"),
        ("2003", "****03"),
        ("112", "****2"),
        ("7", "****"),
        ("anonymous", "****"),
    ],
)
def test_a_number_keeps_few_digits(number, left):
    assert mask(number) == left


@settings(deadline=None)
@given(st.text("0123456789 +-().;extl:٠١٢", max_size=30))
def test_never_more_than_four_digits_nor_more_than_half_of_a_short_number(text):
    digits = [c for c in text if c.isdecimal()]
    left = [c for c in mask(text) if c.isdecimal()]
    assert mask(text) == masked_number(text)
    assert len(left) <= 4
    assert left == digits[len(digits) - len(left) :]
    assert len(left) * 2 <= len(digits)


def test_stored_legs_have_the_last_digits_only(place):
    place.take("cdr.csv", records(record(1)))
    (leg,) = place.rows(CALL_LEGS)
    assert (leg["calling_number"], leg["called_number"]) == ("****4567", "****4321")
    assert leg["user_number"] == "****31"


def test_nothing_on_disk_has_a_full_number_or_a_name(place):
    bad = record(2, Duration="-1")
    short = ",".join(list(record(3).values())[:30])
    place.take("a.csv", records(record(1), bad, short))
    place.take("b.ndjson", in_json(record(4), record(5, Start_time="x"), form="lines") + "{\n")
    place.take("q.csv", queue_file(queue(**{"Phone_NO.": NUMBERS[0], "Total_Calls": "-1"})))
    assert len(place.rows(QUARANTINE)) == 5
    texts = list(on_disk(place.data))
    assert any("****4567" in text for text in texts)
    for text in texts:
        assert NAME not in text
        for number, digits in zip(NUMBERS, DIGITS, strict=True):
            assert not re.search(rf"(?<!\w){re.escape(number)}(?!\w)", text)  # not within a hash
            if len(digits) > 5:
                assert digits not in text


def test_quarantine_still_says_which_record_it_was(place):
    uuid = "3f2a9c1b-0d4e-4c5f-9a6b-1c2d3e4f5a6b"
    wrong = record(1, Duration="-1", Report_ID=uuid)
    short = ",".join(list(record(3, Report_ID=uuid).values())[:40])
    place.take("a.csv", records(wrong, short))
    first, second = (row["raw"] for row in place.rows(QUARANTINE))
    assert uuid in first
    assert "Kyiv" in first
    assert "****4567" in first
    assert second == f"2026-11-10T10:00:00.000Z {uuid} ****"


def test_values_of_private_columns_are_counted(place):
    report = place.take("a.csv", records(record(1), record(2, User="", Redirecting_number="NA")))
    assert report.dropped_values == 4 + 2
    again = place.take("b.json", in_json(record(3)))
    assert again.dropped_values == 4
