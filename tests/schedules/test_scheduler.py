"""The scheduler: which times run, who runs them, and when a schedule rests."""

import threading
from datetime import timedelta

from scheduling import DAY, FIRST, NOW

from dashboard.state import schedules, slots
from dashboard.state.models import Report
from dashboard.state.report_templates import Choice
from dashboard.state.reports import downloaded, list_reports
from dashboard.state.schedules import Times


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
