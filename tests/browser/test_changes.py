"""What changed, and links that pin a release, in Chromium."""

import pytest
from apps import Serving
from barriers import barriers
from factories import line, weeks_ago
from selenium.webdriver.common.keys import Keys
from visiting import Visitor

from dashboard.callbacks.look import OUTPUT

pytestmark = pytest.mark.browser
ONCE = [OUTPUT]
OLD, NEW = "r000001-00000001", "r000002-00000002"
PATH = "/changes"
FIELD = ".pl-since input"


def rows(now):
    """Return customers that came and went in 13 weeks; `now` is what one of them has today."""
    few = {"assigned": 20}
    return [
        line("Left", week_ending=weeks_ago(13), total=30, **few),
        line("Grew", week_ending=weeks_ago(13), total=50, **few),
        line("Grew", week_ending=weeks_ago(4), total=60, **few),
        line("Grew", total=now, **few),
        line("New", total=25, **few),
    ]


@pytest.fixture
def serving(monkeypatch, tmp_path):
    found = Serving(monkeypatch, tmp_path)
    found.publish(*rows(70), release=OLD)
    return found


@pytest.fixture
def visitor(browser, server, serving):
    server.app = serving.app()
    visitor = Visitor(browser, server)
    yield visitor
    assert visitor.complaints() == []


def kpis(visitor):
    return [found.text for found in visitor.all(".pl-kpi-value")]


def field(visitor):
    found = visitor.find(FIELD)
    return found.get_attribute("value") or found.get_attribute("placeholder")


def test_the_page_asks_once_and_has_no_barriers(visitor):
    assert visitor.asks(lambda: visitor.visit(PATH)) == ONCE
    assert kpis(visitor) == ["1", "1", "0", "95"]
    assert field(visitor) == "Aug 16, 2026"
    assert barriers(visitor) == []


def test_the_waterfall_reads_as_a_table(visitor):
    visitor.visit(PATH)
    visitor.find(".pl-chart-card .mantine-Switch-track").click()
    visitor.wait(lambda: "+20" in visitor.find(".pl-chart-table").text)
    said = visitor.find(".pl-chart-table").text.split("\n")
    assert said[1:] == [
        "Aug 16, 2026 80", "Came +25", "Grew +20", "Shrank ±0", "Went −30", "Nov 15, 2026 95"
    ]  # fmt: skip


def test_another_date_asks_once_and_stands_in_the_address(visitor):
    visitor.visit(PATH)
    visitor.find(FIELD).send_keys("Oct 18, 2026")
    assert visitor.asks(lambda: visitor.find(FIELD).send_keys(Keys.ENTER, Keys.TAB)) == ONCE
    assert visitor.search == "?from=2026-10-18"
    assert "compared with Oct 18, 2026" in visitor.text
    assert visitor.asks(visitor.driver.back) == ONCE
    assert field(visitor) == "Aug 16, 2026"


def test_a_deep_link_asks_once_and_fills_the_field(visitor):
    assert visitor.asks(lambda: visitor.visit(f"{PATH}?from=2026-10-18")) == ONCE
    assert field(visitor) == "Oct 18, 2026"
    assert visitor.search == "?from=2026-10-18"
    assert barriers(visitor) == []


def test_a_date_that_is_none_is_said_and_leaves_the_address(visitor):
    visitor.visit(f"{PATH}?from=2026-11-15")
    assert "There is nothing to compare with on “2026-11-15”" in visitor.find("#notice").text
    assert visitor.search == ""


def test_a_row_leads_to_its_customer(visitor):
    visitor.visit(f"{PATH}?as_of=2026-11-14&from=2026-08-16")
    visitor.find(".pl-changes a.pl-customer").click()
    visitor.wait(lambda: visitor.js("return location.pathname").startswith("/customers/"))
    assert visitor.search == "?as_of=2026-11-14"
    visitor.idle()


def test_a_copied_link_reopens_the_numbers_after_a_newer_release(visitor, serving):
    visitor.visit(PATH)
    origin = visitor.js("return location.origin")
    granted = {"origin": origin, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    visitor.driver.execute_cdp_cmd("Browser.grantPermissions", granted)
    visitor.click(".pl-share")
    visitor.click("[data-action=pin]")
    visitor.wait(lambda: "The link was copied." in visitor.find("#notice").text)
    link = visitor.js("return navigator.clipboard.readText()")
    assert link == f"{origin}{PATH}?release={OLD}&as_of=2026-11-15"
    serving.publish(*rows(90), release=NEW)
    assert visitor.asks(lambda: visitor.visit(link.removeprefix(origin))) == ONCE
    assert kpis(visitor)[-1] == "95"
    assert f"Pinned to release {OLD}" in visitor.find(".pl-pinned").text
    assert barriers(visitor) == []
    visitor.click(".pl-pinned button")
    visitor.wait(lambda: kpis(visitor)[-1:] == ["115"])
    visitor.idle()
    assert visitor.search == ""
    assert visitor.all(".pl-pinned") == []


def test_every_page_that_is_linked_stays_in_the_release(visitor, serving):
    serving.publish(*rows(90), release=NEW)
    visitor.visit(f"{PATH}?release={OLD}")
    assert visitor.asks(lambda: visitor.click(".pl-nav a[href^='/?']")) == ONCE
    assert visitor.search == f"?release={OLD}"
    assert "Pinned to release" in visitor.find(".pl-pinned").text


def test_an_address_that_pins_within_the_app_opens_its_own_document(visitor, serving):
    serving.publish(*rows(90), release=NEW)
    visitor.visit(PATH)
    visitor.js(f"dash_clientside.set_props('url', {{search: '?release={OLD}'}})")
    visitor.wait(lambda: kpis(visitor)[-1:] == ["95"])
    visitor.idle()
    assert visitor.search == f"?release={OLD}"
    visitor.driver.back()
    visitor.wait(lambda: kpis(visitor)[-1:] == ["115"])
    visitor.idle()


@pytest.mark.parametrize("release", ["r000009-00000009", "..%2F..%2Fcurrent", "%3Cb%3E"])
def test_a_release_that_is_not_kept_is_said_and_leaves_the_address(visitor, release):
    visitor.visit(f"{PATH}?release={release}")
    assert "is not kept any more, or never was" in visitor.find("#notice").text
    assert visitor.search == ""
    assert visitor.all(".pl-pinned") == []
