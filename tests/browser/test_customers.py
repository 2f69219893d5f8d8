"""The customer list in Chromium: found, filtered, sorted, kept, and read by everybody."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from apps import Serving
from barriers import barriers
from customer_factories import customer, licenses
from listing import become, few_customers, publish

from dashboard.access import OPERATOR
from dashboard.callbacks.look import OUTPUT
from dashboard.state import tags
from dashboard.state.models import Role, User

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROWS = '{"part":"grid","section":"customers"}.getRowsResponse'
SIDEWAYS = """
const rows = document.querySelector(".pl-customers .ag-center-cols-viewport");
return rows.scrollWidth - rows.clientWidth;
"""
SHOWN = [
    "choice of rows", "customer", "statuses", "licenses at stake", "next end", "products", "tags",
    "region", "last sign-in", "remaining credits", "assigned users", "launch",
]  # fmt: skip
ANN = replace(OPERATOR, user_id="a" * 32, email="ann@partner.example")


@pytest.fixture
def listing(visitor, server, monkeypatch, tmp_path):
    """Return somebody signed in, in front of a dozen customers and one tag."""
    serving = Serving(monkeypatch, tmp_path)
    many = [customer(f"Zone {n:03}", region="CA") for n in range(300)]
    publish(serving, *few_customers(), *many, licenses("Nobody"))
    server.app = serving.app()
    with server.app._services.database.begin() as session:
        role = session.query(Role).first().name
        session.add(User(id=ANN.user_id, email=ANN.email, role=role, created=NOW))
        tag = tags.create(session, OPERATOR, "VIP", NOW)
        tags.assign(session, OPERATOR, tag.id, ["id of Ours"], NOW)
    become(monkeypatch, ANN)
    visitor.visit("/customers")
    shows(visitor, 312)
    return visitor


def shows(visitor, n):
    """Wait until the list has so many customers, and its first rows are there."""
    words = f"{n} customers" if n == 312 else f"{n} of 312 customers"
    visitor.wait(lambda: visitor.find(".pl-found").text == words)
    visitor.wait(lambda: not n or names(visitor))
    visitor.idle()


def names(visitor):
    return [link.text for link in visitor.all(".ag-row a.pl-customer")]


def option(visitor, menu, value):
    """Open a filter's menu and press one of its options."""
    visitor.click(f"details:has([id*='options-{menu}']) > summary")
    visitor.click(f"[data-key='{menu}'][data-value='{value}']")
    visitor.press("\ue00c")  # Escape


def test_a_filter_asks_once_for_the_page_and_once_for_rows(listing):  # W-030
    asked = listing.asks(lambda: option(listing, "in_region", "EU"))
    assert sorted(asked) == sorted([OUTPUT, ROWS])
    shows(listing, 2)
    assert sorted(names(listing)) == ["Ending", "Trying"]
    assert listing.search == "?in_region=EU"
    option(listing, "type", "Trial")
    shows(listing, 1)
    assert listing.search == "?type=Trial&in_region=EU"


def test_a_search_finds_by_name_and_is_in_the_url(listing):  # E-011
    listing.find(".pl-filters input").send_keys("quiet")
    shows(listing, 1)
    assert names(listing) == ["Quiet"]
    assert listing.search == "?q=quiet"


def test_back_shows_what_was_before_and_a_link_what_was_sent(listing):
    option(listing, "in_region", "EU")
    shows(listing, 2)
    listing.driver.back()
    shows(listing, 312)
    assert listing.search == ""
    listing.visit("/customers?q=quiet&in_region=US")
    shows(listing, 1)
    assert listing.find(".pl-filters input").get_attribute("value") == "quiet"


def test_both_questions_are_one_click_and_another_takes_them_back(listing):  # W-035, W-036
    listing.all(".pl-question")[1].click()
    shows(listing, 1)
    assert names(listing) == ["Trying"]
    assert listing.search == "?status=expiring_soon&type=Trial"
    listing.click(".pl-question")
    listing.wait(lambda: names(listing) == ["Quiet"])
    listing.click(".pl-question")
    shows(listing, 312)


