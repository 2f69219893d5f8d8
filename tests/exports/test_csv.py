"""CSV: a clean table, machine headings, raw numbers, and nothing a spreadsheet would run."""

import csv
from datetime import date
from io import StringIO

import pytest
from factories import days, line, view
from payloads import FORMULAS

from dashboard.exports.csv import file_name, to_csv
from dashboard.exports.guard import guarded

CONTEXT = ["region", "product", "as_of", "week_ending", "release"]
HARMLESS = [
    "Acme, Inc.", 'The "Best"', "two\nlines", " =1+1", "'=1+1", "5-1", "a=b", "me@example.com",
    "ТОВ «Зв'язок»", "NA", "<script>alert(1)</script>", "−5", "",
]  # fmt: skip


def parsed(text):
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def rows(text):
    head, *body = parsed(text)
    return [dict(zip(head, row, strict=True)) for row in body]


def expiring(*names, **changes):
    lines = [line(name, end_date=days(5 + i), **changes) for i, name in enumerate(names)]
    return view("expiring", *lines)


@pytest.mark.parametrize("payload", FORMULAS)
def test_a_formula_in_a_name_comes_out_as_text(payload):
    (row,) = rows(to_csv(expiring(payload)))
    assert row["customer"] == f"'{payload}"


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_comes_out_as_it_is(text):
    assert guarded(text) == text
    (row,) = rows(to_csv(expiring(text or "x")))
    assert row["customer"] == (text or "x")


def test_a_negative_number_stays_a_number():
    before = line("A", start_date=days(-30), week_ending=date(2026, 11, 7), assigned=85)
    now = line("A", start_date=days(-30), assigned=80)
    (row,) = rows(to_csv(view("recently_added", before, now)))
    assert row["weekly_assignment_change"] == "-5"


def test_the_headings_are_the_identifiers_with_the_context_at_the_end():
    head = parsed(to_csv(expiring("A")))[0]
    assert head == [
        "customer", "subscription_id", "days_until_expiration", "total_licenses", "used",
        "assigned", "available", "usage_last_3_months", "usage_last_3_months_at_least", *CONTEXT,
    ]  # fmt: skip


def test_every_row_says_what_it_is_about():
    for row in rows(to_csv(expiring("A", "B"))):
        context = {name: row[name] for name in CONTEXT}
        assert context == {
            "region": "US",
            "product": "calling",
            "as_of": "2026-11-15",
            "week_ending": "2026-11-14",
            "release": "r000001-test",
        }


def test_percentages_are_ratios_and_nothing_is_null():
    over = line("A", total=0, assigned=5, used=3, auto_renew="Yes")
    half = line("B", total=80, assigned=100, used=50, auto_renew="Perhaps")
    second, first = rows(to_csv(view("over_limit", over, half)))[::-1]
    assert (first["assigned_pct"], first["used_pct"], first["auto_renew"]) == (
        "1.25",
        "0.625",
        "Perhaps",
    )
    assert (second["assigned_pct"], second["used_pct"], second["auto_renew"]) == ("", "", "true")


def test_a_trial_is_its_id():
    (row,) = rows(to_csv(expiring("A", type="Trial")))
    assert row["subscription_id"] == "Sub of A"


def test_the_rows_asked_for_come_in_the_order_asked_for():
    shown = expiring("A", "B", "C")
    ids = [f"id of {name}|Sub of {name}" for name in "CA"]
    assert [row["customer"] for row in rows(to_csv(shown, ids))] == ["C", "A"]


def test_ids_and_columns_that_the_view_does_not_hold_are_ignored():
    asked = to_csv(expiring("A"), ["id of B|Sub of B", "id of A|Sub of A"], ["used", "peer_q1"])
    assert rows(asked)[0]["used"] == "60"
    assert len(rows(asked)) == 1
    assert parsed(asked)[0] == ["used", "usage_last_3_months_at_least", *CONTEXT]


def test_no_row_asked_for_gives_only_headings():
    assert len(parsed(to_csv(expiring("A"), []))) == 1


def test_a_section_without_a_table_gives_its_trend():
    trend = rows(to_csv(view("license_trend", line("A"), weeks=8)))
    assert len(trend) == 8
    assert trend[-1]["total"] == "100"
    assert trend[0]["total"] == ""
    assert list(trend[0])[:2] == ["week_ending", "total"]


def test_a_section_without_table_and_trend_gives_its_values():
    (row,) = rows(to_csv(view("overview", line("A"))))
    assert row["total_customers"] == "1"


def test_the_file_is_named_after_what_is_in_it():
    assert file_name(expiring("A")) == "expiring_calling_US_2026-11-15.csv"
