"""Reporting: the reports page, asking for a report, and looking how far it is.

What the browser sends is a wish: template, region, period and columns are checked again, and
whose reports are listed is decided by the viewer of the session.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks import report_files
from dashboard.callbacks.asked import text
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.panel import Panel
from dashboard.callbacks.report_choice import chosen, offer_of, order_of_wishes
from dashboard.callbacks.session import viewer_of_request
from dashboard.components.report_parts import action, part, refusal
from dashboard.components.reports import is_unfinished, reports_list
from dashboard.components.reports_page import about, region_options, reports_shell, shown
from dashboard.errors import NotFoundError, PartnerlensError, ReleaseError
from dashboard.reports import TEMPLATES
from dashboard.reports.jobs import Jobs
from dashboard.state.report_templates import list_templates
from dashboard.state.reports import delete_report, list_reports, request

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.access import Viewer
    from dashboard.callbacks.panel import Look
    from dashboard.callbacks.services import Services
    from dashboard.components.page import Parts
    from dashboard.data.store import Store
    from dashboard.i18n import Language
    from dashboard.state.database import Database


def _shell(look: Look) -> Component:
    first = chosen(look.database, look.viewer, next(iter(TEMPLATES)))
    offer = offer_of(first, look.portfolio.store, look.filters.region)
    with look.database.read() as session:
        own = list_templates(session, look.viewer)
        unfinished = is_unfinished(list_reports(session, look.viewer))
    return reports_shell(offer, own, look.language, unfinished=unfinished)


def _values(look: Look) -> Parts:
    listed, _ = _listed(look.database, look.viewer, look.language, look.settings.prefix)
    return [(part("list"), {"children": listed})]


PANEL = Panel(shell=_shell, values=_values, heeds_release=False)


def register(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    """Attach the callbacks of the reports page, and the downloads."""
    jobs = Jobs(services.settings, services.database, lambda: _store(services), clock)
    report_files.register(app, services, jobs, clock)
    _register_choose(app, services)
    _register_generate(app, services, jobs, clock)
    _register_poll(app, services, jobs)
    _register_delete(app, services, clock)


def _register_choose(app: Dash, services: Services) -> None:
    @app.callback(
        Output(part("about"), "children"),
        Output(part("region"), "data"),
        Output(part("region"), "value"),
        Output(part("regions"), "style"),
        Output(part("period"), "style"),
        Input(part("template"), "value"),
        State(part("region"), "value"),
        prevent_initial_call=True,
    )
    def choose(template: Any, region: Any) -> tuple[Any, ...]:
        language = language_of_request()
        store = _store(services)
        try:
            found = chosen(services.database, viewer_of_request(), text(template))
        except (PartnerlensError, KeyError) as error:
            raise PreventUpdate from error
        if store is None:
            raise PreventUpdate
        offer = offer_of(found, store, text(region) or None)
        several = shown(len(offer.regions) > 1)
        regions = region_options(offer, language)
        return about(offer, language), regions, offer.region, several, shown(offer.period)


def _register_generate(
    app: Dash, services: Services, jobs: Jobs, clock: Callable[[], datetime]
) -> None:
    @app.callback(
        Output(part("status"), "children"),
        Output(part("list"), "children", allow_duplicate=True),
        Output(part("poll"), "disabled", allow_duplicate=True),
        Input(part("generate"), "n_clicks"),
        State(part("template"), "value"),
        State(part("region"), "value"),
        State(part("from"), "value"),
        State(part("to"), "value"),
        State(part("form"), "value"),
        prevent_initial_call=True,
    )
    def generate(clicks: Any, template: Any, *wishes: Any) -> tuple[Any, ...]:
        if not clicks:
            raise PreventUpdate
        language, viewer, store = language_of_request(), viewer_of_request(), _store(services)
        region, start, end, form = wishes
        try:
            if store is None:
                raise ReleaseError(services.problem)
            found = chosen(services.database, viewer, text(template))
            order, choice = order_of_wishes(
                found, store, region=region, start=start, end=end, form=form
            )
            days = (order.period.start, order.period.end) if order.period else None
            with services.database.begin() as session:
                request(
                    session,
                    viewer,
                    choice,
                    form=order.form,
                    period=days,
                    name=found.name,
                    now=clock(),
                )
        except PartnerlensError as error:
            return refusal(error, language), no_update, no_update
        jobs.wake()
        listed, _ = _relisted(services, viewer, language)
        return language.text("The report is being made; it appears below."), listed, False


def _register_poll(app: Dash, services: Services, jobs: Jobs) -> None:
    @app.callback(
        Output(part("list"), "children", allow_duplicate=True),
        Output(part("poll"), "disabled", allow_duplicate=True),
        Output(part("status"), "children", allow_duplicate=True),
        Input(part("poll"), "n_intervals"),
        prevent_initial_call=True,
    )
    def poll(_: Any) -> tuple[Component, bool, Any]:
        jobs.wake()
        listed, unfinished = _relisted(services, viewer_of_request(), language_of_request())
        return listed, not unfinished, no_update if unfinished else ""


def _register_delete(app: Dash, services: Services, clock: Callable[[], datetime]) -> None:
    @app.callback(
        Output(part("list"), "children", allow_duplicate=True),
        Output(part("status"), "children", allow_duplicate=True),
        Input(action("delete", ALL), "n_clicks"),
        prevent_initial_call=True,
    )
    def delete(_: Any) -> tuple[Component, str]:
        pressed, language, viewer = ctx.triggered_id, language_of_request(), viewer_of_request()
        if not isinstance(pressed, dict) or not ctx.triggered[0]["value"]:
            raise PreventUpdate  # a new row of the table is no click
        told = language.text("The report was deleted.")
        try:
            with services.database.begin() as session:
                delete_report(session, viewer, str(pressed.get("report")), clock())
        except NotFoundError as error:
            told = refusal(error, language)
        return _relisted(services, viewer, language)[0], told


def _store(services: Services) -> Store | None:
    portfolio = services.portfolio()
    return portfolio.store if portfolio else None


def _listed(
    database: Database, viewer: Viewer, language: Language, prefix: str
) -> tuple[Component, bool]:
    """Return the list, and whether it will change by itself."""
    with database.read() as session:
        listed = list_reports(session, viewer)
    return reports_list(listed, language, prefix), is_unfinished(listed)


def _relisted(services: Services, viewer: Viewer, language: Language) -> tuple[Component, bool]:
    return _listed(services.database, viewer, language, services.settings.prefix)
