"""Saved views of the customer list, from the request on: kept, listed, replaced, removed."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from asking import ask, words
from listing import become, links
from pressing import press
from signing_in import signed_in

from dashboard.access import OPERATOR
from dashboard.components.saved_views import forget, view_part
from dashboard.state import saved_views
from dashboard.state.models import Role, User

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANN = replace(OPERATOR, user_id="a" * 32, email="ann@partner.example")


@pytest.fixture
def ann(app, monkeypatch):
    """Return somebody who has signed in, and makes every further request."""
    with app._services.database.begin() as session:
        role = session.query(Role).first().name
        session.add(User(id=ANN.user_id, email=ANN.email, role=role, created=NOW))
    become(monkeypatch, ANN)
    return ANN


def views(app):
    with app._services.database.read() as session:
        return [(view.id, view.name, view.search) for view in saved_views.list_views(session, ANN)]


def keep(app, name, search="?status=trial&sort=-customer", *, replaced=False):
    """Press “Save”, and return what that changes."""
    [key] = [k for k in app.callback_map if "view-taken" in k]
    states = [(view_part("name"), "value", name), (view_part("replace"), "checked", replaced)]
    states += [("url", "search", search)]
    body = {
        "output": key,
        "outputs": [
            {"id": json.loads(one.rpartition(".")[0]), "property": one.rpartition(".")[2]}
            for one in key.strip(".").split("...")
        ],
        "inputs": [
            {"id": view_part("keep"), "property": "n_clicks", "value": 1},
            {"id": view_part("name"), "property": "n_submit"},
        ],
        "state": [{"id": i, "property": p, "value": v} for i, p, v in states],
        "changedPropIds": ['{"part":"view-keep"}.n_clicks'],
        "parsedChangedPropsIds": ['{"part":"view-keep"}.n_clicks'],
    }
    answer = signed_in(app).post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    found = answer.json["response"].items()
    return {json.loads(id_)["part"].removeprefix("view-"): props for id_, props in found}


@pytest.mark.usefixtures("ann")
def test_a_view_is_kept_listed_and_removed(app):
    answer = keep(app, "  Trials ")
    assert answer["told"]["children"] == "Saved as “Trials”."
    assert links(answer["list"]["children"]) == ["/customers?status=trial&sort=-customer"]
    [(view_id, name, _)] = views(app)
    assert name == "Trials"
    assert press(app, forget(view_id), {})["view-told"]["children"] == "The view was removed."
    assert views(app) == []


@pytest.mark.usefixtures("ann")
def test_a_name_that_is_taken_is_replaced_only_when_that_is_said(app):
    keep(app, "Mine", "?q=a")
    refused = keep(app, "Mine", "?q=b")
    assert refused["taken"]["hidden"] is False
    assert [search for _, _, search in views(app)] == ["?q=a"]
    keep(app, "Mine", "?q=b", replaced=True)
    assert [search for _, _, search in views(app)] == ["?q=b"]


@pytest.mark.usefixtures("ann")
@pytest.mark.parametrize("search", ["?next=//evil.example", "?q=" + "x" * 2_000])
def test_only_our_own_keys_are_kept_in_a_view(app, search):
    assert "too long" in keep(app, "Mine", search)["told"]["children"]
    assert views(app) == []


def test_who_has_not_signed_in_keeps_no_view(app, client):
    assert "signed in" in keep(app, "Mine")["told"]["children"]
    assert "Views" not in words(shell(client))


def shell(client):
    return ask(client, path="/customers").json["response"]["page"]["children"]
