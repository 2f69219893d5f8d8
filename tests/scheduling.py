"""Scheduling: a scheduler over a real data directory, a real database and a real mail server."""

from datetime import UTC, datetime, timedelta

from deliveries import DataDirectory, customer, export
from inventories import DEVICES, customers, device

from dashboard.cli.scheduler import build
from dashboard.reports import TEMPLATES
from dashboard.settings import Settings
from dashboard.state import schedules, sendings, slots, users
from dashboard.state.models import AuditEntry
from dashboard.state.report_templates import Choice
from dashboard.state.schedule_models import Schedule
from dashboard.state.schedules import Plan, Times

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)  # a Sunday, 07:00 in Kyiv
FIRST = NOW + timedelta(hours=1)  # when it is 08:00 there
DAY = timedelta(days=1)
DAILY = Times(every="daily", at="08:00", zone="Europe/Kyiv")
DEVICES_REPORT = Choice(template="devices", columns=("customer", "mac_address"), region="EU")


def two_customers(root):
    """Return a data directory with a device of each of two customers in the EU."""
    place = DataDirectory(root)
    place.take("customers.csv", customers(customer(), customer("org-2", "EU", "Bolt")))
    place.take("d.csv", export(DEVICES, device(), device("b", "org-2", name="Bolt")))
    return place


class Desk:
    """Somebody who schedules, and a scheduler whose clock the test sets."""

    def __init__(self, tmp_path, state_url, post, **settings):
        """Open the database; `post` is the mail server."""
        self.place = two_customers(tmp_path)
        self.settings = Settings(
            data_dir=str(self.place.data),
            cache_dir=tmp_path / "cache",
            reports_dir=tmp_path / "reports",
            schedule_folder=tmp_path / "dropped",
            state_url=state_url,
            mail_from="reports@partner.example",
            public_url="https://partner.example",
            smtp_seconds=1,
            **(post.settings() | settings),
        )
        self.now = NOW
        self.scheduler = self.another()
        self.database = self.scheduler._database

    def another(self):
        """Return one more scheduler beside the first."""
        return build(self.settings, lambda: self.now)

    def user(self, name, role="assigned_user", customers=()):
        """Add a user, and return the viewer."""
        with self.database.begin() as session:
            user = users.add_user(session, email=f"{name}@x.example", role=role, now=NOW)
            users.assign(session, user.id, customers)
            return users.viewer_of(session, user.id)

    def schedule(self, owner, *others, **changes):
        """Schedule the devices, daily; return the id."""
        given = {
            "name": TEMPLATES["devices"].title,
            "choice": DEVICES_REPORT,
            "times": DAILY,
            "form": "csv",
            "delivery": "mail",
            "language": "en",
        } | changes
        whom = [owner.user_id, *(one.user_id for one in others)]
        with self.database.begin() as session:
            return schedules.add_schedule(session, owner, Plan(**given), whom, self.now).id

    def tick(self, at=FIRST):
        """Let the scheduler look at a moment."""
        self.now = at
        return self.scheduler.tick()

    def said(self, schedule_id):
        """Return (day, state, reason) of every slot, the oldest first."""
        with self.database.read() as session:
            found = slots.newest_of(session, [schedule_id])[schedule_id]
        return [(s.due.day, s.state, s.reason) for s in reversed(found)]

    def copies(self, schedule_id):
        """Return (address, state, reason) of every copy of the newest slot."""
        with self.database.read() as session:
            newest = slots.newest_of(session, [schedule_id])[schedule_id][0].id
            found = sendings.deliveries_of(session, [newest])[newest]
        return [(email.partition("@")[0], d.state, d.reason) for d, email in found]

    def read(self, schedule_id):
        """Return the row of a schedule."""
        with self.database.read() as session:
            return session.get(Schedule, schedule_id)

    def logged(self):
        """Return (actor, action) of every entry of the audit log."""
        with self.database.read() as session:
            entries = session.query(AuditEntry).order_by(AuditEntry.number)
            return [(e.actor.partition("@")[0], e.action) for e in entries]
