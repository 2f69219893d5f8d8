"""Looks: theme and language are the visitor's own, stay, and cost the server nothing."""

import re

import pytest

from dashboard.callbacks.look import OUTPUT

pytestmark = pytest.mark.browser
SCHEME = "return document.documentElement.dataset.mantineColorScheme"
CHART_TEXT = "return getComputedStyle(document.querySelector('.xtick text')).fill"
SURFACE = "return getComputedStyle(document.querySelector('.pl-card')).backgroundColor"
LANGUAGE = "return document.documentElement.lang"
SEEN_FIRST = """
new MutationObserver(() => {
  if (document.body) window.seenFirst ??= document.documentElement.dataset.mantineColorScheme;
}).observe(document, { childList: true, subtree: true });
"""


def test_a_theme_colors_page_and_charts_without_asking(visitor):
    visitor.visit("/")
    light = visitor.js(CHART_TEXT), visitor.js(SURFACE)
    assert visitor.asks(lambda: visitor.choose("Dark")) == []
    assert visitor.js(SCHEME) == "dark"
    visitor.wait(lambda: visitor.js(CHART_TEXT) != light[0])
    assert visitor.js(SURFACE) != light[1]
    assert visitor.asks(lambda: visitor.choose("Light")) == []
    visitor.wait(lambda: (visitor.js(CHART_TEXT), visitor.js(SURFACE)) == light)


def test_a_theme_stays_after_a_reload_and_never_flashes(visitor):
    visitor.visit("/")
    visitor.choose("Dark")
    visitor.wait(lambda: visitor.js(SCHEME) == "dark")
    source = {"source": SEEN_FIRST}
    added = visitor.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
    visitor.visit("/subscriptions/expiring")
    visitor.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    assert visitor.js("return window.seenFirst") == "dark"
    assert visitor.js(SCHEME) == "dark"
    visitor.wait(lambda: visitor.find("input[value=dark]").is_selected())


def test_without_a_choice_the_theme_follows_the_system(visitor):
    visitor.prefer("dark")
    visitor.visit("/")
    assert visitor.js(SCHEME) == "dark"
    assert visitor.find("input[value=auto]").is_selected()
    visitor.prefer("light")
    visitor.wait(lambda: visitor.js(SCHEME) == "light")


def test_a_choice_outweighs_the_system_until_it_is_given_back(visitor):
    visitor.prefer("dark")
    visitor.visit("/")
    visitor.choose("Light")
    visitor.wait(lambda: visitor.js(SCHEME) == "light")
    visitor.choose("System")
    visitor.wait(lambda: visitor.js(SCHEME) == "dark")


def test_a_choice_of_filters_keeps_the_charts_dark(visitor):
    visitor.visit("/")
    visitor.choose("Dark")
    visitor.wait(lambda: visitor.js(SCHEME) == "dark")
    dark = visitor.js(CHART_TEXT)
    visitor.choose("Meetings")
    visitor.idle()
    assert visitor.js(CHART_TEXT) == dark


def test_ukrainian_has_its_own_words_numbers_and_dates_and_back(visitor):
    visitor.visit("/?region=EU")
    assert visitor.asks(lambda: switch(visitor, "UK", "uk")) == [OUTPUT]
    assert visitor.search == "?region=EU"
    assert "14 лист. 2026" in visitor.text
    assert re.search("[а-яіїєґ]", visitor.find("h1").text)
    assert re.search("[а-яіїєґ]", visitor.find(".pl-nav a").text)
    assert visitor.asks(lambda: switch(visitor, "EN", "en")) == [OUTPUT]
    assert visitor.find("h1").text == "Overview"
    assert "Nov 14, 2026" in visitor.text


def test_british_english_writes_its_own_dates(visitor):
    visitor.visit("/")
    switch(visitor, "EN-GB", "en-GB")
    assert "14 Nov 2026" in visitor.text


def test_a_language_goes_through_grid_chart_and_calendar(visitor):
    visitor.visit("/subscriptions/over-limit")
    switch(visitor, "UK", "uk")
    visitor.wait(lambda: "Globex" in visitor.text)
    grid = visitor.find(".ag-header").text
    assert re.search("[а-яіїєґ]", grid)
    assert not re.search("[A-Za-z]{3}", grid)
    visitor.click(".pl-as-of input")
    month = visitor.find(".mantine-DateInput-calendarHeaderLevel")
    assert "листопад" in visitor.wait(lambda: month.text).lower()
    visitor.visit("/")
    months = "return [...document.querySelectorAll('.xtick')].map((t) => t.textContent).join()"
    assert re.search("[а-яіїєґ]", visitor.js(months))


def switch(visitor, label, code):
    """Choose a language and wait for the page in it."""
    visitor.choose(label)
    visitor.wait(lambda: visitor.js(LANGUAGE) == code)
    visitor.idle()
