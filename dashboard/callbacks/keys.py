"""Keys: every key of the URL, what it may say, and what holds where it says nothing.

The controller in the browser goes by the same list (`choices` in the document).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from dashboard.data.endpoints import ENDPOINT_TYPES
from dashboard.data.filters import DEFAULT_WEEKS, WEEKS
from dashboard.data.products import PRODUCTS
from dashboard.data.weeks import WEEK
from dashboard.sections.portfolio import HISTORY_WEEKS
from dashboard.wording.caption import region as region_name
from dashboard.wording.caption import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.access import Scope
    from dashboard.data.filters import Filters
    from dashboard.i18n import Language
    from dashboard.sections import Section
    from dashboard.sections.portfolio import Portfolio

    Offering = Callable[[Portfolio | None, Sequence[Section], Scope], "Offer"]


class Offer(Protocol):
    """What a key may say; assets/20-controller.js has the same test under the same `kind`."""

    kind: ClassVar[str]

    @property
    def default(self) -> str:
        """Return what holds where the key is absent; it is left out of the URL."""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:
        """Tell whether the key may say `text` beside what the keys before it say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One of some values."""

    kind: ClassVar[str] = "choice"
    values: tuple[str, ...]
    default: str = ""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:  # noqa: ARG002
        """Tell whether it is one of them."""
        return text in self.values


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date from the first to the last there is data for; the last unless another is named."""

    kind: ClassVar[str] = "day"
    first: str = ""
    default: str = ""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:  # noqa: ARG002
        """Tell whether it is a date, written as we write it, and in between."""
        try:
            day = date.fromisoformat(text).isoformat()
        except ValueError:
            return False
        return text == day and self.first <= day <= self.default


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """A date there is data for, before the as-of date; what an empty one means, its page says."""

    kind: ClassVar[str] = "before"
    first: str = ""
    default: str = ""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:
        """Tell whether it is a date, written as we write it, and in between."""
        try:
            day = date.fromisoformat(text).isoformat()
        except ValueError:
            return False
        return text == day and self.first <= day < chosen["as_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyDay:
    """A date, written as we write it."""

    kind: ClassVar[str] = "date"
    default: str = ""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:  # noqa: ARG002
        """Tell whether it is one."""
        try:
            return text == date.fromisoformat(text).isoformat()
        except ValueError:
            return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Any text of some length, such as one that is searched for."""

    kind: ClassVar[str] = "words"
    longest: int = 100
    default: str = ""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:  # noqa: ARG002
        """Tell whether it is short enough."""
        return len(text) <= self.longest


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """One or more values; without `values` it may be any text, and what nobody has finds nobody.

    What there is depends on who is looking, hence it is not told to every browser.
    """

    kind: ClassVar[str] = "several"
    values: tuple[str, ...] | None = None
    separator: str = ";"
    longest: int = 1_000
    default: str = ""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:  # noqa: ARG002
        """Tell whether each of them is one of the values, and not empty."""
        return len(text) <= self.longest and all(
            part and (self.values is None or part in self.values)
            for part in text.split(self.separator)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PastWeek:
    """A week of a trend, by its last day; the last complete one unless another is named."""

    kind: ClassVar[str] = "week"
    values: tuple[str, ...]  # of weeks with data, oldest first
    days: int = (WEEK * (HISTORY_WEEKS - 1)).days  # between a trend's first week and its last
    default: str = ""

    def accepts(self, text: str, chosen: Mapping[str, str]) -> bool:
        """Tell whether a trend that ends before the as-of date shows it, not as its last week."""
        complete = [week for week in self.values if week < chosen["as_of"]]
        if text not in complete[:-1]:
            return False
        oldest = date.fromisoformat(complete[-1]) - timedelta(days=self.days)
        return date.fromisoformat(text) >= oldest


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One key of the URL: a field of `Filters`, or one that a panel reads itself.

    `notice` says what is shown instead of a `{value}` that is none. Links to other pages keep a
    key that is `carried`. One that is `local` means something only on pages with a section that
    is narrowed by it.
    """

    name: str
    offer: Offering
    notice: Callable[[Language, Filters], str]
    parse: Callable[[str], object] = str
    carried: bool = False
    local: bool = False

    def on(self, page: Sequence[Section]) -> bool:
        """Tell whether the key means something on a page of these sections."""
        return not self.local or any(self.name in section.narrowed_by for section in page)

    def told(
        self, portfolio: Portfolio | None, page: Sequence[Section], scope: Scope
    ) -> dict[str, Any]:
        """Return the offer as the controller reads it."""
        offer: Any = self.offer(portfolio, page, scope)
        return {"kind": offer.kind} | asdict(offer)


def dates_of(portfolio: Portfolio | None) -> tuple[date, date] | None:
    """Return the first and the last as-of date there is data for."""
    if portfolio is None or portfolio.as_of is None or not portfolio.store.release.weeks:
        return None
    return portfolio.store.release.weeks[0] + timedelta(days=1), portfolio.as_of


def _regions(portfolio: Portfolio | None, _: Sequence[Section], scope: Scope) -> Offer:
    """Offer the regions of the viewer's customers; without any, the first: it shows no rows."""
    regions = (portfolio.regions_of(scope) or portfolio.regions[:1]) if portfolio else ()
    return Choice(values=regions, default=next(iter(regions), ""))


def _days(portfolio: Portfolio | None, _: Sequence[Section], __: Scope) -> Offer:
    if dates := dates_of(portfolio):
        return Day(first=dates[0].isoformat(), default=dates[1].isoformat())
    return Day(default=str((portfolio and portfolio.as_of) or ""))


def _past_weeks(portfolio: Portfolio | None, page: Sequence[Section], _: Scope) -> Offer:
    datasets = [s.dataset for s in page if "week" in s.narrowed_by and s.dataset]
    release = portfolio.store.release if portfolio else None
    weeks = {week for of in datasets if release for week in release.weeks_of(of)}
    return PastWeek(values=tuple(week.isoformat() for week in sorted(weeks)))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# In the order of the URL; what an offer heeds of another key stands after it.
KEYS = (
    Key(
        name="product",
        offer=lambda *_: Choice(values=tuple(PRODUCTS), default=next(iter(PRODUCTS))),
        notice=lambda language, shown: language.text(
            "Product “{{value}}” does not exist; showing {product}.",
            product=short_name(shown.product, language),
        ),
        carried=True,
    ),
    Key(
        name="region",
        offer=_regions,
        notice=lambda language, shown: language.text(
            "Region “{{value}}” has no data; showing {region}.",
            region=region_name(shown.region, language),
        ),
        carried=True,
    ),
    Key(
        name="as_of",
        offer=_days,
        notice=lambda language, shown: language.text(
            "There is no data for the date “{{value}}”; showing {as_of}.",
            as_of=language.date(shown.as_of) if shown.as_of else "",
        ),
        parse=_day,
        carried=True,
    ),
    Key(
        name="weeks",
        offer=lambda *_: Choice(values=tuple(map(str, WEEKS)), default=str(DEFAULT_WEEKS)),
        notice=lambda language, shown: language.text(
            "A trend of “{{value}}” weeks is not offered; showing {weeks} weeks.",
            weeks=language.number(shown.weeks),
        ),
        parse=int,
    ),
    Key(
        name="endpoint",
        offer=lambda *_: Choice(values=ENDPOINT_TYPES),
        notice=lambda language, _: language.text(
            "Endpoint type “{value}” does not exist; showing all of them."
        ),
        parse=lambda text: text or None,
        local=True,
    ),
    Key(
        name="week",
        offer=_past_weeks,
        notice=lambda language, _: language.text(
            "There is no data for the week “{value}”; showing the last complete week."
        ),
        parse=_day,
        local=True,
    ),
)
