"""Help: the pages of resources and of definitions, and the search among resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import ClientsideFunction, Input, Output

from dashboard.callbacks.panel import Panel
from dashboard.components.definitions import definitions_page
from dashboard.components.ids import resource
from dashboard.components.resources import resources_page

if TYPE_CHECKING:
    from dash import Dash

    from dashboard.callbacks.panel import Look
    from dashboard.components.page import Parts


def _nothing(_: Look) -> Parts:
    return []  # the shell says it all


RESOURCES = Panel(
    shell=lambda look: resources_page(look.portal, look.language),
    values=_nothing,
    needs_customers=False,
)
DEFINITIONS = Panel(
    shell=lambda look: definitions_page(look.portfolio.rules, look.language),
    values=_nothing,
    needs_customers=False,
)


def register(app: Dash) -> None:
    """Attach `assets/40-resources.js`: searching asks nothing of the server."""
    app.clientside_callback(
        ClientsideFunction("resources", "narrow"),
        Output(resource("nothing"), "hidden"),
        Input(resource("search"), "value"),
        Input(resource("kind"), "value"),
        Input(resource("topic"), "value"),
        prevent_initial_call=True,
    )
