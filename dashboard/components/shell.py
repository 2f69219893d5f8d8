"""Shell: what surrounds every page: navigation, the controls of the URL, language and theme."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components import ids
from dashboard.components.actions import share_menu
from dashboard.components.day_field import day_field
from dashboard.components.links import outside_link
from dashboard.components.pinned import stamp_place
from dashboard.components.roles import role_name
from dashboard.components.schedule_dialog import schedule_dialog
from dashboard.data.products import PRODUCTS
from dashboard.i18n import LANGUAGES
from dashboard.wording.caption import region as region_name
from dashboard.wording.caption import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.i18n import Language

NAME = "Partnerlens"
THEME: dict[str, Any] = {
    "primaryColor": "indigo",
    "primaryShade": {"light": 7, "dark": 5},
    "autoContrast": True,
    "fontFamily": "Inter, system-ui, 'Liberation Sans', sans-serif",
    "defaultRadius": "md",
}
HEADER_HEIGHT = {"base": 112, "md": 64}  # pixels; the controls take a row of their own on phones
TALLER_HEADER = HEADER_HEIGHT | {"base": 156}  # a row more where there are tags
SIDE_BY_SIDE, SHORT = 4, 4  # regions that fit beside each other, and letters of a code
NAVIGATION = {"width": 248, "breakpoint": "md", "collapsed": {"mobile": True}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the controls offer, as the release has it."""

    regions: Sequence[str]
    dates: tuple[date, date] | None
    banner: Sequence[str] = ()
    own_organization: str = ""  # address of the partner's own organization, empty for no link
    tags: Sequence[tuple[str, str]] = ()  # id and name
    labels: Mapping[str, str] = field(default_factory=dict)  # of pages that go by another name


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInAs:
    """Whose shell it is; `token` proves that a sign-out was asked for here."""

    name: str
    role: str
    token: str


def shell(
    pages: Iterable[Any], choices: Choices, language: Language, prefix: str, who: SignedInAs
) -> Component:
    """Lay out everything but the page itself."""
    main = html.Div(
        [
            *(html.Div(words, className="pl-banner", role="alert") for words in choices.banner),
            _notice(language),
            stamp_place(),
            html.Div(_skeleton(), id=ids.PAGE),
            html.Div(id="told", className="pl-told", role="status"),
        ],
        id=ids.MAIN,
        tabIndex=-1,
        **{"aria-busy": "true"},
    )
    return dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh=False),
            *(dcc.Store(id=name) for name in (ids.VIEW, ids.MOUNTED, ids.PARTS)),
            *schedule_dialog(language),
            html.A(language.text("Skip to content"), href=f"#{ids.MAIN}", className="pl-skip"),
            dmc.AppShell(
                [
                    dmc.AppShellHeader(_header(choices, language), className="pl-chrome"),
                    dmc.AppShellNavbar(
                        _navigation(pages, choices, language, prefix, who),
                        className="pl-chrome pl-nav",
                        **{"aria-label": language.text("Pages")},
                    ),
                    dmc.AppShellMain(main),
                ],
                id=ids.SHELL,
                header={"height": TALLER_HEADER if choices.tags else HEADER_HEIGHT},
                navbar=NAVIGATION,
                padding={"base": "md", "md": "lg"},
            ),
        ],
        theme=THEME,
        defaultColorScheme="auto",
    )


def _notice(language: Language) -> Component:
    """Return the place of sentences about this look, and the cross that takes them away."""
    cross = html.Button("×", className="pl-dismiss", **{"aria-label": language.text("Dismiss")})
    return html.Div([html.Div(id=ids.NOTICE, role="status"), cross], className="pl-notice")


def _header(choices: Choices, language: Language) -> Component:
    brand = html.Div(
        [
            dmc.Burger(
                id=ids.BURGER,
                size="sm",
                hiddenFrom="md",
                **{"aria-label": language.text("Show or hide the navigation")},
            ),
            html.Span(NAME, className="pl-brand"),
        ],
        className="pl-brand-row",
    )
    controls = [_product(language)]
    if len(choices.regions) > 1:  # W-061
        controls.append(_region(choices.regions, language))
    if choices.dates:
        controls.append(_as_of(choices.dates, language))
    if choices.tags:
        controls.append(_tag(choices.tags, language))
    controls.append(share_menu(language))
    return html.Div([brand, html.Div(controls, className="pl-controls")], className="pl-header")


def _product(language: Language) -> Component:
    return dmc.SegmentedControl(
        id=ids.control("product"),
        value=next(iter(PRODUCTS)),
        data=[{"value": name, "label": short_name(name, language)} for name in PRODUCTS],
        **{"aria-label": language.text("Product")},
    )


