"""Report files: sends a report to who may read it, with the rights of this moment."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

import flask

from dashboard.callbacks.session import viewer_of_request
from dashboard.errors import NotFoundError
from dashboard.reports import TEMPLATES
from dashboard.state.report_names import file_name
from dashboard.state.reports import DONE, downloaded, known_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dash import Dash

    from dashboard.callbacks.services import Services
    from dashboard.reports.jobs import Jobs

TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def register(app: Dash, services: Services, jobs: Jobs, clock: Callable[[], datetime]) -> None:
    """Attach the downloads; unknown, unfinished and foreign reports are all not found."""

    @app.server.get(f"{services.settings.prefix}reports/<report_id>")
    def download(report_id: str) -> flask.Response:
        viewer, now = viewer_of_request(), clock()
        try:
            with services.database.begin() as session:
                report = known_report(session, viewer, report_id)
                path = jobs.file(report)
                if report.state != DONE or not jobs.may_read(report, viewer) or not path.is_file():
                    flask.abort(404)
                downloaded(session, viewer, report_id, now)
        except NotFoundError:
            flask.abort(404)
        answer = flask.send_file(path, mimetype=TYPES[report.form], conditional=False, etag=False)
        title = report.custom_name or TEMPLATES[report.template].title
        name = file_name(title, report.suffix, now.date(), report.form)
        answer.headers["Content-Disposition"] = disposition(name)
        return answer


def disposition(name: str) -> str:
    """Name a file for old browsers and for new ones (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "replace").decode()
    safe = "".join(c if c.isalnum() or c in " -_.()" else "_" for c in plain)
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe='')}"
