"""Narrowing: one endpoint type or one week, in URL, tables, captions, chips and files alike."""

import csv
from datetime import date
from io import StringIO
from urllib.parse import urlencode

import pytest
from apps import Serving
from asking import ROUTE, ask, parts, texts, words
from factories import AS_OF, fact, line, portfolio, table, view, weeks_ago
from signing_in import signed_in

from dashboard.access import EVERYONE
from dashboard.callbacks.asked import Asked, read_filters
from dashboard.callbacks.keys import KEYS
from dashboard.data.filters import Filters
from dashboard.errors import UnknownNameError
from dashboard.exports.csv import file_name, to_csv
from dashboard.pages import PAGES
from dashboard.sections import SECTIONS

QUALITY = next(page for page in PAGES if page.path == "/calling/quality")
USAGE = next(page for page in PAGES if page.path == "/calling/usage")
ROOM = "room_device"
LAST, BEFORE, OLDEST = weeks_ago(0), weeks_ago(1), weeks_ago(7)
PORTFOLIO = [
    line(),
    line("Bolt"),
    fact("quality_facts", poor_legs=10),
    fact("quality_facts", endpoint_type=ROOM, legs=90, measured_legs=80, poor_legs=60),
    fact("quality_facts", week_ending=BEFORE, endpoint_type=ROOM, poor_legs=40),
    fact("quality_facts", "Bolt", poor_legs=1),
    fact("quality_facts", "Bolt", week_ending=OLDEST, poor_legs=7),
    fact("call_facts", calls=10),
    fact("call_facts", week_ending=BEFORE, calls=30),
    fact("call_facts", week_ending=weeks_ago(2), calls=70),
    fact("feature_facts", week_ending=BEFORE, calls=15),
    fact("queue_facts"),
]


@pytest.fixture
def client(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*PORTFOLIO)
    return signed_in(serving.app())


def answer(client, path=QUALITY.path, **choices):
    return parts(ask(client, path=path, **choices))


def read(page=QUALITY, **params):
    return read_filters(params, portfolio(*PORTFOLIO), EVERYONE, page.sections)


# ---- What is understood ----


def test_every_key_is_a_filter_and_part_of_the_cache_key():
    names = {key.name for key in KEYS}
    assert names == set(Asked.__dataclass_fields__) - {"path"}
    assert names | {"customer", "tags", "since"} == set(Filters.__dataclass_fields__)


def test_an_endpoint_type_and_a_week_are_read_from_the_url():
    filters = read(endpoint=ROOM, week=BEFORE.isoformat())
    assert (filters.endpoint, filters.week) == (ROOM, BEFORE)
    asked = Asked.of(QUALITY.path, filters)
    assert (asked.endpoint, asked.week) == (ROOM, "2026-11-07")


@pytest.mark.parametrize("endpoint", ["toaster", "", None, ["room_device"], 7, "ROOM_DEVICE"])
def test_an_unknown_endpoint_type_is_none(endpoint):
    assert read(endpoint=endpoint).endpoint is None


@pytest.mark.parametrize(
    "week",
    [
        "2026-11-14",  # the last complete one, which is the default
        "2026-10-31",  # without data
        "2026-11-05",  # no Saturday
        "2026-11-21",  # not over yet
        "2020-01-04",
        "2026-02-30",
        "x",
        ["2026-11-07"],
    ],
)
def test_a_week_that_a_trend_does_not_show_is_none(week):
    assert read(week=week).week is None


def test_the_oldest_week_of_the_trend_can_be_chosen():
    assert read(week=OLDEST.isoformat()).week == OLDEST


def test_a_week_must_be_over_before_the_as_of_date():
    early = {"as_of": "2026-11-07", "week": OLDEST.isoformat()}
    rows = [*PORTFOLIO, *(line(week_ending=weeks_ago(n)) for n in range(1, 9))]
    opened = portfolio(*rows)
    assert (
        read_filters(early, opened, EVERYONE, QUALITY.sections).week is None
    )  # its last complete week
    late = read_filters(early | {"as_of": "2026-11-08"}, opened, EVERYONE, QUALITY.sections)
    assert (late.as_of, late.week) == (date(2026, 11, 8), OLDEST)


@pytest.mark.parametrize("page", [p for p in PAGES if p not in (QUALITY, USAGE)])
def test_other_pages_know_neither(page):
    filters = read(page, endpoint=ROOM, week=BEFORE.isoformat())
    assert (filters.endpoint, filters.week) == (None, None)


