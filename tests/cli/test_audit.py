"""The audit log at the terminal: listed, anchored, and proven or not."""

import json

import pytest
from sqlalchemy import text
from terminals import Terminal

from dashboard.settings import Settings
from dashboard.state.database import open_database


@pytest.fixture
def terminal(state_url, tmp_path, monkeypatch):
    return Terminal(state_url, tmp_path, monkeypatch)


@pytest.fixture
def published(terminal):
    return terminal.publish()


def test_a_log_that_is_whole_verifies_and_a_changed_one_names_its_entry(terminal):
    for name in ("a", "b", "c"):
        terminal.add(f"{name}@example.com")
    assert terminal.done("audit", "verify") == "3 entries, every one as written; no anchor yet.\n"
    database = open_database(terminal.url)
    table = " ON audit" if database.engine.dialect.name == "postgresql" else ""
    with database.begin() as session:
        session.execute(text(f"DROP TRIGGER audit_update{table}"))
        session.execute(text("UPDATE audit SET actor = 'x' WHERE number = 2"))
    database.engine.dispose()
    result = terminal.run("audit", "verify")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "The audit log was changed: entry 2 is not what was written.\n"


def test_a_log_whose_end_was_cut_off_is_found_by_the_anchor(terminal):
    for name in ("a", "b", "c"):
        terminal.add(f"{name}@example.com")
    assert " 3 " in terminal.done("audit", "anchor")
    database = open_database(terminal.url)
    table = " ON audit" if database.engine.dialect.name == "postgresql" else ""
    with database.begin() as session:
        session.execute(text(f"DROP TRIGGER audit_delete{table}"))
        session.execute(text("DELETE FROM audit WHERE number > 1"))
    database.engine.dispose()
    result = terminal.run("audit", "verify")
    assert result.exit_code == 1
    assert "entries 2 to 3 are missing" in result.stderr


def test_the_doctor_looks_at_users_and_the_audit_chain(published):
    published.add("boss@example.com", "full_admin")
    published.done("audit", "anchor")
    checks = found(published.run("doctor", "--json"))
    assert "1 users, 1 administrators" in checks["state database"]["found"]
    assert checks["audit log"]["found"] == "1 entries, every one as written, anchored at entry 1"
    (published.folder / "anchors").write_text(f"2026-11-22T09:00:00+00:00 9 {'a' * 64}\n")
    broken = found(published.run("doctor", "--json"))["audit log"]
    assert (broken["ok"], "entries 2 to 9 are missing" in broken["found"]) == (False, True)


def test_the_doctor_makes_no_database_where_there_is_none(tmp_path, monkeypatch):
    terminal = Terminal(f"sqlite:///{tmp_path / 'none' / 'state.db'}", tmp_path, monkeypatch)
    state = found(terminal.run("doctor", "--json"))["state database"]
    assert (state["ok"], "will be made" in state["found"]) == (True, True)
    assert not (tmp_path / "none").exists()


def test_anchors_are_kept_beside_the_database_unless_a_setting_says_where():
    anchors = {
        "sqlite:////srv/state.db": "/srv/anchors",
        "sqlite:///var/state.db": "var/anchors",
        "postgresql+psycopg://host/name": "var/anchors",
    }
    assert {url: str(Settings(state_url=url).anchors) for url in anchors} == anchors
    assert str(Settings(anchor_file="/mnt/a").anchors) == "/mnt/a"


def found(result):
    """Return the doctor's findings by name."""
    return {check["name"]: check for check in json.loads(result.stdout)["checks"]}


def test_the_list_narrows_by_day_action_and_actor(terminal):
    terminal.add("ann@example.com")
    terminal.done("user", "role", "ann@example.com", "nobody")
    assert "user.added" not in terminal.done("audit", "list", "--action", "user.role")
    assert (
        json.loads(terminal.done("audit", "list", "--since", "2999-01-01", "--format=json")) == []
    )
    assert "ann@example.com" not in terminal.done("audit", "list", "--actor", "ann@example.com")
    assert "user.role" in terminal.done("audit", "list", "--actor", "terminal")
