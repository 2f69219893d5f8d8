"""The reports page: what to make, what was made, and templates of the user's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.day_field import day_field
from dashboard.components.report_parts import part
from dashboard.components.report_templates import editor
from dashboard.reports import TEMPLATES
from dashboard.wording.caption import region as region_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.reports.template import Period, Template
    from dashboard.state.models import ReportTemplate

POLL = 1_000  # milliseconds between two looks at a report that is being made
OWN = "own:"  # how the value of a template of the user's own begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What can be made of the release, for one default template."""

    template: Template
    columns: tuple[str, ...]
    regions: tuple[str, ...]
    region: str
    period: Period | None


def reports_shell(
    offer: Offer, own: Sequence[ReportTemplate], language: Language, *, unfinished: bool
) -> Component:
    """Lay out the page; the list arrives as a part."""
    meaning = language.text(
        "See how customers use Webex: make a report of what is there now, and download it."
    )
    card = {"withBorder": True, "className": "pl-card"}
    return html.Div(
        [
            html.H1(language.text("Reports")),
            html.P(meaning, className="pl-meaning"),
            dmc.Card([html.H2(language.text("New report")), _form(offer, own, language)], **card),
            dmc.Card(
                [
                    html.H2(language.text("Reports made"), className="pl-card-title"),
                    html.Div(id=part("list")),
                    dcc.Interval(id=part("poll"), interval=POLL, disabled=not unfinished),
                ],
                **card,
            ),
            dmc.Card(
                [
                    html.H2(language.text("Schedules"), className="pl-card-title"),
                    html.P(id=part("schedules-told"), role="status", className="pl-tags-status"),
                    html.Div(id=part("schedules")),
                ],
                **card,
            ),
            dmc.Card(editor(own, language, offer.template), **card),
        ],
        className="pl-page",
    )


def template_options(own: Sequence[ReportTemplate], language: Language) -> list[dict[str, Any]]:
    """Return the templates to choose from: the default ones, then the user's own."""
    default = [{"value": t.name, "label": language.text(t.title)} for t in TEMPLATES.values()]
    groups = [{"group": language.text("Default templates"), "items": default}]
    if own:
        mine = [{"value": OWN + t.id, "label": t.name} for t in own]
        groups.append({"group": language.text("My templates"), "items": mine})
    return groups


def region_options(offer: Offer, language: Language) -> list[dict[str, str]]:
    """Return the regions to choose from."""
    return [{"value": code, "label": region_name(code, language)} for code in offer.regions]


def about(offer: Offer, language: Language) -> list[Component]:
    """Say what a report holds, how late its data may be, and what each column means."""
    template = offer.template
    notes = [html.Li(language.text(note)) for note in template.notes]
    columns = map(template.column, offer.columns)
    terms = [
        term
        for c in columns
        for term in (
            html.Dt(language.text(c.heading)),
            html.Dd(language.text(c.definition)),
        )
    ]
    summary = language.plural("{n} column", "{n} columns", len(offer.columns))
    return [
        html.P(language.text(template.definition)),
        html.Ul(notes, className="pl-report-notes"),
        html.Details([html.Summary(summary), html.Dl(terms, className="pl-definitions")]),
    ]


def shown(when: Any) -> dict[str, str]:
    """Return the style of something that is there only when it is needed."""
    return {} if when else {"display": "none"}


def _form(offer: Offer, own: Sequence[ReportTemplate], language: Language) -> Component:
    controls = [
        dmc.Select(
            id=part("template"),
            label=language.text("Report"),
            data=template_options(own, language),
            value=offer.template.name,
            allowDeselect=False,
        ),
        html.Div(
            dmc.Select(
                id=part("region"),
                label=language.text("Region"),
                data=region_options(offer, language),
                value=offer.region,
                allowDeselect=False,
            ),
            id=part("regions"),
            style=shown(len(offer.regions) > 1),  # W-061
        ),
        html.Div(
            [
                _day("from", language.text("From"), offer.period and offer.period.start, language),
                _day("to", language.text("To"), offer.period and offer.period.end, language),
            ],
            id=part("period"),
            className="pl-report-period",
            style=shown(offer.period),
        ),
        _format(language),
        dmc.Button(language.text("Generate"), id=part("generate"), className="pl-filled"),
        dmc.Button(language.text("Schedule…"), id=part("schedule"), variant="default"),
    ]
    return html.Div(
        [
            html.Div(controls, className="pl-report-form"),
            html.P(id=part("status"), role="status", className="pl-tags-status"),
            html.Div(about(offer, language), id=part("about"), className="pl-report-about"),
        ]
    )


def _format(language: Language) -> Component:
    return html.Div(
        [
            html.Span(language.text("Format"), id="report-format", className="pl-field"),
            dmc.SegmentedControl(
                id=part("form"),
                value="csv",
                data=[{"value": "csv", "label": "CSV"}, {"value": "xlsx", "label": "XLSX"}],
                **{"aria-labelledby": "report-format"},
            ),
        ]
    )


def _day(name: str, label: str, day: Any, language: Language) -> Component:
    return day_field(part(name), day and day.isoformat(), "", language, label=label)
