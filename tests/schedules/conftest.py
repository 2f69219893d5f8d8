"""A desk with a scheduler and a real mail server."""

import pytest
from post import Post
from scheduling import Desk


@pytest.fixture(scope="module")
def server():
    post = Post().start()
    yield post
    post.stop()


@pytest.fixture
def post(server):
    server.mails.clear()
    server.mood = "fine"
    return server


@pytest.fixture
def desk(tmp_path, state_url, post):
    desk = Desk(tmp_path, state_url, post)
    yield desk
    desk.database.engine.dispose()


@pytest.fixture
def light(tmp_path, post):
    """Return a desk with SQLite alone, where the database makes no difference."""
    desk = Desk(tmp_path, f"sqlite:///{tmp_path / 'state.db'}", post)
    yield desk
    desk.database.engine.dispose()
