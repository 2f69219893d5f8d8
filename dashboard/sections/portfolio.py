"""Portfolio: one opened release in memory, shared by every viewer and never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.datasets import CUSTOMERS
from dashboard.data.filters import refuse_unknown
from dashboard.data.lines import between, read_lines
from dashboard.data.products import CALLING, PRODUCTS, is_ordered
from dashboard.data.weeks import WEEK
from dashboard.metrics.peers import with_peers
from dashboard.metrics.segments import EVERYONE, IS_ACTIVE, SEGMENTS
from dashboard.sections.book import read_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.datasets import Dataset
    from dashboard.data.store import Store
    from dashboard.metrics.rules import Rules
    from dashboard.sections.book import Book

HISTORY_WEEKS = 8  # behind a KPI's change and sparkline
KEPT_DATES = 16  # how many (region, as-of) snapshots stay in memory
KEPT_BOOKS = 4  # how many dates' customers stay in memory
KEPT_FACTS = 5 * KEPT_DATES  # and as many of each of the five facts


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """The lines of a release by region, and their verdicts by region and date.

    What it holds depends on the release and the rules alone, never on who is looking.
    """

    store: Store
    rules: Rules
    lines: Callable[[str], pl.DataFrame] = field(init=False)
    snapshots: Callable[[str, date], pl.DataFrame] = field(init=False)
    facts: Callable[[Dataset, str, date], pl.DataFrame] = field(init=False)
    book: Callable[[date | None], Book] = field(init=False)

    def __post_init__(self) -> None:
        """Give each portfolio caches of its own, that end with it."""
        object.__setattr__(self, "lines", lru_cache(maxsize=None)(self._lines))
        object.__setattr__(self, "snapshots", lru_cache(maxsize=KEPT_DATES)(self._snapshots))
        object.__setattr__(self, "facts", lru_cache(maxsize=KEPT_FACTS)(self._facts))
        object.__setattr__(self, "book", lru_cache(maxsize=KEPT_BOOKS)(self._book))

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Return the regions that hold customers, in our order."""
        return self.store.release.regions

    @cached_property
    def _customers(self) -> dict[str, frozenset[str]]:
        """Return the ids of each region's customers."""
        return {
            region: frozenset(
                self.store.scan(CUSTOMERS, region)
                .select("customer_id")
                .collect()
                .get_column("customer_id")
                .to_list()
            )
            for region in self.regions
        }

    def regions_of(self, scope: Scope) -> tuple[str, ...]:
        """Return the regions in which the customers of a scope lie; only these are offered."""
        if scope.customers is None:
            return self.regions
        present = self._customers
        return tuple(r for r in self.regions if not present[r].isdisjoint(scope.customers))

    @property
    def as_of(self) -> date | None:
        """Return the default date of the release."""
        return self.store.release.as_of

    def last_complete_week(
        self, as_of: date | None, dataset: Dataset | None = None
    ) -> date | None:
        """Return the newest week of a dataset, or of the licenses, before `as_of` (DATA §3)."""
        if as_of is None:
            return None
        release = self.store.release
        if dataset is not None:
            return release.last_week_of(dataset, as_of)
        return max((w for w in release.weeks if w < as_of), default=None)

    def _facts(self, dataset: Dataset, region: str, newest: date) -> pl.DataFrame:
        """Return the facts of the last weeks up to `newest`, with the customer's name."""
        refuse_unknown("region", region, self.regions)
        oldest = newest - WEEK * (HISTORY_WEEKS - 1)
        facts = self.store.scan(dataset, region)
        recent = facts.filter(pl.col("week_ending").is_between(oldest, newest))
        return recent.join(self._calling_customers(region), on="customer_id").collect()

    def _calling_customers(self, region: str) -> pl.LazyFrame:
        """Return who bought Webex Calling, as the customer list or a license row says (W-145)."""
        lines = self.lines(region)
        licensed = lines.filter(pl.col("product") == PRODUCTS[CALLING])["customer_id"].unique()
        bought = is_ordered(CALLING) | pl.col("customer_id").is_in(licensed.cast(pl.String))
        customers = self.store.scan(CUSTOMERS, region).filter(bought)
        return customers.select("customer_id", "customer")

    def _book(self, as_of: date | None) -> Book:
        """Return the customers of every region with their statuses on a date."""
        return read_book(self.store, self.rules, as_of, self.last_complete_week(as_of))

    def _lines(self, region: str) -> pl.DataFrame:
        refuse_unknown("region", region, self.regions)
        return read_lines(self.store, region)

    def _snapshots(self, region: str, as_of: date) -> pl.DataFrame:
        """Return the active lines of the last weeks, each week seen from its own day.

        A week `n` weeks before the last complete one is seen from `as_of` − `n` weeks. Adds
        `as_of`, the peer columns and one boolean column per segment.
        """
        newest = self.last_complete_week(as_of)
        if newest is None:
            return self._snapshots_of_nothing(region, as_of)
        oldest = newest - WEEK * (HISTORY_WEEKS - 1)
        active = (
            between(self.lines(region), oldest, newest)
            .with_columns(as_of=pl.col("week_ending") + (as_of - newest))
            .filter(IS_ACTIVE)
        )
        return self._with_segments(active)

    def _snapshots_of_nothing(self, region: str, as_of: date) -> pl.DataFrame:
        return self._with_segments(self.lines(region).clear().with_columns(as_of=pl.lit(as_of)))

    def _with_segments(self, active: pl.DataFrame) -> pl.DataFrame:
        flags = {s.name: s.where(self.rules) for s in SEGMENTS if s is not EVERYONE}
        return with_peers(active, self.rules).with_columns(**flags)

    def trend(self, region: str, as_of: date, weeks: int) -> pl.DataFrame:
        """Return the lines of the last weeks that were active the day after their week ended."""
        newest = self.last_complete_week(as_of)
        if newest is None:
            return self.lines(region).clear()
        oldest = newest - WEEK * (weeks - 1)
        day_after = pl.col("week_ending") + pl.duration(days=1)
        return between(self.lines(region), oldest, newest).filter(
            day_after.is_between(pl.col("start_date"), pl.col("end_date")),
        )
