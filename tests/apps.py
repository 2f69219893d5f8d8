"""Apps over rows in memory: everything from the request on is real, only the disk is not."""

from dataclasses import replace

from factories import MemoryStore, days, line, weeks_ago

from dashboard.app import create_app, now_in_utc
from dashboard.callbacks import releases
from dashboard.data.regions import in_order
from dashboard.errors import ReleaseError
from dashboard.settings import Settings

GAP = 4  # weeks ago: nothing was exported
LOW = {"total": 200, "assigned": 20, "used": 10}


def small_portfolio():
    """Return a year of a dozen customers in two regions, one of each kind a page is about."""
    customers = [
        *(line(f"Peer {n}") for n in range(9)),
        line("Initech", end_date=days(10), total=300, assigned=200, used=150),
        line("Umbrella", end_date=days(30), auto_renew="Yes"),
        line("Globex", total=50, assigned=60, used=70),
        line("Hooli", start_date=days(-20), product="Webex Meetings"),
        line("Soylent", **LOW),
        line("Vandelay", region="EU", end_date=days(5)),
    ]
    weeks = [week for week in range(52) if week != GAP]
    return [row | {"week_ending": weeks_ago(week)} for row in customers for week in weeks]


class Serving:
    """A data directory that a test fills, empties and damages."""

    def __init__(self, monkeypatch, folder):
        """Stand in for the disk until `monkeypatch` is undone."""
        self.store = None
        self.kept = {}  # release → the store that a link to it opens
        self.settings = Settings(
            data_dir="memory",
            cache_dir=folder / "cache",
            state_url=f"sqlite:///{folder / 'state.db'}",
            secret_file=folder / "secret.key",
        )
        monkeypatch.setattr(releases, "CHECK_SECONDS", 0)
        monkeypatch.setattr(releases, "current_release_id", self._pointer)
        monkeypatch.setattr(releases, "open_store", self._open)
        monkeypatch.setattr(releases, "kept_release_ids", lambda _: [*self.kept])
        monkeypatch.setattr(releases, "open_kept", lambda _, release: self.kept[release])

    def _pointer(self, _):
        return self.store and self.store.pointer

    def _open(self, _):
        if self.store is None:
            message = "No release was published yet."
            raise ReleaseError(message)
        return self.store

    def publish(self, *rows, release="r000001-test", refused=()):
        """Make the rows what everybody sees from the next request on."""
        self.store = MemoryStore(rows)
        regions = tuple(in_order(self.store.release.regions))
        self.store.release = replace(self.store.release, id=release, regions=regions)
        self.store.pointer = release
        self.store.refused = refused
        self.kept[release] = self.store

    def app(self, clock=now_in_utc, **settings):
        """Build an application over this directory."""
        return create_app(self.settings.model_copy(update=settings), clock)
