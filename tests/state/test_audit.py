"""The audit chain: whatever is done to one of its entries is found, at that entry (R-24)."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, text

from dashboard.state.anchors import check_chain, read_anchors, take_anchor
from dashboard.state.audit import GENESIS, Verdict, chained, record, verify
from dashboard.state.database import StateError, open_database
from dashboard.state.models import AuditEntry

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ENTRIES = 10_000
SAMPLE = [1, ENTRIES, *random.Random(7).sample(range(2, ENTRIES), 4)]
CHANGES = {
    "at": "UPDATE audit SET at = :at WHERE number = :n",
    "actor": "UPDATE audit SET actor = 'somebody@example.com' WHERE number = :n",
    "action": "UPDATE audit SET action = 'other' WHERE number = :n",
    "subject": "UPDATE audit SET subject = 'other' WHERE number = :n",
    "detail": "UPDATE audit SET detail = '{}' WHERE number = :n",
    "hash": "UPDATE audit SET hash = '" + "f" * 64 + "' WHERE number = :n",
    "deleted": "DELETE FROM audit WHERE number = :n",
    "cut off": "DELETE FROM audit WHERE number >= :n",
}


def write_chain(session, entries):
    """Write a long chain as `record` does, without asking for the last entry each time."""
    rows, previous = [], GENESIS
    for n in range(1, entries + 1):
        at = NOW + timedelta(seconds=n)
        entry = AuditEntry(number=n, at=at, actor="terminal", action="test", subject="")
        entry.detail = f'{{"n": {n}}}'
        previous = entry.hash = chained(previous, entry)
        rows.append({c.name: getattr(entry, c.name) for c in AuditEntry.__table__.columns})
    session.execute(insert(AuditEntry), rows)


def without_triggers(database):
    """Take away what keeps the log as it is, as somebody with the database's password could."""
    postgresql = database.engine.dialect.name == "postgresql"
    table = " ON audit" if postgresql else ""
    with database.begin() as session:
        for event in ("UPDATE", "DELETE"):
            session.execute(text(f"DROP TRIGGER audit_{event}{table}"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def long_log(request, tmp_path_factory):
    """Return a database with 10,000 entries and no triggers, and the file of its anchor."""
    folder = tmp_path_factory.mktemp("audit")
    url = f"sqlite:///{folder / 'state.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgresql").url()
    database = open_database(url)
    with database.begin() as session:
        write_chain(session, ENTRIES)
        take_anchor(session, folder / "anchors", NOW)
    without_triggers(database)
    yield database, folder / "anchors"
    database.engine.dispose()


def found_after(long_log, statements, **values):
    """Return what a look finds after some statements, which are then undone."""
    database, path = long_log
    with database.engine.connect() as connection, connection.begin() as transaction:
        for statement in statements:
            connection.execute(text(statement), values)
        with database._writers(bind=connection) as session:
            verdict = check_chain(session, path)
        transaction.rollback()
    return verdict


def test_ten_thousand_entries_are_as_written(long_log):
    assert found_after(long_log, []) == Verdict(entries=ENTRIES)


@pytest.mark.parametrize("n", SAMPLE)
@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_found_at_its_entry(long_log, change, n):
    values = {"n": n, "at": "2020-01-01 00:00:00"} if change == "at" else {"n": n}
    assert found_after(long_log, [CHANGES[change]], **values).broken == n


@pytest.mark.parametrize("n", [1, 5_000, ENTRIES - 1])
def test_two_entries_that_changed_places_are_found_at_the_first(long_log, n):
    swap = [
        "UPDATE audit SET number = -1 WHERE number = :n",
        "UPDATE audit SET number = :n WHERE number = :m",
        "UPDATE audit SET number = :m WHERE number = -1",
    ]
    moved = [(swap[0], {"n": n}), (swap[1], {"n": n, "m": n + 1}), (swap[2], {"m": n + 1})]
    database, path = long_log
    with database.engine.connect() as connection, connection.begin() as transaction:
        for statement, values in moved:
            connection.execute(text(statement), values)
        with database._writers(bind=connection) as session:
            assert check_chain(session, path).broken == n
        transaction.rollback()


def test_a_log_that_is_emptied_is_broken_at_its_first_entry(long_log):
    assert found_after(long_log, ["DELETE FROM audit"]) == Verdict(
        entries=0, broken=1, until=ENTRIES
    )


def test_a_date_that_is_none_is_found_at_its_entry(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'state.db'}")
    with database.begin() as session:
        write_chain(session, 30)
    without_triggers(database)
    with database.begin() as session:
        session.execute(text("UPDATE audit SET at = 'never' WHERE number = 17"))
    with database.read() as session:
        assert verify(session).broken == 17
    database.engine.dispose()


def test_a_chain_that_was_computed_anew_is_shown_by_the_anchor(database, tmp_path):
    path = tmp_path / "anchors"
    with database.begin() as session:
        write_chain(session, 10)
        take_anchor(session, path, NOW)
    without_triggers(database)
    with database.begin() as session:
        session.execute(text("DELETE FROM audit"))
        for _ in range(12):
            record(session, actor="terminal", action="forged", now=NOW)
    with database.read() as session:
        assert verify(session).broken is None
        assert check_chain(session, path) == Verdict(entries=0, broken=1, until=10)


def test_an_anchor_is_private_and_names_the_last_entry(database, tmp_path):
    path = tmp_path / "beside" / "anchors"
    with database.begin() as session:
        assert take_anchor(session, path, NOW) is None
        write_chain(session, 3)
        taken = take_anchor(session, path, NOW)
    assert taken.number == 3
    assert read_anchors(path) == [taken]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_broken_chain_gets_no_anchor(database, tmp_path):
    with database.begin() as session:
        write_chain(session, 3)
    without_triggers(database)
    with database.begin() as session:
        session.execute(text("UPDATE audit SET actor = 'x' WHERE number = 2"))
    with database.begin() as session, pytest.raises(StateError, match="broken at entry 2"):
        take_anchor(session, tmp_path / "anchors", NOW)
    assert not (tmp_path / "anchors").exists()


@pytest.mark.parametrize("line", ["x", "2026-11-22 0 " + "a" * 64, "2026-11-22 7 abc", "\x00"])
def test_a_damaged_file_of_anchors_is_named_with_its_line(tmp_path, line):
    path = tmp_path / "anchors"
    path.write_text(f"2026-11-22T09:00:00+00:00 1 {'a' * 64}\n{line}\n")
    with pytest.raises(StateError, match=r"Line 2 of .*anchors is no anchor"):
        read_anchors(path)


def test_what_cannot_be_recorded_is_refused_in_one_sentence(database):
    with database.begin() as session:
        session.execute(text("ALTER TABLE audit RENAME TO gone"))
    with pytest.raises(StateError, match="audit log cannot be written"), database.begin() as s:
        record(s, actor="terminal", action="test", now=NOW)


def test_a_database_that_takes_no_writes_refuses_in_one_sentence(tmp_path):
    database = open_database(f"sqlite:///{tmp_path / 'state.db'}")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with database.begin() as session, pytest.raises(StateError, match="written") as refused:
        record(session, actor="terminal", action="test", now=NOW)
    assert "\n" not in str(refused.value)
    database.engine.dispose()


def test_a_long_subject_is_cut_and_does_not_stop_the_entry(database):
    with database.begin() as session:
        record(session, actor="terminal", action="test", now=NOW, subject="x" * 300)
    with database.read() as session:
        assert len(session.get(AuditEntry, 1).subject) == 200
        assert verify(session).broken is None
