"""Portal: where Partnerlens points, in the vendors' portals and among a partner's resources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from dashboard.errors import PartnerlensError
from dashboard.i18n import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.i18n import Language

OURS = Path(__file__).with_name("portal.toml")
SCHEMES = ("https", "mailto")


class PortalError(PartnerlensError):
    """The file of links and resources cannot be used; the message says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One thing worth reading, with its texts by language."""

    title: Mapping[str, str]
    summary: Mapping[str, str]
    url: str
    kind: Mapping[str, str]
    topic: Mapping[str, str]
    quick: bool = False
    featured: bool = False

    def words(self, name: str, language: Language) -> str:
        """Return its title, summary, kind or topic in a language, else in English."""
        texts: Mapping[str, str] = getattr(self, name)
        return texts.get(language.code) or texts.get(DEFAULT) or next(iter(texts.values()), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal:
    """Every place outside that Partnerlens points at."""

    links: Mapping[str, str]
    resources: tuple[Resource, ...]

    def link(self, name: str, customer_id: str = "") -> str:
        """Return the address of a deep link, empty where the partner has none."""
        return self.links[name].replace("{customer_id}", quote(customer_id, safe=""))


def load_portal(path: Path | None = None) -> Portal:
    """Read a partner's file, or our own. Raises `PortalError` naming what is wrong with it."""
    ours, file = _parse(OURS), path or OURS
    found = _parse(file)
    links = ours["links"] | found.get("links", {})
    for name, url in links.items():
        if name not in ours["links"]:
            msg = f"{file}: there is no link “{name}”; there are {', '.join(ours['links'])}."
            raise PortalError(msg)
        if url:
            _check_address(file, f"links.{name}", url)
    entries = found.get("resource", [])
    resources = tuple(_resource(file, n, entry) for n, entry in enumerate(entries, start=1))
    return Portal(links=links, resources=resources)


def _parse(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        msg = f"{file} cannot be read ({reason}): correct it, or unset PARTNERLENS_PORTAL_FILE."
        raise PortalError(msg) from error


def _resource(file: Path, number: int, entry: Any) -> Resource:
    place = f"resource {number}"
    if not isinstance(entry, dict) or not entry.get("title") or not entry.get("url"):
        msg = f"{file}: {place} needs a title and a url."
        raise PortalError(msg)
    unknown = entry.keys() - Resource.__dataclass_fields__
    if unknown:
        msg = f"{file}: {place} has {', '.join(sorted(unknown))}, which a resource does not have."
        raise PortalError(msg)
    _check_address(file, place, entry["url"])
    return Resource(
        url=entry["url"],
        title=_by_language(entry["title"]),
        summary=_by_language(entry.get("summary", "")),
        kind=_by_language(entry.get("kind", "")),
        topic=_by_language(entry.get("topic", "")),
        quick=bool(entry.get("quick")),
        featured=bool(entry.get("featured")),
    )


def _by_language(text: Any) -> dict[str, str]:
    if isinstance(text, dict):
        return {str(code): str(words) for code, words in text.items()}
    return {DEFAULT: str(text)}


def _check_address(file: Path, place: str, url: Any) -> None:
    """Refuse what a browser might run, or what leads nowhere (TRUST T-07)."""
    parts = urlsplit(url) if isinstance(url, str) else None
    if parts is None or parts.scheme not in SCHEMES or not (parts.netloc or parts.path):
        msg = f"{file}: {place} points at {url!r}; an address begins with https:// or mailto:."
        raise PortalError(msg)
