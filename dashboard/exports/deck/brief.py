"""Brief: what a deck is about: whose numbers, of when, in which language."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dashboard.data.products import PRODUCTS
from dashboard.exports.claim import DECK, Claim
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import evaluate
from dashboard.sections.moves import QUARTER, Moves, moves
from dashboard.sections.status_moves import status_moves
from dashboard.wording.caption import caption, region, short_name

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from dashboard.access import Scope
    from dashboard.data.filters import Filters
    from dashboard.exports.receipt import Receipt
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import View
    from dashboard.sections.portfolio import Portfolio


@dataclass(frozen=True, kw_only=True, eq=False)
class Brief:
    """Everything a slide may read; views are evaluated once, when one asks.

    `subject` names the customers in words, `scope` is exactly them. There must be an as-of date.
    """

    portfolio: Portfolio
    filters: Filters
    as_of: date
    scope: Scope
    subject: str
    language: Language
    receipt: Receipt
    _views: dict[tuple[str, date], View] = field(init=False, default_factory=dict)

    @property
    def rules(self) -> Rules:
        """Return the thresholds in force."""
        return self.portfolio.rules

    @property
    def since(self) -> date:
        """Return the date everything is compared with: a quarter of 13 weeks ago."""
        return self.as_of - QUARTER

    def now(self, section: str) -> View:
        """Return a section as it is."""
        return self._view(section, self.as_of)

    def before(self, section: str) -> View:
        """Return a section as it was a quarter ago."""
        return self._view(section, self.since)

    @cached_property
    def moves(self) -> Moves:
        """Return what changed in the quarter."""
        return moves(self.portfolio, self.filters, self.since, self.scope)

    @cached_property
    def status_moves(self) -> pl.DataFrame:
        """Return who moved from one status to another in the quarter."""
        return status_moves(self.portfolio, self.filters, self.since, self.scope)

    @property
    def compared(self) -> str:
        """Say which data a comparison is made of: both products, whatever the deck is about."""
        both = " + ".join(short_name(code, self.language) for code in PRODUCTS)
        first, last = self.language.date(self.since), self.language.date(self.as_of)
        return self.stamped(f"{both} · {self.region} · {first} – {last} UTC")

    def caption(self, view: View) -> str:
        """Say which data a slide about a view is made of."""
        return self.stamped(caption(view, self.language))

    def stamped(self, words: str) -> str:
        """Put subject and release around what says the filters."""
        release = self.language.text("release {id}", id=self.portfolio.store.release.id)
        return f"{self.subject} · {words} · {release}"

    @property
    def product(self) -> str:
        """Return the product's name."""
        return short_name(self.filters.product, self.language)

    @property
    def region(self) -> str:
        """Return the region's name."""
        return region(self.filters.region, self.language)

    def claim(self) -> Claim:
        """Return what a deck says it is of."""
        return Claim(
            of=DECK,
            filters=self.filters,
            release=self.portfolio.store.release.id,
            receipt=self.receipt.about(self.scope),
            language=self.language.code,
        )

    def _view(self, section: str, day: date) -> View:
        if (section, day) not in self._views:
            filters = replace(self.filters, as_of=day)
            found = evaluate(SECTIONS[section], self.portfolio, filters, self.scope)
            self._views[section, day] = found
        return self._views[section, day]
