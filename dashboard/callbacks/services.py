"""Services: what callbacks may ask of the application behind the pages."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from dashboard.callbacks.asked import Asked, homes, read_filters
from dashboard.callbacks.cache import cache_key, definitions_in_force
from dashboard.callbacks.changes import compared
from dashboard.callbacks.panel import Look
from dashboard.callbacks.releases import KEY as RELEASE_KEY
from dashboard.callbacks.releases import Releases
from dashboard.callbacks.tag_filter import KEY as TAG_KEY
from dashboard.callbacks.tag_filter import AskedOfTags, read_tag_filter
from dashboard.callbacks.turns import Turns
from dashboard.components.drawing import has_chart
from dashboard.components.page import page_shell, page_values
from dashboard.components.pinned import stamp
from dashboard.components.states import no_customers, no_data, not_found, notice
from dashboard.data.datasets import CUSTOMERS
from dashboard.errors import NotFoundError, ReleaseError
from dashboard.exports.limits import Limits
from dashboard.exports.receipt import Receipt
from dashboard.portal import load_portal
from dashboard.sections.compared import COMPARED, compare
from dashboard.sections.evaluate import evaluate
from dashboard.settings import definition_version
from dashboard.state.saved_views import Addresses
from dashboard.state.tags import all_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.access import Scope, Viewer
    from dashboard.callbacks.cache import ByteCache
    from dashboard.callbacks.panel import Panel
    from dashboard.components.page import PageLike
    from dashboard.i18n import Language
    from dashboard.sections import Section, View
    from dashboard.sections.portfolio import Portfolio
    from dashboard.settings import Settings
    from dashboard.state.database import Database
    from dashboard.state.models import Tag

    More = Sequence[tuple[object, Mapping[str, object]]]  # parts of one look alone

KEPT_BY_BROWSER = ("q", "filter")  # keys of the URL that are no business of the server
SHARED = {TAG_KEY, RELEASE_KEY, *KEPT_BY_BROWSER}  # keys of the URL on every page


class Services:
    """The application behind the pages: one per worker, shared by its threads."""

    def __init__(
        self,
        settings: Settings,
        pages: Sequence[PageLike],
        panels: Mapping[str, Panel],
        cache: ByteCache,
        database: Database,
    ) -> None:
        """Remember where data, pages and cached answers are; open no release yet."""
        self.settings = settings
        self.portal = load_portal(settings.portal_file)
        self.database = database
        self.pages = {page.path: page for page in pages}
        self.panels = panels
        self._cache = cache
        self.turns = Turns()
        self.limits = Limits(rows=settings.export_rows, cells=settings.export_cells)
        self._definitions = definitions_in_force(settings)
        self.releases = Releases(settings)

    @property
    def problem(self) -> str:
        """Return why there is nothing to show, in one sentence; empty if there is."""
        return self.releases.problem

    def portfolio(self) -> Portfolio | None:
        """Return the newest release, opened, whatever a URL pins."""
        return self.releases.newest()

    def page_at(self, path: str) -> tuple[PageLike | None, str]:
        """Return the page at a path below the prefix, and the argument its path carries."""
        if path in self.pages:
            return self.pages[path], ""
        starts = [known for known in self.pages if known.endswith("/*")]
        for start in sorted(starts, key=len, reverse=True):
            if path.startswith(start[:-1]) and path != start[:-1]:
                return self.pages[start], path[len(start) - 1 :]
        return None, ""

    def pages_of(self, viewer: Viewer) -> list[PageLike]:
        """Return the pages a viewer finds in the navigation."""
        return [page for page in self.pages.values() if self._is_open(page, viewer)]

    def _is_open(self, page: PageLike, viewer: Viewer) -> bool:
        return not page.panel or self.panels[page.panel].allowed(viewer)

    def draws_charts(self, path: str) -> bool:
        """Tell whether the page at a path of the browser has a chart."""
        page, _ = self.page_at("/" + path.removeprefix(self.settings.prefix).strip("/"))
        if page is None:
            return False
        return self.panels[page.panel].chart if page.panel else any(map(has_chart, page.sections))

    def tags(self) -> list[Tag]:
        """Return every tag that a look may be narrowed to."""
        with self.database.read() as session:
            return all_tags(session)

    def customers(self) -> frozenset[str]:
        """Return the ids of every customer of the release, in any region."""
        portfolio = self.portfolio()
        if portfolio is None:
            return frozenset()
        every = portfolio.store.scan(CUSTOMERS).select("customer_id").collect()
        return frozenset(every["customer_id"])

    @property
    def addresses(self) -> Addresses:
        """Return which addresses may be saved as a view."""
        asked = {field.name for field in fields(Asked)} - {"path"}
        own = {key.name for panel in self.panels.values() for key in panel.keys}
        return Addresses(paths=tuple(self.pages), keys=asked | own | SHARED)

    def view(self, section: Section, params: Mapping[str, Any], viewer: Viewer) -> View:
        """Compute one section anew, within what the viewer may see."""
        portfolio = self.releases.of(params).portfolio
        if portfolio is None:
            raise ReleaseError(self.problem)
        tagged = read_tag_filter(params, self.database)
        filters = read_filters(params, portfolio, viewer.scope, (section,))
        filters = replace(filters, tags=tagged.names)
        if section.name in COMPARED:
            filters = compared(filters, params, portfolio, viewer.scope)
            return compare(portfolio, filters, tagged.within(viewer.scope)).views[section.name]
        return evaluate(section, portfolio, filters, tagged.within(viewer.scope))

    def receipt(self, viewer: Viewer, scope: Scope | None = None) -> Receipt:
        """Return what a file that is made now, of a scope or all of the viewer's, says of it."""
        version = definition_version(self.settings)
        made = Receipt(by=viewer.email, at=datetime.now(UTC), definitions=version)
        return made.about(scope or viewer.scope)

    def answer(
        self, wanted: Mapping[str, Any], mounted: str | None, language: Language, viewer: Viewer
    ) -> bytes:
        """Return the JSON answer for a page: its values and, unless it is mounted, its shell."""
        path = str(wanted.get("path") or "/")
        page, argument = self.page_at(path)
        release = self.releases.of(wanted)
        heeded = page is None or not page.panel or self.panels[page.panel].heeds_release
        portfolio = release.portfolio if heeded else self.portfolio()
        if page is None or portfolio is None or not self._is_open(page, viewer):
            there = page is not None and self._is_open(page, viewer)
            problem = self.problem if viewer.administers else ""  # it names folders of the host
            state = no_data(problem, language) if there else not_found(language)
            return _assemble(_encode(state), path, b"[]")
        if self._is_empty(page, portfolio, viewer.scope):
            return _assemble(_encode(no_customers(language)), path, b"[]")
        tagged = read_tag_filter(wanted, self.database)
        filters = read_filters(wanted, portfolio, viewer.scope, page.sections)
        filters = replace(filters, tags=tagged.names)
        scope, sentences = tagged.within(viewer.scope), (release, tagged)
        told = " ".join(text for one in sentences if (text := one.notice(language)))
        about = portfolio.store.release
        more: More = [
            stamp(
                about.id,
                about.published,
                filters.as_of,
                language,
                pin=release.pin,
                heeded=heeded,
            ),
            *([notice(told)] if told else []),
        ]

        def places() -> dict[str, str]:
            defaults = read_filters({}, portfolio, viewer.scope)
            own = homes(self.pages.values(), filters, defaults, self.settings.prefix)
            return {name: release.kept_by(tagged.kept_by(href)) for name, href in own.items()}

        if page.panel:
            look = Look(
                path=path,
                argument=argument,
                params=wanted,
                filters=filters,
                portfolio=portfolio,
                viewer=viewer,
                scope=scope,
                homes=places(),
                language=language,
                settings=self.settings,
                portal=self.portal,
                database=self.database,
            )
            return _panel_answer(self.panels[page.panel], look, mounted, more)
        asked = AskedOfTags(
            asked=Asked.of(path, filters), ids=tagged.ids, names=tagged.names, pin=release.pin
        )

        def values() -> bytes:
            views = lambda section: evaluate(section, portfolio, filters, scope)  # noqa: E731
            return _encode(page_values(page, views, language, portfolio.rules, places()))

        def shell() -> bytes:
            return _encode(page_shell(page, language, portfolio.rules, filters.weeks))

        remember = partial(self._remember, asked, language, portfolio, scope)
        parts = remember("values", values)
        around = None if mounted == path else remember("shell", shell)
        return _assemble(around, path, parts, more)

    def _is_empty(self, page: PageLike, portfolio: Portfolio, scope: Scope) -> bool:
        """Tell whether a page has nothing to show because its viewer has no customers."""
        if page.panel and not self.panels[page.panel].needs_customers:
            return False
        return scope.customers is not None and not portfolio.regions_of(scope)

    def _remember(
        self,
        asked: AskedOfTags,
        language: Language,
        portfolio: Portfolio,
        scope: Scope,
        function: str,
        compute: Callable[[], bytes],
    ) -> bytes:
        key = cache_key(
            release=portfolio.store.release.id,
            definitions=self._definitions,
            function=function,
            params=asked,
            scope=scope,
            locale=language.code,
        )
        return self._cache.remember(key, compute)


