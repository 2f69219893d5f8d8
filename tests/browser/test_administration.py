"""An administrator at work: a user is added, and sees two customers from then on."""

from datetime import UTC, datetime

import pytest
from barriers import EVERY_RULE, barriers
from selenium.webdriver.common.keys import Keys

from dashboard.access import OPERATOR
from dashboard.state.administration import administering
from dashboard.state.users import assigned_to, find_user

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def field(visitor, name):
    return visitor.find(f'[id=\'{{"name":"{name}","part":"admin"}}\']')


def said(visitor, name):
    """Return what an action was answered, once it was."""
    return visitor.wait(lambda: field(visitor, name).text)


def test_an_administrator_adds_a_user_and_assigns_two_customers(visitor, small_app):
    visitor.visit("/administration")
    top = field(visitor, "add").location
    field(visitor, "email").send_keys("ann@example.com")
    field(visitor, "name").send_keys("Ann")
    field(visitor, "new-role").click()
    visitor.choose("Partner user, assigned")
    field(visitor, "add").click()
    assert "ann@example.com was added." in said(visitor, "add-said")
    assert len(visitor.find(".pl-secret").text) == 20
    assert field(visitor, "add").location == top
    assert field(visitor, "email").get_attribute("value") == ""
    visitor.wait(lambda: "2 users" in visitor.text)

    links = visitor.all(".pl-list a")
    visitor.js("arguments[0].click()", next(a for a in links if "ann@" in a.text))
    visitor.idle()
    assert visitor.find("h1").text == "ann@example.com"
    assert "No customer is assigned, so this user sees nothing." in visitor.text
    for name in ("Globex", "Initech"):
        field(visitor, "found").send_keys(name)
        visitor.choose(f"{name} · id of {name}")
    field(visitor, "found").send_keys(Keys.ESCAPE)
    field(visitor, "assign").click()
    assert said(visitor, "assign-said") == "2 customers were assigned."
    visitor.wait(lambda: "This user sees 2 assigned customers." in visitor.text)
    assert "Globex · id of Globex" in visitor.find(".pl-assigned").text
    with small_app._services.database.read() as session:
        ann = find_user(session, "ann@example.com")
        assert assigned_to(session, ann.id) == {"id of Globex", "id of Initech"}

    visitor.visit("/audit")
    assert "The chain is verified up to entry 2." in visitor.text
    assert visitor.text.index("Customers assigned") < visitor.text.index("User added")


@pytest.mark.parametrize("path", ["/administration", "/audit"])
def test_a_choice_in_the_header_asks_once_and_keeps_the_page(visitor, path):
    visitor.visit(path)
    heading = visitor.find("h1").text
    assert len(visitor.asks(lambda: visitor.choose("Meetings"))) == 1
    assert visitor.find("h1").text == heading


@pytest.fixture(scope="module")
def bob(small_app):
    """Add a user with one customer, and return the address of the page."""
    with administering(small_app._services.database, OPERATOR, NOW) as work:
        user = work.add(email="bob@example.com", role="assigned_user", name="Bob")
        work.assign(user, ["id of Hooli", "id of nobody any more"])
    return f"/administration/{user.id}"


def test_axe_finds_nothing_on_the_page_of_a_user_at_work(visitor, bob):
    visitor.visit(bob)
    field(visitor, "found").send_keys("Globex")
    visitor.choose("Globex · id of Globex")
    field(visitor, "found").send_keys(Keys.TAB)
    visitor.idle()
    assert barriers(visitor, EVERY_RULE) == []


def test_a_user_is_changed_by_keyboard_alone(visitor, bob):
    visitor.visit(bob)
    field(visitor, "active").send_keys(Keys.SPACE)
    field(visitor, "save").send_keys(Keys.ENTER)
    assert said(visitor, "save-said") == "Saved."
    assert not field(visitor, "active").is_selected()
    field(visitor, "active").send_keys(Keys.SPACE)
    field(visitor, "save").send_keys(Keys.ENTER)
    visitor.wait(lambda: field(visitor, "active").is_selected())


def test_a_phone_holds_the_page_of_a_user(visitor, bob):
    visitor.screen(390, 844)
    visitor.visit(bob)
    assert visitor.js("return document.documentElement.scrollWidth") <= 390
    assert "not in this release · id of nobody any more" in visitor.text
