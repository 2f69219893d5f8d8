"""An administrator at work: a user is added, and sees two customers from then on."""

import pytest
from selenium.webdriver.common.keys import Keys

from dashboard.state.users import assigned_to, find_user

pytestmark = pytest.mark.browser


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
    visitor.wait(lambda: "1 user" in visitor.text)

    visitor.click(".pl-list a")
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
