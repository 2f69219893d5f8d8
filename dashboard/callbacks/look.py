"""Looking: one controller in the browser, one callback that answers for the whole page."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import flask
import orjson
import structlog
from dash import ALL, MATCH, ClientsideFunction, Input, Output, State, no_update

from dashboard.callbacks.session import viewer_of_request
from dashboard.components import ids
from dashboard.components.states import failure
from dashboard.i18n import LANGUAGES, Language, best_language

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.callbacks.services import Services

COOKIE = "language"
ROUTE = "_dash-update-component"
OUTPUT = f"..{ids.PAGE}.children...{ids.MOUNTED}.data...{ids.PARTS}.data.."

log = structlog.get_logger(__name__)


def language_of_request() -> Language:
    """Return the language of the cookie, else the best the browser accepts."""
    chosen = flask.request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return Language(chosen)
    return best_language(flask.request.accept_languages.values())


def register(app: Dash, services: Services) -> None:
    """Attach the controller, the data callback and the lane in front of it."""
    _register_controller(app)
    _register_preferences(app)

    @app.callback(
        Output(ids.PAGE, "children"),
        Output(ids.MOUNTED, "data"),
        Output(ids.PARTS, "data"),
        Input(ids.VIEW, "data"),
        State(ids.MOUNTED, "data"),
        running=[(Output(ids.MAIN, "aria-busy"), "true", "false")],
        prevent_initial_call=True,
    )
    def look(view: dict[str, Any] | None, mounted: str | None) -> tuple[Any, Any, Any]:
        response = orjson.loads(_answer(services, view, mounted))["response"]
        return (
            response.get(ids.PAGE, {}).get("children", no_update),
            response.get(ids.MOUNTED, {}).get("data", no_update),
            response[ids.PARTS]["data"],
        )

    _put_lane_in_front(app, services)


def _register_controller(app: Dash) -> None:
    """Attach assets/20-controller.js: URL, controls, links and parts, without the server."""
    app.clientside_callback(
        ClientsideFunction("controller", "sync"),
        Output(ids.VIEW, "data"),
        Output(ids.URL, "search"),
        Output(ids.control(ALL), "value"),
        Output(ids.link(ALL), "href"),
        Output(ids.link(ALL), "active"),
        Output(ids.NOTICE, "children"),
        Output(ids.BURGER, "opened"),
        Input(ids.URL, "pathname"),
        Input(ids.URL, "search"),
        Input(ids.control(ALL), "value"),
        State(ids.control(ALL), "id"),
        State(ids.link(ALL), "id"),
        State(ids.VIEW, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("controller", "apply"),
        Input(ids.PARTS, "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("chart", "table"),
        Output(ids.chart("table", MATCH), "children"),
        Output(ids.chart("table", MATCH), "hidden"),
        Output(ids.chart("box", MATCH), "hidden"),
        Input(ids.chart("as_table", MATCH), "checked"),
        Input(ids.chart("figure", MATCH), "figure"),
        prevent_initial_call=True,
    )


def _register_preferences(app: Dash) -> None:
    """Attach assets/22-preferences.js: language, theme and the navigation that folds."""
    for function, control in {"speak": ids.LANGUAGE, "paint": ids.SCHEME}.items():
        app.clientside_callback(
            ClientsideFunction("preferences", function),
            Input(control, "value"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        ClientsideFunction("preferences", "fold"),
        Output(ids.SHELL, "navbar"),
        Input(ids.BURGER, "opened"),
        State(ids.SHELL, "navbar"),
        prevent_initial_call=True,
    )


def _put_lane_in_front(app: Dash, services: Services) -> None:
    """Answer the data callback with cached bytes as they are.

    Dash would decode and encode them again, which costs more than finding them (ADR 0005).
    Every other callback goes on to Dash.
    """
    endpoint = next(r.endpoint for r in app.server.url_map.iter_rules() if r.rule.endswith(ROUTE))
    dash_answers = app.server.view_functions[endpoint]

    def dispatch() -> Any:
        asked = _asked(app, flask.request.get_data())
        if asked is None:
            return dash_answers()
        return flask.Response(_answer(services, *asked), mimetype="application/json")

    app.server.view_functions[endpoint] = dispatch


def _asked(app: Dash, sent: bytes) -> tuple[Any, Any] | None:
    """Return what the data callback is asked, or None if another one is.

    What no page of ours would send, and what names no callback, is a bad request and no failure.
    """
    try:
        body = orjson.loads(sent)
        if body["output"] != OUTPUT:
            known = body["output"] in app.callback_map
            return None if known else flask.abort(HTTPStatus.BAD_REQUEST)
        [view], [mounted] = body["inputs"], body["state"]
        return view.get("value"), mounted.get("value")
    except (ValueError, TypeError, KeyError, AttributeError):
        flask.abort(HTTPStatus.BAD_REQUEST)


def _answer(services: Services, view: Any, mounted: Any) -> bytes:
    """Answer in the language of the request; a failure is one sentence beside the old page."""
    language = language_of_request()
    try:
        wanted = view if isinstance(view, dict) else {}
        return services.answer(wanted, mounted, language, viewer_of_request())
    except Exception:
        reference = secrets.token_hex(4)
        log.exception("answer.failed", reference=reference)
        shown = failure(reference, language).to_plotly_json()
        parts = [[ids.NOTICE, {"children": shown}]]
        return orjson.dumps(
            {"multi": True, "response": {ids.PARTS: {"data": parts}}},
            default=lambda component: component.to_plotly_json(),
        )
