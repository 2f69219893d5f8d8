"""Caption: what every card prints of itself, so that a screenshot explains itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data.regions import REGIONS
from dashboard.i18n import NOTHING
from dashboard.wording.narrowing import words

if TYPE_CHECKING:
    from datetime import date

    from dashboard.i18n import Language
    from dashboard.sections import View


def caption(view: View, language: Language) -> str:
    """Name its only customer, product, region, what else was chosen, week and as-of date."""
    chosen = [text for name, text in words(view, language).items() if name != "week"]
    return _caption(view, language, chosen, view.week_ending)


def trend_caption(view: View, language: Language) -> str:
    """Name the same of a trend, which nothing but tags narrows: its week is always its last."""
    weeks = view.trend["week_ending"]
    return _caption(view, language, [], weeks[-1] if len(weeks) else None)


def _caption(view: View, language: Language, chosen: list[str], week: date | None) -> str:
    named = (products(view, language), region(view.filters.region, language))
    whose = (view.filters.customer,) if view.filters.customer else ()
    told = (*whose, *named, *tags(view, language), *chosen)
    return " · ".join((*told, dates(week, view.filters.as_of, language)))


def products(view: View, language: Language) -> str:
    """Name the products a view is about: the toggle's, or those it is always about."""
    chosen = view.section.products(view.filters.product)
    return " + ".join(short_name(name, language) for name in chosen)


def short_name(product: str, language: Language) -> str:
    """Name a product as the toggle does."""
    names = {"calling": language.text("Calling"), "meetings": language.text("Meetings")}
    return names[product]


def region(code: str, language: Language) -> str:
    """Name a region; one the vendor added since keeps its code."""
    return language.text(REGIONS[code]) if code in REGIONS else code


def tags(view: View, language: Language) -> tuple[str, ...]:
    """Name the tags whose customers alone are shown, if there are any."""
    names = view.filters.tags
    return (language.text("tag: {names}", names=", ".join(names)),) if names else ()


def dates(week: date | None, as_of: date | None, language: Language) -> str:
    """Name the week whose snapshot is shown, and the date the view is computed for."""
    return language.text(
        "week ending {week} · as of {as_of} UTC",
        week=language.date(week) if week else NOTHING,
        as_of=language.date(as_of) if as_of else NOTHING,
    )
