"""What one signed-in user cannot take from the others (TRUST T-28): caps, turns and addresses."""

import json
from threading import Event, Thread

import pytest
from apps import Serving, small_portfolio
from asking import ROUTE
from factories import days, line
from listing import become, few_customers, publish, rows
from signing_in import signed_in
from test_downloads import ALL, table

from dashboard.callbacks.gate import LARGEST, LONGEST
from dashboard.callbacks.turns import Turns
from dashboard.components.customer_filters import part
from dashboard.exports.limits import Limits, TooLargeError


@pytest.fixture
def serving(monkeypatch, tmp_path):
    found = Serving(monkeypatch, tmp_path)
    found.publish(*small_portfolio(), *(line(f"More {n}", end_date=days(9)) for n in range(9)))
    return found


def said(client, target, trigger, value):
    """Press an export, and return everything that comes back."""
    output = json.dumps(target, separators=(",", ":"), sort_keys=True)
    request = {"part": "export-request", "section": "expiring"}
    states = {
        "download": [(request, "id", request), ("url", "search", "")],
        "file": [("view", "data", {"path": "/customers"})],
        "review": [("url", "search", ""), ("url", "pathname", "/")],
    }[target["part"] if isinstance(target, dict) else "review"]
    body = {
        "output": output.replace('"expiring"', '["MATCH"]') + ".data",
        "outputs": {"id": target, "property": "data"},
        "inputs": [{"id": trigger[0], "property": trigger[1], "value": value}],
        "state": [{"id": i, "property": p, "value": v} for i, p, v in states],
        "changedPropIds": ["it.changed"],
    }
    if not isinstance(target, dict):
        body["output"] = f"{target}.data"
    return client.post(ROUTE, json=body)


def table_as(client, **wanted):
    of = {"section": "expiring"}
    target, trigger = {"part": "download"} | of, ({"part": "export-request"} | of, "data")
    return said(client, target, trigger, wanted).text


def test_a_file_within_the_limits_is_made_and_one_beyond_them_is_not():
    limits = Limits(rows=100, cells=500)
    limits.check(100, 5)
    for height, columns in ((101, 1), (51, 10)):
        with pytest.raises(TooLargeError, match="narrow them by search and filters"):
            limits.check(height, columns)


@pytest.mark.parametrize(("limit", "most"), [({"export_rows": 5}, 5), ({"export_cells": 12}, 4)])
def test_a_table_beyond_the_cap_says_what_to_do(serving, limit, most):
    client = signed_in(serving.app(**limit))
    ids = [f"id of More {n}|Sub of More {n}" for n in range(9)]
    answer = table_as(client, ids=ids, columns=["customer", "used"], format="csv")
    assert "content" not in answer
    assert f"these are 9 rows, and a file of these columns holds {most}. Narrow them" in answer


def test_narrowed_to_the_cap_it_is_made(serving):
    client = signed_in(serving.app(export_rows=5))
    ids = [f"id of More {n}|Sub of More {n}" for n in range(5)]
    found = table(client, ids=ids, columns=["customer"], format="csv")["content"]
    assert found.count("More") == 5


def test_one_user_makes_one_file_at_a_time():
    turns = Turns()
    with turns.one("ann") as first, turns.one("ann") as again:
        assert (first, again) == (True, False)
    with turns.one("ann") as later:
        assert later


def test_a_turn_ends_with_an_error_too():
    turns = Turns()
    with pytest.raises(ZeroDivisionError), turns.one("ann"):
        raise ZeroDivisionError
    with turns.one("ann") as again:
        assert again


def test_of_many_at_once_one_is_made_one_waits_and_the_others_are_refused():
    turns, others_are_gone = Turns(expected=2), Event()
    making, most, made, refused = [], [], [], []

    def ask(n):
        with turns.one(f"user {n % 5}") as mine:
            if not mine:
                refused.append(n)
                if len(refused) == 18:
                    others_are_gone.set()
                return
            making.append(n)
            most.append(len(making))
            others_are_gone.wait(10)
            made.append(making.pop())

    threads = [Thread(target=ask, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused), max(most)) == (2, 18, 1)


def test_while_a_file_of_ones_own_is_being_made_the_next_is_refused_at_once(serving):
    app = serving.app()
    client = signed_in(app)
    app._services.turns.one = Turns(expected=0).one
    deck = said(client, "review-download", ("review-button", "n_clicks"), 1).text
    for answer in (table_as(client, **ALL), deck):
        assert "Nothing was exported, since a file of yours" in answer
        assert "content" not in answer


def test_an_address_has_two_thousand_characters_and_a_sentence_beyond(serving):
    client = signed_in(serving.app())
    fits = "/?q=" + "a" * (LONGEST - len("/") - len("q="))
    assert client.get(fits).status_code == 200
    answer = client.get(fits + "a")
    assert answer.status_code == 414
    assert answer.text.startswith("This address is longer than 2,048 characters")


def test_a_sign_in_page_takes_the_address_it_leads_back_to(serving):
    answer = serving.app().server.test_client().get("/sign-in?next=" + "%25" * 900)
    assert answer.status_code == 200


def test_a_request_that_is_too_large_is_not_read(serving):
    client = signed_in(serving.app())
    answer = client.post(ROUTE, data=b" " * (LARGEST + 1), content_type="application/json")
    assert answer.status_code == 413


@pytest.mark.parametrize("pattern", ["(a+)+$", ".*", "[", "^Shop", "Sho."])
def test_what_somebody_searches_for_is_text_and_no_pattern(serving, monkeypatch, pattern):
    publish(serving, *few_customers())
    become(monkeypatch)
    client = signed_in(serving.app())
    assert rows(client, q="shop")["rowCount"] == 1
    assert rows(client, q=pattern)["rowCount"] == 0


def test_the_customer_list_has_the_same_cap(serving, monkeypatch):
    publish(serving, *few_customers())
    become(monkeypatch)
    client = signed_in(serving.app(export_rows=3))
    answer = said(client, part("file"), (part("save"), "n_clicks"), 1).text
    assert "Nothing was exported: these are 12 rows" in answer
