"""The usage report of one week: a row per customer and location."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Ints
    from dashboard.data.demo.calling.world import World
    from dashboard.data.demo.files import Row

MEASURES = {
    "Total Calls": "calls",
    "Total Call Legs": "legs",
    "Overall Poor Quality Call Legs": "poor",
    "Call Minutes": "seconds",
    "Call Minutes - Video": "video_seconds",
    "Call Legs - Audio": "audio",
    "Call Legs - Video": "video",
    "Call Legs - Desk Phone": "desk",
    "Call Legs - Room Device": "room",
    "Call Legs - Other Devices": "other",
    "Calls - Hunt Group Calls": "hunted",
    "Calls - Auto Attendant Calls": "attended",
    "Call Queue - Total Calls": "queued",
    "Call Queue - Timed Out Calls": "timed_out",
    "Call Queue - Overflowed Calls": "overflowed",
    "Call Queue - Transferred Calls": "transferred",
    "Call Queue - Abandoned Calls": "abandoned",
}
HEADER: Row = ("Customer Name", "Organization ID", "Location", *MEASURES)


def usage_rows(world: World, sums: dict[str, Ints], region: int) -> pl.DataFrame:
    """Lay out the sites of a region at which anything happened."""
    customer = world.sites.customer
    rows = pl.DataFrame(
        {
            "Customer Name": world.names.gather(customer),
            "Organization ID": world.organizations.gather(customer),
            "Location": world.sites.name,
            **{column: sums[name] for column, name in MEASURES.items()},
        }
    )
    here = pl.Series(world.region[customer] == region) & pl.Series(
        (sums["legs"] > 0) | (sums["queued"] > 0)
    )
    minutes = pl.col("Call Minutes", "Call Minutes - Video")
    return rows.filter(here).with_columns((minutes / 60).round(1))
