"""Schedules in Chromium: the view on screen is scheduled by hand, listed, paused, and in reach."""

import pytest
from apps import Serving, small_portfolio
from barriers import barriers
from visiting import Visitor

from dashboard.components.report_parts import part as of_page
from dashboard.components.schedule_dialog import part

pytestmark = pytest.mark.browser
FIND = "return document.getElementById(JSON.stringify(arguments[0], ['part', 'section']))"
WIDTHS = "return [document.documentElement.scrollWidth, innerWidth]"


@pytest.fixture
def visitor(browser, server, tmp_path, monkeypatch):
    """Return somebody in front of an app that drops files into a folder."""
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    server.app = serving.app(schedule_folder=tmp_path / "dropped")
    visitor = Visitor(browser, server)
    yield visitor
    assert visitor.complaints() == []


def element(visitor, id_):
    return visitor.wait(lambda: visitor.js(FIND, id_))


def open_dialog(visitor):
    """Open the dialog from the Share menu of a page whose table is searched."""
    visitor.visit("/subscriptions/expiring?q=init")
    visitor.wait(lambda: visitor.all(".pl-share"))[0].click()
    item = element(visitor, part("view"))
    visitor.wait(item.is_displayed)
    item.click()
    visitor.wait(lambda: visitor.all(".pl-schedule-about"))


def create(visitor):
    open_dialog(visitor)
    element(visitor, part("create")).click()
    body = element(visitor, part("body"))
    visitor.wait(lambda: "is scheduled: weekly, Monday, at 08:00" in body.text)


def test_the_view_on_screen_is_scheduled_and_paused(visitor):
    create(visitor)
    visitor.visit("/reports")
    [row] = visitor.wait(lambda: visitor.all(".pl-schedules > li"))
    link = row.find_element("css selector", "a").get_attribute("href")
    assert link.endswith("/subscriptions/expiring?q=init")
    row.find_element("css selector", "button").click()
    visitor.wait(lambda: "paused" in element(visitor, of_page("schedules")).text)


def test_only_pages_of_tables_offer_it(visitor):
    visitor.visit("/definitions")
    visitor.wait(lambda: visitor.all(".pl-share"))[0].click()
    item = element(visitor, part("view"))
    assert not item.is_displayed()


def test_the_form_shows_the_day_that_its_period_needs(visitor):
    open_dialog(visitor)
    weekdays, days = element(visitor, part("weekdays")), element(visitor, part("days"))
    assert (weekdays.is_displayed(), days.is_displayed()) == (True, False)
    visitor.all(".pl-schedule-form .mantine-SegmentedControl-label")[2].click()
    visitor.wait(days.is_displayed)
    assert not weekdays.is_displayed()


@pytest.mark.parametrize("width", [1440, 390])
def test_dialog_and_list_are_in_reach_and_without_barriers(visitor, width):
    visitor.screen(width, 900)
    open_dialog(visitor)
    visitor.wait(lambda: element(visitor, part("create")).is_displayed())
    assert barriers(visitor) == []
    element(visitor, part("create")).click()
    visitor.wait(lambda: "is scheduled" in element(visitor, part("body")).text)
    visitor.visit("/reports")
    visitor.wait(lambda: visitor.all(".pl-schedules > li"))
    scroll, inner = visitor.js(WIDTHS)
    assert scroll <= inner
    assert barriers(visitor) == []
