"""The composition root: the one place where settings, data, pages and callbacks meet."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import flask
import structlog
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import callbacks
from dashboard import settings as knobs
from dashboard.callbacks.cache import open_cache
from dashboard.callbacks.document import Document
from dashboard.callbacks.gate import register_gate
from dashboard.callbacks.keys import dates_of
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.oidc import register_oidc
from dashboard.callbacks.services import Services
from dashboard.callbacks.session import Sessions, viewer_of_request
from dashboard.callbacks.sign_in import FIRST, Door, register_sign_in
from dashboard.callbacks.web import register_web
from dashboard.components.shell import Choices, SignedInAs, shell
from dashboard.pages import PAGES
from dashboard.state.database import open_database
from dashboard.state.keys import load_keys

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
    keep_values_out_of_logs()
    web = flask.Flask("dashboard")
    keys = load_keys(settings.secret_key, settings.secret_file, settings.state_url)
    database = open_database(settings.state_url)
    sessions = Sessions(settings, database, keys, clock)
    sessions.attach(web)
    register_gate(web, sessions, settings)  # before anybody else answers
    services = Services(settings, PAGES, callbacks.PANELS, open_cache(settings, web), database)
    app = _document(services, sessions, web)
    callbacks.register(app, services, clock)
    door = Door(services, sessions)
    register_sign_in(web, door)
    register_oidc(web, services, door)
    register_web(app, services, sessions)
    if hops := settings.proxies:
        web.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            web.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    return app


def _document(services: Services, sessions: Sessions, web: flask.Flask) -> Document:
    app = Document(
        services,
        name="dashboard",
        server=web,
        assets_folder=str(knobs.assets_dir()),
        assets_ignore=r"(vendor|boot)/.*|.*\.mjs",
        assets_path_ignore=["vendor", "boot"],
        use_pages=False,
        pages_folder="",
        requests_pathname_prefix=services.settings.prefix,
        suppress_callback_exceptions=True,  # else the first visitor's layout reaches everybody
        enable_mcp=False,
        compress=True,
        title="Partnerlens",
        update_title=None,
        meta_tags=[{"name": "viewport", "content": "width=device-width, initial-scale=1"}],
    )
    app.layout = lambda: _layout(services, sessions)
    return app


def keep_values_out_of_logs() -> None:
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


def _layout(services: Services, sessions: Sessions) -> Component:
    """Lay out the shell for whoever asks: what they may choose, and where they may go."""
    portfolio, viewer = services.portfolio(), viewer_of_request()
    regions = portfolio.regions_of(viewer.scope) if portfolio else ()
    choices = Choices(
        regions=regions,
        dates=dates_of(portfolio) if regions else None,
        banner=portfolio.store.refused if portfolio else (),
        own_organization=services.portal.link("own_organization"),
        tags=[(tag.id, tag.name) for tag in services.tags()],
        labels={FIRST: services.settings.customers_label},
    )
    who = SignedInAs(
        name=viewer.name or viewer.email, role=viewer.role, token=sessions.token_of_request()
    )
    pages = services.pages_of(viewer)
    return shell(pages, choices, language_of_request(), services.settings.prefix, who)


def server() -> Any:
    """Return the WSGI application for gunicorn, warmed up before any thread can race."""
    if "--preload" in sys.argv or "--preload" in os.environ.get("GUNICORN_CMD_ARGS", ""):
        sys.exit("Partnerlens must not be preloaded: a process forked after Polars ran hangs.")
    app = create_app(knobs.load())
    app.server.test_client().get("/readyz")  # opens the release, too
    return app.server
