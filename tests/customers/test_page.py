"""The customer list's page, from the request on: filters, order, scope and file."""

import csv
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from apps import Serving
from asking import texts, words
from customer_factories import customer, licenses
from listing import become, links, names, page, publish, rows
from signing_in import signed_in

from dashboard.access import NO_ONE, OPERATOR, Scope
from dashboard.callbacks.blocks import block_of
from dashboard.components.customer_filters import part
from dashboard.sections.customers import SORTS
from dashboard.state import tags

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def scoped(monkeypatch, *ids):
    scope = Scope(customers=frozenset(f"id of {name}" for name in ids)) if ids else NO_ONE
    become(monkeypatch, replace(OPERATOR, scope=scope, edits_tags=False))


def test_a_row_shows_every_column_as_it_is_read(client):  # W-010, E-005 … E-010
    [row] = rows(client, q="shop")["rowData"]
    assert row == {
        "row_id": "id of Shop",
        "customer": "Shop",
        "href": "/customers/id%20of%20Shop",
        "statuses": [],
        "products": [{"name": "SMS", "short": "SMS", "icon": "messaging"}],
        "tags": [],
        "region": "United Arab Emirates",
        "licenses_at_stake": None,
        "nearest_end": "–",
        "last_admin_sign_in": "–",
        "remaining_credits": "1,234.50 EUR",
        "assigned_users": ["ann@p.example", "bob@p.example"],
        "customer_id": "id of Shop",
        "launch": "https://connect.8x8.com/",
    }


def test_a_row_ends_with_the_way_into_the_customers_own_organization(client):  # W-020
    [row] = rows(client, q="quiet")["rowData"]
    home = "https://admin.webex.com/manage-customers/customers/"
    assert row["launch"] == home + "id%20of%20Quiet"


def test_every_status_says_why_and_the_most_urgent_stands_first(client):
    [row] = rows(client, q="over")["rowData"]
    assert [s["name"] for s in row["statuses"]] == ["license_overage", "subscription"]
    assert row["statuses"][0]["why"].startswith("4 licenses are assigned beyond what was bought")
    assert row["licenses_at_stake"] == 4


def test_a_status_only_the_export_knows_is_shown_as_it_is(client):
    [row] = rows(client, q="unseen")["rowData"]
    assert row["statuses"][-1] == {"name": "other", "label": "Disputed", "why": ""}
    assert row["last_admin_sign_in"] == "Sign-in unknown"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"q": "id of qu"}, ["Quiet"]),
        ({"managed": "Own"}, ["Ours"]),
        ({"products": "SMS;Real-Time Translations"}, ["Ours", "Shop"]),
        ({"status": "expired;license_overage"}, ["Late", "Over"]),
        ({"status": "Disputed"}, ["Unseen"]),
        ({"type": "Trial"}, ["Trying"]),
        ({"in_region": "EU;UAE"}, ["Ending", "Trying", "Shop"]),
        ({"in_region": "EU", "type": "Subscription"}, ["Ending"]),
        ({"status": "expiring_soon", "type": "Trial"}, ["Trying"]),
        ({"status": "nobody has it"}, []),
        ({"managed": "'; drop table users"}, 12),
        ({"type": "Trial;"}, 12),
        ({"q": "x" * 101}, 12),
        ({"q": ["a", "list"]}, []),
        ({"status": None}, 12),
    ],
)
def test_filters_find_and_combine(client, keys, found):  # W-030 … W-036, E-011
    shown = names(client, **keys)
    assert (len(shown) if isinstance(found, int) else shown) == found
    assert page(client, **keys)["found"].startswith(f"{len(shown)}")


def test_a_tag_finds_who_carries_it(app, client):
    with app._services.database.begin() as session:
        tag = tags.create(session, OPERATOR, "VIP", NOW)
        tags.assign(session, OPERATOR, tag.id, ["id of Ours", "id of Over"], NOW)
        tag_id = tag.id
    found = rows(client, tag=tag_id)["rowData"]
    assert {row["customer"]: row["tags"] for row in found} == {"Ours": ["VIP"], "Over": ["VIP"]}
    assert words(page(client)["options-tag"]) == "VIP 2"
    assert page(client, tag=tag_id)["found"] == "2 of 12 customers"


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_the_grid_sorts_by_a_column_of_the_list(client, direction):
    sort = [{"colId": "customer", "sort": direction}]
    shown = names(client, sort=sort)
    assert shown == sorted(shown, reverse=direction == "desc")


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"startRow": -5},
        {"startRow": "7"},
        {"startRow": True},
        {"sortModel": [{"colId": "searched"}]},
        {"sortModel": [{"colId": ["customer"]}]},
        {"sortModel": "customer"},
        {"sortModel": [None]},
    ],
)
def test_what_a_grid_would_never_ask_gives_the_first_rows_in_their_own_order(request_):
    assert block_of(request_, SORTS) == {"offset": 0, "limit": 100}


