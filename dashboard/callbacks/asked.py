"""Asked: what a request looks at, read from what the browser sent and one release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.components.drawing import has_grid
from dashboard.data.filters import DEFAULT_WEEKS, WEEKS, Filters
from dashboard.data.products import PRODUCTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.access import Scope
    from dashboard.components.page import PageLike
    from dashboard.sections.portfolio import Portfolio

DEFAULT_PRODUCT = next(iter(PRODUCTS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one answer depends on, besides release, scope and language."""

    path: str
    region: str
    product: str
    as_of: str
    weeks: int

    @classmethod
    def of(cls, path: str, filters: Filters) -> Asked:
        """Return the plain values that name a look at a page."""
        return cls(
            path=path,
            region=filters.region,
            product=filters.product,
            as_of=str(filters.as_of or ""),
            weeks=filters.weeks,
        )


def read_filters(params: Mapping[str, Any], portfolio: Portfolio | None, scope: Scope) -> Filters:
    """Read URL parameters; whatever is absent or not understood gets its default.

    A region without customers of the viewer's is none of theirs. Without any at all the first
    region stands in: it shows no rows.
    """
    regions = (portfolio.regions_of(scope) or portfolio.regions) if portfolio else ()
    region, product = params.get("region"), params.get("product")
    weeks = str(params.get("weeks") or "")
    return Filters(
        region=region if region in regions else next(iter(regions), ""),
        product=product if product in tuple(PRODUCTS) else DEFAULT_PRODUCT,  # it may be a list
        as_of=_read_date(params.get("as_of"), portfolio),
        weeks=int(weeks) if weeks in map(str, WEEKS) else DEFAULT_WEEKS,
    )


def dates_of(portfolio: Portfolio | None) -> tuple[date, date] | None:
    """Return the first and the last as-of date there is data for."""
    if portfolio is None or portfolio.as_of is None or not portfolio.store.release.weeks:
        return None
    return portfolio.store.release.weeks[0] + timedelta(days=1), portfolio.as_of


def homes(
    pages: Iterable[PageLike], filters: Filters, defaults: Filters, prefix: str
) -> dict[str, str]:
    """Return where each section has its own page, with the filters in force."""
    keys = ("region", "product", "as_of")
    chosen = {k: getattr(filters, k) for k in keys if getattr(filters, k) != getattr(defaults, k)}
    search = f"?{urlencode(chosen)}" if chosen else ""
    return {
        section.name: f"{prefix.rstrip('/')}{page.path}{search}"
        for page in pages
        for section in page.sections
        if has_grid(section)
    }


def _read_date(text: object, portfolio: Portfolio | None) -> date | None:
    dates = dates_of(portfolio)
    if dates is None:
        return portfolio.as_of if portfolio else None
    try:
        day = date.fromisoformat(str(text))
    except ValueError:
        return dates[1]
    return day if dates[0] <= day <= dates[1] else dates[1]
