"""Scheduling: opens the dialog, makes schedules, and lists, pauses and removes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, ClientsideFunction, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.schedule_wishes import (
    deliveries,
    plan_of,
    recipients_of,
    subject_of,
    zone_of,
)
from dashboard.callbacks.session import viewer_of_request
from dashboard.components import ids, report_parts
from dashboard.components.schedule_dialog import Offered, dialog_body, done_body, part
from dashboard.components.schedule_list import Listed, action, schedule_list
from dashboard.components.schedule_words import refusal, times_words
from dashboard.errors import NotAllowedError, NotFoundError, PartnerlensError
from dashboard.schedules.cadence import times_of
from dashboard.state import schedules
from dashboard.state.schedules import add_schedule, list_schedules, people
from dashboard.state.sendings import deliveries_of
from dashboard.state.slots import is_silent, newest_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.i18n import Language

REPORTS = "/reports"  # the page that lists them
LIST, TOLD = report_parts.part("schedules"), report_parts.part("schedules-told")
CHANGES = {
    "pause": schedules.pause_schedule,
    "resume": schedules.resume_schedule,
    "remove": schedules.remove_schedule,
}


def register(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    """Attach the dialog, the list, and what `assets/37-schedules.js` does."""
    _register_browser(app)
    _register_list(app, services, clock)
    _register_open(app, services)
    _register_create(app, services, clock)
    _register_change(app, services, clock)


def _register_browser(app: Dash) -> None:
    """Let the browser say what is asked for: only it knows the page and its time zone."""
    app.clientside_callback(
        ClientsideFunction("schedules", "view"),
        Output(part("ask"), "data"),
        Input(part("view"), "n_clicks"),
        State(ids.VIEW, "data"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("schedules", "report"),
        Output(part("ask"), "data", allow_duplicate=True),
        Input(report_parts.part("schedule"), "n_clicks"),
        State(report_parts.part("template"), "value"),
        State(report_parts.part("region"), "value"),
        State(report_parts.part("form"), "value"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("schedules", "offer"),
        Output(part("view"), "style"),
        Input(ids.VIEW, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("schedules", "fields"),
        Output(part("weekdays"), "style"),
        Output(part("days"), "style"),
        Input(part("every"), "value"),
    )


def _register_list(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    @app.callback(Output(LIST, "children"), Input(LIST, "id"))
    def show(_: Any) -> Component:
        return _listed(services, viewer_of_request(), language_of_request(), clock())


def _register_open(app: Dash, services: Services) -> None:
    @app.callback(
        Output(part("dialog"), "opened"),
        Output(part("body"), "children"),
        Input(part("ask"), "data"),
        prevent_initial_call=True,
    )
    def ask(asked: Any) -> tuple[bool, Any]:
        language, viewer = language_of_request(), viewer_of_request()
        try:
            subject = subject_of(services, viewer, asked, language)
        except (PartnerlensError, KeyError):
            return True, language.text("Choose a report, or a page with tables.")
        with services.database.read() as session:
            whom = people(session, viewer)
        offered = Offered(
            name=subject.name,
            about=subject.about,
            named=subject.is_view,
            pinned=subject.pinned,
            people=whom,
            deliveries=deliveries(services.settings),
            zone=zone_of(asked),
        )
        return True, dialog_body(offered, language)


def _register_create(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    @app.callback(
        Output(part("told"), "children"),
        Output(part("body"), "children", allow_duplicate=True),
        Output(ids.PARTS, "data", allow_duplicate=True),
        Input(part("create"), "n_clicks"),
        State(part("ask"), "data"),
        State(ids.MOUNTED, "data"),
        State(part("recipients"), "value"),
        inputs_of_the_form(),
        prevent_initial_call=True,
    )
    def create(
        clicks: Any, asked: Any, mounted: Any, whom: Any, fields: dict[str, Any]
    ) -> tuple[Any, Any, Any]:
        if not clicks:
            raise PreventUpdate
        language, viewer, now = language_of_request(), viewer_of_request(), clock()
        try:
            subject = subject_of(services, viewer, asked, language)
            plan = plan_of(subject, services.settings, language, **fields)
            with services.database.begin() as session:
                made = add_schedule(session, viewer, plan, recipients_of(whom), now)
        except (PartnerlensError, KeyError) as error:
            return refusal(error, language), no_update, no_update
        told = language.text(
            "“{name}” is scheduled: {times}.",
            name=plan.name,
            times=times_words(times_of(made), language),
        )
        home = services.settings.prefix.rstrip("/") + REPORTS
        parts: Any = no_update
        if mounted == REPORTS:
            parts = [[LIST, {"children": _listed(services, viewer, language, now)}]]
        return no_update, done_body(told, home, language), parts


def inputs_of_the_form() -> dict[str, State]:
    """Return the fields of the dialog by the names that `plan_of` knows."""
    names = ("name", "every", "weekday", "day", "at", "zone", "delivery")
    return {name: State(part(name), "value") for name in names}


def _register_change(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    for name in CHANGES:
        _register_one_change(app, services, clock, name)


def _register_one_change(
    app: Dash, services: Services, clock: Callable[[], datetime], name: str
) -> None:
    @app.callback(
        Output(LIST, "children", allow_duplicate=True),
        Output(TOLD, "children", allow_duplicate=True),
        Input(action(name, ALL), "n_clicks"),
        prevent_initial_call=True,
    )
    def change(_: Any) -> tuple[Component, str]:
        pressed, language, viewer = ctx.triggered_id, language_of_request(), viewer_of_request()
        if not isinstance(pressed, dict) or not ctx.triggered[0]["value"]:
            raise PreventUpdate  # a new row is no click
        told = {
            "pause": language.text("The schedule is paused."),
            "resume": language.text("The schedule goes on, from its next time."),
            "remove": language.text("The schedule was removed; what it sent stays."),
        }[name]
        try:
            with services.database.begin() as session:
                CHANGES[name](session, viewer, str(pressed.get("schedule")), clock())
        except (NotFoundError, NotAllowedError) as error:
            told = refusal(error, language)
        return _listed(services, viewer, language, clock()), told


def _listed(services: Services, viewer: Viewer, language: Language, now: datetime) -> Component:
    """Return the list of what the viewer may know of."""
    with services.database.read() as session:
        found = list_schedules(session, viewer)
        wanted = [schedule.id for schedule, _ in found]
        recipients, slots = schedules.recipients_of(session, wanted), newest_of(session, wanted)
        copies = deliveries_of(session, [slot.id for own in slots.values() for slot in own])
        silent = is_silent(session, now)
    rows = [
        Listed(
            schedule=schedule,
            owner=owner,
            recipients=recipients[schedule.id],
            slots=slots[schedule.id],
            copies=copies,
        )
        for schedule, owner in found
    ]
    return schedule_list(rows, now, language, silent=silent, prefix=services.settings.prefix)
