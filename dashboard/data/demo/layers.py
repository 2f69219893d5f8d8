"""The layers of the portfolio: first orders, add-ons, trials that convert or lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.customers import (
    BOTH,
    CALLING,
    EXPIRED,
    LAPSED,
    LIVING,
    MEETINGS,
    MESSAGING,
    TRYING,
    Customers,
)
from dashboard.data.demo.draws import days_between, deal, pick
from dashboard.data.demo.terms import PRODUCTS, Order, Terms, join, only, paid, tried

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Days, Flags, Floats, Ints

CALL, MEET, MESSAGE, TRANSLATE, ON_WEBEX, RADIO = range(len(PRODUCTS))
TRIAL_DAYS = np.array([30, 60, 90])
# More of the same, messaging, translations, Call on Webex, a product nobody knows.
ADD_ON_SHARES = (0.55, 0.16, 0.20, 0.07, 0.02)


def draw_terms(rng: np.random.Generator, customers: Customers, as_of: np.datetime64) -> Terms:
    """Draw all subscriptions and trials, at most four per customer."""
    started = as_of - customers.age * np.timedelta64(1, "D")
    living = (customers.fate == LIVING) & ~customers.low
    return join(
        [
            _first_paid(rng, customers, started, as_of),
            _first_trials(rng, customers, started),
            _split_off(rng, customers, started, as_of),
            *_add_ons(rng, customers, started, as_of),
            _converted(rng, customers, started, as_of),
            _running_trials(rng, customers, living & ~customers.split, as_of),
            _future(rng, living & (customers.age > 400), as_of),
        ]
    )


def _bought(customers: Customers) -> Flags:
    """Return the products of each customer's first order."""
    flags = only(customers.size)
    flags[:, CALL] = np.isin(customers.offering, (CALLING, BOTH))
    flags[:, MEET] = np.isin(customers.offering, (MEETINGS, BOTH)) & ~customers.split
    flags[:, MESSAGE] = customers.offering == MESSAGING
    return flags


def _first_paid(
    rng: np.random.Generator, customers: Customers, started: Days, as_of: np.datetime64
) -> Terms:
    """Draw the first subscription of everyone who did not begin and stay with a trial."""
    flags = _bought(customers)
    flags[:, MESSAGE] |= pick(rng, ~customers.low, 0.10)
    flags[:, TRANSLATE] |= pick(rng, flags[:, MEET], 0.07)
    flags[:, ON_WEBEX] |= pick(rng, flags[:, CALL], 0.03)
    who = np.flatnonzero(np.isin(customers.fate, (LIVING, EXPIRED)))
    order = Order(customer=who, start=started[who], products=flags[who], scale=np.ones(who.size))
    return paid(rng, order, as_of, ended=customers.fate[who] == EXPIRED)


def _first_trials(rng: np.random.Generator, customers: Customers, started: Days) -> Terms:
    """Draw the only trial of customers that try still or tried and left."""
    who = np.flatnonzero(np.isin(customers.fate, (TRYING, LAPSED)))
    age = customers.age[who]
    # A running trial has the shortest length that is not over yet.
    shortest = np.minimum(np.searchsorted(TRIAL_DAYS, age, side="right"), TRIAL_DAYS.size - 1)
    lapsed = customers.fate[who] == LAPSED
    length = TRIAL_DAYS[np.where(lapsed, deal(rng, who.size, (1, 1, 1)), shortest)]
    order = Order(
        customer=who,
        start=started[who],
        products=_bought(customers)[who],
        scale=_small(rng, customers.seats[who]),
    )
    return tried(order, order.start + length)


def _split_off(
    rng: np.random.Generator, customers: Customers, started: Days, as_of: np.datetime64
) -> Terms:
    """Draw the Meetings subscription of those that buy Meetings apart from Calling."""
    who = np.flatnonzero(customers.split)
    later = np.rint(customers.age[who] * rng.uniform(0, 0.4, who.size)).astype(np.int64)
    order = Order(
        customer=who,
        start=started[who] + later,
        products=only(who.size, MEET),
        scale=np.ones(who.size),
    )
    return paid(rng, order, as_of)


def _add_ons(
    rng: np.random.Generator, customers: Customers, started: Days, as_of: np.datetime64
) -> list[Terms]:
    """Draw two rounds of further subscriptions; a fifth of the older ones were given up."""
    rounds = []
    among = (customers.fate == LIVING) & ~customers.low
    for share in (0.38, 0.28):
        among = pick(rng, among, share)
        who = np.flatnonzero(among)
        later = np.rint(customers.age[who] * rng.uniform(0.1, 0.97, who.size))
        start = started[who] + later.astype(np.int64)
        order = Order(
            customer=who,
            start=start,
            products=_added_products(rng, _bought(customers)[who]),
            scale=rng.uniform(0.08, 0.3, who.size),
            added=True,
        )
        old = (as_of - start).astype(np.int64) > 370  # a term and some days
        rounds.append(paid(rng, order, as_of, ended=pick(rng, old, 0.2, least=0)))
    return rounds


def _added_products(rng: np.random.Generator, bought: Flags) -> Flags:
    """Draw what an add-on holds: more of the same or one other product."""
    size = len(bought)
    choice = deal(rng, size, ADD_ON_SHARES)
    flags = only(size)
    flags[np.arange(size), np.array([0, MESSAGE, TRANSLATE, ON_WEBEX, RADIO])[choice]] = True
    same = choice == 0
    flags[same] = bought[same]
    return flags


def _converted(
    rng: np.random.Generator, customers: Customers, started: Days, as_of: np.datetime64
) -> Terms:
    """Draw the trials that ended in a subscription on the next day."""
    among = (customers.fate == LIVING) & (started < as_of)
    who = np.flatnonzero(pick(rng, among, 0.12))
    length = TRIAL_DAYS[deal(rng, who.size, (2, 2, 1))]
    order = Order(
        customer=who,
        start=started[who] - length,
        products=_bought(customers)[who],
        scale=_small(rng, customers.seats[who]),
    )
    return tried(order, started[who] - np.timedelta64(1, "D"))


def _running_trials(
    rng: np.random.Generator, customers: Customers, among: Flags, as_of: np.datetime64
) -> Terms:
    """Draw trials of a product the customer does not have yet."""
    who = np.flatnonzero(pick(rng, among & (customers.age > TRIAL_DAYS[-1]), 0.04))
    products = only(who.size)
    missing = np.array([MEET, CALL, TRANSLATE, CALL])[customers.offering[who]]
    products[np.arange(who.size), missing] = True
    length = TRIAL_DAYS[deal(rng, who.size, (1, 2, 2))]
    gone = days_between(rng, 1, length, who.size)
    scale = _small(rng, customers.seats[who])
    order = Order(customer=who, start=as_of - gone, products=products, scale=scale)
    return tried(order, order.start + length)


def _future(rng: np.random.Generator, among: Flags, as_of: np.datetime64) -> Terms:
    """Draw a few subscriptions that are ordered and start within the next weeks."""
    who = np.flatnonzero(pick(rng, among, 0.01))
    order = Order(
        customer=who,
        start=as_of + days_between(rng, 1, 30, who.size),
        products=only(who.size, TRANSLATE),
        scale=np.full(who.size, 0.5),
        added=True,
    )
    return paid(rng, order, as_of)


def _small(rng: np.random.Generator, seats: Ints) -> Floats:
    """Return the scale that leaves a trial 10 to 50 licenses at most."""
    return np.minimum(1.0, days_between(rng, 10, 50, seats.size) / seats)
