"""Document: the HTML page around the app, in the visitor's language and without a flash."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import flask
from dash import Dash

from dashboard.callbacks.asked import params_of, read_filters
from dashboard.callbacks.keys import KEYS
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.releases import release_key
from dashboard.callbacks.scheduled_views import can_schedule
from dashboard.callbacks.session import viewer_of_request
from dashboard.callbacks.tag_filter import tag_key
from dashboard.components.drawing import has_grid
from dashboard.components.pictures import picture_words
from dashboard.settings import assets_dir

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.access import Scope, Viewer
    from dashboard.callbacks.keys import Key
    from dashboard.callbacks.releases import Answering
    from dashboard.callbacks.services import Services
    from dashboard.components.page import PageLike
    from dashboard.i18n import Language
    from dashboard.sections.portfolio import Portfolio

GRID_SCRIPT = re.compile(r'<script src="([^"]*dash_ag_grid/dash_ag_grid[^"]*)"></script>')
FONT = "vendor/inter-latin-wght-normal.woff2"
PLOTLY = "vendor/plotly-basic.min.js"
PICTURES = "vendor/modern-screenshot.js"
# Texts and formats of libraries, per language; absent files are left out.
LOCALES = {
    "uk": ("vendor/plotly-uk.js", "vendor/ag-grid-uk.js", "vendor/dayjs-uk.js"),
    "en-GB": ("vendor/dayjs-en-gb.js",),
}


class Document(Dash):
    """A Dash app whose document carries its language, its choices and its own Plotly bundle."""

    def __init__(self, services: Services, **options: Any) -> None:
        """Remember whose choices the document offers."""
        self._services = services
        super().__init__(**options)

    def interpolate_index(self, **parts: str) -> str:
        """Return the document; the grid's script waits until a page needs it."""
        language = language_of_request()
        scripts, grid = _without_grid(parts["scripts"])
        locales = (self._stamped(name) for name in LOCALES.get(language.code, ()))
        extra = "".join(f'<script src="{url}"></script>' for url in locales if url)
        release = self._services.releases.of(params_of(flask.request.query_string.decode()))
        choices = json.dumps(choices_of(self._services, release, language, viewer_of_request()))
        choices = choices.replace("<", "\\u003c")
        return f"""<!DOCTYPE html>
<html lang="{language.code}" data-mantine-color-scheme="light">
<head>{parts["metas"]}{_meta("grid-script", grid)}<title>{escape(parts["title"])}</title>
{"".join(self._own_files())}{parts["css"]}
<script src="{self._stamped("boot/boot.js")}"></script>
<script type="application/json" id="choices">{choices}</script></head>
<body>{parts["app_entry"]}
<footer>{parts["config"]}{extra}{scripts}{parts["renderer"]}</footer></body>
</html>"""

    def _own_files(self) -> Iterator[str]:
        """Link icon and font, name the bundles; all but the icon only where npm fetched them."""
        yield f'<link rel="icon" type="image/svg+xml" href="{self._stamped("boot/icon.svg")}">'
        if self._stamped(FONT):
            font = self.get_asset_url(FONT)  # as the style sheet spells it
            yield f'<link rel="preload" as="font" type="font/woff2" href="{font}" crossorigin>'
            yield f'<link rel="stylesheet" href="{self._stamped("boot/fonts.css")}">'
        if pictures := self._stamped(PICTURES):
            yield _meta("picture-script", pictures)
        if plotly := self._stamped(PLOTLY):
            yield _meta("plotly-script", plotly)
            if self._services.draws_charts(flask.request.path):
                yield f'<link rel="preload" as="script" href="{plotly}">'

    def _stamped(self, name: str) -> str | None:
        path = assets_dir() / name
        if not path.exists():
            return None
        return f"{self.get_asset_url(name)}?m={Path(path).stat().st_mtime_ns}"


def choices_of(
    services: Services, release: Answering, language: Language, viewer: Viewer
) -> dict[str, Any]:
    """Return what the controller may let through: the keys, their offers and its sentences.

    The offers are those of a release; an address that pins another one needs another document.
    """
    kept = [known for known in services.releases.kept() if known != release.unknown]
    return {
        "release": release.pin,
        "prefix": services.settings.prefix.rstrip("/"),
        "grids": [path for path, page in services.pages.items() if _needs_grid(services, page)],
        "schedules": [path for path, page in services.pages.items() if can_schedule(page)],
        "keys": [
            *(_told(key, services, release.portfolio, viewer.scope, language) for key in KEYS),
            tag_key(services.tags(), language),
            release_key(kept, language),
            *_told_by_panels(services, release.portfolio, viewer.scope, language),
        ],
        "words": {
            "week": language.text("Week ending"),
            "unreachable": language.text(
                "The server could not be reached, and what you see is from before. Please try "
                "again."
            ),
            "pictures": picture_words(language, viewer.email),
            "pinned": language.text(
                "The link was copied. It reopens exactly these numbers while their release is "
                "kept, for whoever may see these customers."
            ),
            "copy": language.text("The link could not be copied. This is it:"),
            "unpinnable": language.text("There are no numbers here to link to."),
        },
    }


def _needs_grid(services: Services, page: PageLike) -> bool:
    return services.panels[page.panel].grid if page.panel else any(map(has_grid, page.sections))


def _told(
    key: Key, services: Services, portfolio: Portfolio | None, scope: Scope, language: Language
) -> dict[str, Any]:
    """Describe a key; its offers are by page where they differ from one to another."""
    pages = {path: page.sections for path, page in services.pages.items() if key.on(page.sections)}
    offers = {path: key.told(portfolio, page, scope) for path, page in pages.items()}
    return {
        "name": key.name,
        "carried": key.carried,
        "notice": key.notice(language, read_filters({}, portfolio, scope)),
        **({"on": offers} if key.local else {"offer": key.told(portfolio, (), scope)}),
    }


def _told_by_panels(
    services: Services, portfolio: Portfolio | None, scope: Scope, language: Language
) -> Iterator[dict[str, Any]]:
    """Describe the keys that only some panel's pages know."""
    for name, panel in services.panels.items():
        paths = [path for path, page in services.pages.items() if page.panel == name]
        for key in panel.keys:
            offer = key.told(portfolio, (), scope)
            sentence = key.notice(language, read_filters({}, portfolio, scope))
            on = dict.fromkeys(paths, offer)
            yield {"name": key.name, "carried": False, "notice": sentence, "on": on}


def _without_grid(scripts: str) -> tuple[str, str]:
    found = GRID_SCRIPT.search(scripts)
    return (scripts.replace(found.group(0), ""), found.group(1)) if found else (scripts, "")


def _meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content, quote=True)}">'
