"""Pinned permalinks: a link that names a release reopens its numbers, and nothing else does."""

import json
import re
from base64 import b64decode
from io import BytesIO

import pptx
import pytest
from apps import Serving
from asking import ask, parts, texts, words
from factories import AS_OF, days, line, weeks_ago
from listing import names, rows
from signing_in import signed_in
from test_downloads import ALL, review, table

from dashboard.callbacks import releases
from dashboard.errors import NotKeptError

OLD, NEW = "r000001-00000001", "r000002-00000002"
PATH = "/subscriptions/over-limit"
HOSTILE = [
    "../../etc/passwd", "..%2f..%2fcurrent", "r000001-00000001/../r000002-00000002", "r000001",
    "r000001-00000001.json", "r000009-00000009", " r000001-00000001", "R000001-00000001",
    "r000001-00000001\n", "r" + "1" * 10_000 + "-00000001", "<b>x</b>", "{value}", "\x00", "؛",
]  # fmt: skip
NOT_TEXT = [7, True, None, [], [OLD], {"id": OLD}, ""]


@pytest.fixture
def serving(monkeypatch, tmp_path):
    found = Serving(monkeypatch, tmp_path)
    found.publish(line(assigned=120, end_date=days(9)), release=OLD)
    return found


@pytest.fixture
def client(serving):
    """Sign in where a release was published after the one that links name."""
    client = signed_in(serving.app())
    ask(client)
    newer = line(assigned=150, end_date=days(9)), line("Late", assigned=170)
    serving.publish(*newer, release=NEW)
    return client


def overage(client, **params):
    found = parts(ask(client, path=PATH, **params))
    return texts(found["over_limit", "total_license_overage"]["children"])


def stamp(client, **params):
    return parts(ask(client, path=PATH, **params))["release", "stamp"]["children"]


def told(client, **params):
    found = ask(client, path=PATH, **params).json["response"]["parts"]["data"]
    return next((words(props["children"]) for id_, props in found if id_ == "notice"), "")


def test_a_link_with_a_release_reopens_its_numbers(client):
    assert "120" in overage(client)
    assert "20" in overage(client, release=OLD)
    assert "120" in overage(client, release=NEW)


def test_every_answer_is_stamped_with_the_release_its_numbers_are_of(client):
    assert stamp(client)[0]["props"]["data-release"] == NEW
    assert stamp(client, release=OLD)[0]["props"]["data-release"] == OLD
    assert stamp(client)[0]["props"]["data-as-of"] == AS_OF.isoformat()


def test_only_a_pinned_page_says_so_and_offers_the_newest(client):
    assert words(stamp(client)) == ""
    assert words(stamp(client, release=OLD)) == f"Pinned to release {OLD}  ·  Back to the newest"
    assert words(stamp(client, release=NEW)).startswith("Pinned")


def test_reports_are_of_the_newest_release_and_a_pinned_link_says_so(client):
    def shown(**params):
        return parts(ask(client, path="/reports", **params))["release", "stamp"]["children"]

    sentence = "Reports are made from the newest release; the other pages stay pinned to"
    for pin in (OLD, NEW):
        assert words(shown(release=pin)).startswith(f"{sentence} {pin}")
        assert shown(release=pin)[0]["props"]["data-release"] == NEW
    assert words(shown()) == ""


@pytest.mark.parametrize("value", HOSTILE)
def test_what_is_no_kept_release_is_said_and_the_newest_is_shown(client, value, monkeypatch):
    monkeypatch.setattr(releases, "open_kept", None)  # fails if it is asked
    assert "120" in overage(client, release=value)
    assert words(stamp(client, release=value)) == ""
    sentence = told(client, release=value)
    assert sentence.startswith("Release “")
    assert sentence.endswith("showing the newest release instead.")
    assert len(sentence) < 300


@pytest.mark.parametrize("value", NOT_TEXT)
def test_what_is_no_text_pins_nothing(client, value):
    assert "120" in overage(client, release=value)
    assert told(client, release=value) == ""


def test_links_of_a_pinned_page_lead_to_the_same_release(client):
    shown = ask(client, path="/", release=OLD).text
    assert f"/subscriptions/over-limit?release={OLD}" in shown
    assert "release=" not in ask(client, path="/").text


@pytest.mark.usefixtures("client")
def test_a_pinned_page_keeps_the_viewers_scope_of_today(serving):
    other = signed_in(serving.app(), role="assigned_user", customers=["id of Nobody"])
    assert "No customers are assigned to you yet" in ask(other, path="/", release=OLD).text


def test_the_page_of_a_customer_follows_the_release(client):
    path = "/customers/id%20of%20Late"
    assert "Page not found" in ask(client, path=path, release=OLD).text
    assert "Page not found" not in ask(client, path=path).text


def test_the_customer_list_follows_the_release(client):
    assert "Late" in names(client)
    assert "Late" not in names(client, release=OLD)


def test_a_table_is_exported_with_the_numbers_of_its_link(client):
    wanted = {"ids": ["id of Acme|Sub of Acme"], "columns": ["assigned"]}
    assert "120" in table(client, f"?release={OLD}", **wanted)["content"]
    assert OLD in table(client, f"?release={OLD}", **wanted)["content"]
    assert "150" in table(client, "", **wanted)["content"]


def test_the_deck_is_of_the_release_of_its_link(client):
    content = b64decode(review(client, f"?release={OLD}")["content"])
    assert pptx.Presentation(BytesIO(content)).core_properties.keywords == OLD


@pytest.mark.parametrize("take", [review, lambda *args: table(*args, **ALL)])
def test_nothing_is_taken_away_of_a_release_that_is_not_kept(client, take):
    with pytest.raises(ValueError, match="not enough values"):  # an answer without any file
        take(client, "?release=r000009-00000009")


def test_no_more_than_two_older_releases_stay_in_memory(serving, monkeypatch):
    kept = [f"r00000{n}-00000001" for n in range(1, 5)]
    for release in kept:
        serving.publish(line(), release=release)
    client, opened = signed_in(serving.app()), []
    monkeypatch.setattr(
        releases, "open_kept", lambda _, release: opened.append(release) or serving.kept[release]
    )
    for release in [*kept[:2], *kept[:2], kept[3], kept[2], kept[0]]:
        ask(client, path=PATH, release=release)
    assert opened == [*kept[:2], kept[2], kept[0]]


def test_a_release_that_cannot_be_opened_is_not_offered(client, monkeypatch):
    def refuse(_, release):
        raise NotKeptError(release)

    monkeypatch.setattr(releases, "open_kept", refuse)
    assert told(client, release=OLD).endswith("showing the newest release instead.")
    assert OLD not in offered(client, f"?release={OLD}")["offer"]["values"]


def test_a_pinned_document_offers_the_dates_of_its_release(serving, client):
    serving.publish(line(week_ending=weeks_ago(-4)), release="r000003-00000003")
    assert choices(client, f"?release={OLD}")["release"] == OLD
    assert offered(client, f"?release={OLD}", "as_of")["offer"]["default"] == "2026-11-15"
    assert offered(client, "", "as_of")["offer"]["default"] == "2026-12-13"


def choices(client, search):
    found = re.search(r'id="choices">(.*?)</script>', client.get("/" + search).text, re.DOTALL)
    return json.loads(found[1])


def offered(client, search, name="release"):
    return next(key for key in choices(client, search)["keys"] if key["name"] == name)


def test_a_customer_of_a_pinned_list_opens_in_the_same_release(client):
    [row] = rows(client, release=OLD)["rowData"]
    assert row["href"] == f"/customers/id%20of%20Acme?release={OLD}"
