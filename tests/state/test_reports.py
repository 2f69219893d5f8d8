"""Reports and templates in the state database: one at a time, made once, nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboard.access import OPERATOR
from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import report_templates, reports, users
from dashboard.state.models import AuditEntry, Report
from dashboard.state.report_names import ReportError, ReportProblem
from dashboard.state.report_templates import Choice, list_templates, remove_template, save_template
from dashboard.state.reports import WhyFailed

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = NOW + reports.LEASE + timedelta(seconds=1)
DEVICES = Choice(template="devices", columns=("customer", "product"), region="EU")
MONTH = timedelta(days=30)


@pytest.fixture
def people(database):
    """Return two viewers and a full administrator."""
    roles = {"ann": "assigned_user", "ben": "admin", "chief": "full_admin"}
    with database.begin() as session:
        made = [
            users.add_user(session, email=f"{name}@example.com", role=role, now=NOW)
            for name, role in roles.items()
        ]
        return [users.viewer_of(session, user.id) for user in made]


def request(session, viewer, now=NOW, **changes):
    given = {"form": "csv", "period": None, "name": None, "now": now} | changes
    return reports.request(session, viewer, DEVICES, **given)


def test_a_report_waits_with_all_that_was_asked(database, people):
    days = date(2026, 11, 8), date(2026, 11, 14)
    with database.begin() as session:
        request(session, people[0], period=days, name="Mine", form="xlsx")
    with database.read() as session:
        [(report, email)] = reports.list_reports(session, people[0])
        assert email == "ann@example.com"
        assert (report.state, report.custom_name, report.form) == ("queued", "Mine", "xlsx")
        assert (report.period_start, report.period_end) == days
        assert Choice.of(report) == DEVICES
        assert (report.requested, report.rows, report.downloads) == (NOW, 0, 0)
        assert report.suffix.isalnum()
        assert len(report.suffix) == reports.SUFFIX


def test_nobody_has_two_unfinished_reports(database, people):
    with database.begin() as session:
        request(session, people[0])
        request(session, people[1])
    for viewer in (people[0], people[1]):
        with database.begin() as session, pytest.raises(ReportError) as refused:
            request(session, viewer)
        assert refused.value.problem is ReportProblem.BUSY


def test_of_many_requests_at_once_one_is_taken(database, people):
    def ask(_):
        try:
            with database.begin() as session:
                request(session, people[0])
        except ReportError as error:
            return error.problem
        return None

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(ask, range(12)))
    assert answers.count(None) == 1
    assert answers.count(ReportProblem.BUSY) == 11


def test_a_waiting_report_is_made_by_one_process(database, people):
    with database.begin() as session:
        wanted = {request(session, viewer).id for viewer in people}

    def claim(_):
        with database.begin() as session:
            report = reports.claim(session, NOW)
        return report and report.id

    with ThreadPoolExecutor(6) as pool:
        claimed = [found for found in pool.map(claim, range(12)) if found]
    assert sorted(claimed) == sorted(wanted)


def test_progress_renews_the_lease_and_the_end_gives_it_back(database, people):
    with database.begin() as session:
        report = request(session, people[0])
        assert not reports.advance(session, report.id, 5, NOW)  # nobody makes it yet
        assert reports.claim(session, NOW).id == report.id
        assert reports.advance(session, report.id, 50_000, NOW + timedelta(minutes=4))
    with database.begin() as session:
        reports.sweep(session, LATER, MONTH)
        assert session.get(Report, report.id).state == "running"
        assert reports.finish(session, report.id, rows=60_000, size=9, whole=False, now=LATER)
    with database.read() as session:
        done = session.get(Report, report.id)
        assert (done.state, done.rows, done.bytes, done.lease) == ("done", 60_000, 9, None)


def test_a_process_that_died_leaves_its_report_interrupted(database, people):
    with database.begin() as session:
        report = request(session, people[0])
        reports.claim(session, NOW)
        reports.sweep(session, LATER, MONTH)
        assert not reports.advance(session, report.id, 1, LATER)
    with database.read() as session:
        left = session.get(Report, report.id)
        assert (left.state, left.reason) == ("failed", WhyFailed.INTERRUPTED)
    with database.begin() as session:
        request(session, people[0])


def test_old_reports_are_forgotten(database, people):
    with database.begin() as session:
        report = request(session, people[0])
        reports.claim(session, NOW)
        reports.fail(session, report.id, WhyFailed.LONG, NOW)
        assert reports.sweep(session, NOW + MONTH, MONTH) == {report.id}
        assert reports.sweep(session, NOW + MONTH + timedelta(seconds=1), MONTH) == set()


def test_a_report_is_its_owner_s_and_the_full_administrator_s(database, people):
    ann, ben, chief = people
    with database.begin() as session:
        report = request(session, ann)
    with database.begin() as session:
        assert reports.list_reports(session, ben) == []
        assert [r.id for r, _ in reports.list_reports(session, chief)] == [report.id]
        for act in (reports.downloaded, reports.delete_report):
            with pytest.raises(NotFoundError):
                act(session, ben, report.id, NOW)
            with pytest.raises(NotFoundError):
                act(session, ann, "0" * 32, NOW)
        reports.delete_report(session, chief, report.id, NOW)


def test_every_step_is_in_the_audit_log_without_names_of_customers(database, people):
    with database.begin() as session:
        report = request(session, people[0])
        reports.downloaded(session, people[0], report.id, NOW)
        assert (report.downloads, report.last_download) == (1, NOW)
        reports.delete_report(session, people[0], report.id, NOW)
    with database.read() as session:
        entries = session.query(AuditEntry).order_by(AuditEntry.number).all()
    assert [e.action for e in entries] == ["report.request", "report.download", "report.delete"]
    assert {e.actor for e in entries} == {"ann@example.com"}
    assert {e.subject for e in entries} == {report.id}


def test_there_is_room_for_so_many_reports(database, people, monkeypatch):
    monkeypatch.setattr(reports, "MOST", 1)
    with database.begin() as session:
        request(session, people[0])
        reports.fail(session, reports.claim(session, NOW).id, WhyFailed.UNKNOWN, NOW)
        with pytest.raises(ReportError) as refused:
            request(session, people[0])
    assert refused.value.problem is ReportProblem.MANY


def test_a_template_is_kept_renamed_and_removed(database, people):
    ann = people[0]
    with database.begin() as session:
        made = save_template(session, ann, " Мій шаблон ", DEVICES)
        other = Choice(template="phone_numbers", columns=("active",), filters=(("active", "no"),))
        save_template(session, ann, "Renamed", other, made.id)
    with database.begin() as session:
        [kept] = list_templates(session, ann)
        assert (kept.id, kept.name, Choice.of(kept)) == (made.id, "Renamed", other)
        remove_template(session, ann, made.id)
        assert list_templates(session, ann) == []


def test_two_templates_of_a_user_have_two_names(database, people):
    with database.begin() as session:
        save_template(session, people[0], "Mine", DEVICES)
        save_template(session, people[1], "Mine", DEVICES)
        second = save_template(session, people[0], "Other", DEVICES)
    for changed in ("", second.id):
        with database.begin() as session, pytest.raises(ReportError) as refused:
            save_template(session, people[0], "Mine", DEVICES, changed)
        assert refused.value.problem is ReportProblem.TAKEN


def test_templates_are_nobody_else_s(database, people):
    ann, _, chief = people
    with database.begin() as session:
        made = save_template(session, ann, "Mine", DEVICES)
        assert list_templates(session, chief) == []
        with pytest.raises(NotFoundError):
            save_template(session, chief, "Stolen", DEVICES, made.id)
        with pytest.raises(NotFoundError):
            remove_template(session, chief, made.id)


def test_the_operator_keeps_no_templates_and_nobody_too_many(database, people, monkeypatch):
    monkeypatch.setattr(report_templates, "MOST", 1)
    with database.begin() as session:
        with pytest.raises(NotAllowedError):
            save_template(session, OPERATOR, "Mine", DEVICES)
        save_template(session, people[0], "Mine", DEVICES)
        with pytest.raises(ReportError) as refused:
            save_template(session, people[0], "More", DEVICES)
    assert refused.value.problem is ReportProblem.MANY
