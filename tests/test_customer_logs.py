"""The logs of an 8x8 customer, from the request on: its overview, its rows, its file."""

import csv
from dataclasses import replace
from io import StringIO

import pytest
from asking import ROUTE, ask, words
from customer_pages import become, links, places, said
from deliveries import (
    CUSTOMERS,
    LICENSES,
    SUBSCRIPTIONS,
    DataDirectory,
    customer,
    export,
    licenses,
    subscription,
)
from log_deliveries import event, log, named
from signing_in import signed_in

from dashboard.access import OPERATOR, Scope
from dashboard.app import create_app
from dashboard.components.customer_log_grid import columns_of, part
from dashboard.settings import Settings

HOME = "/customers/acme"
SMS = f"{HOME}/logs/sms"
SEEN = ("timestamp", "direction", "status", "price", "masked_from", "masked_to")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Return a data directory with two accounts and what they sent and called."""
    place = DataDirectory(tmp_path_factory.mktemp("logs"))
    exports = {
        "customers.csv": export(CUSTOMERS, customer()),
        "subscriptions.csv": export(SUBSCRIPTIONS, subscription()),
        "licenses.csv": export(LICENSES, licenses()),  # of the week that the logs are of
    }
    place.ingest(*(place.write(name, text) for name, text in exports.items()))
    named(place, "acme", ("other", {"Enabled Products": "SMS"}))
    day = "2026-11-{:02}T10:00:00.000Z"
    sms = [
        event("sms", 1, createdat=day.format(10)),
        event("sms", 2, createdat=day.format(11), status_value="=FAILED()", price_total=""),
        event("sms", 3, createdat=day.format(12), direction="0", msisdn="+380440009999"),
        event("sms", 4, createdat=day.format(13), price_currency="USD", price_total="2"),
        event("sms", 5, createdat=day.format(13), subaccountid="other"),
    ]
    for name, product, rows in (
        ("sms.csv", "sms", sms),
        ("voice.csv", "voice", [event("voice")]),
    ):
        place.ingest(place.write(name, log(product, *rows)))
    return place.data


@pytest.fixture
def app(data, tmp_path):
    url = f"sqlite:///{tmp_path / 'state.db'}"
    return create_app(Settings(data_dir=str(data), cache_dir=tmp_path / "cache", state_url=url))


def block(client, path=SMS, product="sms", request=None, **keys):
    """Return the answer to the grid's request for rows."""
    grid = part("grid", product)
    name = f'{{"part":"grid","section":"log_{product}"}}'
    wanted = {"startRow": 0, "endRow": 100, "sortModel": []} | (request or {})
    body = {
        "output": f"{name}.getRowsResponse",
        "outputs": {"id": grid, "property": "getRowsResponse"},
        "inputs": [{"id": grid, "property": "getRowsRequest", "value": wanted}],
        "state": [{"id": "view", "property": "data", "value": {"path": path} | keys}],
        "changedPropIds": [f"{name}.getRowsRequest"],
        "parsedChangedPropsIds": [f"{name}.getRowsRequest"],
    }
    answer = client.post(ROUTE, json=body)
    if answer.status_code == 204:
        return None
    return answer.json["response"][name]["getRowsResponse"]


def test_an_account_begins_with_an_overview_of_its_own_logs(client):  # E-014, E-015, E-035
    shown = places(client, HOME)
    tabs = list(links(shown["customer.tabs"]))
    assert tabs == ["Usage", "SMS log", "Voice log"]
    body = words(shown["customer.body"]).replace("\xa0", " ")
    assert "SMS log Open the log 4" in body
    assert "0.0822468 EUR 2.00 USD" in body  # two currencies, two amounts
    assert links(shown["customer.body"])["Open the log"].startswith(f"{HOME}/logs/")


def test_an_account_shows_its_currency_credits_and_users(client):  # E-008 … E-010
    head = said(client, HOME, "customer.head").replace("\xa0", " ")
    assert "Billing currency EUR Remaining credits 12.5000001 EUR" in head
    assert "jane@partner.example" in head


@pytest.mark.parametrize("tab", ["trials", "calling", "administrators", "logs/video", "logs/fax"])
def test_tabs_of_products_an_account_has_not_are_not_there(client, tab):  # E-015
    page = ask(client, path=f"{HOME}/{tab}").json["response"]["page"]["children"]
    assert words(page).startswith("Page not found")


def test_a_log_shows_each_event_masked_and_priced(client):  # E-016, E-020 … E-025
    answer = block(client)
    assert answer["rowCount"] == 4
    newest = answer["rowData"][0]
    assert [newest[name].replace("\xa0", " ").replace("\u202f", " ") for name in SEEN] == [
        "Nov 13, 2026, 10:00:00 AM",
        "Outbound",
        "delivered",
        "2.00 USD",
        "****Info",
        "****4567",
    ]
    assert set(newest) == {*SEEN, "row_id", "app", "duration"}


def test_a_log_begins_with_how_many_entries_there_are_and_how_old(client):  # E-037
    shown = places(client, SMS)
    assert shown["log.found"] == "4 entries"
    assert "newest entry" in shown["log.caption"]
    assert "numbers are masked" in shown["log.caption"]


