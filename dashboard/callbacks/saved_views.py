"""Saving views: keeps what is filtered and sorted by under a name, for its user alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, Input, Output, State, ctx, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.session import viewer_of_request
from dashboard.components import ids
from dashboard.components.saved_views import forget, view_list, view_part, view_problem
from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import saved_views
from dashboard.state.saved_views import SavedViewError, ViewProblem

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.i18n import Language

PATH = "/customers"  # the page whose views are kept


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the menu of views."""
    _register_keep(app, services)
    _register_forget(app, services)


def _register_keep(app: Dash, services: Services) -> None:
    @app.callback(
        Output(view_part("name"), "value"),
        Output(view_part("taken"), "hidden"),
        Output(view_part("replace"), "checked"),
        Output(view_part("told"), "children", allow_duplicate=True),
        Output(view_part("list"), "children", allow_duplicate=True),
        Input(view_part("keep"), "n_clicks"),
        Input(view_part("name"), "n_submit"),
        State(view_part("name"), "value"),
        State(view_part("replace"), "checked"),
        State(ids.URL, "search"),
        prevent_initial_call=True,
    )
    def keep(clicks: Any, submits: Any, name: Any, replace: Any, search: Any) -> tuple[Any, ...]:
        if not (clicks or submits):
            raise PreventUpdate
        language, viewer = language_of_request(), viewer_of_request()
        try:
            with services.database.begin() as session:
                view = saved_views.save(
                    session,
                    viewer,
                    services.addresses,
                    name=name if isinstance(name, str) else "",
                    path=PATH,
                    search=search if isinstance(search, str) else "",
                    overwrite=replace is True,
                )
                told = language.text("Saved as “{name}”.", name=view.name)
        except SavedViewError as error:
            free = error.problem is not ViewProblem.TAKEN
            return no_update, free, False, view_problem(error.problem, language), no_update
        except NotAllowedError:
            told = language.text("Only somebody who has signed in keeps views.")
            return no_update, True, False, told, no_update
        return "", True, False, told, _listed(services, viewer, language)


def _register_forget(app: Dash, services: Services) -> None:
    @app.callback(
        Output(view_part("told"), "children", allow_duplicate=True),
        Output(view_part("list"), "children", allow_duplicate=True),
        Input(forget(ALL), "n_clicks"),
        prevent_initial_call=True,
    )
    def remove(_: Any) -> tuple[Any, Any]:
        pressed, language = ctx.triggered_id, language_of_request()
        if not pressed or not ctx.triggered[0]["value"]:
            raise PreventUpdate  # a new row is no click
        viewer = viewer_of_request()
        try:
            with services.database.begin() as session:
                saved_views.remove_view(session, viewer, str(pressed.get("view")))
        except NotFoundError:
            pass  # it is gone already, which is what was asked for
        return language.text("The view was removed."), _listed(services, viewer, language)


def _listed(services: Services, viewer: Viewer, language: Language) -> list[Component]:
    home = services.settings.prefix.rstrip("/") + PATH
    with services.database.read() as session:
        views = saved_views.list_views(session, viewer)
        return view_list(views, home, language)
