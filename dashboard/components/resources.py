"""Resources: what a partner may want to read next, and how to reach support (W-245…W-250)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html

from dashboard.components.ids import resource
from dashboard.components.links import outside_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.portal import Portal, Resource


def resources_page(portal: Portal, language: Language) -> Component:
    """Lay out quick links, featured resources, all of them with search, and support."""
    quick = [r for r in portal.resources if r.quick]
    featured = [r for r in portal.resources if r.featured]
    cards: list[Component] = [html.H1(language.text("Resources & Help"))]
    if quick:
        cards.append(_card("quick-links", language.text("Quick links"), _quick(quick, language)))
    if featured:
        tiles = html.Div([_tile(r, language) for r in featured], className="pl-tiles")
        cards.append(_card("featured", language.text("Featured resources"), tiles))
    cards.append(_card("all", language.text("All resources"), *_all(portal.resources, language)))
    cards.append(_card("own", language.text("Your own organization"), _own(portal, language)))
    if address := portal.link("partner_support"):
        cards.append(_support(address, language))
    return html.Div(cards, className="pl-page")


def _card(name: str, title: str, *body: Component) -> Component:
    heading = html.H2(title, id=f"resources-{name}", className="pl-card-title")
    return html.Section(
        dmc.Card([heading, *body], withBorder=True, className="pl-card"),
        **{"aria-labelledby": f"resources-{name}"},
    )


def _quick(quick: Iterable[Resource], language: Language) -> Component:
    links = [html.Li(outside_link(r.words("title", language), r.url, language)) for r in quick]
    return html.Ul(links, className="pl-quick")


def _tile(shown: Resource, language: Language) -> Component:
    return html.Div(
        [
            html.H3(outside_link(shown.words("title", language), shown.url, language)),
            html.P(shown.words("summary", language), className="pl-meaning"),
        ],
        className="pl-tile",
    )


def _all(resources: Iterable[Resource], language: Language) -> list[Component]:
    shown = sorted(resources, key=lambda r: r.words("title", language).casefold())
    controls = [
        dmc.TextInput(
            id=resource("search"),
            placeholder=language.text("Search resources"),
            **{"aria-label": language.text("Search resources")},
        ),
        _choice("kind", language.text("Kind"), {r.words("kind", language) for r in shown}),
        _choice("topic", language.text("Topic"), {r.words("topic", language) for r in shown}),
    ]
    items = [_item(r, language) for r in shown]
    nothing = language.text("No resource matches; clear the search or a filter.")
    return [
        html.Div(controls, className="pl-resource-controls"),
        html.Ul(items, id=resource("list"), className="pl-resources"),
        html.P(nothing, id=resource("nothing"), className="pl-empty", hidden=True, role="status"),
    ]


def _choice(name: str, label: str, values: set[str]) -> Component:
    return dmc.Select(
        id=resource(name),
        data=sorted(values - {""}),
        placeholder=label,
        clearable=True,
        clearButtonProps={"aria-label": label},
        **{"aria-label": label},
    )


def _item(shown: Resource, language: Language) -> Component:
    names = ("title", "summary", "kind", "topic")
    title, summary, kind, topic = (shown.words(name, language) for name in names)
    kinds = [html.Span(word, className="pl-kind") for word in (kind, topic) if word]
    return html.Li(
        [
            html.Div([outside_link(title, shown.url, language), html.P(summary)]),
            html.Div(kinds, className="pl-kinds"),
        ],
        **{
            "data-words": f"{title} {summary} {kind} {topic}".casefold(),
            "data-kind": kind,
            "data-topic": topic,
        },
    )


def _own(portal: Portal, language: Language) -> Component:
    """Say how a partner gets an organization of its own, and where its people and roles are."""
    steps = (
        ("", language.text("Access to Partner Hub comes with the first order placed on CCW.")),
        (
            portal.link("setup_wizard"),
            language.text(
                "First-time setup: review the plan, accept the terms and conditions, choose Get "
                "started and follow the prompts, as for a new customer."
            ),
        ),
        (
            portal.link("users"),
            language.text(
                "Then add users, manage services and see your own organization's analytics. "
                "Partner administrator roles: Users, a user, Roles and security, Administrator "
                "roles."
            ),
        ),
    )
    open_it = language.text("Open")
    return html.Ol(
        [
            html.Li([words, " ", outside_link(open_it, url, language)] if url else words)
            for url, words in steps
        ],
        className="pl-steps",
    )


def _support(address: str, language: Language) -> Component:
    words = language.text("Help with Webex Calling and Contact Center comes from partner support.")
    icon = html.Span(className="pl-icon pl-icon-support", **{"aria-hidden": "true"})
    link = outside_link(language.text("Contact partner support"), address, language)
    return _card(
        "support",
        language.text("Partner support"),
        html.Div([icon, html.Div([html.P(words), link])], className="pl-support"),
    )
