"""The reports page, from the request on: rights, scope, masks, downloads, hostile names."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from asking import ask, parts, words
from deliveries import DataDirectory, customer, export
from inventories import DEVICES, NUMBERS, customers, device, number
from pressing import press
from reports.test_report_names import REFUSED
from signing_in import signed_in

from dashboard.access import OPERATOR
from dashboard.app import create_app
from dashboard.callbacks import look, report_files, report_templates, reports
from dashboard.components.report_parts import action, part
from dashboard.components.reports_page import OWN
from dashboard.reports.jobs import Jobs
from dashboard.settings import Settings
from dashboard.state import users
from dashboard.state.models import AuditEntry, Report, ReportTemplate, Role
from dashboard.state.report_templates import Choice, save_template
from dashboard.state.reports import claim, list_reports

NOW = datetime.now(UTC)  # the browser signs in by the real clock
WANTED = {"template": "devices", "region": "EU", "form": "csv"}


@pytest.fixture
def place(tmp_path):
    """Return a data directory with a device and a number of each of two customers in the EU."""
    place = DataDirectory(tmp_path)
    two = customer(), customer("org-2", "EU", "Bolt")
    place.take("customers.csv", customers(*two))
    place.take("d.csv", export(DEVICES, device(), device("b", "org-2", name="Bolt")))
    place.take("n.csv", export(NUMBERS, number()))
    return place


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


@pytest.fixture
def desk(monkeypatch, place, tmp_path):
    return Desk(monkeypatch, place, tmp_path)


def lines(answer):
    assert answer.status_code == 200
    return answer.data.decode().removeprefix("\ufeff").splitlines()


def test_the_page_offers_every_template_with_its_notes(desk):
    shell = words(ask(desk.client, path="/reports").json["response"]["page"]["children"])
    assert "New customer organizations may take up to 24 hours to appear." in shell
    assert "20 columns" in shell
    for name, note in (
        ("devices", "Changes to devices may take up to 24 hours to appear."),
        ("phone_numbers", "Changes to phone numbers or extensions may take up to 24 hours"),
    ):
        changed = press(desk.app, part("template"), {"region": "EU"}, "value", name)
        assert note in words(changed["about"]["children"])
        assert changed["period"]["style"] == {"display": "none"}
        assert changed["regions"]["style"] == {"display": "none"}  # W-061: one region


def test_a_report_is_made_listed_and_downloaded_under_its_name(desk):
    desk.user()
    report, told = desk.generate()
    assert told == "The report is being made; it appears below."
    assert (report.state, report.rows, report.whole) == ("done", 2, True)
    shown = words(parts(ask(desk.client, path="/reports"))["reports", "list"]["children"])
    assert "Devices report" in shown
    assert "done" in shown
    assert "ann@example.com" in shown
    answer = desk.download(report)
    assert lines(answer)[0] == DEVICES
    assert "'+380441234567" in lines(answer)[1]
    name = f"Devices report_{report.suffix}_{NOW:%Y-%m-%d}.csv"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="{name}";')
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    with desk.database.read() as session:
        assert session.get(Report, report.id).downloads == 1
        done = [entry.action for entry in session.query(AuditEntry)]
    assert done == ["report.request", "report.download"]


def test_files_lie_under_random_ids_in_a_directory_of_their_owner_s(desk):
    desk.user()
    report, _ = desk.generate()
    folder = desk.settings.reports_dir
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name.split(".")[0] for path in folder.iterdir()} == {report.id}


def test_a_workbook_is_one(desk):
    desk.user()
    report, _ = desk.generate(form="xlsx")
    answer = desk.download(report)
    assert answer.data.startswith(b"PK")
    assert "spreadsheetml" in answer.headers["Content-Type"]


def test_an_assigned_user_gets_the_own_customers_only_and_masked(desk):
    desk.user("assigned_user", customers=["org-1"])
    report, _ = desk.generate()
    assert (report.rows, report.whole) == (1, False)
    [row] = lines(desk.download(report))[1:]
    assert "****4567,****01,****," in row


def test_rights_are_those_of_the_moment_it_is_made_and_of_the_download(desk):
    viewer = desk.user("admin", customers=["org-1", "org-2"])
    report, _ = desk.generate()
    assert desk.download(report).status_code == 200
    with desk.database.begin() as session:
        users.unassign(session, viewer.user_id, ["org-2"])
    desk.again(viewer.user_id)
    assert desk.download(report).status_code == 404
    desk.now += timedelta(minutes=1)
    newer, _ = desk.generate()
    assert newer.rows == 1
    assert desk.download(newer).status_code == 200
    with desk.database.begin() as session:
        session.get(Role, "admin").whole_numbers = False
    desk.again(viewer.user_id)
    assert desk.download(newer).status_code == 404


def test_somebody_without_customers_gets_no_report(desk):
    desk.user("nobody")
    report, _ = desk.generate()
    assert (report.state, report.reason) == ("failed", "rights")


def test_foreign_unknown_and_unfinished_reports_are_all_not_found(desk):
    desk.user("admin", "ann", ["org-1"])
    report, _ = desk.generate()
    desk.user("admin", "ben", ["org-1"])
    foreign, unknown = desk.download(report), desk.client.get("/reports/nope")
    assert (foreign.status_code, foreign.data) == (unknown.status_code, unknown.data)
    assert foreign.status_code == 404
    told = press(desk.app, action("delete", report.id), {})
    assert words(told["status"]["children"]) == "It is not there any more."
    desk.jobs.wake = lambda: None
    waiting, _ = desk.generate()
    assert waiting.state == "queued"
    assert desk.download(waiting).status_code == 404


def test_a_full_administrator_sees_and_downloads_everybody_s(desk):
    desk.user("assigned_user", "ann", ["org-1"])
    report, _ = desk.generate()
    desk.user("full_admin", "chief")
    shown = words(parts(ask(desk.client, path="/reports"))["reports", "list"]["children"])
    assert "ann@example.com" in shown
    assert desk.download(report).status_code == 200


def test_a_deleted_report_takes_its_file_along(desk):
    desk.user()
    report, _ = desk.generate()
    press(desk.app, action("delete", report.id), {})
    assert desk.download(report).status_code == 404
    desk.jobs.wake()
    assert list(desk.settings.reports_dir.iterdir()) == []


def test_one_report_at_a_time_and_the_next_look_makes_what_waits(desk):
    desk.user()
    wake, desk.jobs.wake = desk.jobs.wake, lambda: None
    desk.generate()
    _, told = desk.generate()
    assert told.startswith("A report of yours is being made")
    desk.jobs.wake = wake
    changed = press(desk.app, part("poll"), {}, "n_intervals")
    assert changed["poll"]["disabled"] is True
    assert "done" in words(changed["list"]["children"])


def test_a_report_whose_process_died_reads_interrupted(desk):
    desk.user()
    wake, desk.jobs.wake = desk.jobs.wake, lambda: None
    desk.generate()
    with desk.database.begin() as session:
        claim(session, NOW)
    desk.now += timedelta(minutes=6)
    desk.jobs.wake = wake
    changed = press(desk.app, part("poll"), {}, "n_intervals")
    assert "failed: interrupted" in words(changed["list"]["children"])


def test_a_report_of_too_many_rows_fails_and_leaves_nothing(monkeypatch, place, tmp_path):
    desk = Desk(monkeypatch, place, tmp_path, report_rows=1)
    desk.user()
    report, _ = desk.generate()
    assert (report.state, report.reason) == ("failed", "long")
    assert list(desk.settings.reports_dir.iterdir()) == []


def test_the_setting_masks_for_everyone(monkeypatch, place, tmp_path):
    desk = Desk(monkeypatch, place, tmp_path, inventory_numbers="masked")
    desk.user()
    report, _ = desk.generate()
    assert report.whole is False
    assert b"380441234567" not in desk.download(report).data


@pytest.mark.parametrize(
    "wishes",
    [
        {"template": "invoices"},
        {"template": f"{OWN}nope"},
        {"template": ["devices"]},
        {"region": "US"},
        {"form": "exe"},
        {"template": "calling_usage_details", "from": "2026-13-01", "to": "2026-11-14"},
        {"template": "calling_usage_details", "from": "2026-11-14"},
        {"template": "calling_usage_details", "from": "2026-11-14", "to": "2026-11-01"},
    ],
)
def test_what_does_not_exist_is_refused_in_words(desk, wishes):
    desk.user()
    report, told = desk.generate(**wishes)
    assert report is None
    assert told in (
        "Choose a report, its columns and a period that exist.",
        "It is not there any more.",
    )


def test_a_template_of_one_s_own_has_its_columns_filter_and_region(desk):
    viewer = desk.user()
    wishes = {"edited": "new", "name": "Лише Bolt", "base": "devices", "home": "EU"}
    wishes |= {"columns": ["mac_address", "customer"], "filtered": "customer", "text": "bolt"}
    told = desk.press("save", **wishes)
    assert told["told"]["children"] == "“Лише Bolt” was saved."
    made = told["edited"]["value"]
    changed = press(desk.app, part("edited"), {}, "value", made)
    assert changed["columns"]["value"] == ["mac_address", "customer"]
    assert (changed["filtered"]["value"], changed["text"]["value"]) == ("customer", "bolt")
    report, _ = desk.generate(template=f"{OWN}{made}")
    answer = desk.download(report)
    assert lines(answer) == ["MAC Address,Customer", "b,Bolt"]
    assert f"_{NOW:%Y-%m-%d}.csv" in answer.headers["Content-Disposition"]
    assert "%D0%9B%D0%B8%D1%88%D0%B5%20Bolt_" in answer.headers["Content-Disposition"]
    desk.user("full_admin", "ben")
    _, told = desk.generate(template=f"{OWN}{made}")
    assert told == "It is not there any more."
    desk.become(viewer)
    gone = desk.press("remove", edited=made, template=f"{OWN}{made}")
    assert gone["told"]["children"] == "The template was deleted."
    assert gone["template"]["value"] == "calling_usage_details"


def test_the_operator_is_told_to_sign_in_for_templates(desk):
    desk.become(OPERATOR)
    told = desk.press("save", edited="new", name="Mine", base="devices", columns=["customer"])
    assert told["told"]["children"] == "Sign in to keep templates of your own."


def test_hostile_names_make_no_template_no_file_and_no_failure(desk):
    desk.user()
    wishes = {"edited": "new", "base": "devices", "columns": ["customer"]}
    for name in (*REFUSED, None, 7, ["x"], {"a": 1}):
        told = desk.press("save", name=name, **wishes)
        assert told["told"]["children"].startswith("A name has at most 80 letters")
    with desk.database.read() as session:
        assert session.query(ReportTemplate).count() == 0
    assert not desk.settings.reports_dir.exists()


def test_hostile_ids_are_not_found_and_nothing_is_sent(desk):
    desk.user()
    desk.generate()
    for path in ("..%2f..%2fstate.db", "%00", "x" * 3000, "..", "%2e%2e%2fstate.db"):
        answer = desk.client.get(f"/reports/{path}")
        assert answer.status_code in (404, 200, 414)
        assert b"SQLite" not in answer.data
        assert "Content-Disposition" not in answer.headers


def test_a_name_that_got_into_the_database_still_stays_out_of_paths(desk):
    viewer = desk.user()
    with desk.database.begin() as session:
        made = save_template(
            session, viewer, "Mine", Choice(template="devices", columns=("customer",))
        )
        made.name = '../../etc/passwd"\r\nX-Evil: 1'
    report, _ = desk.generate(template=f"{OWN}{made.id}")
    answer = desk.download(report)
    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
    assert 'filename=".._.._etc_passwd' in answer.headers["Content-Disposition"]
    assert {p.parent for p in desk.settings.reports_dir.rglob("*")} == {desk.settings.reports_dir}


def test_somebody_else_s_list_is_empty(desk):
    desk.user()
    desk.generate()
    desk.user("admin", "ben", ["org-1"])
    shown = words(parts(ask(desk.client, path="/reports"))["reports", "list"]["children"])
    assert shown == "There are no reports yet."
