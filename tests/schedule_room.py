"""A room: an app with a scheduler beside it, and whoever schedules there."""

from apps import Serving, small_portfolio
from asking import words
from pressing import press
from scheduling import FIRST, NOW

from dashboard.callbacks import schedules as page
from dashboard.cli.scheduler import build
from dashboard.components.report_parts import part as of_page
from dashboard.components.schedule_dialog import part
from dashboard.state import users
from dashboard.state.schedule_models import Schedule

FORM = {
    "name": "Expiring soon",
    "every": "daily",
    "weekday": "0",
    "day": 1,
    "at": "08:00",
    "zone": "Europe/Kyiv",
    "delivery": "folder",
}


def a_view(search="", path="/subscriptions/expiring"):
    return {"kind": "view", "path": path, "search": search, "zone": "Europe/Kyiv", "clicks": 1}


class Room:
    """An app over the small portfolio, whoever is in front of it, and a scheduler beside it."""

    def __init__(self, patch, folder, **settings):
        """Open it at seven in Kyiv."""
        serving = Serving(patch, folder)
        serving.publish(*small_portfolio())
        self.now, self._patch = NOW, patch
        changes = {"reports_dir": folder / "reports", "schedule_folder": folder / "dropped"}
        changes |= settings
        self.app = serving.app(lambda: self.now, **changes)
        self.database = self.app._services.database
        self.scheduler = build(self.app._services.settings, lambda: self.now)

    def become(self, name="ann", role="full_admin", customers=()):
        """Be a new user from now on."""
        with self.database.begin() as session:
            user = users.add_user(session, email=f"{name}@x.example", role=role, now=NOW)
            users.assign(session, user.id, customers)
            self.viewer = users.viewer_of(session, user.id)
        self._patch.setattr(page, "viewer_of_request", lambda: self.viewer)
        return self.viewer

    def open(self, asked):
        """Open the dialog, and return what it says."""
        return press(self.app, part("ask"), {}, "data", asked)["body"]["children"]

    def create(self, asked, **changes):
        """Fill the dialog, create a schedule and return what is said."""
        whom = changes.pop("recipients", [self.viewer.user_id])
        given = FORM | {"ask": asked, "recipients": whom, "mounted": "/reports"} | changes
        changed = press(self.app, part("create"), given)
        told = changed.get("told", {}).get("children") or changed["body"]["children"]
        return words(told)

    def listed(self):
        """Return the list as a person reads it."""
        changed = press(self.app, of_page("schedules"), {}, "id", of_page("schedules"))
        return " ".join(words(changed["schedules"]["children"]).split())

    def made(self):
        """Return the schedules there are."""
        with self.database.read() as session:
            return session.query(Schedule).all()

    def run(self):
        """Let the scheduler look when something is due, and return each workbook it dropped."""
        self.now = FIRST
        self.scheduler.tick()
        folder = self.app._services.settings.schedule_folder
        return {path.parent.name: path.read_bytes() for path in folder.rglob("*.xlsx")}
