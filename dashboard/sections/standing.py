"""Standing: a customer's license assignment beside the quartiles of its peers (C-08, G-3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data.products import PRODUCTS
from dashboard.metrics.peers import LEVELS

if TYPE_CHECKING:
    from datetime import date

    from dashboard.sections.portfolio import Portfolio

PEER = (
    "peer_level", "peer_size", "peer_q1", "seat_band", "tenure_band", "customer_total",
    "customer_assigned",
)  # fmt: skip
_SHARE = pl.col("customer_assigned") / pl.col("customer_total")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a customer stands among its peers with one product.

    Without enough peers, level, size and quartiles are null, and without licenses the share.
    Of the peers only the quartiles are here, to be shown as whole percentages (TRUST T-24).
    `low_since` is the as-of date of the first of the weeks in a row that it has been called low,
    and `or_longer` tells that these are all the weeks we look back.
    """

    product: str  # a key of PRODUCTS
    is_low: bool
    share: float | None
    peer_level: str | None
    peer_size: int | None
    peer_q1: float | None
    peer_median: float | None
    peer_q3: float | None
    seat_band: int | None
    tenure_band: int | None
    customer_total: int | None
    customer_assigned: int | None
    low_since: date | None
    or_longer: bool


def standings(
    portfolio: Portfolio, region: str, customer_id: str, as_of: date
) -> tuple[Standing, ...]:
    """Return the customer's standing for each product it has active lines of."""
    rows = portfolio.snapshots(region, as_of)
    newest = portfolio.last_complete_week(as_of)
    if newest is None:
        return ()  # no export of licenses yet, only of logs or calls
    now = rows.filter(pl.col("week_ending") == newest)
    found = []
    for product, name in PRODUCTS.items():
        group = now.filter(pl.col("product") == name)
        own = group.filter(pl.col("customer_id") == customer_id)
        if own.height:
            weeks = rows.filter(
                (pl.col("customer_id") == customer_id) & (pl.col("product") == name)
            )
            found.append(_standing(product, own.row(0, named=True), group, weeks))
    return tuple(found)


def _standing(
    product: str, own: dict[str, Any], group: pl.DataFrame, weeks: pl.DataFrame
) -> Standing:
    median, upper = _quartiles(own, group)
    since, or_longer = _low_since(weeks) if own["is_low"] else (None, False)
    return Standing(
        product=product,
        is_low=own["is_low"],
        share=own["customer_assigned"] / own["customer_total"] if own["customer_total"] else None,
        peer_median=median,
        peer_q3=upper,
        low_since=since,
        or_longer=or_longer,
        **{name: own[name] for name in PEER},
    )


def _quartiles(own: dict[str, Any], group: pl.DataFrame) -> tuple[float | None, float | None]:
    """Return the median and the upper quartile of the group that gave the lower one."""
    if own["peer_level"] is None:
        return None, None
    same = [pl.col(key).cast(pl.String) == str(own[key]) for key in LEVELS[own["peer_level"]]]
    members = group.unique("customer_id").filter(pl.col("customer_total") > 0, *same)
    median, upper = (_SHARE.quantile(part, "linear").alias(str(part)) for part in (0.5, 0.75))
    return members.select(median, upper).row(0)


def _low_since(weeks: pl.DataFrame) -> tuple[date, bool]:
    """Return the first day of the run of weeks up to the newest in which it was low."""
    verdicts = weeks.group_by("week_ending").agg(
        low=pl.col("is_low").any(), as_of=pl.col("as_of").first()
    )
    newest_first = verdicts.sort("week_ending", descending=True).rows(named=True)
    run: list[dict[str, Any]] = []
    for verdict in newest_first:
        follows = not run or (run[-1]["as_of"] - verdict["as_of"]).days == 7  # noqa: PLR2004
        if not (verdict["low"] and follows):
            break
        run.append(verdict)
    return run[-1]["as_of"], len(run) == len(newest_first)
