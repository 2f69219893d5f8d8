"""The two sides of a leg: numbers, names, trunks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling import kinds
from dashboard.data.demo.calling.phone_numbers import COUNTRY
from dashboard.data.demo.calling.sites import draw_numbers

if TYPE_CHECKING:
    from dashboard.data.demo.calling.legs import Legs
    from dashboard.data.demo.calling.world import World

TRUNK, ROUTE_GROUP = "Premises Trunk 1", "Premises Routes"
CARRIER = {
    "PSTN legal entity": "Larkmere Voice Ltd",
    "PSTN vendor Org ID": "00000000-0000-4000-8000-00000000ca11",
    "PSTN vendor name": "Larkmere Voice",
    "PSTN provider ID": "00000000-0000-4000-8000-00000000f00d",
}
STRANGER = "WIRELESS CALLER"


def parties(rng: np.random.Generator, world: World, legs: Legs) -> dict[str, pl.Series]:
    """Return the columns that tell who called whom; calls within a customer by extension."""
    outgoing = kinds.DIRECTIONS.gather(legs.role) == kinds.ORIGINATING
    inner = (legs.kind == kinds.INTERNAL) & (legs.user >= 0)
    frame = pl.DataFrame(
        {
            **_own(world, legs),
            "outer": draw_numbers(rng, world.region[legs.customer])[_per_call(legs)],
            "abroad": draw_numbers(rng, (world.region[legs.customer] + 2) % 4)[_per_call(legs)],
            "foreign": legs.kind == kinds.INTERNATIONAL,
            "trunked": legs.kind == kinds.GATEWAYED,
            "out": outgoing,
            "in": inner,
            "country": COUNTRY.gather(world.region[legs.customer]),
            "away": COUNTRY.gather((world.region[legs.customer] + 2) % 4),
        }
    )
    partner = pl.col("extension").gather(pl.Series(legs.other))
    other = pl.when("in").then(partner).when("foreign").then("abroad").otherwise("outer")
    mine = pl.when("in").then("extension").otherwise("number")
    named = pl.when("in").then(pl.col("name").gather(pl.Series(legs.other)))
    return frame.with_columns(mine=mine, other=other, named=named).select(*_columns()).to_dict()


def _per_call(legs: Legs) -> pl.Series:
    """Point all legs of a call to the same place, so that they share the outer number."""
    return pl.Series(np.searchsorted(legs.call, legs.call))


def _own(world: World, legs: Legs) -> dict[str, pl.Series]:
    """Return number, extension and name of whose leg it is: a user, a queue or a feature."""
    user, has = pl.Series(np.maximum(legs.user, 0)), pl.Series(legs.user >= 0)
    frame = pl.DataFrame(
        {
            "user_number": world.users.number.gather(user),
            "user_extension": world.users.extension.gather(user),
            "user_name": world.users.name.gather(user),
            "site_number": world.sites.number.gather(legs.site),
            "feature": kinds.NAMES.gather(legs.role),
            "queue": pl.Series(np.where(legs.queue >= 0, legs.queue, world.queues.size)),
        }
    )
    queues = pl.concat([world.queues.name, pl.Series([None], dtype=pl.String)])
    named = pl.coalesce(queues.gather(frame["queue"]), "feature")
    return frame.select(
        number=pl.when(has).then("user_number").otherwise("site_number"),
        extension=pl.when(has).then("user_extension"),
        name=pl.when(has).then("user_name").otherwise(named),
    ).to_dict()


def _columns() -> list[pl.Expr]:
    """Return the columns by their names in the download."""
    out = pl.col("out")
    dialed = pl.when(out).then("other")
    outer = ~pl.col("in") & ~pl.col("trunked")
    name = pl.coalesce("named", pl.lit(STRANGER))
    return [
        pl.when(out).then("mine").otherwise("other").alias("Calling number"),
        pl.when(out).then("other").otherwise("mine").alias("Called number"),
        pl.when(out).then("name").otherwise(name).alias("Calling line ID"),
        pl.when(out).then("named").otherwise("name").alias("Called line ID"),
        pl.col("name").alias("User"),
        pl.col("number").alias("User number"),
        dialed.str.replace("+", "00", literal=True).alias("Dialed digits"),
        pl.when("trunked").then(pl.lit(TRUNK)).alias("Outbound trunk"),
        pl.when("trunked").then(pl.lit(ROUTE_GROUP)).alias("Route group"),
        pl.when("foreign").then("away").when(outer).then("country").alias("International Country"),
        pl.when(out).then("number").alias("Caller ID number"),
        pl.when(out & outer).then("number").alias("External caller ID number"),
        *(pl.when(outer).then(pl.lit(text)).alias(column) for column, text in CARRIER.items()),
    ]
