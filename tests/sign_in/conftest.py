"""An app on SQLite and PostgreSQL, a clock that a test turns, and somebody who may sign in."""

from datetime import timedelta

import pytest
from apps import Serving, small_portfolio
from sign_in_form import PASSWORD
from signing_in import add_somebody

from dashboard.app import now_in_utc


class Clock:
    """A clock that a test turns forward."""

    def __init__(self):
        """Begin now."""
        self.ahead = timedelta()

    def __call__(self):
        return now_in_utc() + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def app(monkeypatch, tmp_path, state_url, clock):
    """Return an app whose state is in SQLite, and then in PostgreSQL."""
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    app = serving.app(clock, state_url=state_url)
    yield app
    app._services.database.engine.dispose()


@pytest.fixture
def database(app):
    return app._services.database


@pytest.fixture
def somebody(database):
    add_somebody(database, "full_admin", email="Ann@partner.example", password=PASSWORD)
    return "ann@partner.example"
