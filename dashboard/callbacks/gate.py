"""The gate: every request passes it; what is open to strangers is listed here (TRUST M-12)."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import flask
from flask_login import current_user

from dashboard.callbacks.session import CSRF_FIELD, CSRF_HEADER, OIDC

if TYPE_CHECKING:
    from werkzeug import Response

    from dashboard.callbacks.session import Sessions
    from dashboard.settings import Settings

SIGN_IN, SIGN_OUT = "/sign-in", "/sign-out"
OIDC_START, OIDC_CALLBACK = OIDC, f"{OIDC}/callback"
SCRIPTS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
OPEN = frozenset(
    {
        SIGN_IN,
        "/healthz",
        "/readyz",
        "/assets/boot/icon.svg",
        "/assets/boot/fonts.css",
        *(f"/assets/vendor/inter-{script}-wght-normal.woff2" for script in SCRIPTS),
    }
)
OPEN_WITH_OIDC = OPEN | {OIDC_START, OIDC_CALLBACK}
LONGEST = 2_048  # characters of an address (TRUST T-28)
LARGEST = 16 * 2**20  # bytes of a request: an export names the rows that are on screen
TOO_LONG = (
    f"This address is longer than {LONGEST:,} characters, which no page needs: open Partnerlens "
    "anew, and choose fewer or shorter filters."
)
# These carry an address, or what another server wrote, within their own.
LONGER = frozenset({SIGN_IN, OIDC_CALLBACK})
READING = frozenset({"GET", "HEAD", "OPTIONS"})


def register_gate(web: flask.Flask, sessions: Sessions, settings: Settings) -> None:
    """Turn strangers away, and requests that another site made somebody's browser send."""
    web.config["MAX_CONTENT_LENGTH"] = LARGEST
    is_open = (OPEN_WITH_OIDC if settings.oidc_issuer else OPEN).__contains__

    @web.before_request
    def gate() -> Response | tuple[str, int] | None:
        request = flask.request
        if _is_too_long(request):
            return TOO_LONG, HTTPStatus.REQUEST_URI_TOO_LONG
        if not is_open(request.path) and not current_user.is_authenticated:
            return _turn_away(settings.prefix)
        if request.method not in READING and not _is_ours(sessions):
            return "This request did not come from a page of Partnerlens: reload it.", 403
        return None


def _is_too_long(request: flask.Request) -> bool:
    if request.path in LONGER:
        return False
    return len(request.path) + len(request.query_string) > LONGEST


def is_page(request: flask.Request) -> bool:
    """Tell whether somebody opens a page, rather than a page asks for data or a file."""
    mode = request.headers.get("Sec-Fetch-Mode", "navigate")
    wants_page = "text/html" in request.headers.get("Accept", "")
    return request.method in READING and mode == "navigate" and wants_page


def _turn_away(prefix: str) -> Response | tuple[str, int]:
    request = flask.request
    if not is_page(request) or request.path.startswith(("/_dash", "/assets/")):
        return "Please sign in.", 401
    query = request.query_string.decode("latin-1")
    wanted = prefix.rstrip("/") + request.path + (f"?{query}" if query else "")
    return flask.redirect(f"{prefix.rstrip('/')}{SIGN_IN}?{urlencode({'next': wanted})}", 303)


def _is_ours(sessions: Sessions) -> bool:
    """Tell whether a page of ours sent this: the browser says so, and it knows the token."""
    headers = flask.request.headers
    site = headers.get("Sec-Fetch-Site")
    if site is None:  # an old browser, or http: then the origin has our host
        site = "same-origin" if _host_of(headers.get("Origin", "")) == flask.request.host else ""
    token = headers.get(CSRF_HEADER) or flask.request.form.get(CSRF_FIELD, "")
    return site == "same-origin" and sessions.accepts(token)


def _host_of(origin: str) -> str:
    return origin.partition("://")[2]


def safe_next(wanted: str, otherwise: str) -> str:
    """Return where to go after signing in: a path of ours, or the first page (TRUST T-15).

    Browsers read a backslash as a slash and skip control characters.
    """
    is_path = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return wanted if is_path and wanted.isprintable() and " " not in wanted else otherwise
