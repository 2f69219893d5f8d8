"""The customer list with what the vendor's directory says about every organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.customers import REGIONS
from dashboard.data.demo.draws import days_between, deal, pick
from dashboard.data.demo.names import draw_languages, draw_names
from dashboard.data.demo.terms import PRODUCTS

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Days, Flags, Ints
    from dashboard.data.demo.customers import Customers
    from dashboard.data.demo.terms import Terms

# By region, in the European one by the language of the name; Namibia (NA), too, is served
# from there.
COUNTRIES = {
    (0,): (("US", 1.0),),
    (1,): (("CA", 1.0),),
    (2, 0): (("IE", 0.5), ("PL", 0.4), ("NA", 0.1)),
    (2, 1): (("DE", 0.75), ("AT", 0.25)),
    (2, 2): (("FR", 0.85), ("BE", 0.15)),
    (2, 3): (("UA", 1.0),),
    (3,): (("AE", 0.8), ("SA", 0.1), ("QA", 0.1)),
}
STALE_SHARE, UNKNOWN_SHARE = 0.12, 0.06
MILLISECONDS_PER_DAY = 86_400_000


def draw_directory(
    rng: np.random.Generator,
    customers: Customers,
    organizations: pl.Series,
    terms: Terms,
    as_of: np.datetime64,
) -> pl.DataFrame:
    """Draw the customer list, one row per organization in the order of the customers."""
    size = customers.size
    created = _created(rng, size, terms)
    external = pl.Series(np.arange(size)).cast(pl.String).str.zfill(6)
    unlinked = pick(rng, np.ones(size, np.bool_), 0.2)
    own = np.arange(size) == 0
    spoken = draw_languages(rng, customers.region)
    return pl.DataFrame(
        {
            "name": draw_names(rng, customers.region, spoken),
            "organization": organizations,
            "region": pl.Series(REGIONS).gather(customers.region),
            "relationship": pl.Series(["External", "Own"]).gather(own.astype(np.int64)),
            "country": _countries(rng, customers.region, spoken),
            "external": _unless(unlinked, "CRM-" + external),
            "products": _products(size, terms),
            "created": created,
            "sign_in": _sign_ins(rng, created, as_of),
        }
    )


def _created(rng: np.random.Generator, size: int, terms: Terms) -> Days:
    """Create every organization some days before its first subscription or trial."""
    first = np.full(size, np.datetime64("2999-12-31", "D"))
    np.minimum.at(first, terms.customer, terms.start)
    created: Days = first - days_between(rng, 0, 9, size)
    return created


def _countries(rng: np.random.Generator, region: Ints, spoken: Ints) -> list[str]:
    """Draw each customer's country within its region, as an ISO code."""
    country = np.empty(region.size, "U2")
    for place, weighted in COUNTRIES.items():
        here = region == place[0]
        if len(place) > 1:
            here &= spoken == place[1]
        codes, shares = zip(*weighted, strict=True)
        country[here] = np.array(codes)[deal(rng, int(here.sum()), shares)]
    return [str(code) for code in country]


def _products(size: int, terms: Terms) -> pl.Series:
    """List the products of all of a customer's subscriptions, separated by semicolons."""
    held = np.zeros((size, len(PRODUCTS)), np.bool_)
    np.logical_or.at(held, terms.customer, terms.products)
    # Few combinations for many customers: each is spelled once and looked up by its bits.
    bits = 1 << np.arange(len(PRODUCTS))
    spelled = [
        "; ".join(word for bit, word in zip(bits, PRODUCTS, strict=True) if code & bit)
        for code in range(1 << len(PRODUCTS))
    ]
    return pl.Series(spelled).gather(held @ bits)


def _sign_ins(rng: np.random.Generator, created: Days, as_of: np.datetime64) -> pl.Series:
    """Draw the administrators' last sign-in: mostly recent, some long ago, some unknown."""
    size = created.size
    everyone = np.ones(size, np.bool_)
    long_here = (as_of - created).astype(np.int64) > 320
    stale = pick(rng, long_here, STALE_SHARE / max(long_here.mean(), STALE_SHARE))
    ago = rng.uniform(0.05, 24, size)
    ago[stale] = rng.uniform(31, 310, int(stale.sum()))
    moment = as_of.astype("M8[ms]") - (ago * MILLISECONDS_PER_DAY).astype("m8[ms]")
    moment = np.maximum(moment, created.astype("M8[ms]"))
    text = pl.Series(moment).dt.to_string("%Y-%m-%d %H:%M:%S")
    return _unless(pick(rng, everyone, UNKNOWN_SHARE), text)


def _unless(flags: Flags, values: pl.Series) -> pl.Series:
    """Blank the flagged values."""
    return values.set(pl.Series(flags), None)
