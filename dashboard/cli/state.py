"""The state database at the terminal: opened by the settings, changed as the operator."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dashboard import settings as knobs
from dashboard.access import OPERATOR
from dashboard.state.administration import administering
from dashboard.state.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from dashboard.state.administration import Administration


@contextmanager
def reading() -> Iterator[Session]:
    """Open the state database of the settings to look at it."""
    database = open_database(knobs.load().state_url)
    try:
        with database.read() as session:
            yield session
    finally:
        database.engine.dispose()


@contextmanager
def changing() -> Iterator[Administration]:
    """Open it to change users; whoever has this terminal administers."""
    database = open_database(knobs.load().state_url)
    try:
        with administering(database, OPERATOR, datetime.now(UTC)) as administration:
            yield administration
    finally:
        database.engine.dispose()
