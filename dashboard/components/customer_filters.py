"""Filters of the customer list: what can be chosen, what is, and what that finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dash import html

from dashboard.components.ids import slot
from dashboard.components.links import inside_link
from dashboard.components.reasons import status_name
from dashboard.components.source import source_values
from dashboard.i18n import NOTHING
from dashboard.metrics.statuses import EXPIRING_SOON, NO_RECENT_ACTIVITY, STATUSES
from dashboard.wording.caption import region as region_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections.customers import CustomerPage
    from dashboard.state.models import SavedView
    from dashboard.state.tags import TagCount

LIST = "customers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What the page shows beside its rows. `page` has none of them; `as_of` is in the URL."""

    page: CustomerPage
    trials_ending: int
    tags: Sequence[TagCount]
    views: Sequence[SavedView]
    rules: Rules
    home: str
    as_of: str
    edits_tags: bool
    keeps_views: bool

    def link(self, **keys: str) -> str:
        """Return the address of the list with some keys only, on the same date."""
        asked = {"as_of": self.as_of} | keys
        search = urlencode({name: text for name, text in asked.items() if text})
        return f"{self.home}?{search}" if search else self.home


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a filter, how it reads, and how many customers have it."""

    value: str
    label: str
    count: int | None
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One key of the URL with what it offers and what of that is chosen."""

    key: str
    label: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...]
    between: str = ";"

    def without(self, value: str) -> str:
        """Return what the key says once a value is taken away."""
        return self.between.join(one for one in self.chosen if one != value)

    def label_of(self, value: str) -> str:
        """Name a value; one that nobody has reads as it was asked."""
        return next((o.label for o in self.options if o.value == value), value)


def part(name: Any) -> dict[str, Any]:
    """Identify one part of the list: grid, columns, reset, save or file."""
    return {"part": name, "section": LIST}


def filters_of(listing: Listing, language: Language) -> tuple[Filter, ...]:
    """Return every filter of the list, in the order of the bar."""
    page, rules = listing.page, listing.rules.as_words()
    query, facets = page.query, page.facets
    managed = {
        "External": language.text("Managed for the customer"),
        "Own": language.text("Part of our organization"),
    }
    types = {"Subscription": language.text("Subscription"), "Trial": language.text("Trial")}

    def meaning(name: str) -> str:
        return language.text(STATUSES[name].definition, **rules) if name in STATUSES else ""

    statuses = tuple(
        Option(value=name, label=status_name(name, language), count=n, meaning=meaning(name))
        for name, n in facets.statuses.items()
    )
    return (
        Filter(
            key="status",
            label=language.text("Status"),
            options=statuses,
            chosen=query.statuses,
        ),
        _filter("products", language.text("Product"), facets.products, {}, query.products),
        _filter("type", language.text("Type"), facets.subscription_types, types, query.types),
        _filter("managed", language.text("Managed by"), facets.managed, managed, query.managed),
        _filter(
            "in_region",
            language.text("Region"),
            facets.regions,
            {code: region_name(code, language) for code in facets.regions},
            query.regions,
        ),
        Filter(
            key="tag",
            label=language.text("Tag"),
            options=tuple(
                Option(value=tag.id, label=tag.name, count=tag.customers) for tag in listing.tags
            ),
            chosen=query.tags,
            between=",",
        ),
    )


def _filter(
    key: str,
    label: str,
    counts: Mapping[str, int],
    names: Mapping[str, str],
    chosen: tuple[str, ...],
) -> Filter:
    options = tuple(
        Option(value=value, label=names.get(value, value), count=n) for value, n in counts.items()
    )
    return Filter(key=key, label=label, options=options, chosen=chosen)


def customer_values(listing: Listing, language: Language) -> Parts:
    """Return what fills the page's places, beside the rows."""
    page, filters = listing.page, filters_of(listing, language)
    parts: Parts = [
        (slot(LIST, "questions"), {"children": _questions(listing, language)}),
        (slot(LIST, "found"), {"children": found(page, language)}),
        (slot(LIST, "chips"), {"children": _chips(listing, filters, language)}),
        (slot(LIST, "nothing"), {"children": _nothing(listing, filters, language)}),
        (slot(LIST, "caption"), {"children": _caption(page, language)}),
        *_source(listing, filters, language),
    ]
    for one in filters:
        count = f" · {language.number(len(one.chosen))}" if one.chosen else ""
        parts.append((slot(LIST, f"chosen-{one.key}"), {"children": count}))
        parts.append((slot(LIST, f"options-{one.key}"), {"children": _options(one, language)}))
    return parts


