"""Session: who is looking, from what the server knows of this browser's cookie (TRUST T-10)."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import flask
import structlog
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy.exc import SQLAlchemyError

from dashboard.access import STRANGER, Viewer
from dashboard.state import sign_ins
from dashboard.state.users import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dashboard.settings import Settings
    from dashboard.state.database import Database

COOKIE = "partnerlens"
CSRF_COOKIE, CSRF_HEADER, CSRF_FIELD = "_csrf_token", "X-CSRFToken", "csrf_token"
OIDC = "/sign-in/oidc"  # where Flask's own session is read
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})

log = structlog.get_logger(__name__)


def viewer_of_request() -> Viewer:
    """Return the viewer of this request, with the rights of this moment.

    Nothing but the cookie's random id decides it; whoever is not signed in sees nothing.
    """
    return getattr(current_user, "viewer", STRANGER)


class SignedIn(UserMixin):
    """A user of Flask-Login: the viewer, and the sign-in of this browser."""

    def __init__(self, viewer: Viewer, sign_in_id: str) -> None:
        """Hold what one request may know of its browser."""
        self.viewer, self.sign_in_id = viewer, sign_in_id

    def get_id(self) -> str:
        """Return the user's id."""
        return self.viewer.user_id


class Sessions:
    """The sign-ins of browsers: reads, begins and ends them; one per application."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        keys: tuple[str, ...],
        clock: Callable[[], datetime],
    ) -> None:
        """Remember where sign-ins are stored and how long they last."""
        self.database, self.clock = database, clock
        self._secure, self._keys = settings.secure_cookies, keys
        self.patience = sign_ins.Patience(
            idle=timedelta(minutes=settings.idle_minutes),
            absolute=timedelta(hours=settings.absolute_hours),
        )
        if settings.secure_cookies is False:
            log.warning("cookies.insecure", setting="PARTNERLENS_SECURE_COOKIES=false")

    def attach(self, web: flask.Flask) -> None:
        """Let Flask-Login ask us, and keep nothing itself: its own cookie outlives a sign-out."""
        web.secret_key, *older = self._keys
        web.config.update(
            SECRET_KEY_FALLBACKS=older,  # what Authlib remembers between two requests
            SESSION_COOKIE_SAMESITE="Lax",
        )
        web.session_interface = _OnlyBetweenTwoRequests(self)
        manager = LoginManager()
        web.login_manager = manager  # type: ignore[attr-defined]  # without its remember cookie
        manager.session_protection = None
        manager.request_loader(lambda _: self.read())

    @property
    def is_secure(self) -> bool:
        """Whether this browser keeps cookies for https: all do, but for http at localhost."""
        if flask.request.is_secure:
            return True
        if self._secure is not None:
            return self._secure
        return flask.request.host.rsplit(":", 1)[0] not in LOCAL

    @property
    def cookie(self) -> str:
        """Return the cookie's name; with the prefix no subdomain can plant one."""
        return f"__Host-{COOKIE}" if self.is_secure else COOKIE

    def read(self) -> SignedIn | None:
        """Return who is signed in on this browser, with rights read at this moment."""
        sign_in_id = flask.request.cookies.get(self.cookie)
        if not sign_in_id:
            return None
        now = self.clock()
        with self.database.engine.connect() as connection:  # cheaper than a session of objects
            found = sign_ins.resume(connection, sign_in_id, now, self.patience)
            viewer = viewer_of(connection, found.user_id) if found else None
        if found is None or viewer is None:
            return None
        if sign_ins.is_due(found, now):
            self._note(found, now)
        return SignedIn(viewer, sign_in_id)

    def _note(self, found: sign_ins.Resumed, now: datetime) -> None:
        try:
            with self.database.begin() as session:
                sign_ins.note(session, found, now)
        except SQLAlchemyError as error:  # locked: reading goes on (TRUST §8.6)
            log.warning("sign_in.not_noted", error=type(error).__name__)

    def begin(self, response: flask.Response, sign_in_id: str) -> None:
        """Give the browser its cookies."""
        self._set(response, self.cookie, sign_in_id, httponly=True)
        self._set(response, CSRF_COOKIE, self.token(sign_in_id), httponly=False)

    def give_token(self, response: flask.Response, token: str) -> None:
        """Give a browser that is not signed in the token that its form will repeat."""
        self._set(response, CSRF_COOKIE, token, httponly=False)

    def _set(self, response: flask.Response, name: str, value: str, *, httponly: bool) -> None:
        response.set_cookie(
            name, value, path="/", secure=self.is_secure, httponly=httponly, samesite="Lax"
        )

    def end(self, response: flask.Response) -> None:
        """Take the cookies away."""
        for name in (self.cookie, CSRF_COOKIE):
            response.delete_cookie(name, path="/", secure=self.is_secure, samesite="Lax")

    def token(self, sign_in_id: str) -> str:
        """Return the token that proves that a request comes from a page of this sign-in."""
        return csrf_token(self._keys[0], sign_in_id)

    def token_of_request(self) -> str:
        """Return the token of this browser's sign-in; empty for a stranger."""
        sign_in_id = getattr(current_user, "sign_in_id", "")
        return self.token(sign_in_id) if sign_in_id else ""

    def accepts(self, token: str) -> bool:
        """Tell whether a request brought the token of its sign-in, or of its sign-in form."""
        expected = [flask.request.cookies.get(CSRF_COOKIE, "")]
        if sign_in_id := getattr(current_user, "sign_in_id", ""):
            expected = [csrf_token(key, sign_in_id) for key in self._keys]
        given = token.encode()
        return bool(token) and any(hmac.compare_digest(given, e.encode()) for e in expected)


class _OnlyBetweenTwoRequests(SecureCookieSessionInterface):
    """Flask's own signed cookie, for what Authlib remembers while somebody is at the provider."""

    def __init__(self, sessions: Sessions) -> None:
        """Be as secure as the other cookies are."""
        self._sessions = sessions

    def open_session(self, app: flask.Flask, request: flask.Request) -> Any:
        """Read the cookie on the way to the provider and back only; elsewhere it says nothing."""
        if request.path.startswith(OIDC):
            return super().open_session(app, request)
        return self.session_class()

    def get_cookie_name(self, app: flask.Flask) -> str:  # noqa: ARG002
        """Return a name that no subdomain can plant."""
        return f"{self._sessions.cookie}-oidc"

    def get_cookie_secure(self, app: flask.Flask) -> bool:  # noqa: ARG002
        """Tell whether the cookie is for https only."""
        return self._sessions.is_secure


def csrf_token(key: str, sign_in_id: str) -> str:
    """Return a token bound to one sign-in, so that none can be planted by another site."""
    return hmac.new(key.encode(), f"csrf {sign_in_id}".encode(), hashlib.sha256).hexdigest()
