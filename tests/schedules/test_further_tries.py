"""What the mail server refused for the moment: tried again, at most three times."""

from datetime import timedelta

from scheduling import DAY, FIRST, Desk

from dashboard.state import users
from dashboard.state.reports import list_reports


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
