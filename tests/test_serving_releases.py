"""Serving from a real data directory: what is published is seen, what is damaged is not."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from asking import ask, parts, texts
from signing_in import signed_in

from dashboard.app import create_app
from dashboard.callbacks import releases
from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions
from dashboard.pages import PAGES
from dashboard.settings import Settings

WEEK = "2026-11-14"
CUSTOMERS = "Customer Name,Organization ID,Region,Products\nAcme,a,US,Webex Calling\n"
SUBSCRIPTIONS = (
    "Organization ID,Subscription ID,Type,Start Date,End Date,Auto Renew\n"
    "a,s1,Subscription,2026-01-01,2027-12-31,Yes\n"
)
LICENSES = (
    "Week Ending,Organization ID,Subscription ID,Product,"
    "Total Licenses,Assigned Licenses,Used Licenses\n"
)


class Place:
    """A data directory that is imported into and damaged while an app serves it."""

    def __init__(self, folder):
        """Begin without any data."""
        self.folder, self.data = folder, folder / "data"

    def publish(self, assigned):
        """Import one customer with so many of 100 licenses assigned."""
        exports = self.folder / f"exports-{assigned}"
        exports.mkdir()
        (exports / "customers.csv").write_text(CUSTOMERS)
        (exports / "subscriptions.csv").write_text(SUBSCRIPTIONS)
        row = f"{WEEK},a,s1,Webex Calling,100,{assigned},10\n"
        (exports / "licenses.csv").write_text(LICENSES + row)
        outcome = ingest(
            [str(exports)],
            str(self.data),
            options=ImportOptions(),
            published=datetime.now(UTC),
            keep=14,
        )
        return outcome.release

    def client(self):
        settings = Settings(
            data_dir=str(self.data),
            cache_dir=self.folder / "cache",
            state_url=f"sqlite:///{self.folder / 'state.db'}",
        )
        return signed_in(create_app(settings))

    def files_of(self, release):
        """Return the paths of the license files that only this release names."""
        content = json.loads((self.data / "releases" / f"{release}.json").read_text())
        return [self.data / file["path"] for file in content["tables"]["licenses"]["files"]]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setattr(releases, "CHECK_SECONDS", 0)
    return Place(tmp_path)


def overage(client):
    """Return the overage the page shows."""
    path = "/subscriptions/over-limit"
    return texts(parts(ask(client, path=path))["over_limit", "total_license_overage"]["children"])


def damage(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_an_empty_directory_is_not_ready_and_says_what_to_do(place):
    client = place.client()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.text == "There is no data to serve yet; the log says why."
    assert client.get("/healthz").text == "OK"
    page = ask(client).text
    assert "There is no data to show yet" in page
    assert "partnerlens ingest" in page


def test_an_empty_directory_has_no_choices_to_offer(place):
    layout = place.client().get("/_dash-layout").text
    assert '"region"' not in layout
    assert '"as_of"' not in layout


def test_the_first_release_is_served_without_a_restart(place):
    client = place.client()
    ask(client)
    place.publish(assigned=120)
    assert client.get("/readyz").status_code == 200
    assert "20" in overage(client)


def test_a_new_release_replaces_the_numbers_of_the_one_before(place):
    place.publish(assigned=120)
    client = place.client()
    assert "20" in overage(client)
    place.publish(assigned=150)
    assert "50" in overage(client)


def test_a_release_is_looked_for_every_few_seconds_only(place, monkeypatch):
    place.publish(assigned=120)
    client = place.client()
    ask(client)
    monkeypatch.setattr(releases, "CHECK_SECONDS", 2.0)
    monkeypatch.setattr(releases, "current_release_id", None)  # fails if it is asked
    assert "20" in overage(client)


def test_a_damaged_release_is_told_and_the_older_numbers_are_served(place):
    place.publish(assigned=120)
    newer = place.publish(assigned=150)
    damage(place.files_of(newer)[0])
    client = place.client()
    layout = client.get("/_dash-layout").text
    assert f"Release {newer} is damaged and not served" in layout
    assert "pl-banner" in layout
    assert "20" in overage(client)


def test_a_release_damaged_before_it_is_opened_leaves_the_running_app_as_it_is(place):
    place.publish(assigned=120)
    client = place.client()
    assert "20" in overage(client)
    newer = place.publish(assigned=150)
    damage(place.files_of(newer)[0])
    assert "20" in overage(client)
    assert f"Release {newer} is damaged" in client.get("/_dash-layout").text


def test_a_repaired_release_is_served_again(place):
    place.publish(assigned=120)
    damage(place.files_of(place.publish(assigned=150))[0])
    client = place.client()
    assert "20" in overage(client)
    place.publish(assigned=170)
    assert "70" in overage(client)
    assert "pl-banner" not in client.get("/_dash-layout").text


@pytest.mark.parametrize("pointer", [b"", b"{", b"\xff\xfe", b'{"release": 7}', b"[]"])
def test_a_damaged_pointer_leaves_the_running_app_as_it_is(place, pointer):
    place.publish(assigned=120)
    client = place.client()
    assert "20" in overage(client)
    (place.data / "current.json").write_bytes(pointer)
    assert "20" in overage(client)
    assert client.get("/readyz").status_code == 200


def test_a_directory_that_vanishes_leaves_the_running_app_as_it_is(place):
    place.publish(assigned=120)
    client = place.client()
    assert "20" in overage(client)
    shutil.rmtree(place.data)
    assert "20" in overage(client)


def test_only_damaged_releases_are_told_with_what_to_do(place):
    damage(place.files_of(place.publish(assigned=120))[0])
    client = place.client()
    assert client.get("/readyz").status_code == 503
    page = ask(client).text
    assert "restore it from a backup" in page
    assert "Traceback" not in page


@pytest.mark.parametrize("region", ["US", "CA", "EU", "UAE"])
def test_the_demo_portfolio_fills_every_page_of_every_region(demo_data, tmp_path, region):
    settings = Settings(
        data_dir=str(demo_data), cache_dir=tmp_path, state_url=f"sqlite:///{tmp_path / 'state.db'}"
    )
    client = signed_in(create_app(settings))
    for path in (page.path for page in PAGES if page.sections):
        answer = ask(client, path=path, region=region)
        assert "the reference" not in answer.text, path
        assert len(answer.json["response"]["parts"]["data"]) > 2
