"""The invented calls, read back by a plain reader and counted anew from the contract."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from call_files import (
    COUNTS,
    FEED_KEYS,
    LIMITS,
    NULLS,
    QUALITY,
    QUEUES,
    RECORDS,
    RECORDS_2024,
    STREAMS,
    USAGE,
    folded,
    header_of,
    import_entries,
    items,
    named,
    quality_rows,
    queue_rows,
    records_of,
    week_of,
)

from dashboard.data.demo import write_calls, write_portfolio
from dashboard.data.demo.calling import delivery

if TYPE_CHECKING:
    from pathlib import Path

NEWEST = pd.Timestamp("2026-11-14")
AS_OF = pd.Timestamp("2026-11-15")
FICTIONAL = re.compile(
    r"\+1\d{3}55501\d\d|\+442079460\d{3}|\+493023125\d{3}|\+38044000\d{4}"
    r"|\+3319900\d{4}|\+9714000\d{4}|[2-8]\d{3}"
)


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_calls(tmp_path_factory.mktemp("calls"), legs=60_000)


@pytest.fixture(scope="module")
def delivered(paths: list[Path]) -> pd.DataFrame:
    """All good call records as they were delivered, repeats included."""
    columns = [*RECORDS_2024.split(","), "file"]
    files = [path for path in paths if path.name.startswith("webex_cdr_")]
    frame = pd.concat([records_of(path)[0][columns] for path in files], ignore_index=True)
    frame["start"] = pd.to_datetime(frame["Start time"]).dt.tz_localize(None)
    frame["reported"] = pd.to_datetime(frame["Report time"])
    frame["week"] = week_of(frame["start"])
    frame["seconds"] = pd.to_numeric(frame["Duration"].replace(NULLS, "0"))
    return frame


@pytest.fixture(scope="module")
def legs(delivered: pd.DataFrame) -> pd.DataFrame:
    """The newest state of every leg up to now."""
    newest = delivered.sort_values("reported").drop_duplicates("Report ID", keep="last")
    return newest[newest["start"] < AS_OF]


@pytest.fixture(scope="module")
def calls(legs: pd.DataFrame) -> pd.DataFrame:
    made = legs[
        (legs["Direction"] == "ORIGINATING")
        & legs["User type"].isin(["User", "Place", "VirtualLine"])
    ]
    return made.sort_values("start", kind="stable").drop_duplicates("Correlation ID")


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """Customers and the newest Calling licenses from the exports of the same seed."""
    written = write_portfolio(tmp_path_factory.mktemp("portfolio"), weeks=10)
    by_name = {path.name: path for path in written}
    encodings = {"us_ca": "utf-8-sig", "eu": "utf-16", "uae": "utf-8"}
    lists = [
        pd.read_csv(
            by_name[f"webex_customers_{place}.csv"],
            encoding=encoding,
            sep={"us_ca": ",", "eu": "\t", "uae": ";"}[place],
            keep_default_na=False,
            names=["Name", "Organization ID", "Region", *"abcdef"],
            header=0,
        )
        for place, encoding in encodings.items()
    ]
    licenses = pd.read_csv(by_name["webex_licenses_2026-11-14.csv"], on_bad_lines="skip")
    calling = licenses[licenses["Product"] == "Webex Calling"]
    return {"customers": pd.concat(lists), "calling": calling}


@pytest.fixture(scope="module")
def quality(
    paths: list[Path], legs: pd.DataFrame, portfolio: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    """Leg quality with the model from the leg's record, judged by rule `any`."""
    frames = [pd.DataFrame(quality_rows(path)[0]) for path in named(paths, "webex_media")]
    frame = pd.concat(frames, ignore_index=True)
    measures = [f"{stream} {name}" for stream in STREAMS for name in LIMITS]
    frame[measures] = frame[measures].replace(NULLS, None).astype(float)
    frame["week"] = week_of(pd.to_datetime(frame["Start Time"]))
    frame["measured"] = frame[measures].notna().any(axis=1)
    over = [frame[f"{stream} {name}"] > LIMITS[name] for stream in STREAMS for name in LIMITS]
    frame["poor"] = np.any(over, axis=0)
    frame = frame.merge(legs[["Call ID", "Model"]], on="Call ID", validate="1:1")
    return frame.merge(portfolio["customers"][["Organization ID", "Region"]])


