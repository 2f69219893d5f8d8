"""About: what a file says of itself: filters in words, week, release, rules and definitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.data.call_datasets import QUALITY_FACTS
from dashboard.exports.claim import Claim
from dashboard.exports.selection import columns_of
from dashboard.i18n import NOTHING
from dashboard.metrics.segments import EVERYONE
from dashboard.wording.caption import products, region, tags
from dashboard.wording.narrowing import words
from dashboard.wording.rule import quality_rule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.exports.receipt import Receipt
    from dashboard.exports.selection import Selection
    from dashboard.i18n import Language
    from dashboard.metrics.metric import Metric
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Column, View

Rows = list[tuple[str, ...]]
BETWEEN = " · "


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What can be said of a view in a language; rows of one to three texts."""

    view: View
    language: Language
    rules: Rules
    receipt: Receipt
    selection: Selection

    @property
    def filters(self) -> str:
        """Return everything that was chosen, in words, on one line."""
        view, language = self.view, self.language
        chosen = (products(view, language), region(view.filters.region, language))
        narrowed = (*tags(view, language), *words(view, language).values())
        return BETWEEN.join((*chosen, *narrowed, *self.selection.said))

    @property
    def definition(self) -> str:
        """Return what the view is of: the section and its population, on one line."""
        said = self.rules.as_words()
        section = self.view.section
        told = [self.language.text(section.definition, **said)]
        if section.segment is not EVERYONE:
            told.append(self.language.text(section.segment.definition, **said))
        return " ".join(dict.fromkeys(told))

    def columns(self) -> dict[str, str]:
        """Return the same for a file of rows alone, by the names of its last columns."""
        claim = Claim.of_view(self.view, self.language, self.receipt, self.selection)
        return {
            "definition": self.definition,
            **claim.as_columns(self.filters),
        }

    def context(self, rows: int) -> Rows:
        """Return what was chosen and where it comes from; `rows` is how many the file holds."""
        view, language = self.view, self.language
        day = view.filters.as_of
        week = view.week_ending
        found: Rows = [
            (language.text("Section"), language.text(view.section.title)),
            (language.text("Product"), products(view, language)),
            (language.text("Region"), region(view.filters.region, language)),
            (language.text("Week ending"), language.date(week) if week else NOTHING),
            (language.text("As of"), f"{language.date(day)}, 00:00 UTC" if day else NOTHING),
            (language.text("Release"), view.release),
        ]
        if view.section.table:
            of = language.text("{part} of {whole}", part=rows, whole=view.table.height)
            found.append((language.text("Rows"), of))
            narrowed = (*tags(view, language), *words(view, language).values())
            said = (*narrowed, *self.selection.said)
            found += [(language.text("Filter"), text) for text in said]
        return [*found, *self.receipt.as_words(language), ()]

    def definitions(self) -> Rows:
        """Return the population, the rules in force, and what each column means."""
        section, language, words = self.view.section, self.language, self.rules.as_words()
        found: Rows = [(language.text("Definition"), language.text(section.definition, **words))]
        if section.segment is not EVERYONE:
            whom = language.text(section.segment.definition, **words)
            rule = section.segment.rule
            found.append((language.text("Population"), f"{whom} ({rule})" if rule else whom))
        if section.dataset is QUALITY_FACTS:
            found.append((language.text("Rule"), quality_rule(self.rules.quality, language)))
        found.append(())
        found += [self._defined(thing) for thing in self._things()]
        return found

    def _things(self) -> Sequence[Metric | Column]:
        section = self.view.section
        if section.table:
            return (*section.kpis, *columns_of(section, self.selection.columns))
        return section.trend or section.kpis

    def _defined(self, thing: Metric | Column) -> tuple[str, ...]:
        meaning = self.language.text(thing.definition, **self.rules.as_words())
        text = f"{meaning} ({thing.rule})" if thing.rule else meaning
        return self.language.text(thing.label), thing.name, text
