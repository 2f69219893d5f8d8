"""Keyboard: everything a mouse reaches, keys reach, in the order of reading."""

import pytest
from selenium.webdriver.common.keys import Keys

from dashboard.callbacks.look import OUTPUT

pytestmark = pytest.mark.browser
OUTLINE = """
const style = getComputedStyle(document.activeElement);
return style.outlineStyle !== "none" || style.boxShadow !== "none" || style.borderStyle !== "none";
"""


def test_the_first_stop_skips_to_the_content(visitor):
    visitor.visit("/")
    visitor.js("document.body.focus()")
    visitor.press(Keys.TAB)
    assert visitor.focused.text == "Skip to content"
    assert visitor.focused.rect["x"] >= 0
    visitor.press(Keys.ENTER)
    assert visitor.focused.get_attribute("id") == "main"
    visitor.press(Keys.TAB)
    assert visitor.js("return document.getElementById('main').contains(document.activeElement)")


def test_skipping_asks_nothing_and_stays_on_the_page(visitor):
    visitor.visit("/?product=meetings")
    visitor.js("document.querySelector('.pl-skip').focus()")
    assert visitor.asks(lambda: visitor.press(Keys.ENTER)) == []
    assert visitor.search == "?product=meetings"


def test_a_definition_opens_on_focus_and_closes_on_escape(visitor):
    visitor.visit("/subscriptions/expiring")
    visitor.js("document.getElementById('main').focus()")
    visitor.press(Keys.TAB)
    button = visitor.focused
    assert button.get_attribute("aria-label").startswith("Definition of ")
    card = visitor.find(f"#{button.get_attribute('aria-describedby')}")
    visitor.wait(card.is_displayed)
    visitor.press(Keys.ESCAPE)
    visitor.wait(lambda: not card.is_displayed())
    visitor.press(Keys.TAB)
    assert not card.is_displayed()
    visitor.focused.send_keys(Keys.SHIFT, Keys.TAB)
    visitor.wait(card.is_displayed)


def test_the_chart_turns_into_a_table_by_its_switch(visitor):
    visitor.visit("/?weeks=8")
    visitor.js("document.querySelector('.mantine-Switch-root input').focus()")
    visitor.press(Keys.SPACE)
    rows = visitor.wait(lambda: visitor.all(".pl-chart-table tr"))
    assert len(rows) == 9
    assert rows[0].text == "Week ending Total Assigned Used Available"
    assert rows[5].text == "Oct 17, 2026 – – – –"
    assert not visitor.find(".js-plotly-plot").is_displayed()
    visitor.press(Keys.SPACE)
    visitor.wait(lambda: visitor.find(".js-plotly-plot").is_displayed())


def test_the_table_of_a_chart_follows_the_toggle(visitor):
    visitor.visit("/?weeks=8")
    visitor.click(".mantine-Switch-root label")
    before = visitor.wait(lambda: visitor.find(".pl-chart-table table").text)
    visitor.choose("Meetings")
    visitor.idle()
    visitor.wait(lambda: visitor.find(".pl-chart-table table").text != before)


def test_the_toggle_and_the_region_obey_the_arrows(visitor):
    visitor.visit("/")
    visitor.js("document.querySelector('input[value=calling]').focus()")
    assert visitor.asks(lambda: visitor.press(Keys.ARROW_RIGHT)) == [OUTPUT]
    assert visitor.search == "?product=meetings"
    visitor.js("document.querySelector('.pl-region input[value=US]').focus()")
    assert visitor.asks(lambda: visitor.press(Keys.ARROW_RIGHT)) == [OUTPUT]
    assert visitor.search == "?product=meetings&region=EU"


def test_the_navigation_obeys_enter(visitor):
    visitor.visit("/")
    visitor.js("document.querySelector('.pl-nav a[href*=expiring]').focus()")
    visitor.press(Keys.ENTER)
    visitor.wait(lambda: visitor.find("h1").text == "Expiring")


def test_every_stop_of_a_page_shows_where_the_focus_is(visitor):
    visitor.visit("/")
    visitor.js("document.body.focus()")
    stops = 0
    visitor.press(Keys.TAB)
    while visitor.focused.tag_name != "body":
        assert visitor.js(OUTLINE), visitor.focused.get_attribute("outerHTML")[:200]
        visitor.press(Keys.TAB)
        stops += 1
    assert stops > 20
