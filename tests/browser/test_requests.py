"""Requests: whatever somebody does, the server is asked at most once, and for the whole page."""

import pytest
from selenium.webdriver.common.keys import Keys

from dashboard.callbacks.look import OUTPUT
from dashboard.pages import PAGES

pytestmark = pytest.mark.browser
ONCE = [OUTPUT]


@pytest.mark.parametrize("path", [p.path for p in PAGES if not p.path.endswith("/*")])
def test_a_page_asks_once(visitor, path):
    asked = visitor.asks(lambda: visitor.visit(path))
    assert [one for one in asked if one == OUTPUT] == ONCE  # long lists ask for rows besides


def test_a_deep_link_asks_once_and_a_reload_once(visitor):
    link = "/subscriptions/low-assignment?product=meetings&region=EU&as_of=2026-09-20"
    assert visitor.asks(lambda: visitor.visit(link)) == ONCE
    assert visitor.asks(visitor.driver.refresh) == ONCE
    assert visitor.search == "?product=meetings&region=EU&as_of=2026-09-20"
    assert "Meetings · European Union · week ending Sep 19, 2026" in visitor.text


def test_every_choice_asks_once(visitor):
    visitor.visit("/")
    assert visitor.asks(lambda: visitor.choose("Meetings")) == ONCE
    assert visitor.asks(lambda: visitor.choose_region("European Union")) == ONCE
    assert visitor.asks(lambda: visitor.choose("52")) == ONCE
    assert visitor.search == "?product=meetings&region=EU&weeks=52"


def test_choosing_what_is_chosen_asks_nothing(visitor):
    visitor.visit("/")
    assert visitor.asks(lambda: visitor.choose("Calling")) == []
    assert visitor.asks(lambda: visitor.choose_region("United States")) == []
    assert visitor.search == ""


def test_back_and_forward_ask_once_each_and_restore_the_controls(visitor):
    visitor.visit("/")
    visitor.choose("Meetings")
    visitor.idle()
    visitor.choose_region("European Union")
    visitor.idle()
    assert visitor.asks(visitor.driver.back) == ONCE
    assert visitor.search == "?product=meetings"
    assert visitor.find(".pl-region input[value=US]").is_selected()
    assert visitor.asks(visitor.driver.back) == ONCE
    assert visitor.search == ""
    assert visitor.find("input[value=calling]").is_selected()
    assert visitor.asks(visitor.driver.forward) == ONCE
    assert visitor.find("input[value=meetings]").is_selected()
    assert "Meetings · United States" in visitor.text


def test_another_page_asks_once_and_keeps_product_and_region(visitor):
    visitor.visit("/?product=meetings&region=EU&weeks=8")
    assert visitor.asks(lambda: visitor.click(".pl-nav a[href*=renewing]")) == ONCE
    assert visitor.search == "?product=meetings&region=EU"
    assert visitor.asks(visitor.driver.back) == ONCE
    assert visitor.search == "?product=meetings&region=EU&weeks=8"


def test_a_typed_date_asks_once_and_so_does_going_back_to_the_newest(visitor):
    visitor.visit("/")
    field = visitor.find(".pl-as-of input")
    field.send_keys(Keys.CONTROL, "a")
    typed = visitor.asks(lambda: field.send_keys("Sep 20, 2026", Keys.TAB))
    assert typed == ONCE
    assert visitor.search == "?as_of=2026-09-20"
    assert "week ending Sep 19, 2026" in visitor.text
    assert visitor.asks(lambda: visitor.click(".pl-as-of button")) == ONCE
    assert visitor.search == ""


def test_a_day_of_the_calendar_asks_once(visitor):
    visitor.visit("/")
    visitor.click(".pl-as-of input")
    day = "button[aria-label='8 November 2026']"
    assert visitor.asks(lambda: visitor.click(day)) == ONCE
    assert visitor.search == "?as_of=2026-11-08"
    assert "week ending Nov 7, 2026" in visitor.text


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        ("?region=XX", "Region “XX” has no data; showing United States."),
        ("?product=%3Cb%3Ex", "Product “<b>x” does not exist"),
        ("?as_of=2026-02-30", "There is no data for the date “2026-02-30”"),
        ("?weeks=9%24%26", "A trend of “9$&” weeks is not offered; showing 26"),
    ],
)
def test_a_bad_value_asks_once_falls_back_and_says_so(visitor, search, sentence):
    assert visitor.asks(lambda: visitor.visit("/" + search)) == ONCE
    assert sentence in visitor.find("#notice").text
    assert visitor.search == ""


def test_a_notice_goes_with_the_next_choice(visitor):
    visitor.visit("/?region=XX&product=meetings")
    assert visitor.search == "?product=meetings"
    assert visitor.find("#notice").text
    visitor.choose("Calling")
    visitor.wait(lambda: not visitor.find("#notice").text)


def test_what_the_browser_can_do_alone_asks_nothing(visitor):
    visitor.visit("/")
    assert visitor.asks(lambda: visitor.click(".mantine-Switch-root label")) == []
    assert visitor.asks(lambda: visitor.choose("Dark")) == []
    assert visitor.asks(lambda: visitor.press(Keys.TAB, Keys.ESCAPE)) == []
    assert visitor.asks(lambda: visitor.screen(390, 844)) == []


def test_search_and_column_filters_ask_nothing_and_survive_a_reload(visitor):
    visitor.visit("/subscriptions/low-assignment")
    box = visitor.find("input[type=search]")

    def search():
        box.send_keys("soy")
        visitor.wait(lambda: visitor.search == "?q=soy")

    assert visitor.asks(search) == []
    assert visitor.asks(visitor.driver.refresh) == ONCE
    assert visitor.find("input[type=search]").get_attribute("value") == "soy"
    assert visitor.asks(lambda: visitor.choose("Meetings")) == ONCE
    assert visitor.search == "?product=meetings&q=soy"


def test_a_slow_answer_never_covers_a_newer_one(visitor, server):
    visitor.visit("/")
    slow = server.hold("meetings")
    visitor.choose("Meetings")
    visitor.wait(lambda: server.busy)
    asked = len(server.asked)
    visitor.choose("Calling")
    visitor.wait(lambda: len(server.asked) > asked)
    slow.set()
    visitor.idle()
    assert visitor.search == ""
    assert "Calling · United States" in visitor.text
    assert "\nMeetings ·" not in visitor.text


def test_a_slow_answer_never_covers_another_page(visitor, server):
    visitor.visit("/")
    slow = server.hold("meetings")
    visitor.choose("Meetings")
    visitor.wait(lambda: server.busy)
    visitor.driver.back()
    visitor.click(".pl-nav a[href*=expiring]")
    slow.set()
    visitor.idle()
    assert visitor.find("h1").text == "Expiring"
    assert "Calling · United States" in visitor.text
    assert "\nMeetings ·" not in visitor.text


def test_while_it_waits_the_page_says_that_it_is_busy(visitor, server):
    visitor.visit("/")
    slow = server.hold("meetings")
    visitor.choose("Meetings")
    visitor.wait(lambda: visitor.find("#main").get_attribute("aria-busy") == "true")
    slow.set()
    visitor.idle()
    assert "Meetings · United States" in visitor.text
