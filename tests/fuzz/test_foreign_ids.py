"""Foreign ids: what is not one's own reads, and takes as long, as what is not there (T-02)."""

import gc
import json
import re
import time
from datetime import UTC, datetime
from statistics import median
from urllib.parse import quote

import pytest
from asking import ROUTE, ask, body
from signing_in import add_somebody, signed_in

from dashboard.access import OPERATOR
from dashboard.components.customer import LOGS, TABS
from dashboard.state import tags
from fuzz.canaries import owners, sung
from fuzz.office import Office
from fuzz.partner import customer_id

OWN, FOREIGN = (1, 2, 329), (3, 5, 10, 331, 330)  # of both vendors, in the same regions
UNKNOWN = customer_id(3).replace("zq0003", "zq9999")  # as long as an id there is
SCOPED = ("assigned_user", "admin", "help_desk", "nobody", "unknown_kind")
AROUND = ("", *(f"/{tab}" for tab in (*TABS, *LOGS)), "/nothing")


@pytest.fixture(scope="module")
def office(partner_data, tmp_path_factory):
    return Office(partner_data, tmp_path_factory.mktemp("foreign"), 2)


@pytest.fixture(scope="module")
def browsers(office):
    """Return a browser of each role that sees some customers or none."""
    return {r: signed_in(office.app, r, [customer_id(n) for n in OWN]) for r in SCOPED}


def without(answer, *ids):
    """Return an answer apart from the ids that were asked for."""
    text = answer.get_data().decode()
    for one in ids:
        text = text.replace(quote(one, safe=""), "ID").replace(one, "ID")
    return answer.status_code, text


def log_request(product, customer):
    """Return the request of a log's grid for its first rows."""
    part = {"part": "grid", "section": f"log_{product}"}
    at = json.dumps(part, separators=(",", ":"))
    view = {"path": f"/customers/{customer}/logs/{product}", "region": "US"}
    return {
        "output": f"{at}.getRowsResponse",
        "outputs": {"id": part, "property": "getRowsResponse"},
        "inputs": [{"id": part, "property": "getRowsRequest", "value": {"startRow": 0}}],
        "state": [{"id": "view", "property": "data", "value": view}],
        "changedPropIds": [f"{at}.getRowsRequest"],
    }


@pytest.mark.parametrize("role", SCOPED)
def test_a_foreign_customer_reads_as_one_that_is_not_there(browsers, role):  # T-02
    browser = browsers[role]
    for tab in AROUND:
        nowhere = without(ask(browser, path=f"/customers/{UNKNOWN}{tab}"), UNKNOWN)
        assert "Page not found" in nowhere[1]
        for number in FOREIGN:
            theirs = customer_id(number)
            assert without(ask(browser, path=f"/customers/{theirs}{tab}"), theirs) == nowhere


@pytest.mark.parametrize("role", SCOPED)
@pytest.mark.parametrize("product", [tab.rpartition("/")[2] for tab in LOGS])
def test_a_foreign_log_reads_as_one_that_is_not_there(browsers, role, product):
    browser = browsers[role]
    nowhere = without(browser.post(ROUTE, json=log_request(product, UNKNOWN)), UNKNOWN)
    for number in (331, 330):
        theirs = customer_id(number)
        answer = browser.post(ROUTE, json=log_request(product, theirs))
        assert without(answer, theirs) == nowhere


def test_ones_own_customers_are_there(browsers):
    assert owners(sung(ask(browsers["admin"], path=f"/customers/{customer_id(1)}").data)) == {1}
    rows = browsers["admin"].post(ROUTE, json=log_request("sms", customer_id(329)))
    assert owners(sung(rows.data)) == {329}


@pytest.mark.parametrize("role", [*SCOPED, "read_only_admin"])
def test_a_user_reads_as_one_that_is_not_there_for_who_administers_nothing(office, role):
    browser = signed_in(office.app, role)
    there = add_somebody(office.database, "admin")
    answers = [
        without(ask(browser, path=f"/administration/{one}"), one) for one in (there, "0" * 32)
    ]
    assert answers[0] == answers[1]
    assert "Page not found" in answers[0][1]


def test_a_tag_on_others_only_narrows_as_one_on_nobody(office, browsers):
    """Its name is everybody's (SPEC §4); whom it is on is not."""
    now = datetime.now(UTC)
    with office.database.begin() as session:
        theirs = tags.create(session, OPERATOR, "Same A", now).id
        nobodys = tags.create(session, OPERATOR, "Same B", now).id
        tags.assign(session, OPERATOR, theirs, [customer_id(n) for n in FOREIGN], now)
    for path in ("/customers", "/subscriptions/expiring", "/"):
        both = (theirs, nobodys, "Same A", "Same B")
        there, empty = (
            without(ask(browsers["admin"], path=path, tag=one), *both)[1] for one in both[:2]
        )
        pressed = re.compile(r'"aria-pressed":"(true|false)"')  # which of the two was chosen
        there, empty = (pressed.sub("", text) for text in (there, empty))
        assert there == empty


def test_foreign_and_unknown_take_equally_long(browsers):  # T-02
    """Alternating, in the same process, so that a busy machine slows both alike."""
    browser = browsers["assigned_user"]
    asked = {name: body(path=f"/customers/{one}") for name, one in
             (("foreign", customer_id(FOREIGN[0])), ("unknown", UNKNOWN))}  # fmt: skip
    took = {name: [] for name in asked}
    gc.disable()
    for _ in range(150):
        for name, content in asked.items():
            before = time.perf_counter()
            browser.post(ROUTE, json=content)
            took[name].append(time.perf_counter() - before)
    gc.enable()
    assert abs(median(took["foreign"]) - median(took["unknown"])) < 0.005
