"""Cards: the plain ones of a customer's page: a title, facts with their names, and tables."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from dash import html

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dash.development.base_component import Component

ANCHOR = 12  # characters of an anchor made of a name


def panel(name: str, title: str, *body: Component, beside: Component | None = None) -> Component:
    """Return a card that is named by its title; `beside` stands at the title's right."""
    anchor = "panel-" + sha256(name.encode()).hexdigest()[:ANCHOR]  # a name may hold anything
    top = html.H2(title, id=anchor)
    return html.Section(
        [html.Div([top, *([beside] if beside else [])], className="pl-panel-head"), *body],
        className="pl-panel",
        **{"aria-labelledby": anchor},
    )


def facts(named: Iterable[tuple[str, Any]]) -> Component:
    """Return facts beside each other, each below its name."""
    pairs = [html.Div([html.Dt(name), html.Dd(value)]) for name, value in named]
    return html.Dl(pairs, className="pl-facts")


def listing(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    numbers: Collection[int] = (),
    look: str = "",
) -> Component:
    """Return a table whose first cells name the rows; it scrolls where there is no room."""
    looks = dict.fromkeys(numbers, "pl-number")
    top = [html.Th(text, scope="col", className=looks.get(n, "")) for n, text in enumerate(heads)]
    body = [
        html.Tr(
            [
                html.Th(cell, scope="row")
                if n == 0
                else html.Td(cell, className=looks.get(n, ""), **{"data-label": heads[n]})
                for n, cell in enumerate(row)
            ]
        )
        for row in rows
    ]
    table = html.Table([html.Thead(html.Tr(top)), html.Tbody(body)])
    return html.Div(
        table,
        className=f"pl-listing {look}".strip(),
        tabIndex=0,
        role="region",
        **{"aria-label": title},
    )