@pytest.fixture(scope="module")
def queues(paths: list[Path]) -> pd.DataFrame:
    frames = []
    entries = import_entries(paths)
    for path in named(paths, "webex_call_queue_stats_"):
        frame = queue_rows(path)[0]
        if path.name in entries:
            entry = entries[path.name]
            frame["Organization ID"], frame["End Date"] = entry["organization_id"], entry["to"]
        frames.append(frame)
    frame = pd.concat(frames, ignore_index=True)
    frame["week"] = week_of(pd.to_datetime(frame["End Date"]))
    return frame


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        write_calls(tmp_path / name / "made", customers=40, legs=3_000, weeks=3)
        for name in ("one", "other")
    )
    assert [path.name for path in one] == [path.name for path in other]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(one, other, strict=True))
    third = write_calls(tmp_path / "third", customers=40, legs=3_000, weeks=3, seed=1)
    assert third[0].read_bytes() != one[0].read_bytes()


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


def test_bad_records_are_as_many_as_intended(paths: list[Path]) -> None:
    files = [path for path in paths if path.name.startswith("webex_cdr_")]
    bad = {path.name: records_of(path)[1] for path in files}
    assert {name: count for name, count in bad.items() if count} == {
        "webex_cdr_2026-11-14.csv": 5,
        "webex_cdr_2026-11-07.csv": 6,
        "webex_cdr_stream_2026-11-07.ndjson": 1,
    }
    quality = {path.name: quality_rows(path)[1] for path in named(paths, "webex_media")}
    assert {name: count for name, count in quality.items() if count} == {
        "webex_media_quality_2026-11-14.csv": 3
    }
    queues = {path.name: queue_rows(path)[1] for path in named(paths, "webex_call_queue")}
    assert {name: count for name, count in queues.items() if count} == {
        "webex_call_queue_stats_2026-11-14.csv": 2
    }


def test_four_legs_are_ahead_of_their_time(delivered: pd.DataFrame) -> None:
    ahead = delivered[delivered["start"] >= AS_OF]
    assert set(ahead["file"]) == {"webex_cdr_2026-11-14.csv"}
    assert len(ahead) == ahead["Correlation ID"].nunique() == 4


def test_some_legs_come_late_or_again_in_the_next_weeks_file(delivered: pd.DataFrame) -> None:
    dated = delivered[delivered["file"].str.endswith(".csv") & (delivered["start"] < AS_OF)]
    file_week = pd.to_datetime(dated["file"].str[10:20])
    behind = (file_week - dated["week"]).dt.days
    assert set(behind) == {0, 7}
    again = dated.duplicated("Report ID", keep=False)
    late = (behind == 7) & ~again
    assert 0.002 < late.mean() < 0.004
    assert (file_week[late] > pd.Timestamp("2026-09-12")).all()
    first, second = (dated[again & (behind == days)].set_index("Report ID") for days in (0, 7))
    assert len(first) == len(second) == dated["Report ID"].duplicated().sum()
    newer = second["reported"] > first["reported"].reindex(second.index)
    assert 20 <= newer.sum() <= 120
    assert 5 <= (~newer).sum() <= 60
    changed = second["seconds"] != first["seconds"].reindex(second.index)
    assert changed[newer].mean() > 0.7


def test_values_no_document_lists_are_on_few_legs(legs: pd.DataFrame) -> None:
    assert 0 < (legs["Client type"] == "WXCC").mean() < 0.04
    assert 0 < (legs["User type"] == "Unknown").mean() < 0.02
    assert {"SIP_URI", "ZTN"} < set(legs["Call type"])
    assert legs["Duration"].isin(NULLS).mean() > 0.01


def test_calls_are_fewer_than_legs_and_about_as_many_as_asked(
    legs: pd.DataFrame, calls: pd.DataFrame
) -> None:
    assert len(legs) == pytest.approx(60_000, rel=0.02)
    assert 1.5 < len(legs) / legs["Correlation ID"].nunique() < 1.9
    assert len(calls) < legs["Correlation ID"].nunique()
    originating = legs[(legs["Direction"] == "ORIGINATING")]
    assert originating.duplicated("Correlation ID").any()
    assert set(originating["User type"]) > {"User", "Place", "VirtualLine", "Unknown"}


def test_callers_are_the_portfolios_customers_with_calling(
    legs: pd.DataFrame, portfolio: dict[str, pd.DataFrame]
) -> None:
    licensed = portfolio["calling"]["Organization ID"]
    lately = set(legs.loc[legs["week"] == NEWEST, "Org UUID"])
    assert lately <= set(licensed)
    assert len(lately) > 0.8 * licensed.nunique()
    assert set(legs["Org UUID"]) <= set(portfolio["customers"]["Organization ID"])


