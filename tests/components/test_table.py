"""Table: columns as declared, rows as evaluated, and the sentence about peers by hand."""

import json

import pytest
from dash.development.base_component import Component
from factories import days, line, view

from dashboard.components.columns import column_defs
from dashboard.components.table import table_card, table_id, table_rows
from dashboard.components.words import grid_words
from dashboard.i18n import LANGUAGES, Language
from dashboard.metrics.peers import SEAT_BANDS, TENURE_BANDS
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.wording.peers import band, explanation, targets

ENGLISH = Language("en")
TABLES = [section for section in SECTIONS.values() if section.table]
PEERS = {
    "peer_level": "seat_and_tenure",
    "peer_size": 23,
    "peer_q1": 0.63,
    "seat_band": 3,
    "tenure_band": 2,
    "customer_total": 500,
    "customer_assigned": 205,
}


def columns(name):
    return {c["colId"]: c for c in column_defs(SECTIONS[name], ENGLISH, Rules())}


@pytest.mark.parametrize("section", TABLES, ids=lambda s: s.name)
def test_the_grid_has_the_declared_columns_in_their_order(section):
    shown = [c["field"] for c in column_defs(section, ENGLISH, Rules()) if "field" in c]
    assert shown == [column.name for column in section.table]


@pytest.mark.parametrize("name", ["recently_added", "expiring", "renewing"])
def test_one_bar_stands_where_the_three_numbers_stand(name):
    found = columns(name)
    names = list(found)
    assert names.index("distribution") == names.index("used") - 1
    assert found["distribution"]["headerName"] == "Used / Assigned / Available"
    assert found["distribution"]["context"]["fields"] == ["used", "assigned", "available"]
    assert {n for n, c in found.items() if c.get("initialHide")} == {
        "used",
        "assigned",
        "available",
    }


def test_the_assigned_count_beside_its_percentage_stays_visible():  # W-126
    found = columns("low_assignment")
    assert {n for n, c in found.items() if c.get("initialHide")} == {"used", "available"}


def test_without_the_three_numbers_there_is_no_bar():
    assert "distribution" not in columns("over_limit")


def test_a_heading_explains_itself_with_its_rule():
    meaning = columns("expiring")["usage_last_3_months"]["context"]["definition"]
    assert meaning.endswith("marked “at least”. (G-12)")


def test_the_customer_is_pinned_and_numbers_are_compared_as_numbers():
    found = columns("expiring")
    assert found["customer"]["initialPinned"] == "left"
    assert found["total_licenses"]["filter"] == "agNumberColumnFilter"
    assert found["customer"]["filter"] == "agTextColumnFilter"


def test_a_phone_keeps_the_customer_the_days_and_the_bar():
    kept = [name for name, c in columns("expiring").items() if c["context"]["narrow"]]
    assert kept == ["customer", "days_until_expiration", "distribution"]


def test_the_id_names_the_section():
    assert table_id(SECTIONS["expiring"]) == {"part": "grid", "section": "expiring"}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("section", TABLES, ids=lambda s: s.name)
def test_a_card_can_be_sent_in_every_language(section, code):
    card = table_card(section, Language(code), Rules())
    assert isinstance(card, Component)
    assert Language(code).text(section.table_title) in str(card)
    json.dumps(card.to_plotly_json(), default=lambda part: part.to_plotly_json())


def test_words_exist_for_every_plural_form():
    english = grid_words(SECTIONS["expiring"], ENGLISH)
    assert english["some"] == {
        "one": "{shown} of {n} subscription",
        "other": "{shown} of {n} subscriptions",
    }
    ukrainian = grid_words(SECTIONS["expiring"], Language("uk"))
    assert set(ukrainian["all"]) == {"one", "few", "many"}


def test_rows_are_plain_values_with_what_their_renderers_need():
    now = view("expiring", line("A", type="Trial", end_date=days(5), used_last_3_months=None))
    (row,) = table_rows(now, ENGLISH, Rules())
    json.dumps(row)
    assert row["row_id"] == "id of A|Sub of A"
    assert row["type"] == "Trial"
    assert row["usage_last_3_months_at_least"] is True
    assert row["weekly_used"] == [None] * 12 + [60]
    assert row["period"] == "Aug 22, 2026 – Nov 14, 2026"


def test_rows_of_low_assignment_carry_the_reason_but_not_the_peers():
    low = line("Low", assigned=30)
    peers = [line(f"Peer {n}") for n in range(9)]
    (row,) = table_rows(view("low_assignment", low, *peers), ENGLISH, Rules())
    assert row["why"] == (
        "30% assigned (30 of 100). Peers: Calling, 100–499 licenses, ≥ 13 months, n = 10, lower "
        "quartile 80%. Clears at 76 assigned (+46); reaches the lower quartile at 80 (+50)."
    )
    assert row["quartile"] == 0.8
    assert not [name for name in row if name.startswith("peer")]


def test_the_explanation_is_the_one_of_the_specification():  # SPEC §5
    assert explanation(PEERS, "calling", ENGLISH, Rules()) == (
        "41% assigned (205 of 500). Peers: Calling, 500–1,999 licenses, ≥ 13 months, n = 23, "
        "lower quartile 63%. Clears at 291 assigned (+86); reaches the lower quartile at 315 "
        "(+110)."
    )


@pytest.mark.parametrize(
    ("level", "group"),
    [
        ("seat_and_tenure", "Calling, 500–1,999 licenses, ≥ 13 months,"),
        ("seat", "Calling, 500–1,999 licenses, any age,"),
        ("portfolio", "Calling, the whole portfolio,"),
    ],
)
def test_the_explanation_names_the_level_that_decided(level, group):
    assert group in explanation(PEERS | {"peer_level": level}, "calling", ENGLISH, Rules())


def test_without_a_peer_group_there_is_no_explanation():
    assert explanation(PEERS | {"peer_q1": None}, "calling", ENGLISH, Rules()) is None


@pytest.mark.parametrize("total", [7, 100, 333, 500, 1_999])
@pytest.mark.parametrize("quartile", [0.05, 0.3333, 0.5, 0.63, 0.8, 1.0, 1.2])
def test_it_clears_at_the_smallest_number_that_does(total, quartile):
    clears, reaches = targets(total, quartile, Rules())
    exactly = range(2 * total + 2)
    assert clears == next(n for n in exactly if n / total - (quartile - 0.05) > 1e-9)
    assert reaches == next(n for n in exactly if n / total - quartile >= -1e-9)


def test_the_gap_in_force_decides_when_it_clears():
    assert targets(500, 0.63, Rules(peer_gap=0.1)) == (266, 315)


def test_bands_are_written_by_their_ends():
    seats = [band(SEAT_BANDS, 1, i, ENGLISH) for i in range(5)]
    assert seats == ["1–24", "25–99", "100–499", "500–1,999", "≥ 2,000"]
    months = [band(TENURE_BANDS, 0, i, ENGLISH) for i in range(3)]
    assert months == ["0–3", "4–12", "≥ 13"]


@pytest.mark.parametrize("code", ["en", "uk"])
def test_the_queue_table_is_no_wider_than_a_laptop_leaves_it(code):
    columns = column_defs(SECTIONS["queue"], Language(code), Rules())
    assert len(columns) == 10
    assert sum(column["context"]["wide"] for column in columns) <= 1120  # of 1440 pixels
