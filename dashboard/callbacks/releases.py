"""Releases: which published release answers a request: the newest, or the one its URL pins."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

import structlog

from dashboard.callbacks.asked import extended
from dashboard.data.store import (
    current_release_id,
    kept_release_ids,
    open_kept,
    open_store,
)
from dashboard.errors import NotKeptError, ReleaseError
from dashboard.metrics.rules import Rules
from dashboard.sections.portfolio import Portfolio

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from dashboard.data.store import Store
    from dashboard.i18n import Language
    from dashboard.settings import Settings

KEY = "release"  # of the URL: the id of a release
LONGEST = 100  # characters of a value that is said back
CHECK_SECONDS = 2.0  # how often a worker looks whether a new release was published
PINNED = 2  # older releases that stay in memory; the one looked at longest ago goes first

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """The release a request is answered from.

    `pin` is its id where the URL names it; `unknown` is what the URL named that is not kept, so
    that the newest stands in, which has to be said.
    """

    portfolio: Portfolio | None
    pin: str = ""
    unknown: str = ""

    def kept_by(self, href: str) -> str:
        """Return a link of a page, to the same release."""
        return extended(href, {KEY: self.pin}) if self.pin else href

    def notice(self, language: Language) -> str:
        """Return the sentence about what is not shown; empty where the URL had its way."""
        return self.unknown and not_kept(language).replace("{value}", self.unknown)


class Releases:
    """The releases a worker holds open, shared by its threads."""

    def __init__(self, settings: Settings) -> None:
        """Remember where they are; open none yet."""
        self._settings = settings
        self._lock, self._pin_lock = Lock(), Lock()
        self._portfolio: Portfolio | None = None
        self._pinned: OrderedDict[str, Portfolio] = OrderedDict()
        self._kept: tuple[str, ...] = ()
        self._checked = self._listed = float("-inf")
        self._problem = ""

    @property
    def problem(self) -> str:
        """Return why there is nothing to show, in one sentence; empty if there is."""
        self.newest()
        return self._problem

    def newest(self) -> Portfolio | None:
        """Return the published release, opened; a new one replaces it within seconds.

        One thread opens the new release while the others go on answering from the old one.
        """
        due = time.monotonic() - self._checked > CHECK_SECONDS
        if due and self._lock.acquire(blocking=self._portfolio is None):
            try:
                self._refresh()
                self._checked = time.monotonic()
            finally:
                self._lock.release()
        return self._portfolio

    def of(self, params: Mapping[str, Any]) -> Answering:
        """Return the release a URL asks for; in place of one that is not kept, the newest."""
        wanted = params.get(KEY)
        newest = self.newest()
        if not isinstance(wanted, str) or not wanted or newest is None:
            return Answering(portfolio=newest)
        pinned = self._opened(wanted, newest)
        if pinned is None:
            return Answering(portfolio=newest, unknown=wanted[:LONGEST])
        return Answering(portfolio=pinned, pin=wanted)

    def kept(self) -> tuple[str, ...]:
        """Return the ids a URL may name; nothing else ever becomes part of a path."""
        if time.monotonic() - self._listed > CHECK_SECONDS:
            self._kept = tuple(kept_release_ids(self._settings.data_dir))
            self._listed = time.monotonic()
        return self._kept

    def _refresh(self) -> None:
        held = self._portfolio.store.pointer if self._portfolio else None
        pointer = current_release_id(self._settings.data_dir)
        if self._portfolio and pointer in (held, None):
            return
        try:
            store = open_store(self._settings.data_dir)
        except ReleaseError as error:
            # A worker that already serves a sound release goes on serving it.
            self._problem = "" if self._portfolio else str(error)
            log.warning("release.refused", reason=str(error))
            return
        opened = self._read(store)
        if self._portfolio is not None:
            _warm(opened)
        self._portfolio, self._problem = opened, ""

    def _opened(self, wanted: str, newest: Portfolio) -> Portfolio | None:
        """Return a kept release; it waits for nothing but other pinned ones being opened."""
        if wanted == newest.store.release.id:
            return newest
        if wanted not in self.kept():
            return None
        with self._pin_lock:
            held = self._pinned.pop(wanted, None) or self._open(wanted)
            if held is not None:
                self._pinned[wanted] = held
            while len(self._pinned) > PINNED:
                self._pinned.popitem(last=False)
        return held

    def _open(self, wanted: str) -> Portfolio | None:
        try:
            return self._read(open_kept(self._settings.data_dir, wanted))
        except (NotKeptError, OSError) as error:
            log.warning("release.refused", reason=str(error))
            return None

    def _read(self, store: Store) -> Portfolio:
        return Portfolio(store=store, rules=Rules.of(self._settings, store.release.quality_rule))


def _warm(portfolio: Portfolio) -> None:
    """Load what the first look at a release needs, before anybody waits for it."""
    if portfolio.as_of is not None:
        for region in portfolio.regions:
            portfolio.snapshots(region, portfolio.as_of)
        portfolio.book(portfolio.as_of)


def release_key(kept: Collection[str], language: Language) -> dict[str, Any]:
    """Describe the key to the controller, as `choices_of` describes every other one."""
    return {
        "name": KEY,
        "carried": True,
        "notice": not_kept(language),
        "offer": {"kind": "choice", "values": list(kept), "default": ""},
    }


def not_kept(language: Language) -> str:
    """Return the sentence about a `{value}` that is no release which can be shown."""
    return language.text(
        "Release “{value}” is not kept any more, or never was; showing the newest release instead."
    )
