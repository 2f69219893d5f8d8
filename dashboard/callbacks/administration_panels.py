"""The pages of administration: what the state database says of all users, and of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dashboard.callbacks.panel import Look, Panel
from dashboard.components.administered import Administered, user_shell, user_values
from dashboard.components.administration import users_shell, users_values
from dashboard.data.clientele import names_of
from dashboard.errors import NotFoundError
from dashboard.state.directory import listed
from dashboard.state.models import Role
from dashboard.state.users import assigned_to

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.access import Viewer
    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.sections.portfolio import Portfolio
    from dashboard.state.database import Database


def administers(viewer: Viewer) -> bool:
    """Tell whether a viewer may see and change users."""
    return viewer.administers


def all_users(database: Database, prefix: str, language: Language) -> Parts:
    """Return the list of users as it is now."""
    with database.read() as session:
        return users_values(list(listed(session)), prefix, language)


def administered(database: Database, portfolio: Portfolio | None, user_id: str) -> Administered:
    """Return one user as it is now. Raises `NotFoundError`."""
    with database.read() as session:
        user = next((one for one in listed(session) if one.id == user_id), None)
        if user is None:
            msg = "There is no such user."
            raise NotFoundError(msg)
        role = session.get(Role, user.role)
        ids = assigned_to(session, user_id)
    names = names_of(portfolio.store) if portfolio and ids else {}
    return Administered(
        user=user,
        roles=roles_of(database),
        sees=role.sees if role else "nothing",
        assigned={one: names.get(one) for one in ids},
    )


def roles_of(database: Database) -> list[str]:
    """Return the roles there are, those that see the most first."""
    order = {"all": 0, "assigned": 1}
    with database.read() as session:
        roles = session.scalars(select(Role)).all()
    ranked = sorted(roles, key=lambda r: (order.get(r.sees, 2), not r.administers, r.name))
    return [role.name for role in ranked]


def _list_shell(look: Look) -> Component:
    return users_shell(roles_of(look.database), look.language)


def _list_values(look: Look) -> Parts:
    return all_users(look.database, look.settings.prefix, look.language)


def _user_shell(look: Look) -> Component:
    one = administered(look.database, look.portfolio, look.argument)
    return user_shell(one, look.settings.prefix, look.language)


def _user_values(look: Look) -> Parts:
    one = administered(look.database, look.portfolio, look.argument)
    return user_values(one, look.language)


ADMINISTRATION = Panel(shell=_list_shell, values=_list_values, allowed=administers)
ADMINISTERED = Panel(shell=_user_shell, values=_user_values, allowed=administers)
