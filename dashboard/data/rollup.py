"""The rollup: weekly facts from call legs, leg quality and queue statistics (DATA §5).

Written once against Narwhals' lazy frames, so that Polars and Spark run the same rules: rows
go in deduplicated and with their region, one row per key of the fact comes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from dashboard.data import call_datasets, endpoints
from dashboard.data.arrivals import CALL, one_per
from dashboard.data.features import FEATURES
from dashboard.data.quality import QualityRule
from dashboard.data.weeks import portable_week_ending

if TYPE_CHECKING:
    from dashboard.data.arrivals import Frame

CALLERS = ("User", "Place", "VirtualLine")  # user types whose ORIGINATING legs are calls
VOLUME_BANDS = {"1_4": 1, "5_19": 5, "20_49": 20, "50_plus": 50}  # least calls a week
DEFAULT_QUALITY = QualityRule()

_COUNT = nw.len().cast(nw.Int64)
_WEEK = portable_week_ending(nw.col("start_time"))
_SECONDS = 60  # of a minute


def first_legs(legs: Frame) -> Frame:
    """Return the leg each call is counted by: its earliest, of equal ones by report ID."""
    made = (nw.col("direction") == "ORIGINATING") & nw.col("user_type").is_in(CALLERS)
    return one_per(legs.filter(made), CALL, keep="first", order=("start_time", "report_id"))


def call_facts(legs: Frame) -> Frame:
    """Count calls where and when they began, and legs where and when they were.

    Client types and models become endpoint types once there are few rows left. Video is null
    where no leg says whether it had any: an export's silence is not a zero.
    """
    place = ("region", "customer_id", "location", "week_ending", "client_type", "model")
    seconds = nw.col("duration").fill_null(0)
    video = nw.col("is_video").cast(nw.Int64)
    of_legs = (
        legs.with_columns(seconds=seconds, week_ending=_WEEK, video=video)
        .with_columns(video_seconds=nw.col("video") * nw.col("seconds"))
        .group_by(*place)
        .agg(
            nw.col("seconds", "video_seconds").sum(),
            nw.col("video").sum().alias("video_legs"),
            nw.col("video").count().cast(nw.Int64).alias("told"),
            _COUNT.alias("legs"),
        )
    )
    of_calls = (
        first_legs(legs)
        .with_columns(week_ending=_WEEK)
        .group_by(*place)
        .agg(_COUNT.alias("calls"))
    )
    counted = nw.concat([of_legs, of_calls], how="diagonal")
    return _call_measures(counted.with_columns(endpoint_type=endpoints.of_leg()))


def _call_measures(counted: Frame) -> Frame:
    told = nw.col("told") > 0
    return (
        _summed(
            counted,
            call_datasets.CALL_FACTS.key,
            ("calls", "legs", "told", "seconds", "video_legs", "video_seconds"),
        )
        .with_columns(
            audio_legs=nw.col("legs"),
            video_legs=nw.when(told).then(nw.col("video_legs")),
            minutes=nw.col("seconds") / _SECONDS,
            video_minutes=nw.when(told).then(nw.col("video_seconds") / _SECONDS),
        )
        .select(call_datasets.CALL_FACTS.schema.column_names())
    )


def quality_facts(leg_quality: Frame, rule: QualityRule = DEFAULT_QUALITY) -> Frame:
    """Count the legs the vendor reports on, those it measured, and the poor ones."""
    judged = leg_quality.with_columns(
        week_ending=_WEEK,
        endpoint_type=endpoints.of_quality(),
        legs=nw.lit(1, nw.Int64),
        measured_legs=rule.is_measured.cast(nw.Int64),
        poor_legs=rule.is_poor.cast(nw.Int64),
    )
    return _summed(
        judged, call_datasets.QUALITY_FACTS.key, ("legs", "measured_legs", "poor_legs")
    ).select(call_datasets.QUALITY_FACTS.schema.column_names())


def user_facts(legs: Frame) -> Frame:
    """Count those who made calls, by how many; a call was made by the user of its first leg."""
    calls = nw.col("calls")
    name, *names = VOLUME_BANDS
    band = nw.lit(name)
    for name in names:
        band = nw.when(calls >= VOLUME_BANDS[name]).then(nw.lit(name)).otherwise(band)
    return (
        first_legs(legs)
        .filter(~nw.col("user_uuid").is_null())
        .with_columns(week_ending=_WEEK)
        .group_by("region", "customer_id", "week_ending", "user_uuid")
        .agg(_COUNT.alias("calls"))
        .with_columns(volume_band=band)
        .group_by(*call_datasets.USER_FACTS.key)
        .agg(_COUNT.alias("users"))
    )


def feature_facts(legs: Frame) -> Frame:
    """Count the calls that used each feature, in the week of the earliest leg that shows it.

    Incoming calls count too, although nobody here made them: hunt groups live on those.
    """
    names = list(FEATURES)
    shown = legs.select(
        "region",
        *CALL,
        "start_time",
        **{name: shows.fill_null(value=False) for name, shows in FEATURES.items()},
    ).filter(nw.any_horizontal(*names, ignore_nulls=False))
    used = [
        shown.filter(nw.col(name)).select("region", *CALL, "start_time", feature=nw.lit(name))
        for name in names
    ]
    return (
        nw.concat(used)
        .group_by("region", *CALL, "feature")
        .agg(nw.col("start_time").min())
        .with_columns(week_ending=_WEEK)
        .group_by(*call_datasets.FEATURE_FACTS.key)
        .agg(_COUNT.alias("calls"))
    )


def queue_facts(queue_stats: Frame) -> Frame:
    """Add up queue statistics by the week of their last day."""
    fact = call_datasets.QUEUE_FACTS
    columns = fact.schema.column_names()
    measures = tuple(name for name in columns if name not in fact.key)
    weekly = queue_stats.with_columns(
        nw.col(*measures).fill_null(0), week_ending=portable_week_ending(nw.col("end_date"))
    )
    return _summed(weekly, fact.key, measures).select(columns)


def _summed(rows: Frame, key: tuple[str, ...], measures: tuple[str, ...]) -> Frame:
    return rows.group_by(*key).agg(nw.col(*measures).sum())
