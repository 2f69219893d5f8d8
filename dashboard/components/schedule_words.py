"""Schedule words: when, how and to whom something is sent, and why it was not."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.schedules.why import Why
from dashboard.state import slots
from dashboard.state.report_names import ReportError
from dashboard.state.schedules import (
    DAILY,
    MAIL,
    MOST,
    MOST_RECIPIENTS,
    WEEKLY,
    Paused,
    ScheduleError,
    ScheduleProblem,
)
from dashboard.state.sendings import RENDERED, SENDING

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.i18n import Language
    from dashboard.state.schedules import Times


def times_words(times: Times, language: Language) -> str:
    """Say when a schedule is due."""
    clock = f"{times.at} ({times.zone})"
    if times.every == DAILY:
        return language.text("daily at {time}", time=clock)
    if times.every == WEEKLY:
        day = language.weekday(times.weekday or 0)
        return language.text("weekly, {day}, at {time}", day=day, time=clock)
    return language.text("monthly on day {day} at {time}", day=times.day, time=clock)


def moment_there(moment: datetime, zone: str, language: Language) -> str:
    """Write a moment as the clocks of a zone show it."""
    there = moment.astimezone(ZoneInfo(zone))
    return f"{language.date(there.date())}, {there:%H:%M}"


def delivery_words(delivery: str, language: Language) -> str:
    """Say how copies leave."""
    return language.text("by mail") if delivery == MAIL else language.text("into the folder")


def paused_words(paused: str, language: Language) -> str:
    """Say why a schedule rests."""
    if paused == Paused.UNUSED:
        return language.text("paused: nobody downloaded its reports for six months")
    return language.text("paused")


def state_words(state: str, reason: str | None, language: Language, again: str = "") -> str:
    """Say what became of a slot or of a copy, and why; `again` is when it is tried again."""
    words = {
        slots.DUE: language.text("due"),
        slots.RUNNING: language.text("being made"),
        RENDERED: language.text("made, not sent yet"),
        SENDING: language.text("being sent"),
        slots.WAITING: language.text("not sent yet, tried again at {moment}", moment=again),
        slots.SENT: language.text("sent"),
        slots.FAILED: language.text("failed"),
        slots.SKIPPED: language.text("skipped"),
        slots.UNKNOWN: language.text("unknown whether it was sent; it is not sent again"),
    }[state]
    why = reason_words(reason, language)
    return f"{words}: {why}" if why else words


def reason_words(reason: str | None, language: Language) -> str:
    """Say why somebody got no copy."""
    return {
        slots.MISSED: language.text("no scheduler ran at that time, and a newer one came"),
        Why.OWNER: language.text("its owner may not send it any more"),
        Why.LEFT: language.text("the recipient is no longer active"),
        Why.RIGHTS: language.text("there are no customers the recipient may see"),
        Why.FILTERS: language.text("a filter, region or column of it does not exist any more"),
        Why.LONG: language.text("too many rows"),
        Why.ERROR: language.text("it could not be made; the log knows more"),
        Why.MAIL: language.text("the mail server did not take it"),
        Why.NO_ANSWER: language.text("the mail server did not answer"),
        Why.FOLDER: language.text("the folder could not be written"),
    }.get(reason or "", "")


def refusal(error: Exception, language: Language) -> str:
    """Say why a schedule was not made."""
    if isinstance(error, ScheduleError):
        return {
            ScheduleProblem.MANY: language.text(
                "You have {n} schedules, which is all there is room for: remove one first.",
                n=MOST,
            ),
            ScheduleProblem.RECIPIENTS: language.text(
                "Choose 1 to {n} recipients.", n=MOST_RECIPIENTS
            ),
            ScheduleProblem.OTHERS: language.text("Only administrators send to other users."),
        }[error.problem]
    if isinstance(error, ReportError):
        return language.text("A name has letters, digits, spaces and -_.(), at most 80 of them.")
    if isinstance(error, NotFoundError):
        return language.text("It is not there any more.")
    if isinstance(error, NotAllowedError):
        return language.text("Only a signed-in user who sees customers makes schedules.")
    return language.text("Choose a time, a day and a time zone that exist.")


def utc_words(moment: datetime, language: Language) -> str:
    """Write a moment of UTC."""
    return f"{language.date(moment.astimezone(UTC).date())}, {moment:%H:%M} UTC"
