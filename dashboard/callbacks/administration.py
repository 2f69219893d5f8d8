"""Administering: adds users and changes what each may do; the right is checked at every touch."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import dash
from dash import Input, Output, State, no_update

from dashboard.callbacks.administration_panels import administered, administers, all_users
from dashboard.callbacks.asked import text, texts
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import viewer_of_request
from dashboard.components import ids
from dashboard.components.administered import labelled, user_values
from dashboard.components.administration import initial_password, sentence
from dashboard.components.roles import refusal_words
from dashboard.data.clientele import find_customers, names_of
from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state.administration import administering
from dashboard.state.audit import record
from dashboard.state.database import StateError
from dashboard.state.refusals import ChangeRefusedError, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dash import Dash

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.state.administration import Administration
    from dashboard.state.models import User

MOST_FOUND = 20  # customers offered while somebody types
PASSWORD_BYTES = 15  # 20 characters
HOME = "/administration/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """One touch of one who administers: who, in which language, and with what."""

    services: Services
    viewer: Viewer
    language: Language
    act: str

    def say(self, change: Callable[[], Any]) -> Any:
        """Make a change, and return what to say of it; a refusal is recorded and said."""
        try:
            self._require()
            return change()
        except ChangeRefusedError as error:
            return sentence(refusal_words(error.refusal, self.language), refused=True)
        except NotAllowedError:
            self._record_refusal()
            words = self.language.text("Only partner full administrators may do this.")
        except NotFoundError:
            words = self.language.text("There is no such user any more.")
        except StateError:
            words = self.language.text(
                "The state database or its audit log cannot be written, so nothing was changed. "
                "Please try again."
            )
        return sentence(words, refused=True)

    def change(self, what: Callable[[Administration], Any]) -> Any:
        """Run a change of users in a transaction of its own, with its entry in the audit log."""
        with administering(self.services.database, self.viewer, datetime.now(UTC)) as work:
            return what(work)

    def show_user(self, user_id: str) -> None:
        """Bring the page of one user up to date."""
        one = administered(self.services.database, self.services.portfolio(), user_id)
        show(user_values(one, self.language))

    def show_all(self) -> None:
        """Bring the list of users up to date."""
        prefix = self.services.settings.prefix
        show(all_users(self.services.database, prefix, self.language))

    def _require(self) -> None:
        if not administers(self.viewer):
            msg = "Only partner full administrators do this."
            raise NotAllowedError(msg)

    def _record_refusal(self) -> None:
        try:
            with self.services.database.begin() as session:
                who, now = self.viewer.email, datetime.now(UTC)
                record(session, actor=who, action="refused", now=now, subject=self.act)
        except StateError:  # it is refused in any case
            return


def show(parts: Parts) -> None:
    """Put new values into the page on screen, as an answer of the data callback would."""
    dash.set_props(ids.PARTS, {"data": parts})


def acting(services: Services, act: str) -> Acting:
    """Say who touches, from what the server knows."""
    viewer, language = viewer_of_request(), language_of_request()
    return Acting(services=services, viewer=viewer, language=language, act=act)


def register(app: Dash, services: Services) -> None:
    """Attach the forms of the administration pages."""
    _register_add(app, services)
    _register_save(app, services)
    _register_assign(app, services)
    _register_unassign(app, services)
    _register_find(app, services)


def _register_add(app: Dash, services: Services) -> None:
    @app.callback(
        Output(ids.admin("add-said"), "children"),
        Output(ids.admin("email"), "value"),
        Output(ids.admin("name"), "value"),
        Input(ids.admin("add"), "n_clicks"),
        State(ids.admin("email"), "value"),
        State(ids.admin("name"), "value"),
        State(ids.admin("new-role"), "value"),
        prevent_initial_call=True,
    )
    def add(_: Any, email: Any, name: Any, role: Any) -> tuple[Any, Any, Any]:
        who = acting(services, "user.added")

        def change() -> Any:
            password = secrets.token_urlsafe(PASSWORD_BYTES)
            new = {"email": text(email), "name": text(name), "role": text(role)}
            added = who.change(lambda work: work.add(**new, password=password))
            who.show_all()
            return initial_password(added.email, password, who.language)

        said = who.say(change)
        done = isinstance(said, list)
        return said, "" if done else no_update, "" if done else no_update


def _register_save(app: Dash, services: Services) -> None:
    @app.callback(
        Output(ids.admin("save-said"), "children"),
        Input(ids.admin("save"), "n_clicks"),
        State(ids.admin("role"), "value"),
        State(ids.admin("active"), "checked"),
        State(ids.admin("seen"), "data"),
        State(ids.MOUNTED, "data"),
        prevent_initial_call=True,
    )
    def save(_: Any, role: Any, active: Any, seen: Any, path: Any) -> Any:
        who, user_id = acting(services, "user.saved"), shown(path)
        before: Mapping[str, Any] = seen if isinstance(seen, dict) else {}

        def apply(work: Administration) -> bool:
            user = work.user(user_id)
            _refuse_stale(user, before)
            changed = work.set_role(user, text(role))
            return work.set_active(user, active=active is True) or changed

        def change() -> Any:
            try:
                changed = who.change(apply)
            except ChangeRefusedError:
                who.show_user(user_id)  # as it is, not as it was wished
                raise
            who.show_user(user_id)
            done, same = who.language.text("Saved."), who.language.text("Nothing was to change.")
            return sentence(done if changed else same)

        return who.say(change)


def _register_assign(app: Dash, services: Services) -> None:
    @app.callback(
        Output(ids.admin("assign-said"), "children"),
        Output(ids.admin("found"), "value"),
        Input(ids.admin("assign"), "n_clicks"),
        State(ids.admin("found"), "value"),
        State(ids.MOUNTED, "data"),
        prevent_initial_call=True,
    )
    def assign(_: Any, chosen: Any, path: Any) -> tuple[Any, list[str]]:
        who, user_id, customers = acting(services, "scope.added"), shown(path), texts(chosen)

        def change() -> Any:
            _refuse_unknown(services, customers)
            n = who.change(lambda work: work.assign(work.user(user_id), customers))
            who.show_user(user_id)
            words = who.language.plural(
                "{n} customer was assigned.", "{n} customers were assigned.", n
            )
            return sentence(words)

        return who.say(change), []


def _register_unassign(app: Dash, services: Services) -> None:
    @app.callback(
        Output(ids.admin("unassign-said"), "children"),
        Input(ids.admin("unassign"), "n_clicks"),
        State(ids.admin("assigned"), "value"),
        State(ids.MOUNTED, "data"),
        prevent_initial_call=True,
    )
    def unassign(_: Any, chosen: Any, path: Any) -> Any:
        who, user_id, customers = acting(services, "scope.removed"), shown(path), texts(chosen)

        def change() -> Any:
            n = who.change(lambda work: work.unassign(work.user(user_id), customers))
            who.show_user(user_id)
            words = who.language.plural(
                "{n} customer was taken away.", "{n} customers were taken away.", n
            )
            return sentence(words)

        return who.say(change)


def _register_find(app: Dash, services: Services) -> None:
    @app.callback(
        Output(ids.admin("found"), "data"),
        Input(ids.admin("found"), "searchValue"),
        State(ids.admin("found"), "value"),
        prevent_initial_call=True,
    )
    def find(words: Any, chosen: Any) -> Any:
        who = acting(services, "scope.searched")

        def search() -> list[dict[str, str]]:
            portfolio = services.portfolio()
            if portfolio is None:
                return []
            kept = {one: names_of(portfolio.store).get(one) for one in texts(chosen)}
            offered = kept | find_customers(portfolio.store, text(words), MOST_FOUND)
            return [
                {"value": one, "label": labelled(one, name, who.language)}
                for one, name in offered.items()
            ]

        found = who.say(search)
        return found if isinstance(found, list) else []


def shown(path: Any) -> str:
    """Return the id of the user whose page is on screen."""
    return text(path).removeprefix(HOME) if text(path).startswith(HOME) else ""


def _refuse_stale(user: User, seen: Mapping[str, Any]) -> None:
    """Refuse a change made on a page that shows an older state (two administrators at once)."""
    if (seen.get("role"), seen.get("active")) != (user.role, user.active):
        raise ChangeRefusedError(Refusal.CHANGED)


def _refuse_unknown(services: Services, customers: list[str]) -> None:
    portfolio = services.portfolio()
    known = names_of(portfolio.store) if portfolio else {}
    if not known.keys() >= set(customers):
        raise ChangeRefusedError(Refusal.CUSTOMER)
