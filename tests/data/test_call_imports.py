"""What comes in about calls: forms, oddities, bad input, and what becomes of each."""

import pytest
from call_deliveries import (
    in_json,
    named,
    quality,
    quality_file,
    queue,
    queue_file,
    record,
    records,
    usage_file,
)
from call_files import QUEUES, RECORDS_2024
from deliveries import DataDirectory, export

from dashboard.data.call_datasets import CALL_LEGS, CALLING_USAGE, LEG_QUALITY, QUEUE_STATS
from dashboard.data.ledger import LEDGER, QUARANTINE


@pytest.fixture
def place(tmp_path):
    place = DataDirectory(tmp_path)
    named(place)
    return place


def only(place, dataset=CALL_LEGS):
    (row,) = place.rows(dataset)
    return row


def test_a_control_hub_download_of_2024_with_its_oddities(place):
    wanted = RECORDS_2024.split(",")
    row = record(1, Client_type="WXCC", User_type="Unknown", Model="na", Duration="")
    cells = ",".join(f'"{row[name]}"' for name in wanted)
    text = f"\ufeff{RECORDS_2024}\r\n{cells}\r\n"
    report = place.take("cdr.csv", text)
    assert (report.rows_kept, report.refused, report.unknown_columns) == (1, None, [])
    found = only(place)
    assert (found["client_type"], found["user_type"]) == ("WXCC", "Unknown")
    assert (found["model"], found["duration"], found["answered"]) == (None, None, True)
    assert found["hold_duration"] is None


def test_the_form_of_2026_and_columns_nobody_foresaw(place):
    row = record(1, Hold_Duration="12", Call_Recording_Result="successful") | {"Mood": "fine"}
    report = place.take("cdr.csv", export(",".join(row), row.values()))
    assert report.unknown_columns == ["Mood"]
    assert (only(place)["hold_duration"], only(place)["recording_result"]) == (12, "successful")


@pytest.mark.parametrize("form", ["items", "webhook", "list", "lines"])
def test_records_as_json_are_those_as_text(place, tmp_path, form):
    rows = [record(1), record(2, Duration="7", Answered="false")]
    place.take("cdr.csv", records(*rows))
    other = DataDirectory(tmp_path / "other") if (tmp_path / "other").mkdir() is None else None
    named(other)
    spelled = {"Call transfer Time": None, "Device MAC": "", "Duration": 60, "Answered": True}
    first = {k: v for k, v in rows[0].items() if k not in ("Call transfer time", "Device Mac")}
    report = other.take("cdr.json", in_json(first | spelled, rows[1] | {"Duration": 7}, form=form))
    assert (report.rows_in, report.rows_kept, report.refused) == (2, 2, None)
    assert other.rows(CALL_LEGS) == place.rows(CALL_LEGS)


def test_what_is_wrong_with_an_item_is_said_with_its_number(place):
    lines = [
        in_json(record(1), form="lines"),
        "\n",
        '{"Report ID": "cut in h\n',
        in_json(record(2, Duration="-1"), form="lines"),
        '{"Duration": 1, "duration": 2}\n',
        in_json(record(3) | {"Duration": "1e2"}, record(4) | {"Duration": [1]}, form="lines"),
        '"text"\n',
    ]
    report = place.take("cdr.ndjson", "".join(lines))
    assert (report.rows_in, report.rows_kept, report.rows_ignored) == (8, 1, 1)
    assert report.reasons == {
        "not a JSON object": 2,
        "Duration does not parse": 2,
        "Duration is negative": 1,
        "a field comes twice": 1,
    }
    assert [row["line"] for row in place.rows(QUARANTINE)] == [3, 4, 5, 6, 7, 8]


def test_an_answer_without_items_is_a_blank_export(place):
    report = place.take("cdr.json", '{"items": []}')
    assert (report.export, report.rows_in, report.refused) == ("webex_cdr", 0, None)


@pytest.mark.parametrize(
    "text",
    ['{"error": "expired"}', '{"items": [{"Start time": ', "[" * 100_000, '{"items": 3}', "[1]"],
)
def test_json_that_is_no_export_is_refused_by_name(place, text):
    report = place.take("cdr.json", text)
    assert "not a known export; closest: " in report.refused
    assert "which also needs " in report.refused


def test_an_export_that_comes_as_text_only_is_not_taken_as_json(place):
    why = place.take("c.json", '[{"Customer Name": "A", "Organization ID": "o"}]').refused
    assert "not a known export" in why


def test_half_a_character_spoils_nothing(place):
    row = record(1) | {"Location": "\ud83d"}
    assert place.take("cdr.json", in_json(row)).rows_kept == 1
    assert only(place)["location"] == "?"


