"""Report parts: how the parts of the reports page are called, and its words for states."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state.report_names import LONGEST_NAME, ReportError, ReportProblem
from dashboard.state.reports import DONE, FAILED, QUEUED, RUNNING, WhyFailed

if TYPE_CHECKING:
    from datetime import datetime

    from dashboard.i18n import Language

KILO = 1000


def part(name: str) -> dict[str, str]:
    """Identify one part of the page."""
    return {"part": name, "section": "reports"}


def action(name: str, report: Any) -> dict[str, Any]:
    """Identify a button in a report's row."""
    return {"part": f"report-{name}", "report": report}


def state_words(state: str, reason: str | None, language: Language) -> str:
    """Say how far a report is, and why it is none."""
    if state == FAILED:
        why = {
            WhyFailed.INTERRUPTED: language.text("failed: interrupted"),
            WhyFailed.RIGHTS: language.text("failed: there are no customers you may see"),
            WhyFailed.LONG: language.text("failed: too many rows"),
        }
        known = WhyFailed(reason) if reason in set(WhyFailed) else WhyFailed.UNKNOWN
        return why.get(known, language.text("failed"))
    return {
        QUEUED: language.text("waiting"),
        RUNNING: language.text("being made"),
        DONE: language.text("done"),
    }[state]


def refusal(error: Exception, language: Language) -> str:
    """Say why something was refused."""
    if isinstance(error, ReportError):
        return {
            ReportProblem.NAME: language.text(
                "A name has at most {n} letters, digits, spaces and -_.(), a letter or a digit "
                "among them.",
                n=LONGEST_NAME,
            ),
            ReportProblem.TAKEN: language.text("You have a template of this name already."),
            ReportProblem.MANY: language.text("There is no more room: delete something first."),
            ReportProblem.BUSY: language.text(
                "A report of yours is being made: wait until it is done, or delete it."
            ),
        }[error.problem]
    if isinstance(error, NotFoundError):
        return language.text("It is not there any more.")
    if isinstance(error, NotAllowedError):
        return language.text("Sign in to keep templates of your own.")
    return language.text("Choose a report, its columns and a period that exist.")


def size_words(size: int, language: Language) -> str:
    """Write a number of bytes in the unit that suits it."""
    if size < KILO * KILO:
        return language.text("{n} kB", n=language.number(max(round(size / KILO), 1)))
    return language.text("{n} MB", n=language.number(size / KILO / KILO, 1))


def moment_words(moment: datetime, language: Language) -> str:
    """Write when something was, in UTC."""
    return f"{language.date(moment.date())}, {moment:%H:%M} UTC"
