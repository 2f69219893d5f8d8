"""Saved views: choices of filters that a user keeps under names, for nobody else to see."""

from __future__ import annotations

import unicodedata
import uuid
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dashboard.errors import NotAllowedError, NotFoundError, PartnerlensError
from dashboard.state.models import SavedView, User

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from dashboard.access import Viewer

LONGEST_NAME = 80
LONGEST_PATH = 200
LONGEST_SEARCH = 2_000
MOST = 100  # of one user
UNWANTED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


class ViewProblem(StrEnum):
    """Why a saved view was refused, for who says it in the user's language."""

    NAME = "name"
    ADDRESS = "address"
    MANY = "many"
    TAKEN = "taken"


class SavedViewError(PartnerlensError):
    """A view was not saved; `problem` says why to a program. TAKEN may be asked to overwrite."""

    def __init__(self, problem: ViewProblem, message: str) -> None:
        """Refuse for a reason, in one sentence."""
        super().__init__(message)
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The app's own addresses: its paths, one that ends in `/*` with what follows, and keys."""

    paths: Collection[str]
    keys: Collection[str]

    def hold(self, path: str, search: str) -> bool:
        """Tell whether a path and a query string are one of them."""
        starts = tuple(known[:-1] for known in self.paths if known.endswith("/*"))
        below = any(path.startswith(start) and path != start for start in starts)
        if len(path) > LONGEST_PATH or not (path in self.paths or below) or not _plain(path):
            return False
        if not search:
            return True
        if len(search) > LONGEST_SEARCH or not search.startswith("?") or not _plain(search):
            return False
        try:
            asked = parse_qsl(search[1:], keep_blank_values=True, strict_parsing=True)
        except ValueError:
            return False
        return {key for key, _ in asked} <= set(self.keys)


def list_views(session: Session, viewer: Viewer) -> list[SavedView]:
    """Return the viewer's own views by name."""
    own = select(SavedView).where(SavedView.user_id == viewer.user_id)
    return sorted(session.scalars(own), key=lambda view: (view.name.casefold(), view.name))


def save(  # noqa: PLR0913 - what a saved view is
    session: Session,
    viewer: Viewer,
    own: Addresses,
    *,
    name: str,
    path: str,
    search: str,
    overwrite: bool = False,
) -> SavedView:
    """Keep an address under a name; `overwrite` says that the user agreed to lose the old one.

    Raises `SavedViewError` for a name or an address that is none, a name that is taken, and for
    one view too many.
    """
    _lock(session, viewer)
    name = _name(name)
    if not own.hold(path, search):
        msg = "Only a page of Partnerlens with its own filters can be saved as a view."
        raise SavedViewError(ViewProblem.ADDRESS, msg)
    views = {view.name: view for view in list_views(session, viewer)}
    if name in views and not overwrite:
        raise _taken(name)
    if name not in views and len(views) >= MOST:
        msg = f"You have {MOST} views, which is all there is room for: remove one first."
        raise SavedViewError(ViewProblem.MANY, msg)
    view = views.get(name) or SavedView(id=uuid.uuid4().hex, user_id=viewer.user_id, name=name)
    view.path, view.search = path, search
    session.add(view)
    session.flush()
    return view


def rename_view(session: Session, viewer: Viewer, view_id: str, name: str) -> SavedView:
    """Give a view of the viewer's own another name. Raises as `save`, or `NotFoundError`."""
    _lock(session, viewer)
    view, name = _own(session, viewer, view_id), _name(name)
    try:
        with session.begin_nested():
            view.name = name
    except IntegrityError as error:
        raise _taken(name) from error
    return view


def remove_view(session: Session, viewer: Viewer, view_id: str) -> None:
    """Remove a view of the viewer's own. Raises `NotFoundError` for any other."""
    session.delete(_own(session, viewer, view_id))
    session.flush()


def _lock(session: Session, viewer: Viewer) -> None:
    """Let one user's views change one after the other: nothing is counted twice."""
    user = session.get(User, viewer.user_id, with_for_update=True) if viewer.user_id else None
    if user is None:
        msg = "Only a signed-in user keeps views: sign in first."
        raise NotAllowedError(msg)


def _own(session: Session, viewer: Viewer, view_id: str) -> SavedView:
    view = session.get(SavedView, view_id)
    if view is None or view.user_id != viewer.user_id:
        msg = "There is no such view."
        raise NotFoundError(msg)
    return view


def _name(written: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", written).split())
    if not 0 < len(name) <= LONGEST_NAME or not _plain(name):
        msg = f"A view has a name of 1 to {LONGEST_NAME} characters, all of them visible."
        raise SavedViewError(ViewProblem.NAME, msg)
    return name


def _taken(name: str) -> SavedViewError:
    msg = f"You have a view “{name}” already: overwrite it, or choose another name."
    return SavedViewError(ViewProblem.TAKEN, msg)


def _plain(text: str) -> bool:
    return not any(unicodedata.category(c) in UNWANTED for c in text)
