"""Databases: a real PostgreSQL of our own beside SQLite, for whoever tests what is stored."""

import os
import shutil
import socket
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from dashboard.state.database import open_database


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _programs():
    """Return where initdb and pg_ctl are: Debian keeps them out of the path."""
    newest = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    return newest[-1] if newest else Path(shutil.which("initdb")).parent


def _unprivileged(command):
    """Wrap a command for root, as whom PostgreSQL refuses to run."""
    return ["runuser", "-u", "postgres", "--", *command] if os.getuid() == 0 else command


class PostgreSQL:
    """A server in a folder, on loopback, without durability: it lives as long as the tests."""

    def __init__(self, folder):
        """Make a cluster in the folder and start it."""
        self.folder, self.port, self.made = folder / "cluster", _free_port(), 0
        folder.chmod(0o777)
        self._run("initdb", "-D", self.folder, "-U", "partnerlens", "-A", "trust", "-E", "UTF8")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -k ''"
        self._run("pg_ctl", "-D", self.folder, "-w", "-l", folder / "log", "-o", options, "start")

    def _run(self, program, *arguments):
        command = _unprivileged([str(_programs() / program), *map(str, arguments)])
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
        )
        assert done.returncode == 0, done.stdout

    def url(self):
        """Return the URL of a database nobody has used yet."""
        self.made += 1
        name = f"test{self.made}"
        self._run("createdb", "-h", "127.0.0.1", "-p", self.port, "-U", "partnerlens", name)
        return f"postgresql+psycopg://partnerlens@127.0.0.1:{self.port}/{name}"

    def stop(self):
        """End it, whatever is connected."""
        self._run("pg_ctl", "-D", self.folder, "-m", "immediate", "stop")


@pytest.fixture(scope="session")
def postgresql():
    """Return a running PostgreSQL; not in pytest's folders, which pytest keeps to itself."""
    with TemporaryDirectory(prefix="postgresql-") as folder:
        server = PostgreSQL(Path(folder))
        yield server
        server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def state_url(request, tmp_path):
    """Return the URL of an empty state database, of one kind and then of the other."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.db'}"
    return request.getfixturevalue("postgresql").url()


@pytest.fixture
def database(state_url):
    """Return an opened state database without users."""
    database = open_database(state_url)
    yield database
    database.engine.dispose()
