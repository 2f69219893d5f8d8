"""A panel: a page of its own kind, that is more than sections in an order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dash.development.base_component import Component

    from dashboard.access import Scope, Viewer
    from dashboard.callbacks.keys import Key
    from dashboard.components.page import Parts
    from dashboard.data.filters import Filters
    from dashboard.i18n import Language
    from dashboard.portal import Portal
    from dashboard.sections.portfolio import Portfolio
    from dashboard.settings import Settings
    from dashboard.state.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look at a panel: what was asked, by whom, and where the answer may come from.

    `argument` is what follows a path that ends in `/*`. `params` came from the browser: wishes,
    to be checked by whoever reads them. `scope` is the part of the viewer's own that the tags in
    force leave: what lists customers lists these. `homes` tells where each section and panel has
    its page, with what links keep of this URL.
    """

    path: str
    argument: str
    params: Mapping[str, Any]
    filters: Filters
    portfolio: Portfolio
    viewer: Viewer
    scope: Scope
    homes: Mapping[str, str]
    language: Language
    settings: Settings
    portal: Portal
    database: Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """How a panel is laid out and filled; nothing of it is cached, since state changes.

    Either function raises `NotFoundError` for what is not there, or not this viewer's. `allowed`
    tells who may open it, and who finds it in the navigation. Where one `needs_customers`, whoever
    has none is told whom to ask instead. `keys` are those of its own URL. One that is of the
    newest release whatever the URL pins does not heed a `release`.
    """

    shell: Callable[[Look], Component]
    values: Callable[[Look], Parts]
    keys: tuple[Key, ...] = ()
    grid: bool = False
    chart: bool = False
    allowed: Callable[[Viewer], bool] = lambda _: True
    needs_customers: bool = True
    heeds_release: bool = True
