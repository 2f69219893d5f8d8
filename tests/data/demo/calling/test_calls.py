"""The invented calls, read back by a plain reader and counted anew from the contract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from call_files import (
    COUNTS,
    LIMITS,
    NULLS,
    STREAMS,
    import_entries,
    named,
    quality_rows,
    queue_rows,
    records_of,
)
from judging import AS_OF, NEWEST

if TYPE_CHECKING:
    from pathlib import Path

FICTIONAL = re.compile(
    r"\+1\d{3}55501\d\d|\+442079460\d{3}|\+493023125\d{3}|\+38044000\d{4}"
    r"|\+3319900\d{4}|\+9714000\d{4}|[2-8]\d{3}"
)


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


def test_every_number_is_fictional(delivered: pd.DataFrame) -> None:
    for column in ("Calling number", "Called number", "Site main number", "User number"):
        numbers = delivered.loc[~delivered[column].isin(NULLS), column]
        assert len(numbers) > 10_000
        assert numbers.str.fullmatch(FICTIONAL).all(), column