def test_times_of_mixed_zones_become_utc(place):
    times = ["2026-11-15T01:30:00+02:00", "2026-11-14 23:30:00", "2026-11-14T18:30:00.000-05:00"]
    place.take("cdr.csv", records(*(record(i, Start_time=t) for i, t in enumerate(times))))
    assert {str(row["start_time"]) for row in place.rows(CALL_LEGS)} == {"2026-11-14 23:30:00"}
    assert {f.week.isoformat() for f in place.store().release.tables["call_legs"].files} == {
        "2026-11-14"
    }


def test_other_forms_of_time_and_negative_durations_go_to_quarantine(place):
    wrong = [
        record(1, Start_time="14/11/2026 10:00"),
        record(2, Duration="-5"),
        record(3, Hold_Duration="-1"),
        record(4, Report_time=""),
        record(5, Direction=""),
    ]
    assert place.take("cdr.csv", records(*wrong)).reasons == {
        "Start time does not parse": 1,
        "Duration is negative": 1,
        "Hold Duration is negative": 1,
        "Report time is missing": 1,
        "Direction is missing": 1,
    }


def test_the_organization_of_records_may_come_from_the_import(place):
    row = record(1)
    del row["Org UUID"]
    text = export(",".join(row), row.values())
    assert "Org UUID (or --customer)" in place.take("cdr.csv", text).refused
    assert place.take("cdr.csv", text, organization_id="org-1").orphans == 0
    assert only(place)["customer_id"] == "org-1"


def test_a_queue_export_without_organization_and_period_is_refused_naming_the_options(place):
    text = export(QUEUES, ["Sales", "Kyiv", "", "", *["1"] * 20])
    assert place.take("q.csv", text).refused == (
        "q.csv is not a known export; closest: webex_call_queue_stats, which also needs "
        "Organization ID (or --customer), Start Date (or --from), End Date (or --to)."
    )
    period = {"start": "2026-11-08", "end": "2026-11-14"}
    assert "(or --customer)" in place.take("q.csv", text, **period).refused
    assert place.take("q.csv", text, organization_id="org-1", **period).rows_kept == 1
    found = only(place, QUEUE_STATS)
    assert (str(found["start_date"]), str(found["end_date"])) == ("2026-11-08", "2026-11-14")
    assert (found["wait_answered_s"], found["calls"]) == (1.0, 1)


def test_later_queue_statistics_replace_earlier_ones_of_the_same_key(place):
    place.take("a.csv", queue_file(queue(Total_Calls="3"), queue(Total_Calls="4")))
    place.take("b.csv", queue_file(queue(Total_Calls="5"), queue("2026-11-11", Location="")))
    place.take("c.csv", queue_file(queue("2026-11-11", Location="", Total_Calls="9")))
    assert [(r["calls"], r["location"]) for r in place.rows(QUEUE_STATS)] == [
        (9, None),
        (5, "Kyiv"),
    ]


@pytest.mark.parametrize("text", ["inf", "NaN", "1e3", "1,5", "many", "--1"])
def test_what_is_no_measurement_goes_to_quarantine(place, text):
    report = place.take("q.csv", quality_file(quality(**{"Audio_Jitter_(ms)": text})))
    assert report.reasons == {"Audio Jitter (ms) does not parse": 1}


def test_a_negative_measurement_goes_to_quarantine_and_none_is_none(place):
    one = quality("a", **{"Video_Latency_(ms)": "-0.5"})
    report = place.take("q.csv", quality_file(one, quality("b"), quality("c", endpoint="Toaster")))
    assert report.reasons == {"Video Latency (ms) is negative": 1}
    assert [row["endpoint_type"] for row in place.rows(LEG_QUALITY)] == ["Desk Phone", "Toaster"]
    assert {row["audio_jitter"] for row in place.rows(LEG_QUALITY)} == {None}


def test_calling_usage_needs_its_period(place):
    row = ("Acme", "org-1", "Kyiv", 5, 9, 1, 12.5, "0.5", 9, *["1"] * 11)
    text = usage_file(row)
    assert "Start Date (or --from), End Date (or --to)" in place.take("u.csv", text).refused
    assert place.take("u.csv", text, start="2026-11-08", end="2026-11-14").rows_kept == 1
    found = only(place, CALLING_USAGE)
    assert (found["minutes"], found["legs"], found["queue_abandoned"]) == (12.5, 9, 1)


def test_the_same_file_again_changes_nothing_and_is_counted_as_the_first_time(place):
    text = records(record(1), record(2, Duration="-1"))
    first = place.take("a.csv", text)
    release = place.store().release
    again = place.take("b.csv", text)
    assert again.to_json() == first.to_json() | {"file": again.file, "unchanged": True}
    assert place.store().release == release
    assert [row["dropped_values"] for row in place.rows(LEDGER)] == [0, first.dropped_values]


def test_the_same_rows_in_another_file_write_no_table(place):
    place.take("a.csv", records(record(1), record(2)))
    before = place.store().release.tables
    place.take("b.csv", records(record(2), record(1)))
    after = place.store().release.tables
    assert [n for n in after if after[n] != before[n]] == ["ledger"]
