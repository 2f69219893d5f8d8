"""XLSX: what is on screen as a workbook, numbers as numbers, texts as texts, and about them."""

from datetime import UTC, date, datetime

import pytest
from factories import days, fact, line, view, weeks_ago
from office import formulas, sheets
from payloads import FORMULAS

from dashboard.exports.receipt import Receipt
from dashboard.exports.selection import Selection
from dashboard.exports.xlsx import to_xlsx
from dashboard.i18n import Language
from dashboard.metrics.rules import Rules

RECEIPT = Receipt(by="ann@partner.example", at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
                  definitions="abc123")  # fmt: skip


def workbook(shown, language="en", **selection):
    return to_xlsx(shown, Language(language), Rules(), RECEIPT, Selection(**selection))


def data(shown, **choices):
    return sheets(workbook(shown, **choices))[0]


def about(shown, **choices):
    rows = sheets(workbook(shown, **choices))[1]
    return {row[0]: row[1:] for row in rows if row}


def expiring(*names, **changes):
    return view(
        "expiring", *(line(n, end_date=days(5 + i), **changes) for i, n in enumerate(names))
    )


@pytest.mark.parametrize("payload", FORMULAS)
def test_a_formula_in_a_name_stays_the_text_it_is(payload):
    content = workbook(expiring(payload))
    assert formulas(content) == []
    assert sheets(content)[0][1][0] == payload


@pytest.mark.parametrize(
    "text", ["{=1+1}", "https://evil.example", "mailto:a@b.c", "12", "internal:A1"]
)
def test_nothing_a_library_likes_to_convert_is_converted(text):
    content = workbook(expiring(text))
    assert formulas(content) == []
    assert sheets(content)[0][1][0] == text


def test_a_negative_number_stays_a_number():
    before = line("A", start_date=days(-30), week_ending=date(2026, 11, 7), assigned=85)
    head, row = data(view("recently_added", before, line("A", start_date=days(-30), assigned=80)))
    assert row[head.index("Weekly assignment change")] == -5.0


def test_the_headings_are_those_on_screen():
    assert data(expiring("A"), language="uk")[0][0] == "Клієнт"
    assert data(expiring("A"))[0] == [
        "Customer", "Subscription ID", "Days until expiration", "Total licenses", "Used",
        "Assigned", "Available", "Usage in last 3 months", "At least",
    ]  # fmt: skip


def test_rows_and_columns_are_those_on_screen_in_their_order():
    ids = tuple(f"id of {name}|Sub of {name}" for name in "CXA")
    rows = data(expiring("A", "B", "C"), row_ids=ids, columns=("used", "customer", "peer_q1"))
    assert rows == [["Used", "Customer", "At least"], [60.0, "C", "Yes"], [60.0, "A", "Yes"]]


def test_a_share_is_a_ratio_and_nothing_is_an_empty_cell():
    shown = view("over_limit", line("A", total=0, assigned=5), line("B", total=80, assigned=100))
    head, *rows = data(shown)
    place = head.index("Licenses assigned (%)")
    assert {row[0]: row[place] for row in rows} == {"A": None, "B": 1.25}


def test_a_trend_has_its_weeks_as_dates_and_its_gaps_empty():
    head, *rows = data(view("license_trend", line("A"), weeks=8))
    assert head == ["Week ending", "Total", "Assigned", "Used", "Available"]
    assert rows[-1] == [(date(2026, 11, 14) - date(1899, 12, 30)).days, 100.0, 80.0, 60.0, 20.0]
    assert rows[0][1:] == [None] * 4


def test_kinds_of_endpoint_read_as_words():
    shown = view("call_quality_by_endpoint", line(), fact("quality_facts"))
    assert data(shown)[1][0] == "Webex App"


def test_the_second_sheet_says_what_the_first_one_holds():
    said = about(expiring("A", "B"), row_ids=("id of A|Sub of A",), said=("Search: “a”",))
    assert said["Region"] == ["United States"]
    assert said["Product"] == ["Calling"]
    assert said["Week ending"] == ["Nov 14, 2026"]
    assert said["As of"] == ["Nov 15, 2026, 00:00 UTC"]
    assert said["Release"] == ["r000001-test"]
    assert said["Rows"] == ["1 of 2"]
    assert said["Filter"] == ["Search: “a”"]


def test_the_second_sheet_defines_every_column():
    said = about(expiring("A"))
    assert said["Total licenses"] == [
        "total_licenses",
        "Licenses of the subscription or trial for this product.",
    ]
    assert "G-10" in said["Days until expiration"][1]
    assert "90 days" in said["Population"][0]


def test_the_second_sheet_says_by_which_rule_a_leg_is_poor():
    shown = view(
        "call_quality",
        line(),
        fact("quality_facts"),
        fact("quality_facts", week_ending=weeks_ago(1)),
    )
    assert "jitter 150 ms" in about(shown)["Rule"][0]


def test_a_workbook_says_who_made_it_when_and_by_which_definitions():
    said = about(expiring("A"))
    assert said["Made by"] == ["ann@partner.example"]
    assert said["Made at"] == ["2026-11-22 09:30:00 UTC"]
    assert said["Definition version"] == ["abc123"]


def test_a_table_without_rows_is_a_workbook_with_headings():
    assert len(data(expiring("A"), row_ids=())) == 1
