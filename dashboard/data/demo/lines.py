"""The license lines: one subscription and one product each, with how it is taken up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.draws import pick

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Days, Flags, Floats, Ints
    from dashboard.data.demo.customers import Customers
    from dashboard.data.demo.terms import Terms

JUDGED = 2  # Webex Calling, Webex Meetings: the products of the toggle come first
# Of the customer's seats: Calling, Meetings, Messaging, translations, Call on Webex, other.
PRODUCT_SCALE = np.array([1.0, 1.0, 1.1, 0.15, 0.1, 0.08])
# A floor above zero keeps the ordinary portfolio close to its lower quartile, so that rule
# G-3 finds the customers that are low on purpose and few others.
FLOOR, SPREAD = 0.74, 0.22


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """One entry per line; `steps` are the days of its add-on orders, NaT without one."""

    subscription: Ints
    customer: Ints
    product: Ints
    start: Days
    end: Days
    seats: Ints
    hollow: Flags
    target: Floats
    usage: Floats
    fading: Flags
    steps: Days
    step_shares: Floats
    period: Floats
    phase: Floats
    spike: Floats

    @property
    def size(self) -> int:
        """The number of lines."""
        return self.subscription.size


def draw_lines(
    rng: np.random.Generator, customers: Customers, terms: Terms, as_of: np.datetime64
) -> Lines:
    """Draw the lines of all subscriptions, ordered by customer."""
    subscription, product = np.nonzero(terms.products)
    customer = terms.customer[subscription]
    size = subscription.size
    judged = product < JUDGED
    running = judged & terms.active(as_of)[subscription]
    seats = _draw_seats(rng, customers, terms, subscription, product)
    small_add_on = running & terms.added[subscription] & (seats <= 25)
    steps, step_shares = _draw_steps(rng, terms, subscription, as_of)
    return Lines(
        subscription=subscription,
        customer=customer,
        product=product,
        start=terms.start[subscription],
        end=terms.end[subscription],
        seats=seats,
        hollow=pick(rng, small_add_on, 0.06, least=3),
        target=_draw_targets(rng, customers.low[customer] & judged, running),
        usage=_draw_usage(rng, running),
        fading=pick(rng, running, 0.07),
        steps=steps,
        step_shares=step_shares,
        period=rng.uniform(22, 60, size),
        phase=rng.uniform(0, 2 * np.pi, size),
        spike=rng.uniform(1.03, 1.16, size),
    )


def _draw_seats(
    rng: np.random.Generator, customers: Customers, terms: Terms, subscription: Ints, product: Ints
) -> Ints:
    """Size each line by its customer, its product and its subscription's share."""
    customer = terms.customer[subscription]
    uneven = np.where(customers.low[customer], 1.0, rng.uniform(0.86, 1.16, product.size))
    factor = np.where(product == 0, 1.0, PRODUCT_SCALE[product] * uneven)
    seats = customers.seats[customer] * factor * terms.scale[subscription]
    return np.maximum(np.rint(seats), 1).astype(np.int64)


def _draw_targets(rng: np.random.Generator, low: Flags, running: Flags) -> Floats:
    """Draw the share of licenses each line assigns in the end: usual, low or too many."""
    target = FLOOR + SPREAD * rng.beta(1.4, 1.9, low.size)
    over = pick(rng, running & ~low, 0.045, least=4)
    target[over] = rng.uniform(1.03, 1.24, int(over.sum()))
    target[low] = rng.uniform(0.24, 0.54, int(low.sum()))
    return target


def _draw_usage(rng: np.random.Generator, running: Flags) -> Floats:
    """Draw the usual use of what is assigned; here and there more people than are assigned."""
    usage = rng.uniform(0.66, 0.95, running.size)
    beyond = pick(rng, running, 0.015, least=3)
    usage[beyond] = rng.uniform(1.03, 1.12, int(beyond.sum()))
    return usage


def _draw_steps(
    rng: np.random.Generator, terms: Terms, subscription: Ints, as_of: np.datetime64
) -> tuple[Days, Floats]:
    """Draw up to two add-on orders per subscription: days and share of the final licenses."""
    lasted = (np.minimum(terms.end, as_of) - terms.start).astype(np.int64)
    early, late = rng.uniform(0.15, 0.5, terms.size), rng.uniform(0.55, 0.97, terms.size)
    steps = terms.start[:, None] + (np.stack([early, late], 1) * lasted[:, None]).astype(int)
    grown = ~terms.trial & (lasted > 60)  # younger ones have not grown yet
    happened = np.stack([pick(rng, grown, 0.30), pick(rng, grown, 0.16)], 1)
    shares = rng.uniform(0.05, 0.3, (terms.size, 2)) * happened
    return np.where(happened, steps, np.datetime64("NaT", "D"))[subscription], shares[subscription]
