"""States: no data, one region, a damaged release, a failure: said on the page, and accessible."""

import pytest
from apps import Serving, small_portfolio
from barriers import barriers
from factories import line

from dashboard.callbacks import services
from dashboard.callbacks.look import OUTPUT

pytestmark = pytest.mark.browser


@pytest.fixture
def serving(monkeypatch, tmp_path):
    return Serving(monkeypatch, tmp_path)


@pytest.fixture
def show(visitor, server):
    """Return what opens an address of another app."""

    def open_app(serving, path="/"):
        server.app = serving.app()
        return visitor.visit(path)

    return open_app


def test_an_empty_directory_says_which_commands_bring_data(show, serving):
    visitor = show(serving)
    assert visitor.find("h1").text == "There is no data to show yet"
    assert [code.text for code in visitor.all(".pl-commands code")] == [
        "partnerlens ingest PATH…",
        "partnerlens demo",
    ]
    assert not visitor.all(".pl-region, .pl-as-of")
    assert barriers(visitor) == []


def test_an_empty_directory_fills_itself_after_a_reload(show, serving):
    visitor = show(serving)
    serving.publish(*small_portfolio())
    visitor.driver.refresh()
    visitor.idle()
    assert visitor.find("h1").text == "Overview"
    assert visitor.all(".pl-region")


def test_one_region_needs_no_choice_but_stands_in_every_caption(show, serving):
    serving.publish(line("Only", region="CA"))
    visitor = show(serving)
    assert not visitor.all(".pl-region")
    captions = [caption.text for caption in visitor.all(".pl-caption")]
    assert captions
    assert all("Canada" in caption for caption in captions)


def test_one_region_also_falls_back_with_a_notice(show, serving):
    serving.publish(line("Only", region="CA"))
    visitor = show(serving, "/?region=US")
    assert "Region “US” has no data; showing Canada." in visitor.find("#notice").text
    assert visitor.search == ""


def test_a_damaged_release_is_told_above_every_page(show, serving):
    said = "Release r000002 is damaged and not served."
    serving.publish(*small_portfolio(), refused=(said,))
    visitor = show(serving)
    visitor.click(".pl-nav a[href*=expiring]")
    visitor.idle()
    banner = visitor.find(".pl-banner")
    assert banner.text == said
    assert banner.get_attribute("role") == "alert"
    assert barriers(visitor) == []


def test_a_new_release_is_seen_with_the_next_choice(show, serving):
    serving.publish(line("Before", assigned=120))
    visitor = show(serving, "/subscriptions/over-limit")
    visitor.wait(lambda: "Before" in visitor.text)
    serving.publish(line("After", assigned=120), release="r000002-test")
    visitor.choose("Meetings")
    visitor.idle()
    visitor.choose("Calling")
    visitor.wait(lambda: "After" in visitor.text)


def test_a_failure_is_a_sentence_beside_the_page_from_before(show, serving, monkeypatch):
    serving.publish(*small_portfolio())
    visitor = show(serving)
    before = visitor.text
    monkeypatch.setattr(services, "evaluate", None)
    visitor.choose("Meetings")
    visitor.wait(lambda: "give your administrator the reference" in visitor.find("#notice").text)
    assert visitor.text == before
    assert "Traceback" not in visitor.driver.page_source
    assert barriers(visitor) == []


def test_behind_a_proxy_every_step_keeps_the_prefix(visitor, server, serving, monkeypatch):
    serving.publish(*small_portfolio())
    server.app = serving.app(prefix="/partners/")
    monkeypatch.setattr(server, "prefix", "/partners")
    path = "return location.pathname"
    visitor.visit("/partners/subscriptions/expiring?region=EU")
    visitor.wait(lambda: "Vandelay" in visitor.text)
    assert visitor.asks(lambda: visitor.click('.pl-nav a[href^="/partners/?"]')) == [OUTPUT]
    assert visitor.js(path) == "/partners/"
    assert visitor.asks(lambda: visitor.choose("Meetings")) == [OUTPUT]
    assert visitor.search == "?product=meetings&region=EU"
    assert (
        visitor.find("#page .pl-more").get_attribute("href").startswith(f"{server.url}/partners/")
    )
    assert visitor.asks(visitor.driver.refresh) == [OUTPUT]
    assert visitor.find("h1").text == "Overview"


def test_an_address_that_leads_nowhere_says_so(visitor):
    visitor.visit("/nowhere")
    assert visitor.find("h1").text == "Page not found"
    assert barriers(visitor) == []


def test_a_page_with_everything_open_has_no_barrier(visitor):
    visitor.visit("/?region=XX")
    visitor.click(".mantine-Switch-root label")
    visitor.js("document.querySelector('.pl-info').focus()")
    assert barriers(visitor) == []


def test_an_open_calendar_and_an_open_list_are_no_barrier(visitor):
    visitor.visit("/")
    visitor.click(".pl-as-of input")
    visitor.find(".mantine-DateInput-calendarHeaderLevel")
    assert barriers(visitor) == []
    visitor.visit("/reports")
    visitor.click(".mantine-Select-input")
    visitor.find("[role=option]")
    assert barriers(visitor) == []


@pytest.mark.parametrize("path", ["/", "/subscriptions/low-assignment"])
def test_a_phone_in_ukrainian_has_no_barrier_and_no_sideways_scrolling(visitor, path):
    visitor.screen(390, 844)
    visitor.speak("uk")
    visitor.visit(path)
    assert visitor.js("return document.documentElement.scrollWidth") <= 390
    assert barriers(visitor) == []
    visitor.click(".mantine-Burger-root")
    visitor.wait(lambda: visitor.find(".pl-nav a").is_displayed())
    assert visitor.js("return document.documentElement.scrollWidth") <= 390
