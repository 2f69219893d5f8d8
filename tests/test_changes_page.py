"""The page of what changed, from the request on: its dates, numbers, tables, files and rules."""

import csv
import json
import re
from base64 import b64decode
from io import StringIO

import pytest
from apps import Serving
from asking import ask, parts, texts, words
from factories import days, line, weeks_ago
from office import sheets
from signing_in import signed_in
from test_downloads import OUTPUT, asked

from dashboard.access import OPERATOR
from dashboard.app import now_in_utc
from dashboard.sections.compared import COMPARED
from dashboard.state import tags

PATH = "/changes"


def on(week, customer, **changes):
    """Return a customer's licenses some weeks ago."""
    return line(customer, week_ending=weeks_ago(week), **{"assigned": 20} | changes)


def portfolio():
    """Return customers that came, went, grew, shrank and moved, in 13 weeks and in 4."""
    return [
        on(13, "Left", total=30), on(4, "Left", total=30),
        on(13, "Grew", total=50), on(4, "Grew", total=60), on(0, "Grew", total=70),
        on(13, "Shrank", total=90), on(4, "Shrank", total=90), on(0, "Shrank", total=80),
        on(4, "New", total=25), on(0, "New", total=25),
        on(13, "Ending", end_date=days(5)), on(4, "Ending", end_date=days(5)),
        on(0, "Ending", end_date=days(5), total=170),
        on(13, "Abroad", region="EU"), on(0, "Abroad", region="EU", total=140),
    ]  # fmt: skip


@pytest.fixture
def serving(monkeypatch, tmp_path):
    found = Serving(monkeypatch, tmp_path)
    found.publish(*portfolio())
    return found


@pytest.fixture
def app(serving):
    return serving.app()


def shown(client, **params):
    return parts(ask(client, path=PATH, **params))


def names(client, section, **params):
    return [row["customer"] for row in shown(client, **params)[section, "grid"]["rowData"]]


def value(client, card, **params):
    return texts(shown(client, **params)["changes", card]["children"])[1]


def steps(client, **params):
    figure = shown(client, **params)["changes", "chart-figure"]["figure"]
    return [row[1] for row in figure["layout"]["meta"]["table"]["rows"]]


def test_a_quarter_is_compared_unless_a_date_is_named(client):
    assert names(client, "customers_came") == ["New"]
    assert names(client, "customers_went") == ["Left"]
    assert "From Aug 16, 2026 to Nov 15, 2026 UTC, each" in words(
        shown(client)["changes", "period"]["children"]
    )


def test_another_date_is_compared_by_the_url(client):
    since = {"from": weeks_ago(4).isoformat()[:8] + "18"}
    assert names(client, "customers_came", **since) == []
    assert names(client, "customers_went", **since) == ["Left"]
    assert steps(client, **since) == ["305", "±0", "+80", "−10", "−30", "345"]


def test_the_steps_lead_from_then_to_now_with_their_signs(client):
    assert steps(client) == ["270", "+25", "+90", "−10", "−30", "345"]
    figure = shown(client)["changes", "chart-figure"]["figure"]
    assert figure["data"][0]["text"] == steps(client)
    assert figure["data"][0]["base"] == [0, 270, 295, 375, 345, 0]
    assert figure["data"][0]["y"] == [270, 25, 90, 10, 30, 345]
    assert figure["data"][0]["marker"]["pattern"]["shape"] == ["", "", "", "/", "/", ""]


def test_the_cards_count_who_came_went_and_moved(client):
    found = {card: value(client, card) for card in ("came", "went", "moved", "licenses")}
    assert found == {"came": "1", "went": "1", "moved": "1", "licenses": "345"}
    card = words(shown(client)["changes", "licenses"]["children"])
    assert "▲" in card
    assert "+75 since then" in card


def test_the_largest_moves_come_by_licenses_at_stake(client):
    rows = shown(client)["largest_moves", "grid"]["rowData"]
    assert [(row["customer"], row["at_stake"]) for row in rows] == [
        ("Ending", 70), ("Left", 30), ("New", 25), ("Grew", 20), ("Shrank", 10)
    ]  # fmt: skip
    assert rows[1]["kind"] == "went"


def test_no_more_than_ten_moves_are_listed(serving, client):
    serving.publish(*(on(13, f"C{n}") for n in range(12)), line("Stays"))
    assert len(names(client, "largest_moves")) == 10


def test_a_move_between_statuses_names_both_with_the_licenses_behind(client):
    [row] = shown(client)["status_moves", "grid"]["rowData"]
    assert (row["customer"], row["status_before"], row["status_now"], row["licenses"]) == (
        "Ending", "Subscription", "Expiring soon", 170
    )  # fmt: skip


