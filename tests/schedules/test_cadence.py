"""Cadence: days, weeks and months on the clocks of a zone, also where the clocks change."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dashboard.errors import UnknownNameError
from dashboard.schedules.cadence import check, due_between, next_due
from dashboard.state.schedules import Times


def daily(zone, at="02:30"):
    return Times(every="daily", at=at, zone=zone)


def monthly(day):
    return Times(every="monthly", at="08:00", zone="Europe/Kyiv", day=day)


def days(times, first, last):
    """Return the local days on which a schedule is due."""
    start, end = (datetime.fromisoformat(d).replace(tzinfo=UTC) for d in (first, last))
    zone = ZoneInfo(times.zone)
    return [
        moment.astimezone(zone).date().isoformat() for moment in due_between(times, start, end)
    ]


def test_a_time_of_day_is_that_of_the_zone():
    winter = next_due(daily("Europe/Kyiv", "08:00"), datetime(2026, 1, 10, 6, tzinfo=UTC))
    assert winter == datetime(2026, 1, 11, 6, tzinfo=UTC)
    summer = next_due(daily("Europe/Kyiv", "08:00"), datetime(2026, 7, 10, tzinfo=UTC))
    assert summer == datetime(2026, 7, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "first", "around"),
    [
        ("America/New_York", "02:30", "2026-03-06", "2026-03-08"),  # comes not at all
        ("America/New_York", "01:30", "2026-10-30", "2026-11-01"),  # comes twice
        ("Europe/Kyiv", "03:30", "2026-03-27", "2026-03-29"),
        ("Europe/Kyiv", "03:30", "2026-10-23", "2026-10-25"),
        ("Asia/Beirut", "00:15", "2026-03-27", "2026-03-29"),  # a day without midnight
        ("Australia/Lord_Howe", "01:45", "2026-04-03", "2026-04-05"),  # half an hour twice
    ],
)
def test_an_hour_that_is_missing_or_comes_twice_gives_one_slot(zone, at, first, around):
    start = datetime.fromisoformat(first).replace(tzinfo=UTC)
    found = days(daily(zone, at), first, (start + timedelta(days=6)).date().isoformat())
    assert found.count(around) == 1
    assert len(set(found)) == len(found)
    assert len(found) == 6


def test_of_an_hour_that_comes_twice_it_is_the_first():
    [moment] = due_between(
        daily("America/New_York", "01:30"),
        datetime(2026, 11, 1, tzinfo=UTC),
        datetime(2026, 11, 2, tzinfo=UTC),
    )
    assert moment == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_a_week_has_one_day():
    times = Times(every="weekly", at="08:00", zone="UTC", weekday=0)
    assert days(times, "2026-11-01", "2026-11-20") == ["2026-11-02", "2026-11-09", "2026-11-16"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (28, ["2028-01-28", "2028-02-28", "2028-03-28", "2028-04-28"]),
        (29, ["2028-01-29", "2028-02-29", "2028-03-29", "2028-04-29"]),
        (30, ["2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30"]),
        (31, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
    ],
)
def test_a_month_that_is_too_short_has_its_last_day(day, found):
    assert days(monthly(day), "2028-01-01", "2028-05-01") == found


@pytest.mark.parametrize(
    "wrong",
    [
        {"every": "hourly"},
        {"at": "24:00"},
        {"at": "8:00"},
        {"zone": "Mars/Olympus"},
        {"every": "weekly"},
        {"every": "weekly", "weekday": 7},
        {"every": "monthly", "day": 0},
        {"every": "monthly", "day": 32},
        {"day": 3},
    ],
)
def test_what_no_calendar_has_is_refused(wrong):
    with pytest.raises(UnknownNameError):
        check(Times(**({"every": "daily", "at": "08:00", "zone": "UTC"} | wrong)))
