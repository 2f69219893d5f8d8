"""The page of one customer in Chromium: its tabs, its logs, and no barrier on any of them."""

from urllib.parse import quote

import pytest
from apps import Serving
from barriers import barriers
from customer_factories import admin, customer, licenses, order, term
from customer_pages import publish
from deliveries import CUSTOMERS, LICENSES, SUBSCRIPTIONS, DataDirectory, export, subscription
from deliveries import customer as organization
from deliveries import licenses as bought
from factories import days, fact
from log_deliveries import event, log, named

from dashboard.callbacks.look import OUTPUT

pytestmark = pytest.mark.browser
NAME = "<img src=x onerror='window.hacked=1'> & Söhne"
HOME = "/customers/" + quote(f"id of {NAME}", safe="")
SMS = "/customers/acme/logs/sms"
ROWS = '{"part":"grid","section":"log_sms"}.getRowsResponse'


@pytest.fixture
def customer_app(monkeypatch, tmp_path):
    """Return an app over a customer with everything a page can show."""
    serving = Serving(monkeypatch, tmp_path)
    peers = [r for n in range(9) for r in (customer(f"P{n}"), term(f"P{n}"))]
    peers += [licenses(f"P{n}", assigned=95) for n in range(9)]
    facts = ("call_facts", "quality_facts", "queue_facts", "user_facts", "feature_facts")
    publish(
        serving, *peers, customer(NAME), term(NAME, end_date=days(3), setup_status="Pending"),
        licenses(NAME, used=104), order(f"Sub of {NAME}"), admin(NAME),
        *(fact(dataset, NAME) for dataset in facts),
    )  # fmt: skip
    return serving.app()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return a release with an account that sent 250 messages."""
    place = DataDirectory(tmp_path_factory.mktemp("logs"))
    webex = {
        "customers.csv": export(CUSTOMERS, organization()),
        "subscriptions.csv": export(SUBSCRIPTIONS, subscription()),
        "licenses.csv": export(LICENSES, bought()),
    }
    place.ingest(*(place.write(name, text) for name, text in webex.items()))
    named(place, "acme")
    moment = "2026-11-10T{:02}:{:02}:00.000Z"
    rows = [
        event("sms", n, createdat=moment.format(n // 60, n % 60), direction=str(n % 2))
        for n in range(250)
    ]
    place.ingest(place.write("sms.csv", log("sms", *rows)))
    return place.store()


@pytest.fixture
def log_app(monkeypatch, tmp_path, store):
    serving = Serving(monkeypatch, tmp_path)
    serving.store = store
    return serving.app()


@pytest.fixture
def page(visitor, server, customer_app):
    server.app = customer_app
    return visitor.visit(HOME)


@pytest.fixture
def sms(visitor, server, log_app):
    server.app = log_app
    visitor.visit(SMS)
    visitor.wait(lambda: rows(visitor))
    return visitor


def rows(visitor):
    return [row.text for row in visitor.all(".pl-log .ag-row")]


def tab(visitor, words):
    """Return the tab with these words."""
    return next(link for link in visitor.all(".pl-tab") if link.text == words)


@pytest.mark.parametrize("words", ["Trials", "Partner administrators", "Calling"])
def test_each_tab_asks_once_and_reads_as_if_it_had_been_opened_itself(page, words):
    assert page.asks(tab(page, words).click) == [OUTPUT]
    assert page.find(".pl-tab[aria-current]").text == words
    come_here = page.text
    page.visit(page.js("return location.pathname"))
    assert page.text == come_here
    page.asks(tab(page, "Subscriptions").click)
    assert page.find(".pl-tab[aria-current]").text == "Subscriptions"
    assert "Order history" in page.text


def test_another_date_fills_the_same_page_anew(page):
    before = page.text
    page.visit(f"{HOME}?as_of=2026-11-15")
    assert page.text == before


def test_a_hostile_name_is_only_text(page):
    for words in ("Trials", "Partner administrators", "Calling", "Subscriptions"):
        tab(page, words).click()
        page.idle()
        assert page.find("h1").text == NAME
    assert page.js("return window.hacked") is None


def test_a_way_out_opens_a_tab_that_knows_nothing_of_us(page):
    away = page.find("a.pl-action")
    assert away.get_attribute("target") == "_blank"
    assert away.get_attribute("rel") == "noopener noreferrer"
    assert away.get_attribute("href").startswith("https://admin.webex.com/")


@pytest.mark.parametrize("path", ["", "/trials", "/administrators", "/calling"])
def test_no_tab_has_a_barrier(page, path):
    page.visit(HOME + path)
    assert barriers(page) == []
    page.screen(390, 844)
    page.visit(HOME + path)
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
    assert barriers(page) == []


def test_a_log_is_filtered_by_its_address_and_by_its_controls(sms):
    assert sms.find(".pl-log .pl-table-head p").text == "250 entries"
    before = len(sms.server.asked)
    sms.find(".pl-log input[type=search]").send_keys("4567")
    sms.wait(lambda: sms.search == "?digits=4567")
    sms.idle()
    assert set(sms.server.asked[before:]) == {OUTPUT, ROWS}
    sms.visit(f"{SMS}?direction=inbound&since=2026-11-10")
    sms.wait(lambda: "Inbound" in " ".join(rows(sms)))
    assert sms.find(".pl-log .pl-table-head p").text == "125 entries"
    assert not any("Outbound" in row for row in rows(sms))


def test_a_log_is_sorted_by_its_headings(sms):
    first = rows(sms)[0]
    heading = sms.find(".ag-header-cell[col-id=timestamp] .ag-header-cell-label")
    sms.asks(heading.click)
    sms.wait(lambda: sms.search == "?order=timestamp")
    sms.wait(lambda: rows(sms) and rows(sms)[0] != first)


def test_a_log_has_no_barrier(sms):
    assert barriers(sms) == []
    sms.visit("/customers/acme")
    assert barriers(sms) == []
