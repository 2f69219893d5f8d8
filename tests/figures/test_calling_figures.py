"""What charts about calling draw, write beside it, and say of themselves."""

import json

import pytest
from factories import fact, line, view, weeks_ago

from dashboard.components.drawing import DRAWINGS
from dashboard.i18n import LANGUAGES, Language
from dashboard.wording.names import endpoint_name, feature_name

ENGLISH = Language("en")
CALLING = [name for name in DRAWINGS if name != "license_trend"]
ROOM = {"endpoint_type": "room_device"}


def usual(n, **changes):
    measured = {"legs": 1100, "measured_legs": 1000, "poor_legs": 20}
    return fact("quality_facts", week_ending=weeks_ago(n), **measured | changes)


ROWS = [
    line(),
    fact("call_facts", calls=200),
    fact("call_facts", week_ending=weeks_ago(2)),
    fact("user_facts", users=30),
    fact("user_facts", users=10, volume_band="50_plus"),
    fact("user_facts", users=50, week_ending=weeks_ago(2)),
    fact("feature_facts", calls=50),
    fact("feature_facts", feature="transfer", calls=20),
    *(usual(n) for n in range(1, 8) if n != 4),
    usual(0, poor_legs=30),
    usual(0, legs=100, measured_legs=100, poor_legs=70, **ROOM),
    usual(0, legs=9, measured_legs=9, poor_legs=9, endpoint_type="unknown"),
]


def drawn(section, *rows, code="en"):
    return DRAWINGS[section].figure(view(section, *(rows or ROWS)), Language(code))


def said(section, *rows):
    return DRAWINGS[section].finding(view(section, *(rows or ROWS)), ENGLISH)


def texts(figure):
    return [note["text"] for note in figure["layout"]["annotations"]]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("section", DRAWINGS)
@pytest.mark.parametrize("rows", [ROWS, [line()]], ids=["some", "none"])
def test_a_chart_can_be_sent_and_described_in_every_language(section, code, rows):
    json.dumps(drawn(section, *rows, code=code), allow_nan=False)
    assert DRAWINGS[section].finding(view(section, *rows), Language(code))


@pytest.mark.parametrize("section", CALLING)
def test_the_table_of_a_chart_has_every_number_under_its_heading(section):
    table = drawn(section)["layout"]["meta"]["table"]
    assert len(table["rows"]) == (8 if view(section, line()).section.trend else len(table["rows"]))
    assert {len(row) for row in table["rows"]} == {len(table["head"])}


def test_users_are_stacked_by_volume_with_gaps_and_sums():  # W-151
    figure = drawn("call_usage")
    assert [bar["meta"] for bar in figure["data"]][::3] == ["users_1_4", "users_50_plus"]
    assert figure["data"][0]["y"] == [None] * 5 + [50, None, 30]
    assert texts(figure) == ["50", "40"]
    assert figure["layout"]["yaxis"]["range"][0] == 0


def test_sums_that_would_collide_stand_at_both_ends_only():
    many = [fact("user_facts", users=20_000 + n, week_ending=weeks_ago(n)) for n in range(8)]
    calls = [fact("call_facts", week_ending=weeks_ago(n)) for n in range(8)]
    assert texts(drawn("call_usage", line(), *many, *calls)) == ["20,007", "20,000"]


def test_each_month_is_named_once():
    axis = drawn("call_usage")["layout"]["xaxis"]
    assert axis["ticktext"] == ["26<br>Sep", "3<br>Oct", "10", "17", "24", "31", "7<br>Nov", "14"]


def test_the_finding_on_usage():
    assert said("call_usage") == (
        "40 users made calls in the week ending Nov 14, 2026; 25% of them made 50 or more. "
        "Change since the week ending Oct 31, 2026: −10 users."
    )


def test_the_finding_names_who_stopped_calling():  # W-153
    rows = [line(), line("Gone"), fact("call_facts"), fact("user_facts")]
    rows += [fact("call_facts", "Gone", week_ending=weeks_ago(1))]
    assert said("call_usage", *rows).endswith(
        "1 customer with calls the week before has none now: Gone."
    )


def test_a_spike_of_poor_quality_is_marked_and_named():  # W-157
    figure = drawn("call_quality")
    assert texts(figure) == ["▲ 9.8%"]
    assert figure["data"][0]["y"][3] is None
    assert figure["data"][0]["connectgaps"] is False
    assert said("call_quality") == (
        "9.8% of 1,109 measured legs were poor in the week ending Nov 14, 2026. Against the week "
        "before: +7.8 percentage points. Out of the ordinary: Nov 14, 2026."
    )


def test_the_share_of_few_legs_is_drawn_hollow():
    share = drawn("call_quality", line(), usual(0, legs=29, measured_legs=29), usual(1))["data"][0]
    assert share["marker"]["symbol"][-2:] == ["circle", "circle-open"]


def test_legs_differ_by_more_than_color():
    legs = drawn("call_quality")["data"][1:]
    assert len({bar["marker"]["pattern"]["shape"] for bar in legs}) == len(legs) == 3


def test_the_worst_endpoint_type_stands_out():  # W-158
    (bars,) = drawn("call_quality_by_endpoint")["data"]
    assert bars["meta"] == ["not_measured", "poor", "share"]  # 9 legs are too few to judge
    assert texts(drawn("call_quality_by_endpoint")) == ["(100.0%)", "70.0%", "3.0%", "All: 9.8%"]
    assert said("call_quality_by_endpoint") == (
        "Worst: Room device. 70.0% of its measured legs are poor, against 9.8% of all; 64% of all "
        "poor legs are on it."
    )


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([usual(0, measured_legs=20)], "Too few measured call legs to compare endpoint types."),
        ([usual(0, poor_legs=0)], "No call leg was poor on any endpoint type."),
    ],
)
def test_nothing_is_called_worst_without_reason(rows, sentence):
    assert said("call_quality_by_endpoint", line(), *rows) == sentence


def test_features_are_ordered_by_use_and_the_unused_named():  # W-164
    (bars,) = drawn("feature_usage")["data"]
    assert bars["x"][:3] == [0.25, 0.1, 0.0]
    assert "Used most: Hold, in 25.0% of calls. Not used at all: Auto" in said("feature_usage")


def test_every_endpoint_type_and_feature_has_a_name():
    assert endpoint_name("room_device", ENGLISH) == "Room device"
    assert feature_name("auto_attendant", Language("uk")) == "Автосекретар"
    assert endpoint_name("Toaster", ENGLISH) == "Toaster"


def test_a_hostile_endpoint_type_stays_text():
    odd = usual(0, endpoint_type="<a href='x'>Click</a>")
    (label,) = drawn("call_quality_by_endpoint", line(), odd)["layout"]["yaxis"]["ticktext"]
    assert label.startswith("&lt;a href")