def _panel_answer(panel: Panel, look: Look, mounted: str | None, more: More) -> bytes:
    """Answer for a panel; what is not there and what is not the viewer's read the same."""
    nothing = _assemble(_encode(not_found(look.language)), look.path, b"[]")
    try:
        values = _encode(panel.values(look))
        shell = None if mounted == look.path else _encode(panel.shell(look))
    except NotFoundError:
        return nothing
    return _assemble(shell, look.path, values, more)


def _encode(thing: object) -> bytes:
    """Write components as JSON; they describe themselves by `to_plotly_json`."""
    return orjson.dumps(thing, default=lambda component: component.to_plotly_json())


def _assemble(shell: bytes | None, path: str, parts: bytes, more: More = ()) -> bytes:
    """Join cached fragments to the answer Dash expects, without encoding or copying them twice.

    `more` is of this look alone, while `parts` may come from the cache.
    """
    head = b""
    if shell is not None:
        mounted = orjson.dumps(path)
        head = b'"page":{"children":' + shell + b'},"mounted":{"data":' + mounted + b"},"
    added = b",".join(map(_encode, more))
    comma = b"," if added and len(parts) > len(b"[]") else b""
    most = memoryview(parts)[:-1]
    start = b'{"multi":true,"response":{' + head + b'"parts":{"data":'
    return b"".join((start, most, comma, added, b"]}}}"))
