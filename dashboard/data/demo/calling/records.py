"""Call records: every leg as a row with the columns of the vendor's download."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import polars.selectors as cs

from dashboard.data.demo.calling import endpoints, kinds, users
from dashboard.data.demo.calling.parties import parties
from dashboard.data.demo.calling.queues import KINDS as QUEUE_TYPES
from dashboard.data.demo.calling.record_headers import OF_2026
from dashboard.data.demo.identifiers import hex_ids, random_ids

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Flags, Ints
    from dashboard.data.demo.calling.legs import Legs
    from dashboard.data.demo.calling.weeks import Week
    from dashboard.data.demo.calling.world import World

Columns = dict[str, pl.Series]

SILENT_SHARE = 0.3  # of the unanswered legs: no duration instead of 0
STRANGE_SHARE = 0.002
OUTCOMES = pl.Series(["Success", "Success", "Refusal", "Refusal", "Failure"])
OUTCOME_REASONS = pl.Series(["Normal", "NoAnswer", "UserBusy", "CallRejected", "Internal"])
# These columns spell out what they do not know.
UNKNOWN = {"OS type": "na", "Sub client type": "na", "Inbound trunk": "NA", "Recall Type": "na"}


def call_ids(legs: Legs) -> pl.Series:
    """Return the identifier of every leg that call records share with media quality."""
    host = pl.Series(1 + legs.number % 250).cast(pl.String)
    number = pl.Series(legs.number).cast(pl.String)
    return "SSE" + pl.Series(legs.start).cast(pl.String) + number + "@192.0.2." + host


def moments(milliseconds: Ints, known: Flags | None = None) -> pl.Series:
    """Turn milliseconds into moments, null where not known."""
    series = pl.Series(milliseconds).cast(pl.Datetime("ms"))
    return series if known is None else masked(series, known)


def masked(series: pl.Series, known: Flags) -> pl.Series:
    """Keep the known values only."""
    return series.to_frame("value").select(pl.when(pl.Series(known)).then("value")).to_series()


def record_rows(rng: np.random.Generator, world: World, week: Week, legs: Legs) -> pl.DataFrame:
    """Lay out the legs with typed times, in the columns of 2026."""
    columns = (
        _times(rng, legs)
        | _identifiers(rng, world, legs)
        | parties(rng, world, legs)
        | _equipment(rng, world, week, legs)
        | _course(rng, world, legs)
    )
    nothing = pl.repeat(None, legs.size, dtype=pl.String, eager=True)
    return pl.DataFrame({name: columns.get(name, nothing) for name in OF_2026})


def spelled(rows: pl.DataFrame) -> pl.DataFrame:
    """Spell the times as the vendor does, and what some columns do not know."""
    return rows.with_columns(
        cs.temporal().dt.to_string("%Y-%m-%dT%H:%M:%S%.3fZ"),
        *(pl.col(name).fill_null(word) for name, word in UNKNOWN.items() if name in rows.columns),
    )


def _times(rng: np.random.Generator, legs: Legs) -> Columns:
    """Return when a leg began, was answered, ended and was reported; how long it took."""
    answer = legs.start + legs.ring * 1000 + rng.integers(0, 1000, legs.size)
    release = answer + legs.duration * 1000
    silent = ~legs.answered & (rng.random(legs.size) < SILENT_SHARE)
    return {
        "Start time": moments(legs.start),
        "Answer time": moments(answer, legs.answered),
        "Duration": masked(pl.Series(legs.duration), ~silent),
        "Ring duration": pl.Series(legs.ring),
        "Release time": moments(release),
        "Report time": moments(release + rng.integers(4_000, 400_000, legs.size)),
    }


def _identifiers(rng: np.random.Generator, world: World, legs: Legs) -> Columns:
    """Return the identifiers of leg, call, sessions, user, site and organization."""
    calls = random_ids(rng, int(legs.call[-1]) + 1 if legs.size else 0)
    session = hex_ids(rng, legs.size, 32)
    paired = legs.other != np.arange(legs.size)
    other = masked(session.gather(legs.other), paired)
    user = masked(world.users.ids.gather(np.maximum(legs.user, 0)), legs.user >= 0)
    local = pl.Series(legs.number).cast(pl.String) + ":0"
    return {
        "Correlation ID": calls.gather(legs.call),
        "Call ID": call_ids(legs),
        "Local SessionID": session,
        "Remote SessionID": other,
        "Final local sessionID": session,
        "Final remote sessionID": other,
        "User UUID": user,
        "Device owner UUID": user,
        "Org UUID": world.organizations.gather(legs.customer),
        "Report ID": random_ids(rng, legs.size),
        "Site UUID": world.sites.ids.gather(legs.site),
        "Local call ID": local,
        "Remote call ID": masked(local.gather(legs.other), paired),
    }


def _equipment(rng: np.random.Generator, world: World, week: Week, legs: Legs) -> Columns:
    """Return what a user called with; a feature calls with nothing, some legs with oddities."""
    has = legs.endpoint >= 0
    at = np.maximum(legs.endpoint, 0)
    user = np.maximum(legs.user, 0)
    new = (at == endpoints.INCIDENT) & (legs.start >= week.incident)
    versions = pl.concat([endpoints.VERSIONS, pl.Series([endpoints.NEW_ROOM_VERSION])])
    return {
        "Client type": masked(endpoints.CLIENTS.gather(at), has).fill_null("SIP"),
        "Client version": masked(versions.gather(np.where(new, versions.len() - 1, at)), has),
        "OS type": masked(endpoints.SYSTEMS.gather(at), has),
        "Model": masked(endpoints.MODELS.gather(at), has),
        "Device Mac": masked(world.users.mac.gather(user), has & (endpoints.WIRED[at])),
        "User type": _user_types(rng, world, legs),
    }


def _user_types(rng: np.random.Generator, world: World, legs: Legs) -> pl.Series:
    """Return what kind of user has the leg; of a few that make no call nobody knows."""
    strange = ~kinds.MADE[legs.role] & (rng.random(legs.size) < STRANGE_SHARE)
    queue_types = pl.concat([QUEUE_TYPES.gather(world.queues.kind), pl.Series(["Unknown"])])
    types = pl.DataFrame(
        {
            "role": kinds.TYPES.gather(legs.role),
            "user": users.TYPES.gather(world.users.type[np.maximum(legs.user, 0)]),
            "queue": queue_types.gather(np.where(legs.queue >= 0, legs.queue, world.queues.size)),
            "strange": strange,
            "used": legs.user >= 0,
            "queued": legs.queue >= 0,
        }
    )
    return types.select(
        pl.when("strange")
        .then(pl.lit("Unknown"))
        .when("used")
        .then("user")
        .when("queued")
        .then("queue")
        .otherwise("role")
    ).to_series()


def _course(rng: np.random.Generator, world: World, legs: Legs) -> Columns:
    """Return the direction, type, reasons and end of each leg."""
    answered = pl.Series(legs.answered)
    end = np.where(legs.answered, 0, rng.choice(5, legs.size, p=(0, 0.7, 0.18, 0.08, 0.04)))
    reason = kinds.REASONS.gather(legs.role)
    words = pl.Series(["false", "true"]).gather(answered.cast(pl.Int64))
    queued = legs.role == kinds.QUEUES
    word = pl.repeat("Call Queue", legs.size, eager=True)
    return {
        "Direction": kinds.DIRECTIONS.gather(legs.role),
        "Call type": kinds.CALL_TYPES.gather(legs.kind),
        "Answered": words,
        "Answer Indicator": pl.Series(["No", "Yes"]).gather(answered.cast(pl.Int64)),
        "Original reason": reason,
        "Related reason": reason,
        "Redirect reason": reason,
        "Call outcome": OUTCOMES.gather(end),
        "Call outcome reason": OUTCOME_REASONS.gather(end),
        "Releasing party": pl.Series(["Local", "Remote", "Unknown"]).gather(
            rng.integers(0, 3, legs.size)
        ),
        "Queue Type": masked(word, queued),
        "Location": world.sites.name.gather(legs.site),
        "Site timezone": pl.Series(world.sites.zone[legs.site]),
        "Site main number": world.sites.number.gather(legs.site),
    }
