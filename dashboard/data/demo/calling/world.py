"""Who calls: the sites, users and queues of the customers with Webex Calling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.data.demo.calling.queues import Queues, draw_queues
from dashboard.data.demo.calling.sites import Sites, draw_sites
from dashboard.data.demo.calling.stories import Stories, cast
from dashboard.data.demo.calling.users import Users, draw_users
from dashboard.data.demo.draws import pick, stream

if TYPE_CHECKING:
    import polars as pl

    from dashboard.data.demo.arrays import Flags, Floats, Ints
    from dashboard.data.demo.portfolio import Portfolio

CALLS_EACH = 11  # a week, by a user on average, as long as there are seats for the users
FEWEST_USERS = 2
LARGEST_SHRINK = 0.85  # a customer of ten times the seats has seven times the users


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that stays the same over the weeks; customers as numbered in the portfolio.

    `calling` has a row per week: who has a running subscription to Webex Calling.
    """

    names: pl.Series
    organizations: pl.Series
    region: Ints
    calling: Flags
    attended: Flags
    grouped: Flags
    growth: Floats
    sites: Sites
    users: Users
    queues: Queues
    stories: Stories


def draw_world(portfolio: Portfolio, names: pl.Series, weekly_calls: float) -> World:
    """Draw the callers; each topic from a generator of its own."""
    seed, region = portfolio.seed, portfolio.customers.region
    calling = _calling(portfolio)
    seats = _seats(portfolio)
    stories = cast(region, np.where(calling.all(axis=0), seats, 0))
    sites = draw_sites(stream(seed, "sites"), region, seats)
    heads = _headcount(seats, weekly_calls)
    users = draw_users(stream(seed, "users"), region, heads, sites)
    rng = stream(seed, "features")
    everyone = seats > 0
    return World(
        names=names,
        organizations=portfolio.organizations,
        region=region,
        calling=calling,
        attended=pick(rng, everyone, 0.6),
        grouped=pick(rng, everyone, 0.5),
        growth=rng.normal(0.012, 0.012, region.size),
        sites=sites,
        users=stories.star(users),
        queues=draw_queues(stream(seed, "queues"), seats, sites, stories.queue_customer),
        stories=stories,
    )


def _calling(portfolio: Portfolio) -> Flags:
    """Tell for every week whose subscription to Webex Calling, the first product, runs."""
    terms, weeks = portfolio.terms, portfolio.span.week_endings
    calling = np.zeros((weeks.size, portfolio.customers.size), np.bool_)
    for number, week in enumerate(weeks):
        calling[number, terms.customer[terms.active(week) & terms.products[:, 0]]] = True
    return calling


def _seats(portfolio: Portfolio) -> Ints:
    """Sum each customer's Calling licenses over the lines that run at some time."""
    lines, weeks = portfolio.lines, portfolio.span.week_endings
    runs = (lines.start <= weeks[-1]) & (lines.end >= weeks[0]) & (lines.product == 0)
    sums = np.bincount(lines.customer[runs], lines.seats[runs], portfolio.customers.size)
    return sums.astype(np.int64)


def _headcount(seats: Ints, weekly_calls: float) -> Ints:
    """Share out as many users as the calls keep busy, never more than there are seats."""
    size = seats**LARGEST_SHRINK
    wanted = np.rint(size / max(size.sum(), 1) * weekly_calls / CALLS_EACH)
    return np.minimum(np.maximum(wanted, FEWEST_USERS), seats).astype(np.int64)
