"""The document and its shell: the visitor's language, the choices, and nothing of a customer."""

import json
import re

import pytest
from apps import Serving, small_portfolio
from asking import ask
from factories import fact, line, weeks_ago
from signing_in import signed_in

from dashboard.components.shell import Choices, SignedInAs, shell
from dashboard.i18n import LANGUAGES, Language
from dashboard.pages import PAGES

PATHS = [page.path for page in PAGES]


@pytest.fixture
def serving(monkeypatch, tmp_path):
    return Serving(monkeypatch, tmp_path)


@pytest.fixture
def client(serving):
    serving.publish(*small_portfolio())
    return signed_in(serving.app())


def choices(client):
    """Return what the document tells the controller."""
    return json.loads(re.search(r'id="choices">(.*?)</script>', client.get("/").text)[1])


def find(id_, thing):
    """Return the properties of the component with this id, somewhere in a layout."""
    if isinstance(thing, dict):
        if thing.get("id") == id_:
            return thing
        thing = list(thing.values())
    found = (find(id_, value) for value in thing) if isinstance(thing, list) else ()
    return next(filter(None, found), None)


@pytest.mark.parametrize(
    ("accepted", "cookie", "code"),
    [
        ("", "", "en"),
        ("uk-UA,en;q=0.5", "", "uk"),
        ("de,fr;q=0.8", "", "en"),
        ("en-GB,en;q=0.5", "", "en-GB"),
        ("uk", "en-GB", "en-GB"),
        ("", "tlh", "en"),
        ("uk", '"><script>', "uk"),
    ],
)
def test_the_document_speaks_the_visitors_language(client, accepted, cookie, code):
    client.set_cookie("language", cookie)
    page = client.get("/", headers={"Accept-Language": accepted}).text
    assert f'<html lang="{code}"' in page


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_switch_stands_on_the_language_in_force(client, code):
    client.set_cookie("language", code)
    assert find("language", client.get("/_dash-layout").json)["value"] == code


@pytest.mark.parametrize("url", [*PATHS, "/_dash-layout", "/_dash-dependencies", "/nowhere"])
def test_neither_document_nor_shell_holds_a_customer(client, url):
    page = client.get(url).text
    assert not [row["customer"] for row in small_portfolio() if row["customer"] in page]


def test_the_document_asks_nobody_else_for_anything(client):
    page = client.get("/").text
    assert re.findall(r'(?:src|href)="((?:https?:)?//[^"]*)"', page) == []


def test_the_only_inline_script_is_the_renderers(client):
    page = client.get("/").text
    inline = re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>(.*?)</script>", page)
    assert inline == ["var renderer = new DashRenderer();"]


def keys(client):
    """Return what the document tells of each key of the URL, by name."""
    return {key["name"]: key for key in choices(client)["keys"]}


def test_the_choices_of_the_browser_come_from_the_data(client):
    told = {name: key["offer"] for name, key in keys(client).items() if "offer" in key}
    assert told["region"] == {"kind": "choice", "values": ["US", "EU"], "default": "US"}
    assert told["product"]["values"] == ["calling", "meetings"]
    assert told["as_of"]["default"] == "2026-11-15"
    defaults = {name: offer["default"] for name, offer in told.items()}
    assert defaults == {
        "product": "calling",
        "region": "US",
        "as_of": "2026-11-15",
        "weeks": "26",
        "tag": "",
        "release": "",
    }


def test_a_key_that_narrows_is_offered_on_the_pages_it_narrows(serving):
    serving.publish(line(), fact("quality_facts", week_ending=weeks_ago(2)), fact("call_facts"))
    told = keys(signed_in(serving.app()))
    assert list(told["endpoint"]["on"]) == ["/calling/quality"]
    weeks = {path: offer["values"] for path, offer in told["week"]["on"].items()}
    assert weeks == {"/calling/usage": ["2026-11-14"], "/calling/quality": ["2026-10-31"]}
    carried = [name for name, key in told.items() if key["carried"]]
    assert carried == ["product", "region", "as_of", "tag", "release"]


def test_a_region_of_the_vendors_cannot_break_out_of_the_document(serving):
    serving.publish(line(region="</script><script>alert(1)"))
    client = signed_in(serving.app())
    assert keys(client)["region"]["offer"]["values"] == ["</script><script>alert(1)"]
    assert "<script>alert(1)" not in client.get("/").text


@pytest.mark.parametrize(("regions", "shown"), [(["US", "EU"], True), (["US"], False)])
def test_the_region_is_offered_only_when_there_are_several(serving, regions, shown):
    serving.publish(*(line(f"In {region}", region=region) for region in regions))
    layout = signed_in(serving.app()).get("/_dash-layout").text
    assert ('"name":"region"' in layout.replace(" ", "")) is shown


@pytest.mark.parametrize(
    ("regions", "control"),
    [
        (["US", "CA", "EU", "UAE"], "SegmentedControl"),
        (["US", "CA", "EU", "UAE", "APAC"], "Select"),
        (["US", "OCEANIA"], "Select"),
    ],
)
def test_few_regions_are_one_click_away_and_many_are_a_list(regions, control):
    who, offered = (
        SignedInAs(name="Ann", role="admin", token=""),
        Choices(regions=regions, dates=None),
    )
    parts = shell([], offered, Language("en"), "/", who)._traverse()
    found = next(part for part in parts if getattr(part, "className", "") == "pl-region")
    assert type(found).__name__ == control


@pytest.mark.parametrize("path", [path for path in PATHS if not path.endswith("/*")])
def test_a_mounted_page_gets_values_only(client, path):
    first, second = ask(client, path=path).json["response"], ask(client, path, path=path).json
    assert set(first) == {"page", "mounted", "parts"}
    assert first["mounted"]["data"] == path
    assert set(second["response"]) == {"parts"}
    assert second["response"]["parts"] == first["parts"]


@pytest.mark.parametrize("path", PATHS)
def test_the_shell_of_a_page_depends_on_no_number(serving, path):
    serving.publish(*small_portfolio())
    full = ask(signed_in(serving.app()), path=path).json["response"]["page"]
    serving.publish(line("Only"), line("There", region="EU"), release="r000002-test")
    assert ask(signed_in(serving.app()), path=path).json["response"]["page"] == full


def test_an_address_that_leads_nowhere_says_so(client):
    answer = ask(client, path="/nowhere")
    assert answer.status_code == 200
    assert "Page not found" in answer.text


def test_a_refused_release_is_told_in_a_banner(serving):
    serving.publish(line(), refused=("Release r000002 is damaged.", "So is r000001."))
    layout = signed_in(serving.app()).get("/_dash-layout").text
    assert layout.count("pl-banner") == 2
    assert "Release r000002 is damaged." in layout
