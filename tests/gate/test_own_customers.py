"""Everybody's own customers (T-01, T-30): nobody sees another row, and without a role none."""

import json
import re

import pytest
from asking import PAGE, ROUTE, ask
from signing_in import signed_in
from whose import MINE, SEEN, rows_of

from dashboard.callbacks.session import CSRF_COOKIE
from dashboard.components.roles import role_name
from dashboard.i18n import Language
from dashboard.pages import PAGES
from dashboard.state.models import Role


@pytest.mark.parametrize("role", ["assigned_user", "admin", "nobody", "no such role"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_fresh_user_sees_no_row_anywhere(app, role, page):  # T-30
    if role == "no such role":
        with app._services.database.begin() as session:
            if session.get(Role, role) is None:
                session.add(Role(name=role, sees="whatever", edits_tags=False, administers=False,
                                 whole_numbers=False))  # fmt: skip
    answer = ask(signed_in(app, role), path=page.path)
    if not page.panel:
        assert "No customers are assigned to you yet" in answer.text
        assert answer.json["response"]["parts"]["data"] == []
    assert not SEEN.search(answer.text)
    assert MINE not in answer.text


def test_a_fresh_users_file_has_no_row(app):
    id_ = {"part": "export-request", "section": "expiring"}
    wanted = {"ids": rows_of(signed_in(app)), "columns": ["customer"]}
    inputs = [{"id": id_, "property": "data", "value": wanted}]
    output = '{"part":"download","section":["MATCH"]}.data'
    callback = next(o for o in app.callback_map if '"part":"download"' in o)
    assert callback == output
    content = {
        "output": output,
        "outputs": {"id": {"part": "download", "section": "expiring"}, "property": "data"},
        "inputs": inputs,
        "state": [
            {"id": id_, "property": "id", "value": id_},
            {"id": "url", "property": "search", "value": "?region=US"},
        ],
        "changedPropIds": ['{"part":"export-request","section":"expiring"}.data'],
    }
    everything = signed_in(app).post(ROUTE, json=content).text
    assert "Initech" in everything
    assert not SEEN.search(signed_in(app, "nobody").post(ROUTE, json=content).text)


def test_only_the_regions_of_ones_customers_are_offered(assigned):
    page = assigned.get("/", headers=PAGE).text
    told = json.loads(re.search(r'id="choices">(.*?)</script>', page)[1])
    offer = next(key["offer"] for key in told["keys"] if key["name"] == "region")
    assert (offer["values"], offer["default"]) == (["EU"], "EU")
    assert '"name":"region"' not in assigned.get("/_dash-layout").text.replace(" ", "")
    answer = ask(assigned, path="/subscriptions/expiring", region="US")  # falls back to EU
    assert MINE in answer.text
    assert "European Union" in answer.text


def test_a_region_of_others_reads_as_one_that_does_not_exist(assigned):
    there, nowhere = (
        ask(assigned, path="/subscriptions/expiring", region=region).data
        for region in ("US", "ATLANTIS")
    )
    assert there == nowhere


def test_the_shell_names_who_is_signed_in_and_lets_them_out(app):
    browser = signed_in(app, "read_only_admin")
    layout = json.dumps(browser.get("/_dash-layout").json)
    assert role_name("read_only_admin", Language("en")) in layout
    assert '"action": "/sign-out"' in layout
    assert browser.get_cookie(CSRF_COOKIE).value in layout