def test_people_call_in_business_hours_and_ever_more(
    legs: pd.DataFrame, calls: pd.DataFrame
) -> None:
    days = legs["start"].dt.day_of_week.value_counts(normalize=True)
    assert days.loc[:4].min() > 0.13
    assert days.loc[5:].max() < 0.05
    zone = pd.to_timedelta(legs["Site timezone"].astype(int), unit="min")
    assert (legs["start"] + zone).dt.hour.between(7, 17).mean() > 0.85
    weeks = legs.groupby("week").size()
    assert len(weeks) == 10
    assert weeks.iloc[-3:].sum() > 1.05 * weeks.iloc[:3].sum()
    each = calls[calls["week"] == NEWEST].groupby("User UUID").size()
    assert (pd.cut(each, [0, 4, 19, 49]).value_counts() >= 10).all()


def test_few_legs_are_poor_in_a_usual_week(quality: pd.DataFrame) -> None:
    measured = quality[quality["measured"]]
    usual = measured[measured["week"] < pd.Timestamp("2026-11-07")]
    assert 0.005 <= usual["poor"].mean() <= 0.010
    assert usual.groupby("Endpoint Type")["poor"].mean().max() < 0.03
    assert 0.8 < quality["measured"].mean() < 0.95
    assert measured["Video Jitter (ms)"].notna().mean() > 0.1
    on_limit = measured["Audio Jitter (ms)"] == 150
    assert on_limit.any()
    assert not measured.loc[on_limit, "poor"].any()
    everything = measured["poor"].to_numpy()
    for stream in STREAMS:
        for name, limit in LIMITS.items():
            everything = everything & (measured[f"{stream} {name}"] > limit)
    assert 0 < everything.sum() < measured["poor"].sum() / 10


def test_one_model_in_one_region_has_gone_bad(quality: pd.DataFrame) -> None:
    rooms = quality[quality["measured"] & (quality["Endpoint Type"] == "Room Device")]
    bar = rooms["Model"] == "Cisco Room Bar"
    europe = rooms["Region"] == "EU"
    since = rooms["week"] >= pd.Timestamp("2026-11-07")
    weeks = rooms[bar & europe & since].groupby("week")["poor"].mean()
    assert len(weeks) == 2
    assert weeks.min() > 0.2
    for other in (bar & europe & ~since, ~bar & europe & since, bar & ~europe & since):
        assert rooms.loc[other, "poor"].mean() < 0.04
    assert bar[europe & since].sum() >= 30


def test_one_queue_fails_over_the_weeks(queues: pd.DataFrame) -> None:
    sums = queues.groupby(["Organization ID", "Call Queue", "week"])[COUNTS].sum()
    busiest = sums["Total Calls"].groupby(level=[0, 1]).sum().idxmax()
    story = sums.loc[busiest]
    rate = story["Abandoned Calls"] / story["Total Calls"]
    assert len(rate) == 10
    assert (rate.iloc[:3] - 0.06).abs().max() < 0.03
    assert rate.iloc[-1] == pytest.approx(0.35, abs=0.03)
    assert rate.iloc[2:].diff().dropna().gt(-0.01).all()
    wait = story["Total Wait Time"] / story["Answered Calls"]
    assert wait.iloc[-1] > 3 * wait.iloc[0]
    others = sums.drop(busiest[0])
    assert others["Abandoned Calls"].sum() / others["Total Calls"].sum() < 0.09


def test_queue_statistics_agree_with_the_call_records(
    queues: pd.DataFrame, legs: pd.DataFrame
) -> None:
    queued = legs[legs["User type"].isin(["CallCenterStandard", "CallCenterPremium"])]
    strange = legs[(legs["User type"] == "Unknown") & (legs["Related reason"] == "CallQueue")]
    entered = pd.concat([queued, strange]).groupby(["Org UUID", "week"]).size()
    told = queues.groupby(["Organization ID", "week"])["Total Calls"].sum()
    assert entered.sort_index().to_dict() == told.sort_index().to_dict()
    answered = legs[(legs["Direction"] == "TERMINATING") & ~legs["User UUID"].isin(NULLS)][
        "Correlation ID"
    ]
    left = ~pd.concat([queued, strange])["Correlation ID"].isin(answered)
    assert left.sum() == queues["Abandoned Calls"].sum()


