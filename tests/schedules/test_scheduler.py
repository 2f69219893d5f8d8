"""The scheduler with a real mail server: who gets what, and what is said of everybody else."""

import threading
from datetime import timedelta

import pytest
from post import Post
from scheduling import DAY, FIRST, NOW, Desk

from dashboard.reports.jobs import Jobs
from dashboard.schedules import drop, mail
from dashboard.state import schedules, slots, users
from dashboard.state.models import Report, Role
from dashboard.state.report_templates import Choice
from dashboard.state.reports import downloaded, list_reports
from dashboard.state.schedules import ScheduleError, ScheduleProblem, Times


@pytest.fixture(scope="module")
def server():
    post = Post().start()
    yield post
    post.stop()


@pytest.fixture
def post(server):
    server.mails.clear()
    server.mood = "fine"
    return server


@pytest.fixture
def desk(tmp_path, state_url, post):
    desk = Desk(tmp_path, state_url, post)
    yield desk
    desk.database.engine.dispose()


@pytest.fixture
def light(tmp_path, post):
    """Return a desk with SQLite alone, where the database makes no difference."""
    desk = Desk(tmp_path, f"sqlite:///{tmp_path / 'state.db'}", post)
    yield desk
    desk.database.engine.dispose()


def attached(letter):
    [part] = letter.iter_attachments()
    return part.get_content() if part.get_content_maintype() == "text" else part


def test_a_copy_is_mailed_once_and_lies_among_its_reader_s_reports(desk, post):
    ann = desk.user("ann", "admin", ["org-1", "org-2"])
    made = desk.schedule(ann)
    assert desk.tick(NOW + timedelta(minutes=59)) == 0
    assert desk.tick() == 1
    assert desk.tick() == 0
    [letter] = post.mails
    assert letter["To"] == "ann@x.example"
    assert letter["Subject"] == "Partnerlens: Devices report"
    assert letter["Message-ID"].startswith(f"<{made}.20261122T060000Z.{ann.user_id}@")
    assert "Acme" in attached(letter)
    assert desk.said(made) == [(22, "sent", None)]
    assert desk.copies(made) == [("ann", "sent", None)]
    with desk.database.read() as session:
        [(report, _)] = list_reports(session, ann)
    assert f"https://partner.example/reports/{report.id}" in letter.get_body().get_content()
    jobs = Jobs(desk.settings, desk.database, lambda: None, lambda: desk.now)
    assert jobs.may_read(report, ann)
    assert jobs.file(report).read_bytes().decode().startswith("\ufeffCustomer,MAC Address")
    assert desk.logged()[-1] == ("ann", "schedule.sent")


def test_a_mail_names_no_customer_outside_its_attachment(light, post):
    light.schedule(light.user("ann", "admin", ["org-1", "org-2"]))
    light.tick()
    [letter] = post.mails
    outside = f"{letter.items()} {letter.get_body().get_content()}"
    assert "Acme" not in outside
    assert "Bolt" not in outside


def test_a_mail_speaks_the_language_of_its_schedule(light, post):
    light.schedule(light.user("ann", "full_admin"), language="uk")
    light.tick()
    assert "у вкладенні" in post.mails[0].get_body().get_content()


def test_what_is_too_large_for_a_mail_is_linked(light, post, monkeypatch):
    monkeypatch.setattr(mail, "LARGEST", 10)
    light.schedule(light.user("ann", "full_admin"))
    light.tick()
    [letter] = post.mails
    assert list(letter.iter_attachments()) == []
    assert "too large for a mail" in letter.get_content()
    assert "https://partner.example/reports/" in letter.get_content()


def test_a_name_of_a_folder_cannot_lead_out_of_it():
    for email in ("../../etc@x", "..", "/etc/passwd@x", "a@b/../c", "x@\N{FULLWIDTH SOLIDUS}"):
        name = drop.own_folder(email)
        assert "/" not in name
        assert name.strip(".") == name != ""


def test_a_customer_that_was_taken_away_is_absent_from_the_copy(desk, post):
    boss, ann = desk.user("boss", "full_admin"), desk.user("ann", customers=["org-1", "org-2"])
    desk.schedule(boss, ann)
    with desk.database.begin() as session:
        users.unassign(session, ann.user_id, ["org-2"])
    desk.tick()
    by_address = {one["To"]: attached(one) for one in post.mails}
    assert "Acme" in by_address["ann@x.example"]
    assert "Bolt" not in by_address["ann@x.example"]
    assert "Bolt" in by_address["boss@x.example"]


def test_who_may_not_see_anything_gets_nothing_and_the_row_says_why(light, post):
    boss, ann = light.user("boss", "full_admin"), light.user("ann", customers=["org-1"])
    ben = light.user("ben", customers=["org-1"])
    made = light.schedule(boss, ann, ben)
    with light.database.begin() as session:
        users.unassign(session, ann.user_id, ["org-1"])
        users.find_user(session, "ben@x.example").active = False
    light.tick()
    assert post.to() == ["boss@x.example"]
    assert light.copies(made) == [
        ("ann", "skipped", "rights"),
        ("ben", "skipped", "left"),
        ("boss", "sent", None),
    ]
    assert light.logged().count(("boss", "schedule.skipped")) == 2


