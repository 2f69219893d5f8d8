"""Asked: what a request looks at, read from what the browser sent and one release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from dashboard.callbacks.keys import KEYS
from dashboard.components.drawing import has_grid
from dashboard.data.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from dashboard.access import Scope
    from dashboard.callbacks.keys import Key
    from dashboard.components.page import PageLike
    from dashboard.sections import Section
    from dashboard.sections.portfolio import Portfolio


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What one answer depends on, besides release, scope and language: a field for each key."""

    path: str
    region: str
    product: str
    as_of: str
    weeks: str
    endpoint: str
    week: str

    @classmethod
    def of(cls, path: str, filters: Filters) -> Asked:
        """Return the plain values that name a look at a page."""
        return cls(path=path, **{key.name: _said(filters, key.name) for key in KEYS})


def params_of(search: Any) -> dict[str, str]:
    """Return the parameters of an address; what is no query string has none."""
    text = search if isinstance(search, str) else ""
    try:
        return dict(parse_qsl(text.removeprefix("?")))
    except ValueError:  # more of them than anybody writes
        return {}


def read_filters(
    params: Mapping[str, Any],
    portfolio: Portfolio | None,
    scope: Scope,
    sections: Sequence[Section] = (),
) -> Filters:
    """Read URL parameters; what is absent or not understood on such a page gets its default."""
    known = [key for key in KEYS if key.on(sections)]
    chosen = {key.name: key.offer(portfolio, sections, scope).default for key in KEYS}
    chosen |= read_keys(known, params, portfolio, scope, sections)
    read: dict[str, Any] = {key.name: key.parse(chosen[key.name]) for key in KEYS}
    return Filters(**read)


def read_keys(
    keys: Sequence[Key],
    params: Mapping[str, Any],
    portfolio: Portfolio | None,
    scope: Scope,
    sections: Sequence[Section] = (),
) -> dict[str, str]:
    """Return what each key says, or its default; a key may heed those before it."""
    chosen: dict[str, str] = {}
    for key in keys:
        offer = key.offer(portfolio, sections, scope)
        text = str(params.get(key.name) or "")
        chosen[key.name] = text if text and offer.accepts(text, chosen) else offer.default
    return chosen


def homes(
    pages: Collection[PageLike], filters: Filters, defaults: Filters, prefix: str
) -> dict[str, str]:
    """Return where each section and panel has its own page, with the filters in force."""
    return {
        name: f"{prefix.rstrip('/')}{page.path}{_search(filters, defaults, narrowed_by)}"
        for page in pages
        for name, narrowed_by in (
            (page.panel, ()),
            *((s.name, s.narrowed_by) for s in page.sections if has_grid(s)),
        )
        if name
    }


def _search(filters: Filters, defaults: Filters, narrowed_by: Collection[str]) -> str:
    kept = [k.name for k in KEYS if k.carried or k.name in narrowed_by]
    said = ((name, _said(filters, name), _said(defaults, name)) for name in kept)
    chosen = {name: value for name, value, default in said if value != default}
    return f"?{urlencode(chosen)}" if chosen else ""


def extended(href: str, more: Mapping[str, str]) -> str:
    """Return a link with more keys than it has."""
    return f"{href}{'&' if '?' in href else '?'}{urlencode(more)}"


def _said(filters: Filters, name: str) -> str:
    value = getattr(filters, name)
    return "" if value is None else str(value)


def text(value: Any) -> str:
    """Return what somebody typed; anything else reads as nothing."""
    return value if isinstance(value, str) else ""


def texts(value: Any) -> list[str]:
    """Return the strings of a list; anything else reads as an empty one."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
