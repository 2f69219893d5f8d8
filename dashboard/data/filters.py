"""Filters: what a viewer looks at, checked against what exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.data.endpoints import ENDPOINT_TYPES
from dashboard.data.products import PRODUCTS
from dashboard.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

WEEKS = (8, 13, 26, 52, 104)
DEFAULT_WEEKS = 26


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """One choice of what to look at; plain values only.

    `endpoint`, `week` and `since` narrow the sections that say so; the others do not heed them.
    """

    region: str
    product: str
    as_of: date | None  # None: nothing in the release has a date yet
    weeks: int = DEFAULT_WEEKS
    endpoint: str | None = None  # one type of endpoint; None: all of them
    week: date | None = None  # the end of a past week; None: the last complete one
    since: date | None = None  # what the as-of date is compared with; None: nothing
    tags: tuple[str, ...] = ()  # names of the tags in force; the scope does the narrowing
    customer: str = ""  # name of the only customer there is to see, by the scope

    def __post_init__(self) -> None:
        """Refuse a product, trend length or type of endpoint that does not exist."""
        refuse_unknown("product", self.product, PRODUCTS)
        refuse_unknown("weeks", self.weeks, WEEKS)
        refuse_unknown("endpoint", self.endpoint, (None, *ENDPOINT_TYPES))


def refuse_unknown(what: str, value: object, allowed: Collection[object]) -> None:
    """Raise `UnknownNameError` naming the allowed values unless `value` is one of them."""
    if value not in allowed:
        names = ", ".join(map(str, allowed))
        msg = f"{what} {value!r} does not exist; choose one of: {names}."
        raise UnknownNameError(msg)