def test_a_heading_sorts_on_the_server_and_in_the_url(listing):
    listing.click(".ag-header-cell[col-id='customer'] .ag-header-cell-label")
    listing.wait(lambda: names(listing)[:1] == ["Ending"])
    listing.idle()
    assert listing.search == "?sort=customer"
    listing.click(".ag-header-cell[col-id='customer'] .ag-header-cell-label")
    listing.wait(lambda: names(listing)[:1] == ["Zone 299"])
    listing.idle()
    assert listing.search == "?sort=-customer"


def test_rows_further_down_come_when_they_are_looked_at(listing):
    api = "window.dash_ag_grid.getApi({part: 'grid', section: 'customers'})"
    listing.visit("/customers?sort=customer")
    asked = listing.asks(lambda: listing.js(f"{api}.ensureIndexVisible(311, 'bottom')"))
    listing.wait(lambda: "Zone 299" in names(listing))
    assert set(asked) == {ROWS}


def test_a_customers_name_leads_to_the_customer(listing):  # W-021, E-012
    listing.find(".pl-filters input").send_keys("quiet")
    shows(listing, 1)
    listing.click("a.pl-customer")
    listing.wait(lambda: listing.js("return location.pathname") == "/customers/id%20of%20Quiet")


def test_a_view_is_saved_and_opened_again(listing):
    option(listing, "in_region", "EU")
    shows(listing, 2)
    listing.click(".pl-views summary")
    listing.find(".pl-keep input").send_keys("Europe")
    listing.click(".pl-keep button")
    listing.wait(lambda: "Saved as “Europe”." in listing.text)
    listing.visit("/customers")
    shows(listing, 312)
    listing.click(".pl-views summary")
    listing.click(".pl-view a")
    shows(listing, 2)
    assert listing.search == "?in_region=EU"


def tag_two(listing):
    """Choose two customers and tag them."""
    listing.visit("/customers?q=zone+00")
    shows(listing, 10)
    for box in listing.all(".ag-row .ag-checkbox-input")[:2]:
        box.click()
    listing.wait(lambda: "Tag 2 customers:" in listing.find(".pl-tagging").text)
    listing.click(".pl-tagging .pl-tag input")
    listing.choose("VIP")
    listing.all(".pl-tagging button")[-2].click()
    listing.wait(lambda: "2 customers got “VIP”." in listing.find(".pl-tagging").text)


def test_several_customers_are_tagged_at_once(listing):
    tag_two(listing)
    listing.wait(lambda: len(listing.all(".ag-row .pl-tag-chip")) == 2)


def test_a_phone_tags_several_customers_at_once(listing):
    listing.screen(390, 844)
    tag_two(listing)
    assert listing.js(SIDEWAYS) == 0


@pytest.mark.parametrize("language", ["en", "uk"])
def test_every_column_is_in_sight_on_a_screen_of_a_desk(listing, language):  # W-010
    listing.speak(language)
    listing.screen(1440, 900)
    listing.visit("/customers")
    listing.idle()
    assert len(listing.all(".ag-header-cell")) == len(SHOWN)
    assert listing.js(SIDEWAYS) == 0


def test_nothing_found_says_what_to_clear(listing):
    listing.visit("/customers?q=nonsense")
    shows(listing, 0)
    listing.click(".pl-nothing .pl-clear")
    shows(listing, 312)
    assert listing.search == ""


def test_axe_finds_nothing_wrong(listing):
    assert barriers(listing) == []
    listing.click("details:has([id*='options-status']) > summary")
    assert barriers(listing) == []


def test_a_phone_shows_who_what_and_how_much(listing):
    listing.screen(390, 844)
    listing.visit("/customers")
    shows(listing, 312)
    shown = [cell.get_attribute("col-id") for cell in listing.all(".ag-header-cell")]
    assert shown[1:] == ["customer", "statuses", "licenses_at_stake"]  # the first chooses rows
    widths = listing.js("return [document.documentElement.scrollWidth, innerWidth]")
    assert widths[0] <= widths[1]
