"""The reports page, from the request on: rights, scope, masks and downloads."""

from datetime import timedelta

import pytest
from asking import ask, parts, words
from inventories import DEVICES
from pressing import press
from reports_desk import NOW, Desk, lines

from dashboard.components.report_parts import action, part
from dashboard.components.reports_page import OWN
from dashboard.state import users
from dashboard.state.models import AuditEntry, Report, Role
from dashboard.state.reports import claim


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