@pytest.mark.parametrize(
    ("keys", "count"),
    [
        ({"since": "2026-11-12"}, 2),
        ({"until": "2026-11-12"}, 3),
        ({"since": "2026-11-11", "until": "2026-11-11"}, 1),
        ({"direction": "inbound"}, 1),
        ({"event_status": "delivered"}, 3),
        ({"digits": "9999"}, 1),
        ({"digits": "+380 44 000 9999"}, 1),
        ({"digits": "no number"}, 0),
        ({"app": "Viber"}, 0),
        ({"until": "9999-12-31", "since": "0001-01-01"}, 4),
        ({"since": "yesterday", "order": "price; DROP", "direction": ""}, 4),
        ({"as_of": "2026-11-11"}, 4),  # outside what there is data for: the newest
    ],
)
def test_filters_narrow_rows_count_and_file_alike(app, client, keys, count):
    assert block(client, **keys)["rowCount"] == count
    assert places(client, SMS, **keys)["log.found"] == (
        "1 entry" if count == 1 else f"{count} entries"
    )
    assert len(file_of(app, **keys)) == count


def file_of(application, path=SMS, product="sms", **keys):
    """Return the rows of the file that “Export CSV” gives."""
    name = f'{{"part":"file","section":"log_{product}"}}'
    save = part("save", product)
    pressed = f'{{"part":"save","section":"log_{product}"}}.n_clicks'
    body = {
        "output": f"{name}.data",
        "outputs": {"id": part("file", product), "property": "data"},
        "inputs": [{"id": save, "property": "n_clicks", "value": 1}],
        "state": [{"id": "view", "property": "data", "value": {"path": path} | keys}],
        "changedPropIds": [pressed],
        "parsedChangedPropsIds": [pressed],
    }
    answer = signed_in(application).post(ROUTE, json=body)
    if answer.status_code == 204:
        return None
    if name not in answer.json["response"]:
        assert "Nothing was exported" in answer.text
        return None
    sent = answer.json["response"][name]["data"]
    return list(csv.DictReader(StringIO(sent["content"].removeprefix("\ufeff"))))


def test_a_log_beyond_the_cap_is_not_exported(app, data, tmp_path):
    assert len(file_of(app)) == 4
    url = f"sqlite:///{tmp_path / 'capped.db'}"
    settings = Settings(
        data_dir=str(data), cache_dir=tmp_path / "capped", state_url=url, export_rows=3
    )
    assert file_of(create_app(settings)) is None


def test_rows_come_in_the_order_asked_for(client):
    ordered = block(client, request={"sortModel": [{"colId": "status", "sort": "asc"}]})
    assert [row["status"] for row in ordered["rowData"]] == ["=FAILED()", *["delivered"] * 3]
    assert block(client, order="timestamp")["rowData"][0]["timestamp"].startswith("Nov\xa010")


def test_blocks_continue_where_the_last_one_ended(client):
    rest = block(client, request={"startRow": 3})
    assert rest["rowCount"] == 4
    assert [row["row_id"] for row in rest["rowData"]] == ["3"]


@pytest.mark.parametrize(
    "request_",
    [
        {"startRow": -1},
        {"startRow": "0"},
        {"sortModel": [{"colId": "price", "sort": "asc"}]},
        {"sortModel": [{"colId": ["timestamp"], "sort": 1}]},
        {"sortModel": "timestamp", "filterModel": {"x": 1}},
    ],
)
def test_a_request_nobody_would_make_gets_the_log_as_it_begins(client, request_):
    assert block(client, request=request_) == block(client)


def test_the_file_holds_exact_amounts_and_no_formula(app):
    rows = file_of(app)
    assert [row["price"] for row in rows] == ["2", "0.0411234", "", "0.0411234"]
    assert [row["status"] for row in rows][2] == "'=FAILED()"
    assert rows[0]["timestamp"] == "2026-11-13T10:00:00Z"
    assert {row["customer_id"] for row in rows} == {"acme"}


@pytest.mark.parametrize(
    "path", ["/customers/other/logs/sms", "/customers/nobody/logs/sms", "/", f"{HOME}/logs/voice"]
)
def test_rows_and_file_of_others_are_never_sent(app, monkeypatch, path):  # E-004
    become(monkeypatch, replace(OPERATOR, scope=Scope(customers=frozenset({"acme"}))))
    client = signed_in(app)
    assert block(client, path=path) is None
    assert file_of(app, path=path) is None
    assert block(client)["rowCount"] == 4


def test_calls_have_a_duration(client):  # E-017
    [call] = block(client, f"{HOME}/logs/voice", "voice")["rowData"]
    assert (call["duration"], call["masked_from"]) == ("55 s", "****0111")


def test_video_and_messages_have_the_columns_of_their_kind():  # E-018, E-019
    ends = ("price", "masked_from", "masked_to")
    assert columns_of("messaging") == ("timestamp", "direction", "status", "app", *ends)
    assert columns_of("video") == ("timestamp", "direction", "status", *ends, "duration")
