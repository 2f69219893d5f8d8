"""Chart card: a trend with its finding, its table, and the choice of weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.drawing import has_grid
from dashboard.components.heading import has_heading
from dashboard.components.ids import chart, control, slot
from dashboard.components.pictures import picture_menu
from dashboard.data.filters import WEEKS
from dashboard.sections import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.metrics.rules import Rules
    from dashboard.sections import Section

HEIGHT = 340  # pixels, also while loading: nothing jumps
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,  # Plotly offers to upload charts by default
    "plotlyServerURL": "",
    "responsive": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 3},
}


class Drawn(NamedTuple):
    """What a chart shows: its figure, the sentence that says so, and what it is about."""

    figure: dict[str, Any]
    finding: str | None = None
    caption: str | None = None


NOT_YET = Drawn({"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}})


def chart_card(section: Section, language: Language, rules: Rules, weeks: int) -> Component:
    """Return the card of a section's trend, without values and at its final height."""
    title = language.text(section.chart_title or section.title)
    tools = [_as_table(section.name, language), picture_menu(section.name, language)]
    if not has_grid(SECTIONS[section.name]):  # no table offers these numbers as a file
        tools[1] = picture_menu(section.name, language, rows=True)
    if section.dataset is None:
        tools.insert(0, _weeks(language, weeks))
    head = [html.Div(tools), *_meaning(section, language, rules)]
    look = "pl-picks" if section.picks else None
    return _card(section.name, title, head, NOT_YET, language, look)


def drawn_card(name: str, title: str, drawn: Drawn, language: Language) -> Component:
    """Return the card of a chart that comes with its values, as many as these ask for."""
    head = [html.Div([_as_table(name, language), picture_menu(name, language)])]
    return _card(name, title, head, drawn, language)


def _card(
    name: str,
    title: str,
    beside: Sequence[Component],
    drawn: Drawn,
    language: Language,
    look: str | None = None,
) -> Component:
    heading, finding = f"chart-title-{name}", f"finding-{name}"
    graph = dcc.Graph(
        id=chart("figure", name),
        config=CONFIG | {"locale": language.code.split("-")[0]},
        figure=drawn.figure,
        style={"height": HEIGHT},
        responsive=True,
    )
    body = [
        html.Div(
            graph,
            id=chart("box", name),
            className=look,
            style={"minHeight": HEIGHT},
            role="group",
            **{"aria-labelledby": heading, "aria-describedby": finding},
        ),
        html.Div(
            id=chart("table", name),
            className="pl-chart-table",
            style={"height": HEIGHT},
            hidden=True,
            tabIndex=0,
            role="region",
            **{"aria-labelledby": heading},
        ),
        html.P(
            html.Span(drawn.finding, id=slot(name, "finding")), id=finding, className="pl-finding"
        ),
        html.P(drawn.caption, id=slot(name, "chart-caption"), className="pl-caption"),
    ]
    head = html.Div([html.H2(title, id=heading), *beside], className="pl-card-head")
    return dmc.Card([head, *body], withBorder=True, className="pl-card pl-chart-card")


def _meaning(section: Section, language: Language, rules: Rules) -> list[Component]:
    """Explain the section, unless the heading above the card does, and what one can choose."""
    sentences = []
    if section.dataset is None or not has_heading(section):
        sentences.append(language.text(section.definition).format(**rules.as_words()))
    picks = {
        "week": language.text("Choose a week, here or in the table view, to look at it below."),
        "endpoint": language.text(
            "Choose a type, here or in the table view, to look at its calls below."
        ),
    }
    if section.picks:
        sentences.append(picks[section.picks])
    return [html.P(" ".join(sentences), className="pl-meaning")] if sentences else []


def _weeks(language: Language, weeks: int) -> Component:
    data = [{"value": str(n), "label": language.number(n)} for n in WEEKS]
    return html.Div(
        [
            html.Span(language.text("Weeks"), id="weeks-label", className="pl-label"),
            dmc.SegmentedControl(
                id=control("weeks"),
                value=str(weeks),
                data=data,
                size="xs",
                **{"aria-labelledby": "weeks-label"},
            ),
        ],
        className="pl-weeks",
    )


def _as_table(name: str, language: Language) -> Component:
    return dmc.Switch(id=chart("as_table", name), label=language.text("Table"), size="xs")
