"""The partner's administrators with the customers they look after."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import days_between, deal
from dashboard.data.demo.words import FIRST_NAMES, LAST_NAMES

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Ints

ROLES = (
    "Partner full administrator",
    "Partner administrator",
    "Partner read-only administrator",
    "Partner help desk administrator",
)
ROLE_SHARES = (0.15, 0.55, 0.20, 0.10)
CUSTOMERS_EACH = 12
FEWEST = 12
COUNT_SHARES = (0.35, 0.35, 0.2, 0.1)


def draw_admins(rng: np.random.Generator, organizations: pl.Series) -> pl.DataFrame:
    """Assign one to four administrators to every organization."""
    everyone = list(product(FIRST_NAMES, LAST_NAMES))
    size = min(max(FEWEST, organizations.len() // CUSTOMERS_EACH), len(everyone))
    people = _draw_people(rng, [everyone[at] for at in rng.permutation(len(everyone))[:size]])
    count = deal(rng, organizations.len(), COUNT_SHARES) + 1
    customer = np.repeat(np.arange(count.size), count)
    number = np.arange(customer.size) - np.repeat(np.cumsum(count) - count, count)
    return pl.concat(
        [
            pl.DataFrame({"organization": organizations.gather(customer)}),
            people[_choose(rng, customer, number, size)],
        ],
        how="horizontal",
    )


def _draw_people(rng: np.random.Generator, names: list[tuple[str, str]]) -> pl.DataFrame:
    """Give everyone an address at a domain that cannot exist and one role."""
    plain = str.maketrans({" ": "", "'": "", "ü": "u", "ö": "o", "ë": "e", "é": "e"})
    return pl.DataFrame(
        {
            "name": [f"{first} {last}" for first, last in names],
            "email": [
                f"{first}.{last}".lower().translate(plain) + "@larkmere.example"
                for first, last in names
            ],
            "role": pl.Series(ROLES).gather(deal(rng, len(names), ROLE_SHARES)),
        }
    )


def _choose(rng: np.random.Generator, customer: Ints, number: Ints, size: int) -> Ints:
    """Choose different people for one customer: evenly spaced from a random first one."""
    first = days_between(rng, 0, size - 1, int(customer.max()) + 1)
    return (first[customer] + number * (size // len(COUNT_SHARES))) % size