def _source(listing: Listing, filters: Sequence[Filter], language: Language) -> Parts:
    """Say on paper and in pictures which customers these are: the chips, as one sentence."""
    page = listing.page
    told = [f"{f.label}: {', '.join(map(f.label_of, f.chosen))}" for f in filters if f.chosen]
    if search := page.query.search.strip():
        told.insert(0, f"“{search}”")
    words = " · ".join((*told, _caption(page, language)))
    return source_values(words, page.release, language, listing.rules)


def found(page: CustomerPage, language: Language) -> str:
    """Say how many customers there are, and of how many."""
    if page.found == page.total:
        return language.plural("{n} customer", "{n} customers", page.total)
    words = language.plural("{{found}} of {n} customer", "{{found}} of {n} customers", page.total)
    return words.replace("{found}", language.number(page.found))


def _questions(listing: Listing, language: Language) -> list[Component]:
    """Return the two questions of every week, each one click; again, and all are shown."""
    page = listing.page
    asked = page.query
    inactive, soon = NO_RECENT_ACTIVITY.name, EXPIRING_SOON.name
    questions = (
        (
            language.text("No activity lately"),
            page.facets.statuses[inactive],
            {"status": inactive},
            asked.statuses == (inactive,) and not asked.types,
        ),
        (
            language.text("Trials about to end"),
            listing.trials_ending,
            {"status": soon, "type": "Trial"},
            asked.statuses == (soon,) and asked.types == ("Trial",),
        ),
    )
    return [
        html.A(
            [html.Span(words), html.Strong(language.number(n))],
            href=listing.link() if active else listing.link(**keys),
            className="pl-inside pl-question",
            **({"aria-current": "true"} if active else {}),
        )
        for words, n, keys, active in questions
    ]


def _options(one: Filter, language: Language) -> list[Component]:
    listed = {option.value for option in one.options}
    gone = tuple(
        Option(value=value, label=value, count=0) for value in one.chosen if value not in listed
    )
    if not one.options and not gone:
        return [html.P(language.text("There is nothing to choose from."))]
    return [
        html.Button(
            [html.Span(option.label), html.Span(language.number(option.count or 0))],
            title=option.meaning or option.label,
            className="pl-option",
            **{
                "data-key": one.key,
                "data-value": option.value,
                "data-each": "",
                "aria-pressed": "true" if option.value in one.chosen else "false",
            },
        )
        for option in (*one.options, *gone)
    ]


def _chips(listing: Listing, filters: Sequence[Filter], language: Language) -> list[Component]:
    """Return what is asked in words, each to be taken back alone, and all at once."""
    hint = language.text("Remove this filter")
    chips = [
        _chip(f"{one.label}: {one.label_of(value)}", one.key, one.without(value), hint)
        for one in filters
        for value in one.chosen
    ]
    if search := listing.page.query.search.strip():
        chips.insert(0, _chip(f"“{search}”", "q", "", hint))
    if not chips:
        return []
    return [*chips, inside_link(language.text("Clear all"), listing.link(), "pl-clear")]


def _chip(words: str, key: str, value: str, hint: str) -> Component:
    return html.Button(
        [
            words,
            html.Span(" ×", **{"aria-hidden": "true"}),
            html.Span(f", {hint}", className="pl-hidden"),
        ],
        className="pl-chip",
        title=hint,
        **{"data-key": key, "data-value": value},
    )


def _nothing(listing: Listing, filters: Sequence[Filter], language: Language) -> list[Component]:
    """Say why there is no row, and what to do about it."""
    page = listing.page
    if page.found:
        return []
    if not page.total:
        return [
            html.H3(language.text("There are no customers you may see yet")),
            html.P(
                language.text(
                    "A full administrator assigns customers to you; then they are listed here."
                )
            ),
        ]
    asked = [one.label for one in filters if one.chosen]
    if page.query.search.strip():
        asked.insert(0, language.text("Search"))
    told = language.text("Nobody fits all of: {filters}.", filters=", ".join(asked))
    return [
        html.H3(language.text("No customer matches")),
        html.P(told),
        inside_link(language.text("Clear all"), listing.link(), "pl-clear"),
    ]


def _caption(page: CustomerPage, language: Language) -> str:
    return language.text(
        "All regions and products · licenses of the week ending {week} · as of {as_of} UTC",
        week=language.date(page.week_ending) if page.week_ending else NOTHING,
        as_of=language.date(page.as_of) if page.as_of else NOTHING,
    )
