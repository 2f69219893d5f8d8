"""Tagging: creates, renames and removes tags, and puts them on customers.

What the browser sends is a wish: every change takes the viewer from the session and checks the
right, the scope and the version again, in the transaction that makes it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dash import ALL, MATCH, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.panel import Panel
from dashboard.callbacks.session import viewer_of_request
from dashboard.components.tags import bulk, refusal, tag_how_many, tagged, untagged
from dashboard.components.tags_page import action, part, removal, tags_list, tags_shell
from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import tags
from dashboard.state.tag_names import TagError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dash import Dash
    from dash.development.base_component import Component
    from sqlalchemy.orm import Session

    from dashboard.access import Viewer
    from dashboard.callbacks.panel import Look
    from dashboard.callbacks.services import Services
    from dashboard.components.page import Parts
    from dashboard.i18n import Language
    from dashboard.state.database import Database
    from dashboard.state.tags import TagCount

REFUSED = (TagError, NotAllowedError, NotFoundError)


def _shell(look: Look) -> Component:
    return tags_shell(look.language, edits=look.viewer.edits_tags)


def _values(look: Look) -> Parts:
    prefix = look.settings.prefix
    listed = _listed(look.database, look.viewer, look.language, prefix)
    return [(part("list"), {"children": listed})]


PANEL = Panel(shell=_shell, values=_values, needs_customers=False)


def register(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    """Attach the callbacks of the tags page and of every bar that tags customers."""
    _register_create(app, services, clock)
    _register_open(app, services)
    _register_confirm(app, services, clock)
    _register_count(app)
    _register_bulk(app, services, clock)


def _register_create(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    @app.callback(
        Output(part("new"), "value"),
        Output(part("new"), "error"),
        Output(part("list"), "children", allow_duplicate=True),
        Output(part("status"), "children", allow_duplicate=True),
        Input(part("create"), "n_clicks"),
        Input(part("new"), "n_submit"),
        State(part("new"), "value"),
        prevent_initial_call=True,
    )
    def create(clicks: Any, submits: Any, written: Any) -> tuple[Any, ...]:
        if not (clicks or submits):
            raise PreventUpdate
        language, viewer = language_of_request(), viewer_of_request()
        try:
            with services.database.begin() as session:
                tag = tags.create(session, viewer, _text(written), clock())
        except REFUSED as error:
            return no_update, refusal(error, language), no_update, ""
        told = language.text("“{name}” was created.", name=tag.name)
        return "", None, _relisted(services, viewer, language), told


def _register_open(app: Dash, services: Services) -> None:
    @app.callback(
        Output(part("dialog"), "opened", allow_duplicate=True),
        Output(part("dialog"), "title"),
        Output(part("question"), "children"),
        Output(part("rename"), "value"),
        Output(part("rename"), "display"),
        Output(part("confirm"), "children"),
        Output(part("edit"), "data"),
        Output(part("problem"), "children", allow_duplicate=True),
        Input(part("cancel"), "n_clicks"),
        Input(action("rename", ALL), "n_clicks"),
        Input(action("remove", ALL), "n_clicks"),
        prevent_initial_call=True,
    )
    def ask(*_: Any) -> tuple[Any, ...]:
        pressed, language = ctx.triggered_id, language_of_request()
        if not pressed or not ctx.triggered[0]["value"]:
            raise PreventUpdate  # a new row of the table is no click
        if pressed == part("cancel"):
            return (False, *[no_update] * 7)
        tag = _one(services.database, viewer_of_request(), pressed.get("tag"))
        if tag is None:
            raise PreventUpdate
        edit = {"tag": tag.id, "seen": tag.version, "remove": pressed == action("remove", tag.id)}
        if edit["remove"]:
            title, word = language.text("Remove “{name}”?", name=tag.name), language.text("Remove")
            return True, title, removal(tag, language), tag.name, "none", word, edit, ""
        title, word = language.text("Rename “{name}”", name=tag.name), language.text("Save")
        return True, title, "", tag.name, "block", word, edit, ""


def _register_confirm(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    @app.callback(
        Output(part("dialog"), "opened", allow_duplicate=True),
        Output(part("problem"), "children", allow_duplicate=True),
        Output(part("list"), "children", allow_duplicate=True),
        Output(part("status"), "children", allow_duplicate=True),
        Input(part("confirm"), "n_clicks"),
        Input(part("rename"), "n_submit"),
        State(part("edit"), "data"),
        State(part("rename"), "value"),
        prevent_initial_call=True,
    )
    def change(clicks: Any, submits: Any, edit: Any, written: Any) -> tuple[Any, ...]:
        if not (clicks or submits) or not isinstance(edit, dict):
            raise PreventUpdate
        language, viewer = language_of_request(), viewer_of_request()
        try:
            with services.database.begin() as session:
                told = _changed(session, viewer, edit, _text(written), clock(), language)
        except REFUSED as error:
            shown = _relisted(services, viewer, language)  # it may be of before
            return True, refusal(error, language), shown, ""
        return False, "", _relisted(services, viewer, language), told


def _register_count(app: Dash) -> None:
    @app.callback(
        Output(bulk("count", MATCH), "children"),
        Output(bulk("add", MATCH), "disabled"),
        Output(bulk("remove", MATCH), "disabled"),
        Input(bulk("chosen", MATCH), "data"),
        prevent_initial_call=True,
    )
    def count(chosen: Any) -> tuple[str, bool, bool]:
        n = len(set(_ids(chosen)))
        return tag_how_many(n, language_of_request()), n == 0, n == 0


def _register_bulk(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    @app.callback(
        Output(bulk("told", MATCH), "children"),
        Output(bulk("changed", MATCH), "data"),
        Input(bulk("add", MATCH), "n_clicks"),
        Input(bulk("remove", MATCH), "n_clicks"),
        State(bulk("tag", MATCH), "value"),
        State(bulk("chosen", MATCH), "data"),
        State(bulk("changed", MATCH), "data"),
        prevent_initial_call=True,
    )
    def change(add: Any, remove: Any, tag: Any, chosen: Any, done: Any) -> tuple[Any, Any]:
        pressed, language = ctx.triggered_id, language_of_request()
        if not (add or remove) or not isinstance(pressed, dict):
            raise PreventUpdate
        if not (isinstance(tag, str) and tag):
            return language.text("Choose a tag first."), no_update
        adds = pressed.get("part") == bulk("add", "")["part"]
        scope = viewer_of_request().scope.narrowed(services.customers())
        viewer = replace(viewer_of_request(), scope=scope)  # who is not there is not found
        try:
            with services.database.begin() as session:
                done_to = tags.assign if adds else tags.unassign
                n = done_to(session, viewer, tag, _ids(chosen), clock())
                name = next(one.name for one in tags.all_tags(session) if one.id == tag)
        except REFUSED as error:
            return refusal(error, language), no_update
        told = (tagged if adds else untagged)(name, n, language)
        return told, (done if isinstance(done, int) else 0) + 1


def _changed(
    session: Session,
    viewer: Viewer,
    edit: dict[str, Any],
    written: str,
    now: datetime,
    language: Language,
) -> str:
    """Rename or remove the tag as it was seen, and say so."""
    tag_id, seen = _text(edit.get("tag")), edit.get("seen")
    seen = seen if isinstance(seen, int) else 0
    if not edit.get("remove"):
        tag = tags.rename(session, viewer, tag_id, seen, written, now)
        return language.text("The tag is called “{name}” now.", name=tag.name)
    tags.remove(session, viewer, tag_id, seen, now)
    return language.text("The tag was removed.")


def _one(database: Database, viewer: Viewer, tag_id: object) -> TagCount | None:
    with database.read() as session:
        listed = tags.list_tags(session, viewer.scope)
    return next((tag for tag in listed if tag.id == tag_id), None)


def _listed(database: Database, viewer: Viewer, language: Language, prefix: str) -> Component:
    with database.read() as session:
        listed = tags.list_tags(session, viewer.scope)
    return tags_list(listed, language, prefix, edits=viewer.edits_tags)


def _relisted(services: Services, viewer: Viewer, language: Language) -> Component:
    return _listed(services.database, viewer, language, services.settings.prefix)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _ids(values: object) -> list[str]:
    return [v for v in values if isinstance(v, str)] if isinstance(values, list) else []
