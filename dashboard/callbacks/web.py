"""Web: what holds for every response: headers, health, and errors without a trace."""

from __future__ import annotations

import re
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

import flask
import structlog
from dash.exceptions import DependencyException
from werkzeug.exceptions import HTTPException

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.callbacks.services import Services
    from dashboard.callbacks.session import Sessions

YEAR, HOUR = 31_536_000, 3_600  # seconds
FILES = ("/assets/", "/_dash-component-suites/")
FINGERPRINT = re.compile(r"\.v[\w-]+m[0-9a-fA-F]+\.")  # as Dash writes it into a name
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer", "camera", "display-capture", "geolocation", "gyroscope",
            "microphone", "midi", "payment", "publickey-credentials-get", "usb",
        )
    ),
}  # fmt: skip

log = structlog.get_logger(__name__)


def register_web(app: Dash, services: Services, sessions: Sessions) -> None:
    """Attach headers, `/healthz`, `/readyz` and the error page to the app's server."""
    web, policy = app.server, content_security_policy(app)

    @web.after_request
    def headers(response: flask.Response) -> flask.Response:
        response.headers.update(HEADERS | {"Content-Security-Policy": policy})
        response.headers["Cache-Control"] = _keep(response.status_code)
        if sessions.is_secure:
            response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
        if close := getattr(response.response, "close", None):
            response.call_on_close(close)  # Flask-Compress forgets the file it reads
        return response

    @web.get("/healthz")
    def healthz() -> str:
        return "OK"

    @web.get("/readyz")
    def readyz() -> tuple[str, int]:
        if not services.problem:  # it names folders of the host, so the log says it
            return "OK", 200
        return "There is no data to serve yet; the log says why.", 503

    @web.errorhandler(Exception)
    def failed(error: Exception) -> tuple[str, int]:
        if isinstance(error, HTTPException):
            return error.name, error.code or 500
        if isinstance(error, DependencyException):  # Dash's word for a file it does not have
            return HTTPStatus.NOT_FOUND.phrase, HTTPStatus.NOT_FOUND
        reference = secrets.token_hex(4)
        log.error("request.failed", reference=reference, exc_info=error)
        return f"This failed. Please report the reference {reference}.", 500


def content_security_policy(app: Dash) -> str:
    """Return the policy: our own files, the renderer's one inline script, nothing else."""
    scripts = " ".join(app.csp_hashes())
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {scripts}",
            "style-src 'self' 'unsafe-inline'",  # Mantine and AG Grid write styles
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _keep(status: int) -> str:
    """Say how long a response may be kept: data never; for good what has a fingerprint."""
    path = flask.request.path
    if status >= HTTPStatus.BAD_REQUEST or not path.startswith(FILES):
        return "no-store"
    if "m" in flask.request.args or FINGERPRINT.search(path):
        return f"public, max-age={YEAR}, immutable"
    return f"public, max-age={HOUR}"
