"""OIDC: signing in at the organization's own provider, by Authlib with PKCE and a nonce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import flask
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import OAuth
from joserfc.errors import JoseError
from requests import RequestException

from dashboard.callbacks.gate import OIDC_CALLBACK, OIDC_START
from dashboard.callbacks.look import language_of_request
from dashboard.errors import PartnerlensError
from dashboard.state.identities import Claims, user_of

if TYPE_CHECKING:
    from werkzeug import Response

    from dashboard.callbacks.services import Services
    from dashboard.callbacks.sign_in import Door
    from dashboard.settings import Settings

SECONDS = 10  # how long the provider may take
# Whatever is wrong with an answer of the provider, from its code to its signature.
REFUSED = (AuthlibBaseError, JoseError, RequestException, PartnerlensError, ValueError, KeyError)
NEXT = "oidc_next"

log = structlog.get_logger(__name__)


def register_oidc(web: flask.Flask, services: Services, door: Door) -> None:
    """Attach the way to the provider and back, if the settings name one."""
    settings = services.settings
    if not settings.oidc_issuer:
        return
    provider = _provider(web, settings)

    @web.get(OIDC_START)
    def to_provider() -> Response:
        flask.session[NEXT] = door.wanted(flask.request.args.get("next"))
        here = flask.request.host_url.rstrip("/") + door.prefix + OIDC_CALLBACK
        try:
            answer: Response = provider.authorize_redirect(here)
        except REFUSED as error:
            return _failed(door, error)
        return answer

    @web.get(OIDC_CALLBACK)
    def from_provider() -> Response | tuple[Response, int]:
        asked = flask.session.pop(NEXT, None)
        try:
            token = provider.authorize_access_token(
                claims_options={
                    "iss": {"essential": True, "value": settings.oidc_issuer},
                    "aud": {"essential": True, "value": settings.oidc_client_id},
                }
            )
            claims = _claims(token["userinfo"], settings)
            with services.database.begin() as session:
                user = user_of(session, claims, settings.oidc_roles, door.sessions.clock())
            if not user.active:
                msg = f"{user.email} is inactive"
                raise PartnerlensError(msg)
        except REFUSED as error:
            return _failed(door, error)
        return door.let_in(user, asked, "oidc")


def _provider(web: flask.Flask, settings: Settings) -> Any:
    issuer = settings.oidc_issuer.rstrip("/")
    return OAuth(web).register(
        "oidc",
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret or None,
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": SECONDS,
        },
    )


def _claims(userinfo: Any, settings: Settings) -> Claims:
    groups = userinfo.get(settings.oidc_role_claim) or []
    return Claims(
        identity=f"{settings.oidc_issuer}|{userinfo['sub']}",
        email=str(userinfo.get("email") or ""),
        is_verified=userinfo.get("email_verified") is True,
        name=str(userinfo.get("name") or ""),
        groups=frozenset([groups] if isinstance(groups, str) else map(str, groups)),
    )


def _failed(door: Door, error: Exception) -> Response:
    """Say that it failed; why is in the log only."""
    log.warning("oidc.refused", error=type(error).__name__, reason=str(error)[:200])
    words = language_of_request().text(
        "Signing in with your organization failed. Please try again; if it stays, tell your "
        "administrator."
    )
    page = door.page(None, problem=words)
    page.status_code = 401
    return page
