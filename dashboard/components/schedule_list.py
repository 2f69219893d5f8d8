"""The list of schedules: what is sent, when, to whom, and what became of it each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html

from dashboard.components.schedule_words import (
    delivery_words,
    moment_there,
    paused_words,
    state_words,
    times_words,
)
from dashboard.i18n import NOTHING
from dashboard.reports import TEMPLATES
from dashboard.schedules.cadence import next_due, times_of
from dashboard.state.schedules import VIEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dash.development.base_component import Component

    from dashboard.i18n import Language
    from dashboard.state.schedule_models import Delivery, Schedule, Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One schedule, with all that is said of it."""

    schedule: Schedule
    owner: str
    recipients: Sequence[str]
    slots: Sequence[Slot]
    copies: Mapping[str, Sequence[tuple[Delivery, str]]]  # of each slot, with addresses


def action(name: str, schedule: Any) -> dict[str, Any]:
    """Identify a button in a schedule's row: pause, resume, remove."""
    return {"part": f"schedule-{name}", "schedule": schedule}


def schedule_list(
    listed: Sequence[Listed], now: datetime, language: Language, *, silent: bool, prefix: str
) -> Component:
    """Return the schedules, and a warning where nothing makes them."""
    if not listed:
        words = language.text(
            "Nothing is scheduled. “Schedule…” above sends a report regularly, “Share” on a page "
            "with tables sends what is on screen there."
        )
        return html.P(words, className="pl-empty")
    rows = [_one(one, now, language, prefix) for one in listed]
    warning = language.text(
        "No scheduler has worked in the last 15 minutes, so nothing is sent: start "
        "“partnerlens scheduler”."
    )
    banner = [html.Div(warning, className="pl-banner", role="alert")] if silent else []
    return html.Div([*banner, html.Ul(rows, className="pl-schedules")])


def title_of(schedule: Schedule, language: Language) -> str:
    """Name a schedule; a default template in the reader's language."""
    template = TEMPLATES.get(schedule.template)
    default = template is not None and template.title == schedule.name
    return language.text(schedule.name) if default else schedule.name


def _one(one: Listed, now: datetime, language: Language, prefix: str) -> Component:
    schedule = one.schedule
    title: Any = title_of(schedule, language)
    if schedule.template == VIEW:
        title = html.A(title, href=f"{prefix.rstrip('/')}{schedule.path}{schedule.search}")
    about = f"{delivery_words(schedule.delivery, language)} · {schedule.form.upper()}"
    times = times_of(schedule)
    if schedule.paused:
        upcoming = html.Span(paused_words(schedule.paused, language), className="pl-paused")
    else:
        moment = moment_there(next_due(times, now), schedule.zone, language)
        upcoming = html.Span(language.text("next: {moment}", moment=moment))
    facts = [
        html.H3(title, className="pl-schedule-title"),
        html.P(f"{times_words(times, language)} · {about}"),
        html.P(
            language.text("to {recipients}", recipients=", ".join(one.recipients) or NOTHING),
            className="pl-about",
        ),
        html.P(
            [upcoming, " · ", language.text("owner: {email}", email=one.owner)],
            className="pl-about",
        ),
        _past(one, language),
    ]
    return html.Li([html.Div(facts, className="pl-schedule-facts"), _buttons(schedule, language)])


def _past(one: Listed, language: Language) -> Component:
    """Return what became of the last slots, the newest in one line, all of them below it."""
    if not one.slots:
        return html.P(language.text("It was not due yet."), className="pl-about")
    newest = _slot_words(one.slots[0], one.schedule, language)
    summary = html.Summary([language.text("last:"), " ", newest])
    rows = [_slot(slot, one, language) for slot in one.slots]
    return html.Details([summary, html.Ul(rows)], className="pl-schedule-past")


def _slot(slot: Slot, one: Listed, language: Language) -> Component:
    copies = [
        html.Li([f"{email}: ", _state(copy, copy.again, one.schedule, language)])
        for copy, email in one.copies.get(slot.id, ())
    ]
    words = _slot_words(slot, one.schedule, language)
    return html.Li([words, *([html.Ul(copies)] if copies else [])])


def _slot_words(slot: Slot, schedule: Schedule, language: Language) -> Component:
    moment = moment_there(slot.due, schedule.zone, language)
    return html.Span([f"{moment} – ", _state(slot, slot.lease, schedule, language)])


def _state(
    said: Slot | Delivery, again: datetime | None, schedule: Schedule, language: Language
) -> Component:
    """Say what became of a slot or of a copy, which may be tried again at a moment."""
    moment = moment_there(again, schedule.zone, language) if again else NOTHING
    words = state_words(said.state, said.reason, language, moment)
    return html.Span(words, className=f"pl-slot {said.state}")


def _buttons(schedule: Schedule, language: Language) -> Component:
    title = title_of(schedule, language)
    words = {
        "resume" if schedule.paused else "pause": language.text("Resume")
        if schedule.paused
        else language.text("Pause"),
        "remove": language.text("Remove"),
    }
    buttons = [
        dmc.Button(
            word,
            id=action(name, schedule.id),
            variant="subtle",
            size="compact-sm",
            className="pl-tags-remove" if name == "remove" else "",
            **{"aria-label": f"{word}: {title}"},
        )
        for name, word in words.items()
    ]
    return html.Div(buttons, className="pl-tags-buttons pl-report-buttons")
