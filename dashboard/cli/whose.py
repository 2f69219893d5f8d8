"""Whose numbers, and of which release: what the options of several commands choose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dashboard.access import EVERYONE
from dashboard.cli.state import reading
from dashboard.data.store import open_kept, open_store
from dashboard.errors import UnknownNameError
from dashboard.metrics.rules import Rules
from dashboard.sections.portfolio import Portfolio
from dashboard.state.tag_names import folded
from dashboard.state.tags import all_tags, customers_with
from dashboard.state.users import find_user, viewer_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.access import Scope
    from dashboard.settings import Settings


def open_portfolio(settings: Settings, data: str | None, release: str | None) -> Portfolio:
    """Open the newest release, or the kept one that is named."""
    place = data or settings.data_dir
    store = open_kept(place, release) if release else open_store(place)
    for sentence in store.refused:
        click.echo(sentence, err=True)
    return Portfolio(store=store, rules=Rules.of(settings, store.release.quality_rule))


def scope_of(email: str | None) -> Scope:
    """Return what a user may see at this moment; without one, the operator's everything."""
    if email is None:
        return EVERYONE
    with reading() as session:
        user = find_user(session, email)
        viewer = viewer_of(session, user.id) if user else None
    if viewer is None:
        msg = f"There is no active user {email}: `partnerlens user list` names those there are."
        raise UnknownNameError(msg)
    return viewer.scope


def tagged(names: Collection[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return tags as they are spelled, and who carries at least one of them."""
    with reading() as session:
        known = {folded(tag.name): tag for tag in all_tags(session)}
        for name in names:
            if folded(name) not in known:
                there_are = ", ".join(tag.name for tag in known.values()) or "none"
                msg = f"There is no tag {name!r}; tags are: {there_are}."
                raise UnknownNameError(msg)
        found = [known[folded(name)] for name in names]
        return tuple(tag.name for tag in found), customers_with(session, [t.id for t in found])
