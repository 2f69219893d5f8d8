"""Reports as they are asked for, made, downloaded and deleted; the files lie elsewhere.

A report is a row first: whichever process finds it queued makes it. While it does, the row
holds a lease; a process that dies leaves a lease that runs out, and the report reads interrupted.
"""

from __future__ import annotations

import secrets
import string
import uuid
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import audit
from dashboard.state.models import Report, User
from dashboard.state.report_names import ReportError, ReportProblem
from dashboard.state.schedules import note_download

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date, datetime

    from sqlalchemy.orm import Session

    from dashboard.access import Viewer
    from dashboard.state.report_templates import Choice

QUEUED, RUNNING, DONE, FAILED = "queued", "running", "done", "failed"
UNFINISHED = (QUEUED, RUNNING)
LEASE = timedelta(minutes=5)  # renewed with every batch of rows
MOST = 200  # of one user; more must be deleted first
SHOWN = 200
LETTERS = string.ascii_lowercase + string.digits
SUFFIX = 8  # letters and digits in the name of a file


class WhyFailed(StrEnum):
    """Why a report was not made, as its row keeps it."""

    INTERRUPTED = "interrupted"
    RIGHTS = "rights"  # its owner may not see anything any more
    LONG = "long"
    UNKNOWN = "unknown"  # the log knows more


def request(  # noqa: PLR0913 - what a report is, once
    session: Session,
    viewer: Viewer,
    choice: Choice,
    *,
    form: str,
    period: tuple[date, date] | None,
    name: str | None,
    now: datetime,
) -> Report:
    """Ask for a report. Raises `ReportError` while another one of the viewer's is unfinished."""
    if not viewer.user_id:
        msg = "Only a signed-in user makes reports here: sign in first."
        raise NotAllowedError(msg)
    own = Report.user_id == viewer.user_id
    waiting = select(func.count()).where(own, Report.state.in_(UNFINISHED))
    if session.scalar(waiting):
        raise _busy()
    if (session.scalar(select(func.count()).where(own)) or 0) >= MOST:
        msg = f"You have {MOST} reports, which is all there is room for: delete some first."
        raise ReportError(ReportProblem.MANY, msg)
    report = Report(
        id=uuid.uuid4().hex,
        user_id=viewer.user_id,
        custom_name=name,
        period_start=period and period[0],
        period_end=period and period[1],
        form=form,
        suffix="".join(secrets.choice(LETTERS) for _ in range(SUFFIX)),
        state=QUEUED,
        requested=now,
        **choice.written(),
    )
    try:
        with session.begin_nested():
            session.add(report)
    except IntegrityError as error:
        raise _busy() from error
    _record(session, viewer, "report.request", report, now)
    return report


def list_reports(session: Session, viewer: Viewer) -> Sequence[tuple[Report, str]]:
    """Return the newest reports the viewer may know of, each with its owner's address.

    They are the viewer's own; a full administrator's are everybody's.
    """
    listed = select(Report, User.email).outerjoin(User, User.id == Report.user_id)
    if not viewer.administers:
        listed = listed.where(Report.user_id == viewer.user_id)
    newest = session.execute(listed.order_by(Report.requested.desc(), Report.id).limit(SHOWN))
    return [(report, email or "") for report, email in newest]


def known_report(session: Session, viewer: Viewer, report_id: str) -> Report:
    """Return a report the viewer may know of. Raises `NotFoundError` for any other."""
    report = session.get(Report, report_id)
    if report is None or not (viewer.administers or report.user_id == viewer.user_id):
        msg = "There is no such report."
        raise NotFoundError(msg)
    return report


def downloaded(session: Session, viewer: Viewer, report_id: str, now: datetime) -> Report:
    """Count a download, and enter it in the audit log. Raises `NotFoundError`."""
    report = known_report(session, viewer, report_id)
    report.downloads += 1
    report.last_download = now
    note_download(session, report_id, now)
    _record(session, viewer, "report.download", report, now)
    return report


def delete_report(session: Session, viewer: Viewer, report_id: str, now: datetime) -> None:
    """Delete a report; one that is running stops at its next batch. Raises `NotFoundError`."""
    report = known_report(session, viewer, report_id)
    _record(session, viewer, "report.delete", report, now)
    session.delete(report)
    session.flush()


def claim(session: Session, now: datetime) -> Report | None:
    """Take the report that waits longest, for this process to make."""
    free = select(Report).where(Report.state == QUEUED).order_by(Report.requested, Report.id)
    report = session.scalars(free.limit(1).with_for_update(skip_locked=True)).first()
    if report is not None:
        report.state, report.lease = RUNNING, now + LEASE
        session.flush()
    return report


def advance(session: Session, report_id: str, rows: int, now: datetime) -> bool:
    """Say how many rows are made and renew the lease; False if the report must stop."""
    return _running(session, report_id, rows=rows, lease=now + LEASE)


def finish(
    session: Session, report_id: str, *, rows: int, size: int, whole: bool, now: datetime
) -> bool:
    """Say that the file is there; False if nobody wants it any more."""
    return _running(
        session,
        report_id,
        state=DONE,
        rows=rows,
        bytes=size,
        whole=whole,
        finished=now,
        lease=None,
    )


def fail(session: Session, report_id: str, why: WhyFailed, now: datetime) -> None:
    """Say that the report was not made."""
    _running(session, report_id, state=FAILED, reason=why.value, finished=now, lease=None)


def sweep(session: Session, now: datetime, keep: timedelta) -> Collection[str]:
    """Mark what was interrupted, forget what is too old, and return the ids there are now."""
    stale = update(Report).where(Report.state == RUNNING, Report.lease < now)
    session.execute(
        stale.values(state=FAILED, reason=WhyFailed.INTERRUPTED.value, finished=now, lease=None)
    )
    for old in session.scalars(select(Report).where(Report.finished < now - keep)):
        session.delete(old)
    session.flush()
    return set(session.scalars(select(Report.id)))


def _running(session: Session, report_id: str, **values: Any) -> bool:
    """Change a running report; False if it is not running any more."""
    mine = update(Report).where(Report.id == report_id, Report.state == RUNNING)
    result = session.execute(mine.values(**values))
    return bool(result.rowcount)  # type: ignore[attr-defined]


def _record(session: Session, viewer: Viewer, action: str, report: Report, now: datetime) -> None:
    audit.record(
        session,
        actor=viewer.email,
        action=action,
        subject=report.id,
        now=now,
        template=report.template,
        region=report.region,
        form=report.form,
        rows=report.rows,
    )


def _busy() -> ReportError:
    msg = "A report of yours is being made: wait until it is done, or delete it."
    return ReportError(ReportProblem.BUSY, msg)
