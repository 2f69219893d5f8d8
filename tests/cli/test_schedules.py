"""`partnerlens schedule` and `scheduler --once` at the terminal."""

import pytest
from scheduling import two_customers
from terminals import Terminal


@pytest.fixture
def terminal(tmp_path, monkeypatch):
    two_customers(tmp_path)
    for name in ("CACHE_DIR", "REPORTS_DIR", "SCHEDULE_FOLDER"):
        monkeypatch.setenv(f"PARTNERLENS_{name}", str(tmp_path / name.lower()))
    terminal = Terminal(f"sqlite:///{tmp_path / 'state.db'}", tmp_path, monkeypatch)
    terminal.add("ann@x.example", "full_admin")
    return terminal


def add(terminal, *more):
    """Schedule the devices for Ann; return what is printed."""
    command = ("schedule", "add", "devices", "ann@x.example", "--delivery", "folder")
    return terminal.done(*command, "--zone", "Europe/Kyiv", *more)


def test_a_schedule_is_added_listed_paused_resumed_and_removed(terminal):
    said = add(terminal, "--every", "monthly", "--day", "31", "--at", "07:30")
    made, _, rest = said.partition(": ")
    assert rest.startswith("Devices report, monthly on day 31 at 07:30 (Europe/Kyiv); next ")
    assert made in terminal.done("schedule", "list")
    assert terminal.done("schedule", "pause", made) == "It is paused.\n"
    assert "paused" in terminal.done("schedule", "list")
    assert terminal.done("schedule", "resume", made) == "It goes on.\n"
    assert terminal.done("schedule", "remove", made) == "It was removed.\n"
    assert made not in terminal.done("schedule", "list")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("devices", "ben@x.example"), "Nothing is set up to send by"),
        (("devices", "ben@x.example", "--delivery", "folder"), "There is no active user"),
        (("devices", "ann@x.example", "--delivery", "folder", "--zone", "Mars"), "a zone."),
        (("devices", "ann@x.example", "--delivery", "folder", "--region", "US"), "US"),
        (("invoices", "ann@x.example", "--delivery", "folder"), "invoices"),
    ],
)
def test_what_cannot_be_scheduled_is_refused_in_a_sentence(terminal, given, said):
    assert said in terminal.refused("schedule", "add", *given)


def test_a_schedule_that_is_not_there_is_said(terminal):
    assert terminal.refused("schedule", "remove", "x") == "There is no such schedule."


def test_a_look_without_anything_due_says_so(terminal):
    add(terminal)
    result = terminal.run("scheduler", "--once")
    assert result.exit_code == 0, result.output
    assert "0 slots were run." in result.stderr