def test_a_file_is_sorted_as_the_url_says(app):
    found = press_with_view(app, {"sort": "-customer", "in_region": "EU"})
    assert [row["customer"] for row in found] == ["Trying", "Ending"]


def press_with_view(app, view):
    """Return the rows of the exported file, as a spreadsheet reads them."""
    body = {
        "output": '{"part":"file","section":"customers"}.data',
        "outputs": {"id": part("file"), "property": "data"},
        "inputs": [{"id": part("save"), "property": "n_clicks", "value": 1}],
        "state": [{"id": "view", "property": "data", "value": view}],
        "changedPropIds": ['{"part":"save","section":"customers"}.n_clicks'],
        "parsedChangedPropsIds": ['{"part":"save","section":"customers"}.n_clicks'],
    }
    answer = signed_in(app).post("/_dash-update-component", json=body)
    [sent] = answer.json["response"].values()
    assert sent["data"]["filename"] == "customers_2026-11-15.csv"
    return list(csv.DictReader(StringIO(sent["data"]["content"].removeprefix("\ufeff"))))


def test_a_file_holds_every_customer_found_in_full(app):
    [row] = press_with_view(app, {"q": "shop"})
    assert row["remaining_credits"] == "1234.5"
    assert (row["billing_currency"], row["assigned_users"]) == (
        "EUR",
        "ann@p.example; bob@p.example",
    )
    assert len(press_with_view(app, {})) == 12


def test_a_file_runs_nothing(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    publish(serving, customer("=1+1", products="@x;-y"), licenses("Nobody"))
    become(monkeypatch)
    [row] = press_with_view(serving.app(), {})
    assert (row["customer"], row["products"]) == ("'=1+1", "'@x; -y")


def test_who_may_see_some_customers_is_told_of_no_other(client, monkeypatch):  # E-003, E-004
    scoped(monkeypatch, "Ours", "Trying")
    assert sorted(names(client)) == ["Ours", "Trying"]
    assert names(client, q="quiet") == []
    shown = page(client)
    assert shown["found"] == "2 customers"
    assert words(shown["options-in_region"]) == "United States 1 European Union 1"
    assert words(shown["questions"]) == "No activity lately 0 Trials about to end 1"
    assert "Disputed" not in words(shown["options-status"])


def test_who_may_see_nobody_is_told_what_to_do(client, monkeypatch):
    scoped(monkeypatch)
    assert rows(client) == {"rowData": [], "rowCount": 0}
    assert "There are no customers you may see yet" in texts(page(client)["nothing"])


def test_a_choice_nobody_fits_says_what_to_clear(client):
    shown = page(client, q="zzz", status="trial")
    assert "Nobody fits all of: Search, Status." in texts(shown["nothing"])
    assert links(shown["nothing"]) == ["/customers"]


def test_two_questions_of_every_week_are_one_click(client):  # W-035, W-036
    questions = page(client)["questions"]
    assert words(questions) == "No activity lately 1 Trials about to end 1"
    assert links(questions) == [
        "/customers?status=no_recent_activity",
        "/customers?status=expiring_soon&type=Trial",
    ]
    assert names(client, status="no_recent_activity") == ["Quiet"]
    asked = page(client, status="no_recent_activity")["questions"]
    assert links(asked)[0] == "/customers"


def test_what_is_chosen_is_said_and_taken_back_one_by_one(client):
    chips = page(client, status="trial;expired", q=" a ")["chips"]
    told = ["“a”", "Status: Trial", "Status: Expired"]
    assert [text for text in texts(chips) if text in told] == told
    values = [c["props"].get("data-value") for c in chips]
    assert values == ["", "expired", "trial", None]


def test_hostile_names_stay_text(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    hostile = '<img src=x onerror="alert(1)">'
    publish(serving, customer(hostile, products=hostile), licenses("Nobody"))
    become(monkeypatch)
    [row] = rows(signed_in(serving.app()))["rowData"]
    assert row["customer"] == row["products"][0]["name"] == hostile
    assert "<" not in row["href"]
