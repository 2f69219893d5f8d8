"""Media quality: what was measured on every leg that a user's equipment took part in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling import endpoints
from dashboard.data.demo.calling.records import call_ids, masked, moments
from dashboard.data.demo.calling.sites import MAIN
from dashboard.data.demo.calling.stories import EU

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Flags, Floats, Ints
    from dashboard.data.demo.calling.legs import Legs
    from dashboard.data.demo.calling.weeks import Week
    from dashboard.data.demo.calling.world import World
    from dashboard.data.demo.files import Row

HEADER: Row = (
    *("Start Time", "Call ID", "Organization ID", "Location", "Endpoint Type"),
    *("Audio Jitter (ms)", "Audio Latency (ms)", "Audio Packet Loss (%)"),
    *("Video Jitter (ms)", "Video Latency (ms)", "Video Packet Loss (%)", "Duration(s)"),
)
MEASURES = HEADER[5:11]
STREAMS = 2  # audio, video: three measures each
LIMITS = np.tile([150.0, 400.0, 5.0], STREAMS)
USUAL = np.tile([14.0, 70.0, 0.25], STREAMS)
USUAL_AT_MOST = np.tile([120.0, 340.0, 3.9], STREAMS)
LOST_SHARE = 0.02  # of the answered legs: no measurement at all
GAP_SHARE = 0.03  # of the good ones: no audio latency
EVERYTHING_SHARE = 0.1  # of the poor ones: all measures are
ON_LIMIT_SHARE = 0.002  # exactly there, which is good


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """One row per leg and one column per measure; NaN is not measured."""

    measures: Floats
    video: Flags
    poor: Flags


def draw_quality(rng: np.random.Generator, world: World, week: Week, legs: Legs) -> Quality:
    """Measure the answered legs of users; a poor one exceeds one limit, some exceed all."""
    at = np.maximum(legs.endpoint, 0)
    measured = legs.answered & (legs.user >= 0) & (rng.random(legs.size) >= LOST_SHARE)
    video = legs.answered & (legs.user >= 0) & (rng.random(legs.size) < endpoints.VIDEO[at])
    share = np.where(_in_trouble(world, week, legs), endpoints.INCIDENT_POOR, endpoints.POOR[at])
    poor = measured & (rng.random(legs.size) < share)
    measures = np.minimum(rng.gamma(3, USUAL / 3, (legs.size, USUAL.size)), USUAL_AT_MOST)
    _exceed(rng, measures, np.flatnonzero(poor), video)
    good = measured & ~poor
    measures[good & (rng.random(legs.size) < ON_LIMIT_SHARE)] = LIMITS
    measures[good & (rng.random(legs.size) < GAP_SHARE), 1] = np.nan
    measures[~video, 3:] = np.nan
    measures[~measured] = np.nan
    return Quality(measures=measures, video=video, poor=poor)


def quality_rows(world: World, legs: Legs, quality: Quality) -> pl.DataFrame:
    """Lay out the legs of users in the columns of the export."""
    digits = (1, 1, 2) * STREAMS
    rows = pl.DataFrame(
        {
            "Start Time": moments(legs.start).dt.to_string("%Y-%m-%d %H:%M:%S"),
            "Call ID": call_ids(legs),
            "Organization ID": world.organizations.gather(legs.customer),
            "Location": world.sites.name.gather(legs.site),
            "Endpoint Type": endpoints.KINDS.gather(np.maximum(legs.endpoint, 0)),
            **{
                name: masked(pl.Series(values).round(places), ~np.isnan(values))
                for name, values, places in zip(
                    MEASURES, quality.measures.T.copy(), digits, strict=True
                )
            },
            "Duration(s)": legs.duration,
        }
    )
    return rows.filter(pl.Series(legs.user >= 0))


def bad_rows(world: World, week: Week) -> list[Row]:
    """Return rows with less than no duration, a jitter beyond all measure, a local date."""
    customer = world.users.customer[:1].tolist()
    organization = world.organizations[customer[0]] if customer else ""
    day = np.datetime64(week.start, "ms").astype("M8[D]")
    rest = (organization, MAIN, endpoints.DESK)
    quiet = ("40.0", "0.10", "", "", "")
    return [
        (f"{day} 10:00:00", "SSE1@192.0.2.1", *rest, "9.0", *quiet, "-12"),
        (f"{day} 10:00:01", "SSE2@192.0.2.1", *rest, "inf", *quiet, "60"),
        ("11/09/2026 10:00", "SSE3@192.0.2.1", *rest, "9.0", *quiet, "60"),
    ]


def _in_trouble(world: World, week: Week, legs: Legs) -> Flags:
    """Tell which legs run on the model in trouble, in its region, since it began."""
    trouble: Flags = (legs.endpoint == endpoints.INCIDENT) & (legs.start >= week.incident)
    return trouble & (world.region[legs.customer] == EU)


def _exceed(rng: np.random.Generator, measures: Floats, poor: Ints, video: Flags) -> None:
    """Lift one measure of each poor leg over its limit; of some, every one."""
    beyond = LIMITS * rng.uniform(1.02, 2.6, (poor.size, LIMITS.size))
    which = rng.integers(0, np.where(video[poor], 6, 3))
    lifted = np.arange(LIMITS.size) == which[:, None]
    lifted[rng.random(poor.size) < EVERYTHING_SHARE] = True
    measures[poor] = np.where(lifted, beyond, measures[poor])