@pytest.mark.parametrize("how", ["left", "may not send to others"])
def test_an_owner_without_the_right_sends_nothing_to_others(light, post, how):
    boss, ann = light.user("boss", "full_admin"), light.user("ann", customers=["org-1"])
    made = light.schedule(boss, ann)
    with light.database.begin() as session:
        if how == "left":
            users.find_user(session, "boss@x.example").active = False
        else:
            session.get(Role, "full_admin").sends_to_others = False
    light.tick()
    assert "ann@x.example" not in post.to()
    assert ("ann", "skipped", "owner") in light.copies(made)


def test_only_administrators_choose_other_recipients(light):
    ann, ben = light.user("ann", customers=["org-1"]), light.user("ben", "admin", ["org-2"])
    with pytest.raises(ScheduleError) as refused:
        light.schedule(ann, ben)
    assert refused.value.problem is ScheduleProblem.OTHERS
    assert light.schedule(ben, ann)


@pytest.mark.parametrize(
    ("mood", "state", "reason", "arrived"),
    [
        ("refuses", "failed", "mail", 0),
        ("rejects", "failed", "mail", 0),
        ("is busy", "sent", None, 1),
        ("is full", "sent", None, 1),
        ("hangs", "sent", None, 1),
        ("forgets", "unknown", "no_answer", 1),
        ("drops", "unknown", "no_answer", 1),
    ],
)
def test_what_the_mail_server_does_is_what_the_row_says(light, post, mood, state, reason, arrived):
    made = light.schedule(light.user("ann", "full_admin"))
    post.mood = mood
    light.tick()
    post.mood = "fine"
    light.tick(FIRST + timedelta(hours=2))
    assert light.said(made) == [(22, state, None)]
    assert light.copies(made) == [("ann", state, reason)]
    assert len(post.mails) == arrived


def minutes(*after):
    return [FIRST + timedelta(minutes=n) for n in after]


def test_a_server_that_is_never_there_is_tried_four_times_and_then_the_row_says_failed(
    tmp_path, post
):
    url = f"sqlite:///{tmp_path / 'state.db'}"
    desk = Desk(tmp_path, url, post, smtp_port=1)
    made = desk.schedule(desk.user("ann", "full_admin"))
    ran = [desk.tick(at) for at in minutes(0, 4, 5, 19, 20, 79)]
    assert ran == [1, 0, 1, 0, 1, 0]
    assert desk.said(made) == [(22, "waiting", None)]
    assert desk.copies(made) == [("ann", "waiting", "mail")]
    assert [desk.tick(at) for at in minutes(80, 300)] == [1, 0]
    assert desk.said(made) == [(22, "failed", None)]
    assert desk.copies(made) == [("ann", "failed", "mail")]
    tried = ["schedule.sent", "schedule.put_off"] * 3 + ["schedule.sent", "schedule.failed"]
    assert [action for _, action in desk.logged()][-8:] == tried
    desk.database.engine.dispose()


def test_only_who_was_refused_gets_a_further_try(desk, post, monkeypatch):
    ann, ben = desk.user("ann", "full_admin"), desk.user("ben", customers=["org-1"])
    made, leave = desk.schedule(ann, ben), desk.scheduler._leave

    def busy_for_ben(task, viewer, copy):
        post.mood = "is busy" if viewer.user_id == ben.user_id else "fine"
        leave(task, viewer, copy)

    with monkeypatch.context() as patch:
        patch.setattr(desk.scheduler, "_leave", busy_for_ben)
        desk.tick()
    assert post.to() == ["ann@x.example"]
    assert desk.said(made) == [(22, "waiting", None)]
    assert desk.copies(made) == [("ann", "sent", None), ("ben", "waiting", "mail")]
    post.mood = "fine"
    desk.tick(FIRST + timedelta(minutes=5))
    assert sorted(post.to()) == ["ann@x.example", "ben@x.example"]
    assert desk.said(made) == [(22, "sent", None)]
    with desk.database.read() as session:
        assert len(list_reports(session, ben)) == 1


def test_a_further_try_is_made_with_the_rights_of_its_moment(light, post):
    boss, ann = light.user("boss", "full_admin"), light.user("ann", customers=["org-1"])
    made = light.schedule(boss, ann)
    post.mood = "is busy"
    light.tick()
    with light.database.begin() as session:
        users.unassign(session, ann.user_id, ["org-1"])
    post.mood = "fine"
    light.tick(FIRST + timedelta(minutes=5))
    assert light.copies(made) == [("ann", "skipped", "rights"), ("boss", "sent", None)]
    assert light.said(made) == [(22, "sent", None)]


def test_what_waits_when_a_newer_time_comes_is_missed_and_never_sent(light, post):
    made = light.schedule(light.user("ann", "full_admin"))
    post.mood = "is busy"
    light.tick()
    post.mood = "fine"
    light.tick(FIRST + DAY)
    assert light.said(made) == [(22, "skipped", "missed"), (23, "sent", None)]
    assert len(post.mails) == 1


