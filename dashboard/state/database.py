"""Database: opens the state database, SQLite or PostgreSQL, and brings its tables up to date."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, make_url
from sqlalchemy import text as sql
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from dashboard.errors import PartnerlensError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK_SECONDS = 5  # how long a writer waits for another one (TRUST §8.6)
BEGIN = "sqlite_begin"  # execution option: how a transaction of SQLite starts
MIGRATION_LOCK = 0x7061_7274  # PostgreSQL's advisory lock of whoever migrates


class StateError(PartnerlensError):
    """The state database cannot be used; the message says why and what to do."""


class Database:
    """The state database, opened; one per process, shared by its threads."""

    def __init__(self, engine: Engine) -> None:
        """Wrap an engine whose tables are up to date."""
        self.engine = engine
        self._readers = sessionmaker(engine, expire_on_commit=False)
        writing = engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        self._writers = sessionmaker(writing, expire_on_commit=False)
        # Threads of a process queue here: SQLite lets them try until one gives up.
        self._turn = RLock() if engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that only reads: no writer can make it wait."""
        with self._readers() as session:
            yield session

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """Open a transaction that writes: committed at the end, rolled back by an exception.

        Raises `StateError` when the database cannot be written: locked, full, gone.
        """
        try:
            with self._turn, self._writers.begin() as session:
                yield session
        except OperationalError as error:
            reason = str(error.orig).strip().splitlines()[0]
            msg = f"The state database cannot be written ({reason}): please try again."
            raise StateError(msg) from error


def open_database(url: str) -> Database:
    """Open a state database and bring its tables up to date.

    Raises `StateError` when it cannot be reached, or was made by a newer version.
    """
    engine = _engine(url)
    try:
        with engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"}).begin() as connection:
            _migrate(connection)
    except StateError:
        engine.dispose()
        raise
    except SQLAlchemyError as error:
        engine.dispose()
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        where = make_url(url).render_as_string(hide_password=True)
        msg = f"The state database {where} cannot be used ({reason}): check PARTNERLENS_STATE_URL."
        raise StateError(msg) from error
    return Database(engine)


def _engine(url: str) -> Engine:
    place = make_url(url)
    if place.get_backend_name() != "sqlite":
        return create_engine(place, pool_pre_ping=True, pool_size=4)
    if place.database and place.database != ":memory:":
        Path(place.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(place, connect_args={"timeout": LOCK_SECONDS})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # transactions begin as we say, not as the driver does
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get(BEGIN, "BEGIN"))

    return engine


def _migrate(connection: Connection) -> None:
    """Run what migrations are missing, in one transaction; a second process waits for it."""
    if connection.dialect.name == "postgresql":
        connection.execute(sql("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    if _version(connection) != ScriptDirectory(str(MIGRATIONS)).get_current_head():
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if found is not None and found not in known:
        msg = (
            f"The state database is of a newer version ({found}): start the Partnerlens "
            "that made it, or restore a backup."
        )
        raise StateError(msg)
    return found
