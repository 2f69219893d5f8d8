"""What happens on an account: when, whichever way, with whom; the same for all four logs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.calling.phone_numbers import pooled
from dashboard.data.demo.draws import deal
from dashboard.data.demo.identifiers import random_ids

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Days, Flags, Ints
    from dashboard.data.demo.eight.accounts import Accounts
    from dashboard.data.demo.span import Span

COUNTRIES = ("US", "CA", "DE", "AE")  # per region, as the exports spell them
HOURS = np.array(
    [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 18, 16, 14, 16, 18, 17, 14, 10, 8, 6, 5, 4, 2, 1]
)
DAYS_SHARES = (0.4, 1, 1, 1, 1, 1, 0.5)  # Sunday to Saturday
GROWTH = 0.02  # a week


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """One entry per event, oldest first."""

    account: Ints
    at: Days  # milliseconds
    outbound: Flags
    person: pl.Series  # number of who is not the account
    id: pl.Series

    @property
    def size(self) -> int:
        """The number of events."""
        return self.account.size


def draw_events(
    rng: np.random.Generator, accounts: Accounts, product: int, span: Span, count: int
) -> Events:
    """Draw about `count` events of one product over the weeks of the span."""
    users = accounts.with_product(product)
    weight = accounts.weight[users] / accounts.weight[users].sum()
    account = np.sort(rng.choice(users, count, p=weight))
    growth = (1 + GROWTH) ** np.arange(span.weeks)
    week = rng.choice(span.weeks, count, p=growth / growth.sum())
    day = deal(rng, count, DAYS_SHARES)
    hour = rng.choice(24, count, p=HOURS / HOURS.sum())
    first = span.week_endings[0] - np.timedelta64(6, "D")
    start = first.astype("M8[ms]") + (week * 7 + day).astype("m8[D]")
    at = start + hour.astype("m8[h]") + rng.integers(0, 3_600_000, count).astype("m8[ms]")
    order = np.argsort(at, kind="stable")
    account = account[order]
    return Events(
        account=account,
        at=at[order],
        outbound=rng.random(count) < 0.85,
        person=_numbers(rng, accounts.region[account]),
        id=random_ids(rng, count),
    )


def _numbers(rng: np.random.Generator, region: Ints) -> pl.Series:
    """Draw a number of the region for each event, spelled in several ways."""
    pool, firsts, sizes = pooled()
    size = np.array(sizes)[region]
    drawn = pool.gather(np.array(firsts)[region] + (rng.random(region.size) * size).astype(int))
    way = pl.Series(deal(rng, region.size, (0.7, 0.2, 0.07, 0.03)))
    number = pl.col("number")
    spelled = (
        pl.when(way == 1)
        .then(number.str.strip_prefix("+"))
        .when(way == 2)
        .then("00" + number.str.strip_prefix("+"))
        .when(way == 3)  # masked by the vendor already, at its end
        .then(number.str.head(-4) + "xxxx")
        .otherwise(number)
    )
    return pl.DataFrame({"number": drawn}).select(spelled).to_series()


def iso(at: Days) -> pl.Series:
    """Spell moments as the vendor does: UTC, milliseconds, Z."""
    return pl.Series(at).dt.strftime("%Y-%m-%dT%H:%M:%S%.3fZ")


def sub_accounts(accounts: Accounts, account: Ints) -> pl.Series:
    """Return the sub-account each event is on: the account itself, or a branch of it."""
    lone = pl.Series(accounts.lone).gather(account)
    names = accounts.id.gather(account)
    branch = pl.Series(["_hq", "_otp"]).gather(np.arange(account.size) % 2)
    frame = pl.DataFrame({"lone": lone, "name": names, "branch": branch})
    named = pl.col("name")
    return frame.select(
        pl.when("lone").then(named).otherwise(named + pl.col("branch"))
    ).to_series()
