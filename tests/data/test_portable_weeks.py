"""The week of a moment is the same for Narwhals as for Polars."""

from datetime import datetime, timedelta

import narwhals as nw
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from dashboard.data.weeks import portable_week_ending, week_ending

MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2040, 12, 31))  # noqa: DTZ001 - UTC
SUNDAY = datetime(2026, 11, 15)  # noqa: DTZ001


def both(moments, kind):
    frame = pl.DataFrame({"moment": pl.Series(moments, dtype=kind)})
    portable = nw.from_native(frame.lazy()).select(portable_week_ending(nw.col("moment")))
    return (
        frame.select(week_ending(pl.col("moment")))["moment"].to_list(),
        portable.to_native().collect()["moment"].to_list(),
    )


@given(st.lists(MOMENTS, min_size=1, max_size=200))
def test_narwhals_and_polars_agree(moments):
    for kind in (pl.Datetime("us"), pl.Date):
        ours, portable = both(moments, kind)
        assert ours == portable


def test_a_week_ends_with_the_last_instant_of_saturday():
    instant = timedelta(microseconds=1)
    _, portable = both([SUNDAY - instant, SUNDAY, SUNDAY + instant, None], pl.Datetime("us"))
    assert [day and day.day for day in portable] == [14, 21, 21, None]
