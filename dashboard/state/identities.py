"""Identities: which user somebody is whom an OpenID Connect provider vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from dashboard.errors import NotAllowedError
from dashboard.state import audit
from dashboard.state.models import User
from dashboard.state.users import add_user, find_user, set_role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the provider says of somebody; `identity` is issuer|subject, and never changes."""

    identity: str
    email: str
    is_verified: bool
    name: str
    groups: frozenset[str]


def user_of(session: Session, claims: Claims, roles: Mapping[str, str], now: datetime) -> User:
    """Return the user of an identity; one who is new sees nothing unless a group says otherwise.

    Where groups are mapped to roles, the provider decides: a group that is gone takes its role
    with it. A user known by address only is the same one if the provider verified the address.
    """
    role = next((roles[group] for group in roles if group in claims.groups), NOBODY)
    user = session.scalar(select(User).where(User.identity == claims.identity))
    if user is None:
        user = _joined(session, claims, role, now)
    if roles and user.role != role:
        before = user.role
        set_role(session, user, role)
        audit.record(
            session,
            actor="oidc",
            action="user.role",
            now=now,
            subject=user.email,
            before=before,
            after=role,
        )
    session.flush()
    return user


def _joined(session: Session, claims: Claims, role: str, now: datetime) -> User:
    if not claims.email or not claims.is_verified:
        msg = "The provider has not verified the e-mail address."
        raise NotAllowedError(msg)
    user = find_user(session, claims.email)
    if user is not None:
        if user.identity is not None:
            msg = "The e-mail address belongs to another identity."
            raise NotAllowedError(msg)
        user.identity = claims.identity
        return user
    user = add_user(
        session,
        email=claims.email,
        role=role,
        now=now,
        name=claims.name[:200],
        identity=claims.identity,
    )
    audit.record(
        session, actor="oidc", action="user.added", now=now, subject=user.email, role=role
    )
    return user
