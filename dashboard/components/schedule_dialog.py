"""The schedule dialog: what is sent, when, and to whom; the same for reports and for views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.schedule_words import delivery_words
from dashboard.schedules.cadence import LONGEST_MONTH, zones
from dashboard.state.report_names import LONGEST_NAME
from dashboard.state.schedules import DAILY, MONTHLY, WEEKLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.i18n import Language

DAYS = 7


def part(name: str) -> dict[str, str]:
    """Identify one part of the dialog, or what opens it."""
    return {"part": name, "section": "schedule"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the dialog begins with. Without any `deliveries` it only says so."""

    name: str
    about: str
    named: bool  # whether its user may choose the name
    pinned: bool
    people: Sequence[tuple[str, str]]
    deliveries: Sequence[str]
    zone: str


def schedule_item(language: Language) -> Component:
    """Return the item of the Share menu; pages without tables hide it."""
    return dmc.MenuItem(language.text("Schedule this view…"), id=part("view"))


def schedule_dialog(language: Language) -> list[Component]:
    """Return the dialog, closed, and the stores that open it and tell of a new schedule."""
    dialog = dmc.Modal(
        html.Div(id=part("body")),
        id=part("dialog"),
        title=language.text("Schedule"),
        opened=False,
        size="lg",
        className="pl-schedule-dialog",
        closeButtonProps={"aria-label": language.text("Close")},
    )
    return [dcc.Store(id=part("ask")), dialog]


def dialog_body(offered: Offered, language: Language) -> Component:
    """Return the form."""
    about = html.P(offered.about, className="pl-schedule-about")
    if not offered.deliveries:
        told = language.text(
            "Neither a mail server nor a folder is set up, so nothing can be sent: ask whoever "
            "runs Partnerlens to set PARTNERLENS_SMTP_HOST or PARTNERLENS_SCHEDULE_FOLDER."
        )
        return html.Div([about, html.P(told, role="alert")])
    newest = language.text("Each time it is computed anew, for the newest data there are.")
    fixed = language.text(
        "The address holds a date, so every copy will be of that same day. Clear the date first "
        "to send the newest data each time."
    )
    return html.Div(
        [
            about,
            html.P(fixed if offered.pinned else newest, className="pl-meaning"),
            _name(offered, language),
            _when(offered, language),
            _whom(offered, language),
            dmc.Button(language.text("Create schedule"), id=part("create"), className="pl-filled"),
            html.P(id=part("told"), role="status", className="pl-tags-status"),
        ],
        className="pl-schedule-form",
    )


def done_body(told: str, home: str, language: Language) -> Component:
    """Say that a schedule was made, and where it is."""
    link = html.A(language.text("All schedules"), href=home)
    return html.Div([html.P(told, role="status"), html.P(link)])


def _name(offered: Offered, language: Language) -> Component:
    field = dmc.TextInput(
        id=part("name"),
        label=language.text("Name"),
        value=offered.name,
        attributes={"input": {"maxLength": LONGEST_NAME}},
    )
    return html.Div(field, style={} if offered.named else {"display": "none"})


def _when(offered: Offered, language: Language) -> Component:
    days = [{"value": str(n), "label": language.weekday(n)} for n in range(DAYS)]
    weekday = _select("weekday", language.text("Day of the week"), days, "0")
    fields: list[Component] = [
        _how_often(language),
        html.Div(weekday, id=part("weekdays")),
        html.Div(_day(language), id=part("days"), style={"display": "none"}),
        dmc.TextInput(
            id=part("at"),
            label=language.text("Time"),
            value="08:00",
            attributes={"input": {"type": "time"}},
        ),
        dmc.Select(
            id=part("zone"),
            label=language.text("Time zone"),
            data=sorted(zones()),
            value=offered.zone,
            searchable=True,
            allowDeselect=False,
            nothingFoundMessage=language.text("No such time zone"),
        ),
    ]
    return html.Div(fields, className="pl-report-form")


def _how_often(language: Language) -> Component:
    every = {
        DAILY: language.text("Daily"),
        WEEKLY: language.text("Weekly"),
        MONTHLY: language.text("Monthly"),
    }
    label = html.Span(language.text("How often"), id="schedule-every", className="pl-field")
    choice = dmc.SegmentedControl(
        id=part("every"),
        value=WEEKLY,
        data=[{"value": key, "label": words} for key, words in every.items()],
        **{"aria-labelledby": "schedule-every"},
    )
    return html.Div([label, choice])


def _day(language: Language) -> Component:
    return dmc.NumberInput(
        id=part("day"),
        label=language.text("Day of the month"),
        description=language.text("The last day where a month is shorter"),
        value=1,
        min=1,
        max=LONGEST_MONTH,
        allowDecimal=False,
        hideControls=True,
    )


def _whom(offered: Offered, language: Language) -> Component:
    ways = [
        {"value": d, "label": delivery_words(d, language).capitalize()} for d in offered.deliveries
    ]
    people = [{"value": user_id, "label": email} for user_id, email in offered.people]
    whom = dmc.MultiSelect(
        id=part("recipients"),
        label=language.text("Recipients"),
        description=language.text("Everybody gets a copy of what they themselves may see."),
        data=people,
        value=[offered.people[0][0]] if offered.people else [],
        searchable=True,
        readOnly=len(people) <= 1,
    )
    how = _select("delivery", language.text("Delivery"), ways, offered.deliveries[0])
    return html.Div([whom, how], className="pl-schedule-whom")


def _select(name: str, label: str, data: list[dict[str, Any]], value: str) -> Component:
    return dmc.Select(id=part(name), label=label, data=data, value=value, allowDeselect=False)
