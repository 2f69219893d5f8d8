"""The composition root: the one place where settings, data, pages and callbacks meet."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import flask
import structlog

from dashboard import callbacks
from dashboard import settings as knobs
from dashboard.callbacks.cache import open_cache
from dashboard.callbacks.document import Document
from dashboard.callbacks.keys import dates_of
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.services import Services
from dashboard.callbacks.session import viewer_of_request
from dashboard.callbacks.web import register_web
from dashboard.components.shell import Choices, shell
from dashboard.pages import PAGES
from dashboard.state.database import open_database

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.settings import Settings


def now_in_utc() -> datetime:
    """Ask the clock; whoever is below this module is told the time."""
    return datetime.now(UTC)


def create_app(settings: Settings, clock: Callable[[], datetime] = now_in_utc) -> Dash:
    """Build a complete application. Call it as often as you like: nothing is shared."""
    _keep_values_out_of_logs()
    web = flask.Flask("dashboard")
    database = open_database(settings.state_url)
    services = Services(settings, PAGES, callbacks.PANELS, open_cache(settings, web), database)
    app = Document(
        services,
        name="dashboard",
        server=web,
        assets_folder=str(knobs.assets_dir()),
        assets_ignore=r"(vendor|boot)/.*|.*\.mjs",
        assets_path_ignore=["vendor", "boot"],
        use_pages=False,
        pages_folder="",
        requests_pathname_prefix=settings.prefix,
        suppress_callback_exceptions=True,  # else the first visitor's layout reaches everybody
        enable_mcp=False,
        compress=True,
        title="Partnerlens",
        update_title=None,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = lambda: _layout(services)
    callbacks.register(app, services, clock)
    register_web(app, services)
    return app


def _keep_values_out_of_logs() -> None:
    """Log a failure without what its variables held: those are customers' data (TRUST T-20)."""
    traceback = structlog.dev.plain_traceback
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=traceback),
        ],
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
    )


def _layout(services: Services) -> Component:
    portfolio = services.portfolio()
    choices = Choices(
        regions=portfolio.regions if portfolio else (),
        dates=dates_of(portfolio),
        banner=portfolio.store.refused if portfolio else (),
        own_organization=services.portal.link("own_organization"),
        tags=[(tag.id, tag.name) for tag in services.tags()],
    )
    viewer = viewer_of_request()
    pages = [p for p in PAGES if not p.panel or callbacks.PANELS[p.panel].allowed(viewer)]
    return shell(pages, choices, language_of_request(), services.settings.prefix)


def server() -> Any:
    """Return the WSGI application for gunicorn, warmed up before any thread can race."""
    if "--preload" in sys.argv or "--preload" in os.environ.get("GUNICORN_CMD_ARGS", ""):
        sys.exit("Partnerlens must not be preloaded: a process forked after Polars ran hangs.")
    app = create_app(knobs.load())
    app.server.test_client().get("/readyz")  # opens the release, too
    return app.server
