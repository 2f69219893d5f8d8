"""Signing in and out: the page, what it posts, and what is written down of it (TRUST T-11)."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

import flask
import structlog
from flask_login import current_user

from dashboard.callbacks.gate import SIGN_IN, SIGN_OUT, safe_next
from dashboard.callbacks.look import COOKIE as LANGUAGE_COOKIE
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import CSRF_COOKIE
from dashboard.components.sign_in import Entrance, sign_in_page, styles
from dashboard.i18n import LANGUAGES, Language
from dashboard.settings import assets_dir
from dashboard.state import attempts, audit, sign_ins
from dashboard.state.users import find_user, password_matches

if TYPE_CHECKING:
    from werkzeug import Response

    from dashboard.callbacks.services import Services
    from dashboard.callbacks.session import Sessions
    from dashboard.settings import Settings
    from dashboard.state.models import User

FIRST = "/customers"  # the page after signing in, where there is one (W-010)
LONGEST_NEXT, LONGEST_EMAIL = 2_000, 254
YEAR = 31_536_000  # seconds

log = structlog.get_logger(__name__)


class Door:
    """The sign-in page of one application, and the only way through it."""

    def __init__(self, services: Services, sessions: Sessions) -> None:
        """Read the page's parts once."""
        self.sessions, self._database = sessions, services.database
        self.prefix = services.settings.prefix.rstrip("/")
        self._first = self.prefix + (FIRST if FIRST in services.pages else "/")
        self._entrance = _entrance(services.settings)

    def wanted(self, asked: str | None) -> str:
        """Return where somebody goes after signing in."""
        return safe_next((asked or "")[:LONGEST_NEXT], self._first)

    def page(self, asked: str | None, *, email: str = "", problem: str = "") -> flask.Response:
        """Return the sign-in page, with the token that its form repeats."""
        token = flask.request.cookies.get(CSRF_COOKIE) or secrets.token_hex(32)
        chosen = flask.request.args.get("language")
        language = Language(chosen) if chosen in LANGUAGES else language_of_request()
        html = sign_in_page(
            self._entrance,
            language,
            token=token,
            wanted=self.wanted(asked),
            email=email,
            problem=problem,
        )
        response = flask.make_response(html)
        self.sessions.give_token(response, token)
        if chosen in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE, language.code, max_age=YEAR, path="/", samesite="Lax"
            )
        return response

    def let_in(self, user: User, asked: str | None, how: str) -> Response:
        """Begin a new sign-in; whichever this browser had before ends."""
        before, now = flask.request.cookies.get(self.sessions.cookie), self.sessions.clock()
        with self._database.begin() as session:
            if before:
                sign_ins.end(session, before)
            audit.record(
                session,
                actor=user.email,
                action=audit.SIGNED_IN,
                now=now,
                how=how,
                address=flask.request.remote_addr,
            )
            sign_in_id = sign_ins.begin(session, user.id, now, self.sessions.patience)
            attempts.forget(session, user.email)
        response = flask.make_response(flask.redirect(self.wanted(asked), 303))
        self.sessions.begin(response, sign_in_id)
        return response

    def check(self, email: str, password: str) -> tuple[User | None, bool]:
        """Return the user if the password is theirs, and whether it was looked at.

        An unknown or inactive user costs the same steps as a wrong password.
        """
        address = flask.request.remote_addr or ""
        with self._database.begin() as session:
            if not attempts.may_try(session, email, address, self.sessions.clock()):
                return None, False
            user = find_user(session, email)
        return (user if password_matches(user, password) else None), True

    def note_refusal(self, email: str) -> None:
        """Write down a wrong password; who it was meant for only if there is such a user."""
        with self._database.begin() as session:
            user = find_user(session, email)
            audit.record(
                session,
                actor="",
                action=audit.SIGN_IN_REFUSED,
                now=self.sessions.clock(),
                subject=user.email if user else "",
                address=flask.request.remote_addr,
            )

    def sign_out(self) -> flask.Response:
        """End this browser's sign-in, and let it forget what it keeps."""
        with self._database.begin() as session:
            sign_ins.end(session, current_user.sign_in_id)
            audit.record(
                session,
                actor=current_user.viewer.email,
                action=audit.SIGNED_OUT,
                now=self.sessions.clock(),
            )
        response = flask.make_response(flask.redirect(self.prefix + SIGN_IN, 303))
        self.sessions.end(response)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def register_sign_in(web: flask.Flask, door: Door) -> None:
    """Attach the page, its form and the way out."""

    @web.get(SIGN_IN)
    def sign_in() -> Response:
        asked = flask.request.args.get("next")
        if current_user.is_authenticated:
            return flask.redirect(door.wanted(asked), 303)
        return door.page(asked)

    @web.post(SIGN_IN)
    def try_to_sign_in() -> Response | tuple[Response, int]:
        form, language = flask.request.form, language_of_request()
        email = form.get("email", "").replace("\0", "").strip()[:LONGEST_EMAIL]
        user, was_tried = door.check(email, form.get("password", ""))
        if user is not None:
            return door.let_in(user, form.get("next"), "password")
        if not was_tried:
            problem = language.text("Too many tries. Please wait 15 minutes and try again.")
            return door.page(form.get("next"), email=email, problem=problem), 429
        door.note_refusal(email)
        problem = language.text("This e-mail address and password do not fit together.")
        return door.page(form.get("next"), email=email, problem=problem), 401

    @web.post(SIGN_OUT)
    def sign_out() -> Response:
        return door.sign_out()


def _entrance(settings: Settings) -> Entrance:
    assets = assets_dir()
    tokens, page = ((assets / f).read_text("utf-8") for f in ("00-tokens.css", "boot/sign-in.css"))
    users = []
    if settings.demo_users:
        log.warning("demo.users_offered_to_everybody", file=str(settings.demo_users))
        users = json.loads(settings.demo_users.read_text("utf-8"))
    return Entrance(
        prefix=settings.prefix.rstrip("/"),
        styles=styles(tokens, page),
        has_fonts=(assets / "vendor/inter-latin-wght-normal.woff2").exists(),
        has_oidc=bool(settings.oidc_issuer),
        demo_users=users,
    )
