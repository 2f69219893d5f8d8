"""The files of the invented calls: which there are, their headers, their forms."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from call_files import (
    FEED_KEYS,
    QUALITY,
    QUEUES,
    RECORDS,
    RECORDS_2024,
    USAGE,
    folded,
    header_of,
    import_entries,
    items,
    named,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_the_paths_are_exactly_the_files_of_the_folder(paths: list[Path]) -> None:
    assert sorted(paths) == sorted(paths[0].parent.iterdir())
    assert len(named(paths, "webex_cdr_")) == len(named(paths, "webex_media_quality_")) == 10
    assert len(named(paths, "webex_calling_usage_")) == 4
    assert len(named(paths, "webex_cdr_", ".json")) == 1
    assert len(named(paths, "webex_cdr_", ".ndjson")) == 1


def test_the_headers_are_those_observed(paths: list[Path]) -> None:
    headers = {path.name: ",".join(header_of(path)) for path in named(paths, "webex_")}
    oldest, *varied = list(named(paths, "webex_cdr_"))
    assert headers[oldest.name] == RECORDS_2024
    assert [headers[path.name] == RECORDS for path in varied] == [False] * 3 + [True] * 6
    for path in varied:
        assert [folded(name) for name in header_of(path)] == [
            folded(name) for name in RECORDS.split(",")
        ]
    for start, header in (("webex_media", QUALITY), ("webex_calling_usage", USAGE)):
        assert {headers[path.name] for path in named(paths, start)} == {header}
    assert Counter(headers[path.name] for path in named(paths, "webex_call_queue")) == {
        f"Organization ID,Start Date,End Date,{QUEUES}": 5,
        QUEUES: 1,
    }


def test_the_forms_of_the_files_are_mixed(paths: list[Path]) -> None:
    oldest, feed, snake, shouted, *plain = (
        path.read_bytes() for path in named(paths, "webex_cdr_")
    )
    assert oldest.startswith(b"\xef\xbb\xbfStart time,")
    assert oldest.splitlines()[1].startswith(b'"2026-09-06T')
    assert set(FEED_KEYS.split(",")) <= set(feed.splitlines()[0].decode().split(","))
    assert snake.startswith(b"start_time;")
    assert shouted.count(b"\r\n") > 4_000
    assert all(raw.startswith(b"Start time,Answer time") for raw in plain)
    assert b",na," in feed
    assert b",NA," in plain[0]
    assert b";;" in snake


def test_json_spells_numbers_truth_and_nulls_in_several_ways(paths: list[Path]) -> None:
    envelope, lines = (items(named(paths, "webex_cdr_", end)[0]) for end in (".json", ".ndjson"))
    assert len(envelope) == 400
    assert len(lines) == 401
    for records in (envelope, lines):
        assert {type(record.get("Duration")) for record in records} >= {int, str}
        assert {record["Answered"] for record in records} >= {"true", "false", True}
        assert len({len(record) for record in records}) > 1
        nulls = {record.get("Model", "left out") for record in records}
        assert {"", "NA", None, "left out"} <= nulls
        assert all("Device Mac" not in record for record in records)


def test_the_import_file_says_what_the_files_do_not(paths: list[Path]) -> None:
    entries = import_entries(paths)
    assert paths[-1].name == "import.toml"
    assert set(entries) == {path.name for path in named(paths, "webex_calling_usage_")} | {
        "webex_call_queue_stats_own_2026-11-14.csv"
    }
    assert {(entry["from"], entry["to"]) for entry in entries.values()} == {
        ("2026-11-08", "2026-11-14")
    }
