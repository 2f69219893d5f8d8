"""The state database: two kinds, migrated by whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from dashboard.state.audit import first_broken, record
from dashboard.state.database import MIGRATIONS, StateError, open_database
from dashboard.state.models import AuditEntry, Base, Role

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_a_new_database_knows_the_roles(database):
    with database.read() as session:
        sees = {role.name: role.sees for role in session.query(Role)}
    assert sees["full_admin"] == sees["read_only_admin"] == "all"
    assert sees["admin"] == sees["assigned_user"] == "assigned"
    assert sees["nobody"] == "nothing"


def test_the_migrations_make_what_the_models_say(database):
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def earlier_revisions():
    """Return every version a database in use may be of, but the newest."""
    newest, *earlier = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    assert newest.is_head
    return sorted(script.revision for script in earlier)


IN_USE = (
    """
    INSERT INTO users (id, email, name, role, active, created)
    VALUES ('u', 'ann@example.com', 'Ann', 'admin', '1', '2026-11-22 09:00:00')
    """,
    "INSERT INTO assignments VALUES ('u', 'acme')",
    "INSERT INTO tags VALUES ('t', 'VIP', 'vip', 1)",
    "INSERT INTO customer_tags VALUES ('t', 'acme')",
)


@pytest.mark.parametrize("revision", earlier_revisions())
def test_a_database_in_use_is_brought_up_to_date_without_losing_a_row(state_url, revision):
    engine = create_engine(state_url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for statement in IN_USE:
            connection.execute(text(statement))
    engine.dispose()
    database = open_database(state_url)
    with database.read() as session:
        for statement in IN_USE:
            table = statement.split()[2]
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 1
        assert (
            compare_metadata(MigrationContext.configure(session.connection()), Base.metadata) == []
        )
    database.engine.dispose()


def test_workers_that_start_together_migrate_once(state_url):
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(open_database, [state_url] * 4))
    with opened[0].read() as session:
        assert session.query(Role).count() == 5
    for database in opened:
        database.engine.dispose()


def test_a_database_of_a_newer_version_is_refused_in_one_sentence(state_url):
    database = open_database(state_url)
    with database.begin() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.engine.dispose()
    with pytest.raises(StateError, match="newer version"):
        open_database(state_url)


def test_a_database_that_is_not_there_is_refused_in_one_sentence():
    with pytest.raises(StateError, match="PARTNERLENS_STATE_URL") as refused:
        open_database("postgresql+psycopg://someone:secret@127.0.0.1:1/none")
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_instant_comes_back_in_utc(database):
    with database.begin() as session:
        record(session, actor="terminal", action="test", now=NOW)
    with database.read() as session:
        assert session.get(AuditEntry, 1).at == NOW


def test_an_instant_without_a_zone_is_refused(database):
    with database.begin() as session, pytest.raises(Exception, match="zone"):
        record(session, actor="terminal", action="test", now=NOW.replace(tzinfo=None))


@pytest.mark.parametrize("statement", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_audit_log_refuses_to_change(database, statement):
    with database.begin() as session:
        record(session, actor="terminal", action="test", now=NOW)
    with pytest.raises(DBAPIError, match="append-only"), database.begin() as session:
        session.execute(text(statement))


def test_entries_of_many_writers_make_one_chain(database):
    def write(n):
        with database.begin() as session:
            record(session, actor=f"user{n}@example.com", action="test", now=NOW, n=n)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    with database.read() as session:
        assert session.query(AuditEntry).count() == 40
        assert first_broken(session) is None
