"""Caption: what every card prints of itself, so that a screenshot explains itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.data.regions import REGIONS
from dashboard.i18n import NOTHING

if TYPE_CHECKING:
    from dashboard.i18n import Language
    from dashboard.sections import View


def caption(view: View, language: Language) -> str:
    """Name product, region, week and as-of date of a view."""
    return " · ".join(
        (products(view, language), region(view.filters.region, language), dates(view, language))
    )


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


def dates(view: View, language: Language) -> str:
    """Name the week whose snapshot is shown, and the date the view is computed for."""
    week, as_of = view.week_ending, view.filters.as_of
    return language.text(
        "week ending {week} · as of {as_of} UTC",
        week=language.date(week) if week else NOTHING,
        as_of=language.date(as_of) if as_of else NOTHING,
    )