def test_filters_refuse_what_does_not_exist():
    with pytest.raises(UnknownNameError, match="endpoint 'toaster' does not exist"):
        Filters(region="US", product="calling", as_of=AS_OF, endpoint="toaster")
    with pytest.raises(UnknownNameError, match=r"^week .* does not exist"):
        view("call_quality", *PORTFOLIO, week=weeks_ago(8))


# ---- What is counted ----


def test_an_endpoint_type_narrows_the_customers_to_its_legs():
    (row,) = table("call_quality", *PORTFOLIO, endpoint=ROOM)
    assert row == {
        "customer": "Acme",
        "call_legs": 90,
        "measured_legs": 80,
        "poor_legs": 60,
        "poor_share": 0.75,
        "weekly_poor_share_change": pytest.approx(0.75 - 0.4),
    }


def test_a_week_shows_its_own_rows_and_the_change_into_it():
    (row,) = table("call_usage", *PORTFOLIO, week=BEFORE)
    assert (row["calls"], row["weekly_calls_change"]) == (30, -40)
    (row,) = table("call_quality_by_endpoint", *PORTFOLIO, week=BEFORE)
    assert (row["endpoint_type"], row["poor_legs"]) == (ROOM, 40)
    first = table("feature_usage", *PORTFOLIO, week=BEFORE)[0]
    assert (first["feature"], first["share_of_calls"]) == ("hold", 0.5)


def test_the_oldest_week_knows_the_week_before_it():
    rows = [*PORTFOLIO, fact("quality_facts", "Bolt", week_ending=weeks_ago(8), poor_legs=5)]
    (row,) = table("call_quality", *rows, week=OLDEST)
    assert row["weekly_poor_share_change"] == pytest.approx(0.07 - 0.05)


def test_both_narrow_together():
    assert table("call_quality", *PORTFOLIO, week=OLDEST, endpoint=ROOM) == []
    (row,) = table("call_quality", *PORTFOLIO, week=BEFORE, endpoint=ROOM)
    assert row["poor_legs"] == 40


def test_the_trend_is_never_narrowed():
    plain = view("call_quality", *PORTFOLIO)
    narrowed = view("call_quality", *PORTFOLIO, endpoint=ROOM, week=BEFORE)
    assert narrowed.trend.equals(plain.trend)
    assert (plain.week_ending, narrowed.week_ending) == (LAST, BEFORE)


@pytest.mark.parametrize("section", ["queue", "overview", "expiring"])
def test_sections_that_are_not_narrowed_stay_as_they_are(section):
    plain = view(section, *PORTFOLIO)
    narrowed = view(section, *PORTFOLIO, endpoint=ROOM, week=BEFORE)
    assert narrowed.as_json() == plain.as_json()
    assert narrowed.narrowed == {}


# ---- What is said ----


def test_the_caption_of_the_table_names_what_narrows_it_and_that_of_the_trend_does_not(client):
    found = answer(client, endpoint=ROOM, week="2026-11-07")
    below = found["call_quality", "caption"]["children"]
    assert below.startswith(
        "Calling · United States · Room device · week ending Nov 7, 2026 · as of Nov 15, 2026 UTC"
    )
    assert below.endswith("(G-8).")
    trend = found["call_quality", "chart-caption"]["children"]
    assert trend.startswith("Calling · United States · week ending Nov 14, 2026")
    shares = found["call_quality_by_endpoint", "chart-caption"]["children"]
    assert shares.startswith("Calling · United States · week ending Nov 7, 2026")
    period = found["call_quality", "period"]["children"]
    assert period == "Chosen week: Nov 1, 2026 – Nov 7, 2026 UTC"


def test_a_chip_says_what_narrows_and_takes_it_back(client):
    found = answer(client, endpoint=ROOM, week="2026-11-07")
    room, week = found["call_quality", "chips"]["children"]
    assert texts(room) == ["Room device", " ×", ", Remove this filter"]
    assert texts(week)[0] == "Week ending Nov 7, 2026"
    attributes = {"data-key": "endpoint", "data-value": ""}
    assert attributes.items() <= room["props"].items()
    assert answer(client)["call_quality", "chips"]["children"] == []


