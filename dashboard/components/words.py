"""Words: everything the grid's scripts say, translated here, since scripts hold no language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel import Locale

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.sections import Section

SAMPLED = 200  # whole numbers below it show every plural category of the languages we have


def grid_words(section: Section, language: Language) -> dict[str, str | dict[str, str]]:
    """Return the texts `assets/3*-grid*.js` use, by their name there."""
    return {
        "grid": {  # AG Grid's own keys
            "loadingOoo": language.text("Loading…"),
            "noRowsToShow": language.text("Nothing here for this choice of filters."),
            "noMatchingRows": language.text("No row matches the search and the column filters."),
        },
        "trial": language.text("Enterprise trial"),
        "yes": language.text("Yes"),
        "no": language.text("No"),
        "at_least": language.text("at least"),
        "used": language.text("Used"),
        "assigned": language.text("Assigned"),
        "available": language.text("Available"),
        "total": language.text("Total licenses"),
        "overage": language.text("Over the limit"),
        "per_week": language.text("Used per week"),
        "calls_per_week": language.text("Calls per week"),
        "high": language.text("well above the average"),
        "part_of": language.text("{part} of {whole}"),
        "seconds": language.text("{n} s"),
        "minutes": language.text("{m} min {s} s"),
        "no_week": language.text("no data"),
        "all": _forms(section, language, filtered=False),
        "some": _forms(section, language, filtered=True),
    }


def _forms(section: Section, language: Language, *, filtered: bool) -> dict[str, str]:
    """Return the row count's sentence for each plural category of the language.

    The browser picks the category with `Intl.PluralRules` and fills {shown} and {n}.
    """
    category_of = Locale.parse(language.code, sep="-").plural_form
    samples = {category_of(n): n for n in range(SAMPLED)}
    names = {column.name for column in section.table}
    rows = next((told for name, told in ROWS.items() if name in names), _customers)
    return {category: rows(language, n, filtered=filtered) for category, n in samples.items()}


def _subscriptions(language: Language, n: int, *, filtered: bool) -> str:
    """Write the count of rows; the doubled braces leave both numbers to the browser."""
    if filtered:
        return language.plural(
            "{{shown}} of {{n}} subscription", "{{shown}} of {{n}} subscriptions", n
        )
    return language.plural("{{n}} subscription", "{{n}} subscriptions", n)


def _customers(language: Language, n: int, *, filtered: bool) -> str:
    if filtered:
        return language.plural("{{shown}} of {{n}} customer", "{{shown}} of {{n}} customers", n)
    return language.plural("{{n}} customer", "{{n}} customers", n)


def _moves(language: Language, n: int, *, filtered: bool) -> str:
    if filtered:
        return language.plural("{{shown}} of {{n}} move", "{{shown}} of {{n}} moves", n)
    return language.plural("{{n}} move", "{{n}} moves", n)


# What a row is, by a column that only such rows have.
ROWS = {"subscription_id": _subscriptions, "at_stake": _moves}
