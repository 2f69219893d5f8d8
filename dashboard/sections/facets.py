"""Facets: how many customers have each value that the customer list can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.regions import in_order
from dashboard.metrics.statuses import FLAGS, STATUSES, SUBSCRIPTION, TRIAL

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = {"Subscription": SUBSCRIPTION.name, "Trial": TRIAL.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Counts by value: known ones in our order, others behind them by their letters.

    `statuses` has every known status, and behind them texts of the exports unknown to us.
    """

    statuses: Mapping[str, int]
    flags: Mapping[str, int]
    products: Mapping[str, int]
    regions: Mapping[str, int]
    managed: Mapping[str, int]
    vendors: Mapping[str, int]
    subscription_types: Mapping[str, int]


def count_facets(customers: pl.DataFrame) -> Facets:
    """Count the customers of a book's frame; one that has several values counts for each."""
    set_ = customers.select(pl.col(*STATUSES, *FLAGS).sum()).row(0, named=True)
    regions = _counts(customers["region"])
    return Facets(
        statuses={n: set_[n] for n in STATUSES} | _counts(customers["other_statuses"].explode()),
        flags={name: set_[name] for name in FLAGS},
        products=_counts(customers["products"].explode()),
        regions={region: regions[region] for region in in_order(regions)},
        managed=_counts(customers["relationship"]),
        vendors=_counts(customers["vendor"]),
        subscription_types={kind: set_[status] for kind, status in TYPES.items()},
    )


def _counts(values: pl.Series) -> dict[str, int]:
    counts = values.drop_nulls().value_counts(name="customers")
    return dict(counts.sort(values.name).iter_rows())
