"""Phone numbers that ring nowhere: ranges reserved for fiction, or never assigned."""

from __future__ import annotations

from functools import cache

import polars as pl

# Per region of REGIONS: prefix and how many digits follow it.
RANGES = (
    tuple((f"+1{area}55501", 2) for area in (202, 312, 415, 617, 713)),
    tuple((f"+1{area}55501", 2) for area in (416, 514, 604, 613)),
    (("+442079460", 3), ("+493023125", 3), ("+38044000", 4), ("+3319900", 4)),
    (("+9714000", 4),),
)
COUNTRY = pl.Series(["US", "CA", "GB", "AE"])


def number_pools() -> tuple[pl.Series, ...]:
    """Return the numbers of every region."""
    return tuple(
        pl.Series(
            [
                f"{prefix}{number:0{digits}d}"
                for prefix, digits in ranges
                for number in range(10**digits)
            ]
        )
        for ranges in RANGES
    )


@cache
def pooled() -> tuple[pl.Series, list[int], list[int]]:
    """Return the pools of all regions end to end, with each region's first place and size."""
    pools = number_pools()
    sizes = [pool.len() for pool in pools]
    firsts = [sum(sizes[:at]) for at in range(len(sizes))]
    return pl.concat(pools), firsts, sizes
