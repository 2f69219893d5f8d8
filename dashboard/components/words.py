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
    customers = all(column.name != "subscription_id" for column in section.table)
    return {
        category: _sentence(language, n, customers=customers, filtered=filtered)
        for category, n in samples.items()
    }


def _sentence(language: Language, n: int, *, customers: bool, filtered: bool) -> str:
    """Write the count of rows; the doubled braces leave both numbers to the browser."""
    match customers, filtered:
        case False, False:
            return language.plural("{{n}} subscription", "{{n}} subscriptions", n)
        case False, True:
            return language.plural(
                "{{shown}} of {{n}} subscription", "{{shown}} of {{n}} subscriptions", n
            )
        case True, False:
            return language.plural("{{n}} customer", "{{n}} customers", n)
        case _:
            return language.plural(
                "{{shown}} of {{n}} customer", "{{shown}} of {{n}} customers", n
            )