def _region(regions: Sequence[str], language: Language) -> Component:
    """Return all regions side by side, one click away; a list where they are many or long."""
    told: dict[str, Any] = {
        "id": ids.control("region"),
        "value": regions[0],
        "className": "pl-region",
        "aria-label": language.text("Region"),
    }
    names = {code: region_name(code, language) for code in regions}
    if len(regions) <= SIDE_BY_SIDE and max(map(len, regions)) <= SHORT:
        data = [{"value": code, "label": _code(code, name)} for code, name in names.items()]
        return dmc.SegmentedControl(data=data, **told)
    data = [{"value": code, "label": name} for code, name in names.items()]
    return dmc.Select(data=data, allowDeselect=False, **told)


def _code(code: str, name: str) -> Component:
    """Show the code of a region; its name is told by the pointer and to whoever hears the page."""
    return html.Span([code, html.Span(f" – {name}", className="pl-hidden")], title=name)


def _tag(tags: Sequence[tuple[str, str]], language: Language) -> Component:
    return dmc.Select(
        id=ids.control("tag"),
        value="",
        data=[{"value": tag_id, "label": name} for tag_id, name in tags],
        placeholder=language.text("All"),
        searchable=True,
        clearable=True,
        nothingFoundMessage=language.text("No such tag"),
        leftSection=html.Span(language.text("Tag"), className="pl-label"),
        leftSectionWidth=48,
        className="pl-tag",
        clearButtonProps={"aria-label": language.text("Show all customers")},
        **{"aria-label": language.text("Tag")},
    )


def _as_of(dates: tuple[date, date], language: Language) -> Component:
    first, last = (day.isoformat() for day in dates)
    return day_field(
        ids.control("as_of"),
        last,
        language.text("Back to the newest date"),
        language,
        minDate=first,
        maxDate=last,
        leftSection=html.Span(language.text("As of"), className="pl-label"),
        leftSectionWidth=72,
        className="pl-as-of",
        **{"aria-label": language.text("As of")},
    )


def _navigation(
    pages: Iterable[Any], choices: Choices, language: Language, prefix: str, who: SignedInAs
) -> list[Component]:
    links: list[Component] = []
    if choices.own_organization:  # W-002
        words = language.text("Launch my organization")
        links.append(outside_link(words, choices.own_organization, language, "pl-launch"))
    listed = (page for page in pages if not page.path.endswith("/*"))
    for group, members in groupby(listed, key=lambda page: page.group):
        if group:
            links.append(html.P(language.text(group), className="pl-group"))
        links += [
            _link(page, choices.labels.get(page.path) or language.text(page.title), prefix)
            for page in members
        ]
    foot = html.Div([_preferences(language), _signed_in(who, language, prefix)])
    return [html.Div(links), foot]


def _link(page: Any, label: str, prefix: str) -> Component:
    return dmc.NavLink(
        id=ids.link(page.path),
        label=label,
        leftSection=html.Span(className=f"pl-icon pl-icon-{page.icon}", **{"aria-hidden": "true"}),
        href=prefix.rstrip("/") + page.path,
        active=False,
    )


def _preferences(language: Language) -> Component:
    schemes = {
        "light": language.text("Light"),
        "dark": language.text("Dark"),
        "auto": language.text("System"),
    }
    languages = {code: code.upper() for code in LANGUAGES}
    return html.Div(
        [
            _choice(ids.SCHEME, language.text("Theme"), schemes, "auto"),
            _choice(ids.LANGUAGE, language.text("Language"), languages, language.code),
        ],
        className="pl-preferences",
    )


def _signed_in(who: SignedInAs, language: Language, prefix: str) -> Component:
    """Say who is signed in, and let them out by a form: a link could be followed by accident."""
    out = html.Button(language.text("Sign out"), type="submit", name="csrf_token", value=who.token)
    return html.Div(
        [
            html.Div(
                [
                    html.Div(who.name, className="pl-who-name", title=who.name),
                    html.Div(role_name(who.role, language), className="pl-label"),
                ]
            ),
            html.Form(out, action=f"{prefix.rstrip('/')}/sign-out", method="POST"),
        ],
        className="pl-who",
    )


def _choice(name: str, label: str, options: dict[str, str], value: str) -> Component:
    return html.Div(
        [
            html.Span(label, id=f"{name}-label", className="pl-label"),
            dmc.SegmentedControl(
                id=name,
                value=value,
                data=[{"value": key, "label": words} for key, words in options.items()],
                size="xs",
                fullWidth=True,
                **{"aria-labelledby": f"{name}-label"},
            ),
        ]
    )


def _skeleton() -> Component:
    """Stand where the first page will be, at about its size."""
    cards = [html.Div(className="pl-skeleton pl-skeleton-card") for _ in range(5)]
    return html.Div(
        [
            html.Div(className="pl-skeleton pl-skeleton-title"),
            html.Div(cards, className="pl-kpis"),
            html.Div(className="pl-skeleton pl-skeleton-chart"),
        ],
        **{"aria-hidden": "true"},
    )
