"""R-08: weeks and months, over forty years of instants and in any zone of the process."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.data.weeks import is_week_ending, last_weeks, months_between, week_ending

INSTANTS = st.datetimes(datetime(1999, 1, 1), datetime(2040, 12, 31, 23, 59, 59, 999999))  # noqa: DTZ001
DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))
ZONES = ("UTC", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Pacific/Kiritimati")
PRINT_DIGEST = """
import hashlib
from datetime import datetime, timedelta
import polars as pl
from dashboard.data.weeks import week_ending
start = datetime(1999, 1, 1)
edges = [start + timedelta(days=d, milliseconds=ms) for d in range(15_300) for ms in (-1, 0, 1)]
weeks = pl.DataFrame({"at": edges}).select(week_ending(pl.col("at"))).to_series()
print(hashlib.sha256(",".join(map(str, weeks.to_list())).encode()).hexdigest(), len(edges))
"""


def evaluated(expr, **columns):
    return pl.DataFrame({name: [value] for name, value in columns.items()}).select(expr).item()


@given(INSTANTS)
def test_a_week_runs_from_sunday_to_saturday(moment):
    saturday = evaluated(week_ending(pl.col("at")), at=moment)
    # Counted by hand: isoweekday is 7 on Sunday, so Sunday has six days to go.
    assert saturday == moment.date() + timedelta(days=(6 - moment.isoweekday()) % 7)
    assert evaluated(is_week_ending(pl.col("day")), day=saturday)


@pytest.mark.parametrize(
    ("moment", "saturday"),
    [
        (datetime(2026, 11, 14, 23, 59, 59, 999000, tzinfo=UTC), date(2026, 11, 14)),
        (datetime(2026, 11, 15, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2024, 2, 29, 12, tzinfo=UTC), date(2024, 3, 2)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2027, 1, 2)),
    ],
)
def test_a_week_turns_over_on_sunday_at_midnight_utc(moment, saturday):
    assert evaluated(week_ending(pl.col("at")), at=moment.replace(tzinfo=None)) == saturday


def test_no_zone_of_the_process_moves_a_week():
    digests = {
        subprocess.run(
            [sys.executable, "-c", PRINT_DIGEST],
            env=os.environ | {"TZ": zone},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for zone in ZONES
    }
    assert len(digests) == 1


def test_the_last_weeks_are_saturdays_in_a_row():
    assert last_weeks(date(2026, 1, 10), 3) == [
        date(2025, 12, 27),
        date(2026, 1, 3),
        date(2026, 1, 10),
    ]


@given(DAYS, DAYS)
def test_a_month_has_passed_once_its_day_is_reached_again(start, end):
    found = evaluated(months_between(pl.col("a"), pl.col("b")), a=start, b=end)
    whole = (end.year - start.year) * 12 + end.month - start.month
    assert found == whole - (end.day < start.day)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2026, 10, 15), date(2026, 11, 15), 1),
        (date(2026, 10, 16), date(2026, 11, 15), 0),
    ],
)
def test_months_at_the_ends_of_months(start, end, months):
    assert evaluated(months_between(pl.col("a"), pl.col("b")), a=start, b=end) == months
