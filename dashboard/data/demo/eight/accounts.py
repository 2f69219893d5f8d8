"""8x8 accounts: who they are, in which currency they pay, what they may use and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.admins import draw_admins
from dashboard.data.demo.customers import REGION_SHARES, REGIONS
from dashboard.data.demo.draws import deal, deal_within, pick
from dashboard.data.demo.eight.money import text_of
from dashboard.data.demo.names import draw_languages, draw_names

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Flags, Floats, Ints

PRODUCTS = ("SMS", "Voice", "Video", "Messaging Apps")
SMS, VOICE, VIDEO, MESSAGING = range(4)
PRODUCT_SHARES = (0.92, 0.55, 0.2, 0.5)
# Per region of REGIONS: the currencies accounts are billed in.
CURRENCIES = (("USD",), ("CAD", "USD"), ("EUR", "GBP", "EUR", "UAH"), ("AED", "USD"))
WORTH = {"USD": 1.0, "CAD": 1.37, "EUR": 0.92, "GBP": 0.79, "UAH": 41.3, "AED": 3.67}
PREPAID_SHARE = 0.8  # the others pay by invoice: no credits
LONE_SHARE = 0.35  # of accounts whose only sub-account has the account's own name


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """One entry per account."""

    id: pl.Series
    name: list[str]
    region: Ints
    currency: pl.Series
    enabled: list[Flags]  # per product
    weight: Floats  # how busy it is
    lone: Flags

    @property
    def size(self) -> int:
        """The number of accounts."""
        return self.region.size

    @property
    def worth(self) -> Floats:
        """What a dollar is in each account's currency."""
        return np.array([WORTH[code] for code in self.currency])

    def with_product(self, product: int) -> Ints:
        """Return the accounts that may use a product."""
        return np.flatnonzero(self.enabled[product])


def draw_accounts(rng: np.random.Generator, count: int) -> Accounts:
    """Draw `count` accounts."""
    region = deal(rng, count, REGION_SHARES)
    # Names are drawn for customers behind the partner's own organization.
    places = np.concatenate(([0], region))
    names = draw_names(rng, places, draw_languages(rng, places))[1:]
    everyone = np.ones(count, np.bool_)
    enabled = [pick(rng, everyone, share) for share in PRODUCT_SHARES]
    enabled[SMS] |= ~np.logical_or.reduce(enabled)
    turn = deal_within(rng, region, (1, 1, 1, 1))
    paid_in = [CURRENCIES[at][n % len(CURRENCIES[at])] for at, n in zip(region, turn, strict=True)]
    ids = [f"{_word(rng)}_{_word(rng)}{number:02d}" for number in range(count)]
    return Accounts(
        id=pl.Series(ids, dtype=pl.String),
        name=names,
        region=region,
        currency=pl.Series(paid_in, dtype=pl.String),
        enabled=enabled,
        weight=rng.lognormal(0, 1.1, count),
        lone=pick(rng, everyone, LONE_SHARE),
    )


def account_rows(rng: np.random.Generator, accounts: Accounts) -> pl.DataFrame:
    """Return the accounts as the customer list shows them."""
    balance = np.rint(rng.lognormal(6, 1.5, accounts.size) * accounts.worth * 1e7).astype(np.int64)
    prepaid = pick(rng, np.ones(accounts.size, np.bool_), PREPAID_SHARE)
    balance[:1], prepaid[:1] = -1_250_000, True  # overdrawn
    left = pl.DataFrame({"text": text_of(pl.Series(balance), 7), "prepaid": prepaid})
    admins = draw_admins(rng, accounts.id)
    users = admins.group_by("organization", maintain_order=True).agg(pl.col("email").str.join(";"))
    products = [
        ";".join(name for name, has in zip(PRODUCTS, accounts.enabled, strict=True) if has[at])
        for at in range(accounts.size)
    ]
    return pl.DataFrame(
        {
            "name": accounts.name,
            "account": accounts.id,
            "products": products,
            "currency": accounts.currency,
            "credits": left.select(pl.when("prepaid").then("text")).to_series(),
            "users": users["email"],
            "region": pl.Series(REGIONS).gather(accounts.region),
        }
    )


def _word(rng: np.random.Generator) -> str:
    """Make up a short word, as account ids are made of."""
    return "".join(rng.choice(list("bdfgklmnprstvz"), 3) + rng.choice(list("aeiou"), 3))
