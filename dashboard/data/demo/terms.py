"""Subscription terms: who ordered what from when to when, in layers of one kind each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.draws import deal, rank_within
from dashboard.data.demo.span import add_months, months_elapsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.data.demo.arrays import Days, Flags, Floats, Ints

PRODUCTS = (
    "Webex Calling",
    "Webex Meetings",
    "Webex Messaging",
    "Real-Time Translations",
    "Call on Webex",
    "Webex Field Radio",  # no product of the vendor's: an importer must not know it
)
ONE_YEAR, THREE_YEARS = 12, 36
YEARS_SHARES = (0.45, 0.55)
MOST_PER_CUSTOMER = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """One entry per subscription or trial; `products` has one column per product."""

    customer: Ints
    start: Days
    end: Days
    trial: Flags
    months: Ints
    count: Ints
    products: Flags
    scale: Floats
    added: Flags

    @property
    def size(self) -> int:
        """The number of subscriptions."""
        return self.customer.size

    def active(self, day: np.datetime64) -> Flags:
        """Tell which subscriptions run on the day."""
        running: Flags = (self.start <= day) & (day <= self.end)
        return running


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the customers of one layer order: products and the share of their seats."""

    customer: Ints
    start: Days
    products: Flags
    scale: Floats
    added: bool = False


def paid(
    rng: np.random.Generator, order: Order, as_of: np.datetime64, ended: Flags | None = None
) -> Terms:
    """Run each order for whole terms up to the one in force, or just not into it."""
    size = order.customer.size
    months = np.array([ONE_YEAR, THREE_YEARS])[deal(rng, size, YEARS_SHARES)]
    stopped = np.zeros(size, np.bool_) if ended is None else ended
    months[stopped] = ONE_YEAR
    elapsed = months_elapsed(order.start, as_of) // months
    count = np.maximum(elapsed + 1 - stopped, 1)
    return Terms(
        customer=order.customer,
        start=order.start,
        end=add_months(order.start, months * count) - np.timedelta64(1, "D"),
        trial=np.zeros(size, np.bool_),
        months=months,
        count=count,
        products=order.products,
        scale=order.scale,
        added=np.full(size, order.added),
    )


def tried(order: Order, end: Days) -> Terms:
    """Run each order as a trial until the given day."""
    size = order.customer.size
    return Terms(
        customer=order.customer,
        start=order.start,
        end=end,
        trial=np.ones(size, np.bool_),
        months=np.zeros(size, np.int64),
        count=np.ones(size, np.int64),
        products=order.products,
        scale=order.scale,
        added=np.full(size, order.added),
    )


def join(layers: Sequence[Terms]) -> Terms:
    """Join the layers by customer; of more than four for one customer the last are dropped."""
    whole = {
        field.name: np.concatenate([getattr(layer, field.name) for layer in layers])
        for field in fields(Terms)
    }
    kept = np.flatnonzero(rank_within(whole["customer"]) < MOST_PER_CUSTOMER)
    order = kept[np.lexsort((whole["start"][kept], whole["customer"][kept]))]
    return Terms(**{name: values[order] for name, values in whole.items()})


def only(size: int, *numbers: int) -> Flags:
    """Return product flags with the numbered products set for every row."""
    flags = np.zeros((size, len(PRODUCTS)), np.bool_)
    flags[:, numbers] = True
    return flags