def test_what_is_shown_is_announced(client):
    said = [
        answer(client, **choices)["call_quality", "announced"]["children"]
        for choices in ({}, {"endpoint": ROOM}, {"endpoint": ROOM, "week": "2026-11-07"})
    ]
    assert said == [
        "The tables show everything.",
        "The tables show: Room device.",
        "The tables show: Room device, Week ending Nov 7, 2026.",
    ]


def test_features_without_a_table_have_their_chip_in_their_heading(client):
    found = answer(client, USAGE.path, week="2026-11-07")
    for name in ("call_usage", "feature_usage"):
        assert "Week ending Nov 7, 2026" in words(found[name, "chips"]["children"])


def test_a_chart_marks_what_was_chosen(client):
    found = answer(client, endpoint=ROOM, week="2026-11-07")
    trend = found["call_quality", "chart-figure"]["figure"]["layout"]
    (frame,) = trend["shapes"]
    assert (frame["x0"], frame["x1"]) == ("2026-11-03T14:00", "2026-11-10T10:00")
    assert trend["meta"]["pick"]["shown"] == "2026-11-07"
    shares = found["call_quality_by_endpoint", "chart-figure"]["figure"]
    assert shares["data"][0]["marker"]["opacity"] == [1]
    plain = answer(client)["call_quality", "chart-figure"]["figure"]["layout"]
    assert plain["shapes"] == []


def test_each_point_and_row_knows_what_it_chooses(client):
    found = answer(client)
    pick = found["call_quality", "chart-figure"]["figure"]["layout"]["meta"]["pick"]
    assert pick["key"] == "week"
    assert pick["points"] == ["2026-09-26", *[None] * 5, "2026-11-07", "2026-11-14"]  # gaps: none
    assert pick["rows"] == pick["points"][::-1]
    pick = found["call_quality_by_endpoint", "chart-figure"]["figure"]["layout"]["meta"]["pick"]
    assert pick["rows"] == [ROOM, "webex_app"]


def test_a_type_the_vendor_added_is_shown_and_cannot_be_chosen():
    rows = [line(), fact("quality_facts", endpoint_type="Toaster")]
    figure = SECTIONS["call_quality_by_endpoint"]
    found = view(figure.name, *rows)
    assert found.table["endpoint_type"].to_list() == ["Toaster"]
    assert read(endpoint="Toaster").endpoint is None


def test_the_way_back_from_meetings_keeps_what_was_chosen(client):
    note = answer(client, endpoint=ROOM, product="meetings")["call_quality", "product"]
    link = note["children"]["props"]["children"][2]["props"]
    assert link["href"] == "/calling/quality?endpoint=room_device"


# ---- What is exported ----


def test_a_file_is_named_after_what_narrows_it_and_each_row_says_it():
    shown = view("call_quality", *PORTFOLIO, endpoint=ROOM, week=BEFORE)
    name = "call_quality_calling_US_2026-11-15_endpoint-room_device_week-2026-11-07.csv"
    assert file_name(shown) == name
    (row,) = csv.DictReader(StringIO(to_csv(shown)))
    assert (row["endpoint_type"], row["week_ending"], row["poor_legs"]) == (
        ROOM, "2026-11-07", "40",
    )  # fmt: skip


def test_a_file_that_nothing_narrows_stays_as_it_was():
    shown = view("call_quality", *PORTFOLIO)
    assert file_name(shown) == "call_quality_calling_US_2026-11-15.csv"
    assert "endpoint_type" not in to_csv(shown)


def test_an_export_goes_by_the_address(client):
    search = "?" + urlencode({"endpoint": ROOM, "week": "2026-11-07"})
    part = {"section": "call_quality"}
    id_ = lambda name: part | {"part": name}  # noqa: E731
    key = '{"part":"download","section":["MATCH"]}.data'
    body = {
        "output": key,
        "outputs": {"id": id_("download"), "property": "data"},
        "inputs": [
            {
                "id": id_("export-request"),
                "property": "data",
                "value": {"ids": ["id of Acme", "id of Bolt"], "columns": ["poor_legs"]},
            }
        ],
        "state": [
            {"id": id_("export-request"), "property": "id", "value": id_("export-request")},
            {"id": "url", "property": "search", "value": search},
        ],
        "changedPropIds": ['{"part":"export-request","section":"call_quality"}.data'],
    }
    content = client.post(ROUTE, json=body).text
    assert "endpoint-room_device_week-2026-11-07.csv" in content
    assert "40,US" in content