def test_one_customer_stops_calling_with_its_subscription_running(
    legs: pd.DataFrame, portfolio: dict[str, pd.DataFrame]
) -> None:
    weekly = pd.crosstab(legs["Org UUID"], legs["week"])
    usual = weekly.iloc[:, :6].mean(axis=1)
    silent = weekly.index[(usual > 60) & (weekly.iloc[:, -2:].sum(axis=1) == 0)]
    assert len(silent) == 1
    assert weekly.loc[silent[0]].iloc[:6].gt(0).all()
    assert silent[0] in set(portfolio["calling"]["Organization ID"])


def test_the_usage_report_counts_what_the_records_tell(
    paths: list[Path], legs: pd.DataFrame, calls: pd.DataFrame, quality: pd.DataFrame
) -> None:
    usage = pd.concat(
        [pd.read_csv(path, keep_default_na=False) for path in named(paths, "webex_calling_usage_")]
    ).set_index(["Organization ID", "Location"])
    assert usage.index.is_unique
    key = ["Org UUID", "Location"]
    users = legs[(legs["week"] == NEWEST) & ~legs["User UUID"].isin(NULLS)]
    expected = {
        "Total Calls": calls[calls["week"] == NEWEST].groupby(key).size(),
        "Total Call Legs": users.groupby(key).size(),
        "Call Legs - Audio": users[users["Answered"].str.lower() == "true"].groupby(key).size(),
        "Overall Poor Quality Call Legs": quality[quality["poor"] & (quality["week"] == NEWEST)]
        .groupby(["Organization ID", "Location"])
        .size(),
    }
    for column, counted in expected.items():
        told = usage.loc[usage[column] > 0, column]
        assert told.sort_index().to_dict() == counted.sort_index().to_dict(), column
    minutes = users.groupby(key)["seconds"].sum() / 60
    assert (usage["Call Minutes"] - minutes.reindex(usage.index, fill_value=0)).abs().max() < 0.06


def test_usage_names_customers_as_their_list_does(
    paths: list[Path], portfolio: dict[str, pd.DataFrame]
) -> None:
    customers = portfolio["customers"].drop_duplicates("Organization ID")
    listed = customers.set_index("Organization ID")
    for path in named(paths, "webex_calling_usage_"):
        usage = pd.read_csv(path, keep_default_na=False)
        region = import_entries(paths)[path.name]["region"]
        assert len(usage) > 20
        here = listed.loc[usage["Organization ID"]]
        assert set(here["Region"]) == {region}
        assert here["Name"].tolist() == usage["Customer Name"].tolist()


def test_the_import_file_says_what_the_files_do_not(paths: list[Path]) -> None:
    entries = import_entries(paths)
    assert paths[-1].name == "import.toml"
    assert set(entries) == {path.name for path in named(paths, "webex_calling_usage_")} | {
        "webex_call_queue_stats_own_2026-11-14.csv"
    }
    assert {(entry["from"], entry["to"]) for entry in entries.values()} == {
        ("2026-11-08", "2026-11-14")
    }


def test_every_number_is_fictional(delivered: pd.DataFrame) -> None:
    for column in ("Calling number", "Called number", "Site main number", "User number"):
        numbers = delivered.loc[~delivered[column].isin(NULLS), column]
        assert len(numbers) > 10_000
        assert numbers.str.fullmatch(FICTIONAL).all(), column


def test_a_large_week_comes_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "STRETCH", 300)
    monkeypatch.setattr(delivery, "STRETCHES_PER_PART", 2)
    written = write_calls(tmp_path, customers=30, legs=6_000, weeks=2)
    files = [path for path in written if path.name.startswith("webex_cdr_2026-11-14_part")]
    assert len(files) >= 3
    assert files[0].name == "webex_cdr_2026-11-14_part001.csv"
    parts = pd.concat([records_of(path)[0] for path in files])
    assert parts["Report ID"].is_unique
    assert parts["Call ID"].drop_duplicates().size >= len(parts) - 12


@pytest.mark.parametrize("weeks", [1, 2, 5])
def test_a_tiny_portfolio_can_be_written(tmp_path: Path, weeks: int) -> None:
    written = write_calls(tmp_path, customers=1, legs=20, weeks=weeks, last_week=date(2026, 2, 28))
    assert len(named(written, "webex_cdr_")) == weeks
    assert len(named(written, "webex_calling_usage_")) == 4


def test_arguments_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a Saturday"):
        write_calls(tmp_path, last_week=date(2026, 11, 15))
    with pytest.raises(ValueError, match="must be at least 1"):
        write_calls(tmp_path, legs=0)
    with pytest.raises(ValueError, match="must be at least 1"):
        write_calls(tmp_path, customers=0)
