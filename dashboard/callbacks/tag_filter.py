"""The filter by tag: which customers a request is about, if its URL names tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.callbacks.asked import Asked, extended
from dashboard.state.tags import all_tags, customers_with

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.access import Scope
    from dashboard.i18n import Language
    from dashboard.state.database import Database
    from dashboard.state.models import Tag

KEY = "tag"  # of the URL: one id, or several of which one is enough
BETWEEN = ","
MOST = 20  # tags of one URL
LONGEST = MOST * 33  # of an id and what stands between


@dataclass(frozen=True, slots=True, kw_only=True)
class TagFilter:
    """The tags in force, by id and name, and who carries them; none is no filter at all."""

    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    customers: frozenset[str] = frozenset()
    unknown: str = ""  # what the URL named that is no tag

    def within(self, scope: Scope) -> Scope:
        """Return the part of a scope that is looked at."""
        return scope.narrowed(self.customers) if self.ids else scope

    def kept_by(self, href: str) -> str:
        """Return a link of a page with the tags in force."""
        return extended(href, {KEY: BETWEEN.join(self.ids)}) if self.ids else href

    def notice(self, language: Language) -> str:
        """Return the sentence about what is not shown since it is no tag; empty if all are."""
        return self.unknown and unknown_tag(language).replace("{value}", self.unknown)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfTags:
    """What one answer depends on besides `Asked`: a caption names tags, and a link holds ids.

    A link also holds the release that is pinned, even where it is the newest one.
    """

    asked: Asked
    ids: tuple[str, ...]
    names: tuple[str, ...]
    pin: str


def read_tag_filter(params: Mapping[str, Any], database: Database) -> TagFilter:
    """Read the tags of a URL; one that does not exist, or not any more, is left out."""
    text = params.get(KEY)
    if not isinstance(text, str) or not text:
        return TagFilter()
    wanted = list(dict.fromkeys(text.split(BETWEEN)))[:MOST]
    with database.read() as session:
        known = {tag.id: tag.name for tag in all_tags(session)}
        ids = tuple(tag_id for tag_id in wanted if tag_id in known)
        customers = customers_with(session, ids) if ids else frozenset()
    return TagFilter(
        ids=ids,
        names=tuple(known[tag_id] for tag_id in ids),
        customers=customers,
        unknown=next((one for one in wanted if one not in known), ""),
    )


def tag_key(tags: Sequence[Tag], language: Language) -> dict[str, Any]:
    """Describe the key to the controller, as `choices_of` describes every other one."""
    return {
        "name": KEY,
        "carried": True,
        "notice": unknown_tag(language),
        "offer": {
            "kind": "several",
            "values": [tag.id for tag in tags],
            "separator": BETWEEN,
            "longest": LONGEST,
            "default": "",
        },
    }


def unknown_tag(language: Language) -> str:
    """Return the sentence about a `{value}` that is no tag."""
    return language.text("Tag “{value}” does not exist; showing all customers.")
