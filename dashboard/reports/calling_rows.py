"""The rows of calling usage: as Webex counted them where it did, else from the weekly facts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.call_datasets import (
    CALL_FACTS,
    CALLING_USAGE,
    FEATURE_FACTS,
    QUALITY_FACTS,
    QUEUE_FACTS,
)
from dashboard.data.datasets import CUSTOMERS, LICENSES
from dashboard.data.endpoints import DESK_PHONE, OTHER_DEVICE, ROOM_DEVICE
from dashboard.data.products import CALLING, PRODUCTS, is_ordered
from dashboard.errors import UnknownNameError

if TYPE_CHECKING:
    from dashboard.data.datasets import Dataset
    from dashboard.reports.template import Part, Period

PLACE = ["customer_id", "location"]
DAY, BEFORE_END = timedelta(days=1), timedelta(days=6)
FROM_CALLS = ("calls", "legs", "minutes", "video_minutes", "audio_legs", "video_legs")
ENDPOINTS = {
    "desk_phone_legs": DESK_PHONE,
    "room_device_legs": ROOM_DEVICE,
    "other_device_legs": OTHER_DEVICE,
}
FEATURES = {"hunt_group_calls": "hunt_group", "auto_attendant_calls": "auto_attendant"}
QUEUES = {
    "queue_calls": "calls",
    "queue_timed_out": "timed_out",
    "queue_overflowed": "overflowed",
    "queue_transferred": "transferred",
    "queue_abandoned": "abandoned",
}
MEASURES = (*FROM_CALLS, "poor_legs", *ENDPOINTS, *FEATURES, *QUEUES)
DECIMALS = 6  # of minutes: sums of seconds, without the dust of floating point


def rows(part: Part) -> pl.LazyFrame:
    """Return one row per customer and location with anything in the period."""
    if part.period is None:
        msg = "This report needs a period: name its first and last day."
        raise UnknownNameError(msg)
    names = part.of(part.store.scan(CUSTOMERS, part.region)).select("customer_id", "customer")
    delivered = _delivered(part, part.period).with_columns(counted_by=pl.lit("Webex"))
    computed = (
        _computed(part, part.period)
        .join(delivered, on="customer_id", how="anti")
        .with_columns(counted_by=pl.lit("Partnerlens"))
    )
    columns = (*PLACE, *MEASURES, "counted_by")
    both = pl.concat([delivered.select(columns), computed.select(columns)], how="vertical_relaxed")
    minutes = pl.col("minutes", "video_minutes").round(DECIMALS)
    found = both.join(names, on="customer_id").with_columns(minutes)
    return found.sort("customer", *PLACE, nulls_last=True)


def _sum(name: str) -> pl.Expr:
    """Add up a column; of nothing known nothing is known."""
    return pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name)


def _delivered(part: Part, period: Period) -> pl.LazyFrame:
    """Return what Webex counted for the period: in one report, or in several without a gap."""
    start, end = pl.col("start_date"), pl.col("end_date")
    usage = part.of(part.store.scan(CALLING_USAGE, part.region))
    within = usage.filter(start >= period.start, end <= period.end)
    exact = within.filter(start == period.start, end == period.end)
    before = end.shift(1).over(PLACE, order_by="start_date")
    follows = (start == before + DAY).fill_null(value=True)
    chained = within.join(exact, on=PLACE, how="anti", nulls_equal=True).filter(
        (start.min().over(PLACE) == period.start)
        & (end.max().over(PLACE) == period.end)
        & follows.all().over(PLACE)
    )
    return pl.concat([exact, chained]).group_by(PLACE).agg(map(_sum, MEASURES))


def _computed(part: Part, period: Period) -> pl.LazyFrame:
    """Return what the facts say of the whole weeks in the period, for customers of Calling."""
    calls = (
        _facts(part, period, CALL_FACTS)
        .group_by(PLACE)
        .agg(
            *map(_sum, FROM_CALLS),
            *(
                pl.col("legs").filter(pl.col("endpoint_type") == kind).sum().alias(name)
                for name, kind in ENDPOINTS.items()
            ),
        )
    )
    quality = _facts(part, period, QUALITY_FACTS).group_by(PLACE).agg(_sum("poor_legs"))
    queues = (
        _facts(part, period, QUEUE_FACTS)
        .group_by(PLACE)
        .agg(pl.col(given).sum().alias(name) for name, given in QUEUES.items())
    )
    places = _beside(_beside(calls, quality), queues)
    used = _features(part, period)
    found = _beside(places, _homes(used, places)).join(
        _customers(part), on="customer_id", how="semi"
    )
    known = {
        CALL_FACTS: (*FROM_CALLS[:3], "audio_legs", *ENDPOINTS),
        QUALITY_FACTS: ("poor_legs",),
    }
    known |= {QUEUE_FACTS: tuple(QUEUES)}
    zeros = [n for of, names in known.items() if _present(part, period, of) for n in names]
    somewhere = pl.col("location").is_not_null() | pl.col("legs").is_not_null()
    return _without_features(found, used).with_columns(
        pl.when(somewhere).then(pl.col(n).fill_null(0)).otherwise(n).alias(n) for n in zeros
    )


def _facts(part: Part, period: Period, dataset: Dataset) -> pl.LazyFrame:
    week = pl.col("week_ending")
    first = period.start + BEFORE_END
    return part.of(part.store.scan(dataset, part.region)).filter(
        week.is_between(first, period.end)
    )


def _present(part: Part, period: Period, dataset: Dataset) -> bool:
    """Tell whether anybody's facts of the period are there, so that none means zero."""
    weeks = part.store.release.present.get(dataset.name, ())
    return any(period.start + BEFORE_END <= week <= period.end for week in weeks)


