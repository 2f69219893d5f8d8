"""A desk: somebody at the reports page, who presses, waits and downloads."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from asking import words
from pressing import press
from signing_in import signed_in

from dashboard.access import OPERATOR
from dashboard.app import create_app
from dashboard.callbacks import look, report_files, report_templates, reports
from dashboard.components.report_parts import part
from dashboard.reports.jobs import Jobs
from dashboard.settings import Settings
from dashboard.state import users
from dashboard.state.reports import list_reports

NOW = datetime.now(UTC)  # the browser signs in by the real clock
WANTED = {"template": "devices", "region": "EU", "form": "csv"}


class Desk:
    """Somebody at the page, who presses and waits."""

    def __init__(self, monkeypatch, place, tmp_path, **settings):
        """Build the app; jobs are waited for, since no browser polls."""
        self._patch, made = monkeypatch, []
        monkeypatch.setattr(
            reports, "Jobs", lambda *given: made.append(self._jobs(*given)) or made[0]
        )
        self.settings = Settings(
            data_dir=str(place.data),
            cache_dir=tmp_path / "cache",
            reports_dir=tmp_path / "reports",
            secret_file=tmp_path / "secret.key",
            state_url=f"sqlite:///{tmp_path / 'state.db'}",
            **settings,
        )
        self.app = create_app(self.settings, clock=lambda: self.now)
        self.jobs, self.now = made[0], NOW
        self.client = signed_in(self.app)
        self.database = self.app._services.database

    @staticmethod
    def _jobs(*given):
        """Return jobs that are done at once."""
        jobs = Jobs(*given)
        jobs.wake = lambda: jobs._busy.acquire() and jobs._work()
        return jobs

    def become(self, viewer):
        for module in (look, reports, report_files, report_templates):
            self._patch.setattr(module, "viewer_of_request", lambda: viewer)

    def user(self, role="full_admin", name="ann", customers=()):
        """Make a user and be that one."""
        with self.database.begin() as session:
            user = users.add_user(session, email=f"{name}@example.com", role=role, now=NOW)
            users.assign(session, user.id, customers)
        return self.again(user.id)

    def again(self, user_id):
        """Be a user with the rights of this moment."""
        with self.database.read() as session:
            viewer = users.viewer_of(session, user_id)
        self.become(viewer)
        return viewer

    def press(self, button, /, **wishes):
        return press(self.app, part(button), wishes)

    def generate(self, **changes):
        """Make a report, and return its row."""
        self.now += timedelta(seconds=1)
        told = self.press("generate", **WANTED | changes)
        with self.database.read() as session:
            listed = list_reports(session, replace(OPERATOR, user_id="x"))
        return (listed[0][0] if listed else None), words(told["status"]["children"])

    def download(self, report):
        return self.client.get(f"/reports/{report.id}", buffered=True)


def lines(answer):
    assert answer.status_code == 200
    return answer.data.decode().removeprefix("\ufeff").splitlines()
