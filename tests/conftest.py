"""What many tests are about: an invented portfolio, imported once, and apps over a small one."""

from datetime import UTC, datetime

import pytest
from apps import Serving, small_portfolio
from databases import database, postgresql, state_url  # noqa: F401 - fixtures
from hypothesis import settings
from signing_in import signed_in

from dashboard.data.demo import write_portfolio
from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions

CUSTOMERS = 60

# The same examples on every run, and none of them judged by the clock of a shared machine.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


def pytest_collection_modifyitems(items):
    """Begin with what takes longest; all else keeps its order."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory):
    """Return a data directory with one release of the demo portfolio; leave it as it is."""
    folder = tmp_path_factory.mktemp("demo")
    write_portfolio(folder / "exports", customers=CUSTOMERS)
    ingest(
        [str(folder / "exports")],
        str(folder / "data"),
        options=ImportOptions(),
        published=datetime(2026, 11, 15, tzinfo=UTC),
        keep=14,
    )
    return folder / "data"


@pytest.fixture(scope="module")
def small_app(tmp_path_factory):
    """Return an app over the small portfolio."""
    with pytest.MonkeyPatch.context() as patch:
        serving = Serving(patch, tmp_path_factory.mktemp("small"))
        serving.publish(*small_portfolio())
        yield serving.app()


@pytest.fixture
def app(monkeypatch, tmp_path):
    """Return an app of one test's own over the small portfolio."""
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    return serving.app()


@pytest.fixture
def client(app):
    """Return a full administrator's test client of whichever app the tests are about."""
    return signed_in(app)
