"""kill -9 of a real scheduler process at each of its steps, and what the next one makes of it."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from post import Post
from scheduling import FIRST, Desk

from dashboard.state import slots, users

DRIVER = Path(__file__).with_name("driver.py")
AFTER_LEASE = FIRST + slots.LEASE + timedelta(seconds=1)


@pytest.fixture(scope="module")
def post():
    post = Post().start()
    yield post
    post.stop()


def environment(desk):
    """Return the environment of a process with the settings of a desk."""
    given = desk.settings.model_dump(mode="json", exclude_defaults=True)
    return os.environ | {f"PARTNERLENS_{name.upper()}": str(v) for name, v in given.items()}


def kill(desk, when, step):
    """Let a process of its own look when something is due, and die at a step."""
    command = [sys.executable, str(DRIVER), when, step, FIRST.isoformat()]
    ended = subprocess.run(command, env=environment(desk), capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()


def killed_and_again(desk, post, when, step, mood="fine", **changes):
    """Kill at a step, let another look once the lease is over, and return what is said then."""
    post.mails.clear()
    made = desk.schedule(desk.user("ann", "full_admin"), **changes)
    if mood == "nobody":
        with desk.database.begin() as session:
            users.find_user(session, "ann@x.example").active = False
    post.mood = mood
    kill(desk, when, step)
    post.mood = "fine"
    between = len(post.mails)
    assert desk.tick(FIRST) == (1 if step == "claim" else 0)  # the lease holds
    desk.tick(AFTER_LEASE)
    assert desk.tick(AFTER_LEASE + timedelta(hours=1)) == 0
    [(_, state, _)] = desk.said(made)
    [(_, copy, _)] = desk.copies(made)
    return between, len(post.mails), state, copy


# When it dies, how the mail server is, and then: mails there were, mails at the end, what slot
# and copy say. "Nobody" is there for a copy whose recipient has left.
KILLS = [
    ("before", "claim", "fine", (0, 1, "sent", "sent")),  # due
    ("before", "rendered", "fine", (0, 1, "sent", "sent")),  # running
    ("before", "sending", "fine", (0, 1, "sent", "sent")),  # rendered
    ("before", "mail", "fine", (0, 0, "unknown", "unknown")),  # the row is there, no mail is
    ("after", "mail", "fine", (1, 1, "unknown", "unknown")),  # the mail is there, no commit is
    ("before", "finish", "fine", (1, 1, "sent", "sent")),  # sent
    ("before", "finish", "refuses", (0, 0, "failed", "failed")),  # failed
    ("before", "finish", "nobody", (0, 0, "skipped", "skipped")),  # skipped
    ("before", "finish", "drops", (1, 1, "unknown", "unknown")),  # unknown
    ("before", "put_off", "is busy", (0, 0, "unknown", "unknown")),  # refused, no commit is
    ("before", "wait", "is busy", (0, 1, "sent", "sent")),  # the copy waits, the slot runs
]


@pytest.mark.parametrize(("when", "step", "mood", "ended"), KILLS)
def test_whenever_it_dies_a_slot_has_one_mail_at_most_and_an_end(
    tmp_path, post, when, step, mood, ended
):
    desk = Desk(tmp_path, f"sqlite:///{tmp_path / 'state.db'}", post)
    assert killed_and_again(desk, post, when, step, mood) == ended
    desk.database.engine.dispose()


def test_the_same_with_postgresql(tmp_path, post, postgresql):
    desk = Desk(tmp_path, postgresql.url(), post)
    assert killed_and_again(desk, post, "after", "mail") == (1, 1, "unknown", "unknown")
    desk.database.engine.dispose()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_file_is_dropped_exactly_once(tmp_path, post, when):
    desk = Desk(tmp_path, f"sqlite:///{tmp_path / 'state.db'}", post)
    ended = killed_and_again(desk, post, when, "drop", delivery="folder")
    assert ended == (0, 0, "sent", "sent")
    files = [path for path in desk.settings.schedule_folder.rglob("*") if path.is_file()]
    assert len(files) == 1
    desk.database.engine.dispose()


def test_a_process_is_asked_to_stop_and_stops(tmp_path, post):
    desk = Desk(tmp_path, f"sqlite:///{tmp_path / 'state.db'}", post)
    command = [sys.executable, "-m", "dashboard", "scheduler"]
    with subprocess.Popen(
        command, env=environment(desk), stderr=subprocess.PIPE, text=True
    ) as process:
        watch = threading.Timer(60, process.kill)
        watch.start()
        assert any("scheduler.started" in line for line in process.stderr)
        process.send_signal(signal.SIGTERM)
        assert "scheduler.stopped" in process.stderr.read()
        assert process.wait() == 0
        watch.cancel()
    desk.database.engine.dispose()