def test_after_three_days_off_the_newest_runs_and_the_others_say_missed(desk, post):
    made = desk.schedule(desk.user("ann", "full_admin"))
    assert desk.tick(FIRST + 3 * DAY) == 1
    assert desk.said(made) == [
        (22, "skipped", "missed"),
        (23, "skipped", "missed"),
        (24, "skipped", "missed"),
        (25, "sent", None),
    ]
    assert len(post.mails) == 1


def test_two_schedulers_at_once_send_one_mail_each_time(desk, post):
    ann, ben = desk.user("ann", "full_admin"), desk.user("ben", customers=["org-1"])
    made = [desk.schedule(ann, ben) for _ in range(4)]
    desk.now = FIRST
    several = [desk.another() for _ in range(3)]
    threads = [threading.Thread(target=one.tick) for one in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for one in several:
        one._database.engine.dispose()
    marks = [one["Message-ID"] for one in post.mails]
    assert len(marks) == len(set(marks)) == 8
    assert [desk.said(one) for one in made] == [[(22, "sent", None)]] * 4


def test_whoever_lost_a_slot_sends_nothing_more(light, post, monkeypatch):
    made = light.schedule(light.user("ann", "full_admin"))
    make = light.scheduler._copies.make

    def slowly(*given):
        copy = make(*given)
        light.now += slots.LEASE + timedelta(seconds=1)
        other = light.another()
        assert other.tick() == 1
        other._database.engine.dispose()
        return copy

    monkeypatch.setattr(light.scheduler._copies, "make", slowly)
    light.tick()
    assert len(post.mails) == 1
    assert light.copies(made) == [("ann", "sent", None)]


def test_a_stopped_scheduler_leaves_the_rest_to_the_next(light, post, monkeypatch):
    ann, ben = light.user("ann", "full_admin"), light.user("ben", customers=["org-1"])
    made = light.schedule(ann, ben)
    leave = light.scheduler._leave

    def then_stop(*given):
        leave(*given)
        light.scheduler.stop.set()

    monkeypatch.setattr(light.scheduler, "_leave", then_stop)
    light.tick()
    assert len(post.mails) == 1
    assert light.said(made) == [(22, "due", None)]
    assert light.another().tick() == 1
    assert sorted(post.to()) == ["ann@x.example", "ben@x.example"]
    assert light.said(made) == [(22, "sent", None)]


def test_a_file_is_dropped_under_a_name_that_says_what_it_is(light, post):
    ann = light.user("ann", "full_admin")
    made = light.schedule(ann, delivery="folder", form="xlsx")
    light.tick()
    [file] = [path for path in light.settings.schedule_folder.rglob("*") if path.is_file()]
    assert file.parent.name == "ann@x.example"
    assert file.name.startswith("Devices report_")
    assert file.name.endswith("_2026-11-22.xlsx")
    assert file.stat().st_mode & 0o077 == 0
    assert light.copies(made) == [("ann", "sent", None)]
    assert post.mails == []


def test_what_nobody_downloads_for_six_months_is_paused(light):
    ann = light.user("ann", "full_admin")
    kept = light.schedule(ann)
    light.tick()
    idle = light.schedule(ann)
    with light.database.begin() as session:
        [(copy, _)] = list_reports(session, ann)
        downloaded(session, ann, copy.id, light.now + 9 * DAY)
    light.tick(FIRST + schedules.UNUSED_AFTER + DAY)
    assert (light.read(kept).paused, light.read(idle).paused) == (None, "unused")
    assert ("scheduler", "schedule.paused") in light.logged()


def test_a_paused_schedule_rests_and_goes_on_from_its_next_time(light):
    ann = light.user("ann", "full_admin")
    made = light.schedule(ann)
    with light.database.begin() as session:
        schedules.pause_schedule(session, ann, made, light.now)
    light.tick(FIRST + DAY)
    assert light.said(made) == []
    with light.database.begin() as session:
        schedules.resume_schedule(session, ann, made, light.now)
    light.tick(FIRST + DAY)
    assert light.said(made) == []
    light.tick(FIRST + 2 * DAY)
    assert light.said(made) == [(24, "sent", None)]


def test_a_monthly_report_is_about_the_month_before(light):
    ann = light.user("ann", "full_admin")
    usage = Choice(template="calling_usage_details", columns=("customer",), region="EU")
    times = Times(every="monthly", at="08:00", zone="Europe/Kyiv", day=1)
    light.schedule(ann, choice=usage, times=times)
    light.tick(NOW + 10 * DAY)
    with light.database.read() as session:
        [report] = session.query(Report)
    assert (str(report.period_start), str(report.period_end)) == ("2026-11-01", "2026-11-30")


def test_a_scheduler_that_is_gone_is_silent(light):
    with light.database.read() as session:
        assert not slots.is_silent(session, NOW)  # nothing to do
    light.schedule(light.user("ann", "full_admin"))
    with light.database.read() as session:
        assert slots.is_silent(session, NOW)
    light.tick(NOW)
    with light.database.read() as session:
        assert not slots.is_silent(session, NOW + timedelta(minutes=14))
        assert slots.is_silent(session, NOW + timedelta(minutes=16))
