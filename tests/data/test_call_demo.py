"""The invented calls come in with exactly the bad rows they were made with, and add up."""

from pathlib import Path

import oracle_calls
import pytest
from call_deliveries import facts, on_disk, recomputed
from call_files import NULLS, items, named, records_of
from deliveries import DataDirectory

from dashboard.data.call_datasets import CALL_FACTS, CALL_LEGS, QUALITY_FACTS
from dashboard.data.demo import write_calls, write_portfolio

BAD = {
    "webex_cdr_2026-11-14.csv": 5,
    "webex_cdr_2026-11-07.csv": 6,
    "webex_cdr_stream_2026-11-07.ndjson": 1,
    "webex_media_quality_2026-11-14.csv": 3,
    "webex_call_queue_stats_2026-11-14.csv": 2,
}
CALLS = ("webex_cdr", "webex_media", "webex_call")
PHONES = ("Calling number", "Called number", "User number", "Site main number")


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    place = DataDirectory(tmp_path_factory.mktemp("demo"))
    write_portfolio(place.drop, customers=40)
    write_calls(place.drop, customers=40, legs=4_000)
    return place, place.ingest(place.drop).reports


def test_the_files_have_the_bad_rows_they_were_made_with(imported):
    reports = [r for r in imported[1] if Path(r.file).name.startswith(CALLS)]
    assert len(reports) > 25
    bad = {Path(r.file).name: r.rows_quarantined for r in reports if r.rows_quarantined}
    assert bad == BAD
    assert not any(r.refused or r.unknown_columns or r.orphans for r in reports)


def test_the_facts_are_those_of_the_stored_rows(imported, monkeypatch):
    place, _ = imported
    models = ["Cisco Room Bar", "Cisco Room Kit EQ", "Cisco Desk Pro"]
    monkeypatch.setattr(oracle_calls, "VIDEO_DEVICES", models)
    assert facts(place) == recomputed(place)


def test_four_legs_of_the_future_reach_no_view(imported):
    place, _ = imported
    release = place.store().release
    assert release.last_week_of(CALL_FACTS) == release.last_week_of(QUALITY_FACTS)
    ahead = [week for week in release.weeks_of(CALL_FACTS) if week >= release.as_of]
    assert len(ahead) == 1
    assert sum(f.rows for f in release.tables["call_legs"].files if f.week in ahead) == 4


def test_every_report_is_stored_once(imported):
    place, _ = imported
    paths = named(list(place.drop.iterdir()), "webex_cdr_", "")
    good = {report for path in paths for report in records_of(path)[0]["Report ID"]}
    assert {row["report_id"] for row in place.rows(CALL_LEGS)} == good
    assert place.store().release.tables["call_legs"].rows == len(good)


def test_no_number_of_a_caller_is_anywhere_on_disk(imported):
    place, _ = imported
    planted = set()
    for path in named(list(place.drop.iterdir()), "webex_cdr_", ""):
        frame = records_of(path)[0]
        planted |= {n for c in PHONES if c in frame for n in frame[c].unique()}
    for item in items(named(list(place.drop.iterdir()), "webex_cdr_", ".json")[0]):
        planted |= {str(item.get(name)) for name in PHONES}
    full = {number for number in planted - {*NULLS, "None"} if number.startswith("+")}
    assert len(full) > 50
    for text in on_disk(place.data):
        if "+" in text:
            assert not [number for number in full if number in text]
        assert text.lstrip("+") not in {number[1:] for number in full}
