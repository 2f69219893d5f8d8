"""Whose: the customer of somebody who sees no other, and the names of all others."""

import re

from apps import small_portfolio
from asking import ask

MINE, THEIRS = "Vandelay", sorted({row["customer"] for row in small_portfolio()} - {"Vandelay"})
SEEN = re.compile("|".join(THEIRS))


def rows_of(browser, path="/subscriptions/expiring"):
    """Return the ids of the rows somebody finds on a page."""
    return sorted(set(re.findall(r'"row_id":"([^"]+)"', ask(browser, path=path).text)))
