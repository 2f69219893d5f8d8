"""Chart card: a trend with its finding, its table, and the choice of weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.heading import has_heading
from dashboard.components.ids import chart, control, slot
from dashboard.data.filters import WEEKS

if TYPE_CHECKING:
    from typing import Any

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


def chart_card(section: Section, language: Language, rules: Rules, weeks: int) -> Component:
    """Return the card of a section's trend, without values and at its final height."""
    heading = f"chart-title-{section.name}"
    title = html.H2(language.text(section.chart_title or section.title), id=heading)
    tools = [_as_table(section, language)]
    if section.dataset is None:
        tools.insert(0, _weeks(language, weeks))
    head = html.Div(
        [title, html.Div(tools), *_meaning(section, language, rules)],
        className="pl-card-head",
    )
    graph = dcc.Graph(
        id=chart("figure", section.name),
        config=CONFIG | {"locale": language.code.split("-")[0]},
        figure={"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}},
        style={"height": HEIGHT},
        responsive=True,
    )
    return dmc.Card(
        [
            head,
            html.Div(
                graph,
                id=chart("box", section.name),
                className="pl-picks" if section.picks else None,
                style={"minHeight": HEIGHT},
                role="group",
                **{"aria-labelledby": heading, "aria-describedby": f"finding-{section.name}"},
            ),
            html.Div(
                id=chart("table", section.name),
                className="pl-chart-table",
                style={"height": HEIGHT},
                hidden=True,
                tabIndex=0,
                role="region",
                **{"aria-labelledby": heading},
            ),
            html.P(
                html.Span(id=slot(section.name, "finding")),
                id=f"finding-{section.name}",
                className="pl-finding",
            ),
            html.P(id=slot(section.name, "chart-caption"), className="pl-caption"),
        ],
        withBorder=True,
        className="pl-card pl-chart-card",
    )


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


def _as_table(section: Section, language: Language) -> Component:
    return dmc.Switch(id=chart("as_table", section.name), label=language.text("Table"), size="xs")
