"""Copies as they leave, with a real mail server: who gets what, and what is said of all others."""

from datetime import timedelta

import pytest
from scheduling import FIRST, NOW

from dashboard.reports.jobs import Jobs
from dashboard.schedules import drop, mail
from dashboard.state import users
from dashboard.state.models import Role
from dashboard.state.reports import list_reports
from dashboard.state.schedules import ScheduleError, ScheduleProblem


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
