"""Report templates: opens, saves and deletes the templates of the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Input, Output, State, no_update
from dash.exceptions import PreventUpdate

from dashboard.callbacks.asked import text, texts
from dashboard.callbacks.look import language_of_request
from dashboard.callbacks.report_choice import choice_of_wishes, chosen
from dashboard.callbacks.session import viewer_of_request
from dashboard.components.report_parts import part, refusal
from dashboard.components.report_templates import NEW, column_options, own_options
from dashboard.components.reports_page import OWN, template_options
from dashboard.errors import PartnerlensError
from dashboard.reports import TEMPLATES
from dashboard.state.report_templates import list_templates, remove_template, save_template

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.access import Viewer
    from dashboard.callbacks.services import Services
    from dashboard.i18n import Language


def register(app: Dash, services: Services) -> None:
    """Attach the callbacks of the editor."""
    _register_open(app, services)
    _register_base(app)
    _register_save(app, services)
    _register_remove(app, services)


def _register_open(app: Dash, services: Services) -> None:
    @app.callback(
        Output(part("name"), "value"),
        Output(part("base"), "value"),
        Output(part("columns"), "data"),
        Output(part("columns"), "value"),
        Output(part("filtered"), "data"),
        Output(part("filtered"), "value"),
        Output(part("text"), "value"),
        Output(part("home"), "value"),
        Output(part("remove"), "disabled"),
        Output(part("told"), "children"),
        Input(part("edited"), "value"),
        prevent_initial_call=True,
    )
    def edit(template: Any) -> tuple[Any, ...]:
        language = language_of_request()
        if template == NEW:
            first = next(iter(TEMPLATES.values()))
            options = column_options(first, language)
            columns = list(first.default)
            return "", first.name, options, columns, options, None, "", None, True, ""
        try:
            found = chosen(services.database, viewer_of_request(), f"{OWN}{template}")
        except PartnerlensError as error:
            return (*[no_update] * 9, refusal(error, language))
        choice, options = found.choice, column_options(found.template, language)
        column, text = choice.filters[0] if choice.filters else (None, "")
        fields = (found.name, choice.template, options, list(choice.columns), options)
        return (*fields, column, text, choice.region, False, "")


def _register_base(app: Dash) -> None:
    @app.callback(
        Output(part("columns"), "data", allow_duplicate=True),
        Output(part("columns"), "value", allow_duplicate=True),
        Output(part("filtered"), "data", allow_duplicate=True),
        Output(part("filtered"), "value", allow_duplicate=True),
        Input(part("base"), "value"),
        State(part("columns"), "value"),
        State(part("filtered"), "value"),
        prevent_initial_call=True,
    )
    def base(name: Any, columns: Any, filtered: Any) -> tuple[Any, ...]:
        name, columns, filtered = text(name), texts(columns), text(filtered)
        if name not in TEMPLATES:
            raise PreventUpdate
        template, known = TEMPLATES[name], {c.name for c in TEMPLATES[name].columns}
        options = column_options(template, language_of_request())
        kept = columns if columns and set(columns) <= known else list(template.default)
        return options, kept, options, filtered if filtered in known else None


def _register_save(app: Dash, services: Services) -> None:
    @app.callback(
        Output(part("told"), "children", allow_duplicate=True),
        Output(part("edited"), "data"),
        Output(part("edited"), "value"),
        Output(part("template"), "data"),
        Input(part("save"), "n_clicks"),
        State(part("edited"), "value"),
        State(part("name"), "value"),
        State(part("base"), "value"),
        State(part("columns"), "value"),
        State(part("filtered"), "value"),
        State(part("text"), "value"),
        State(part("home"), "value"),
        prevent_initial_call=True,
    )
    def save(clicks: Any, edited: Any, name: Any, *wishes: Any) -> tuple[Any, ...]:
        if not clicks:
            raise PreventUpdate
        language, viewer = language_of_request(), viewer_of_request()
        written = name if isinstance(name, str) else ""
        replaced = edited if isinstance(edited, str) and edited != NEW else ""
        try:
            choice = choice_of_wishes(*wishes)
            with services.database.begin() as session:
                row = save_template(session, viewer, written, choice, replaced)
        except PartnerlensError as error:
            return (refusal(error, language), *[no_update] * 3)
        told = language.text("“{name}” was saved.", name=row.name)
        return (told, *_options(services, viewer, language, row.id))


def _register_remove(app: Dash, services: Services) -> None:
    @app.callback(
        Output(part("told"), "children", allow_duplicate=True),
        Output(part("edited"), "data", allow_duplicate=True),
        Output(part("edited"), "value", allow_duplicate=True),
        Output(part("template"), "data", allow_duplicate=True),
        Output(part("template"), "value"),
        Input(part("remove"), "n_clicks"),
        State(part("edited"), "value"),
        State(part("template"), "value"),
        prevent_initial_call=True,
    )
    def remove(clicks: Any, edited: Any, current: Any) -> tuple[Any, ...]:
        if not clicks or not isinstance(edited, str):
            raise PreventUpdate
        language, viewer = language_of_request(), viewer_of_request()
        try:
            with services.database.begin() as session:
                remove_template(session, viewer, edited)
        except PartnerlensError as error:
            return (refusal(error, language), *[no_update] * 4)
        gone = next(iter(TEMPLATES)) if current == f"{OWN}{edited}" else no_update
        told = language.text("The template was deleted.")
        return (told, *_options(services, viewer, language, NEW), gone)


def _options(
    services: Services, viewer: Viewer, language: Language, edited: str
) -> tuple[Any, ...]:
    """Return what can be edited and what can be made, now that the templates are others."""
    with services.database.read() as session:
        own = list_templates(session, viewer)
    return own_options(own, language), edited, template_options(own, language)