def test_every_row_leads_to_its_customer(client):
    rows = shown(client, release="")["largest_moves", "grid"]["rowData"]
    assert rows[1]["href"] == "/customers/id%20of%20Left"
    earlier = shown(client, as_of=days(-7).isoformat())["largest_moves", "grid"]["rowData"]
    assert earlier[0]["href"].endswith(f"?as_of={days(-7)}")


def test_a_customer_whose_id_holds_any_character_is_led_to(serving, client):
    serving.publish(on(13, "A"), line("A|Webex Calling/../x"))
    rows = shown(client)["largest_moves", "grid"]["rowData"]
    found = next(row["href"] for row in rows if row["kind"] == "came")
    assert found == "/customers/id%20of%20A%7CWebex%20Calling%2F..%2Fx"


def test_only_the_region_is_compared(client):
    assert names(client, "largest_moves", region="EU") == ["Abroad"]
    assert steps(client, region="EU") == ["100", "±0", "+40", "±0", "±0", "140"]


def test_only_the_customers_of_a_tag_are_compared(app, client):
    with app._services.database.begin() as session:
        tag = tags.create(session, OPERATOR, "VIP", now_in_utc())
        tags.assign(session, OPERATOR, tag.id, ["id of Grew"], now_in_utc())
        tag_id = tag.id
    assert names(client, "largest_moves", tag=tag_id) == ["Grew"]
    assert "· tag: VIP ·" in words(shown(client, tag=tag_id)["changes", "came"]["children"])


def test_nobody_sees_moves_of_other_customers(app):
    mine = signed_in(app, role="assigned_user", customers=["id of Grew"])
    assert names(mine, "largest_moves") == ["Grew"]
    assert steps(mine) == ["50", "±0", "+20", "±0", "±0", "70"]
    assert value(mine, "went") == "0"


def test_both_dates_are_on_every_card(client):
    found = shown(client)
    for part in [("changes", "came"), ("changes", "chart-caption"), ("status_moves", "caption")]:
        said = words(found[part]["children"])
        assert "compared with Aug 16, 2026" in said
        assert "as of Nov 15, 2026 UTC" in said
        assert "Calling + Meetings" in said


def test_the_rules_are_printed(client):
    page = words(ask(client, path=PATH).json["response"]["page"]["children"])
    for section in COMPARED.values():
        assert section.definition in page
    assert "Licenses are compared per customer and product" in page


def test_without_data_at_the_earlier_date_the_page_says_so(serving, client):
    serving.publish(line("Alone"))
    found = shown(client)
    assert words(found["changes", "finding"]["children"]) == (
        "There are no data for Aug 16, 2026 to compare with."
    )
    assert value(client, "came") == "–"


@pytest.mark.parametrize(
    "since",
    ["2026-11-15", "2026-11-16", "9999-12-31", "0001-01-01", "2026-02-30", "20261001", "today",
     "2026-8-16", "\u0662026-10-18", "<b>", 7, None, [], {}],
)  # fmt: skip
def test_what_is_no_earlier_date_compares_a_quarter(client, since):
    assert names(client, "customers_came", **{"from": since}) == ["New"]


def table(client, section, search="", form="csv"):
    part = {"part": "export-request", "section": section}
    wanted = {"ids": ["id of New", "id of Left", "id of Grew|Webex Calling"]}
    wanted |= {"columns": ["customer", "kind", "total_change", "licenses"], "format": form}
    states = [
        {"id": part, "property": "id", "value": part},
        {"id": "url", "property": "search", "value": search},
    ]
    trigger = {"id": part, "property": "data", "value": wanted}
    return asked(client, OUTPUT, part | {"part": "download"}, trigger, states)


def test_a_table_is_taken_away_with_both_dates(client):
    found = table(client, "customers_came")
    assert found["filename"] == "customers_came_calling_US_2026-11-15_since-2026-08-16.csv"
    [row] = csv.DictReader(StringIO(found["content"].removeprefix("\ufeff")))
    assert (row["customer"], row["licenses"], row["compared_with"]) == ("New", "25", "2026-08-16")


def test_a_workbook_says_in_words_what_moved_and_since_when(client):
    found = table(client, "largest_moves", "?from=2026-10-18", form="xlsx")
    data, about = sheets(b64decode(found["content"]))
    assert data[1] == ["Grew", "stayed", 10.0]
    assert ["Filter", "compared with Oct 18, 2026"] in about


def test_nobody_takes_a_row_of_others_away(app):
    mine = signed_in(app, role="assigned_user", customers=["id of Grew"])
    assert "New" not in table(mine, "customers_came")["content"]


def choices(client):
    found = re.search(r'id="choices">(.*?)</script>', client.get("/").text, re.DOTALL)
    return next(key for key in json.loads(found[1])["keys"] if key["name"] == "from")


def test_the_browser_is_told_which_dates_may_be_compared(client):
    assert choices(client)["on"] == {
        PATH: {"kind": "before", "first": "2026-08-16", "default": ""}
    }
