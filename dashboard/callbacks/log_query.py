"""The keys of the URL of an 8x8 log, and the query they ask."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from dashboard.access import EVERYONE  # no key here depends on whose customers they are
from dashboard.callbacks.asked import read_filters, read_keys
from dashboard.callbacks.blocks import DOWN, order_of, sorted_by
from dashboard.callbacks.keys import AnyDay, Key, Words
from dashboard.data.logs import LogQuery

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.callbacks.keys import Offer
    from dashboard.data.filters import Filters
    from dashboard.i18n import Language
    from dashboard.sections.portfolio import Portfolio

# Not by price: amounts of different currencies do not compare.
SORTS = ("timestamp", "direction", "status", "app", "masked_from", "masked_to", "duration")
NEWEST = DOWN + SORTS[0]
LONGEST = 100  # characters of a value
FIRST, LAST = date(1970, 1, 1), date(2999, 12, 31)  # what lies beyond is no different


def _key(name: str, offer: Offer) -> Key:
    return Key(name=name, offer=lambda *_: offer, notice=_notice, local=True)


def _notice(language: Language, _: Filters) -> str:
    return language.text("A log cannot be searched or sorted by “{value}”; showing all of it.")


ORDER = "order"
KEYS = (
    _key("since", AnyDay()),
    _key("until", AnyDay()),
    _key("direction", Words(longest=LONGEST)),
    _key("event_status", Words(longest=LONGEST)),
    _key("app", Words(longest=LONGEST)),
    _key("digits", Words(longest=LONGEST)),
    _key(ORDER, sorted_by(SORTS, NEWEST)),
)


def read_log_query(
    params: Mapping[str, Any], portfolio: Portfolio, customer: str, product: str, **part: Any
) -> LogQuery:
    """Return what the keys of the URL ask of a log; `part` says which rows, in which order."""
    said = read_keys(KEYS, params, portfolio, EVERYONE)
    ends = [_day_after(said["until"])] if said["until"] else []
    as_of = read_filters(params, portfolio, EVERYONE).as_of
    if as_of is not None and as_of != portfolio.as_of:
        ends.append(_day_after(as_of.isoformat()))
    return LogQuery(
        customer=customer,
        product=product,
        start=_midnight(max(date.fromisoformat(said["since"]), FIRST)) if said["since"] else None,
        end=min(ends, default=None),
        direction=said["direction"] or None,
        status=said["event_status"] or None,
        app=said["app"] or None,
        search=said["digits"],
        **(order_of(said[ORDER]) | part),
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _day_after(day: str) -> datetime:
    return _midnight(min(max(date.fromisoformat(day), FIRST), LAST) + timedelta(days=1))