def _beside(left: pl.LazyFrame, right: pl.LazyFrame) -> pl.LazyFrame:
    return left.join(right, on=PLACE, how="full", coalesce=True, nulls_equal=True)


def _features(part: Part, period: Period) -> pl.LazyFrame:
    """Return the calls of every customer that used a feature, as `used_…`."""
    facts = _facts(part, period, FEATURE_FACTS).group_by("customer_id")
    return facts.agg(
        pl.col("calls").filter(pl.col("feature") == feature).sum().alias(f"used_{name}")
        for name, feature in FEATURES.items()
    )


def _homes(used: pl.LazyFrame, places: pl.LazyFrame) -> pl.LazyFrame:
    """Return where each customer's feature calls stand: its only location, or none."""
    only = pl.when(pl.len() == 1).then(pl.col("location").first())
    homes = places.group_by("customer_id").agg(location=only)
    some = used.filter(pl.any_horizontal(pl.col(f"used_{name}") > 0 for name in FEATURES))
    named = {f"used_{name}": name for name in FEATURES}
    return some.join(homes, on="customer_id", how="left").rename(named).select(*PLACE, *FEATURES)


def _without_features(found: pl.LazyFrame, used: pl.LazyFrame) -> pl.LazyFrame:
    """Say zero at every location of customers with call records and no call to a feature."""
    unused = ((pl.col(f"used_{n}") == 0) & pl.col("legs").is_not_null() for n in FEATURES)
    return found.join(used, on="customer_id", how="left").with_columns(
        pl.when(none).then(0).otherwise(n).alias(n)
        for n, none in zip(FEATURES, unused, strict=True)
    )


def _customers(part: Part) -> pl.LazyFrame:
    """Return who bought Webex Calling, as the customer list or a license row says (W-145)."""
    licensed = (
        part.store.scan(LICENSES, part.region)
        .filter(pl.col("product") == PRODUCTS[CALLING])
        .select("customer_id")
        .unique()
    )
    listed = part.store.scan(CUSTOMERS, part.region).filter(is_ordered(CALLING))
    return pl.concat([listed.select("customer_id"), licensed]).unique()
