"""Pictures in Chromium: charts as slides, drawings and numbers; each says what it is of."""

import re
from xml.etree import ElementTree as ET

import pytest
from barriers import barriers
from pictured import (
    NAME,
    PASTED,
    SLIDE,
    allow_the_clipboard,
    bytes_of,
    choose,
    items,
    menu,
    seen,
    taken,
    texts,
)
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser


def test_a_chart_is_saved_as_a_picture_of_slide_size(visitor):
    visitor.visit("/")
    image, colors = seen(taken(visitor, "Save as PNG"))
    assert image.size == SLIDE
    assert image.getpixel((5, 5)) == (255, 255, 255)
    assert colors > 50
    assert visitor.js("return window.named") == "license_trend_calling_US_2026-11-15.png"


def test_a_picture_has_the_colors_on_screen(visitor):
    visitor.prefer("dark")
    visitor.visit("/")
    image, _ = seen(taken(visitor, "Save as PNG"))
    assert image.getpixel((5, 5)) == (28, 31, 41)


def test_a_drawing_says_what_it_shows_of_whom_and_from_where(visitor):
    visitor.visit("/?region=EU")
    svg = taken(visitor, "Save as SVG")
    root, said = ET.fromstring(svg), texts(svg)
    assert (root.get("width"), root.get("height")) == ("1280", "720")
    assert "License distribution trend" in said
    assert "licenses are assigned" in said
    assert "Calling · European Union · week ending Nov 14, 2026 · as of Nov 15, 2026 UTC" in said
    assert "A week without data is a gap." in said
    assert "Release r000001-test · Definition version " in said
    assert re.search(
        r"made by full_admin-\w+@example\.com at 20\d\d-\d\d-\d\d \d\d:\d\d UTC", said
    )
    assert "Assigned" in said  # the label of a line of the chart itself


def test_a_name_is_only_text_in_a_drawing(hostile):
    svg = taken(hostile, "Save as SVG")
    assert f"{NAME} · Webex Calling · United States" in texts(svg)
    names = {e.tag.split("}")[1] for e in ET.fromstring(svg).iter()}
    assert names.isdisjoint({"script", "img", "image", "a", "foreignObject", "iframe"})
    image, colors = seen(taken(hostile, "Save as PNG"))
    assert (image.size, colors > 50) == (SLIDE, True)
    assert hostile.js("return window.hacked") is None


def test_a_chart_is_copied(visitor):
    allow_the_clipboard(visitor)
    visitor.visit("/calling/quality")
    choose(visitor, "Copy picture")
    visitor.wait(lambda: visitor.find("#told").text.startswith("Copied."))
    image, colors = seen(bytes_of(visitor.driver.execute_async_script(PASTED)))
    assert (image.size, colors > 50) == (SLIDE, True)


def test_numbers_are_offered_where_no_table_has_them(visitor):
    visitor.visit("/")
    content = taken(visitor, "Export CSV").decode("utf-8-sig").splitlines()
    assert content[0].startswith("week_ending,total,assigned,used,available,region")
    assert "US,calling,2026-11-15,r000001-test," in content[-1]
    visitor.visit("/calling/usage")  # the table below has its own
    menu(visitor)
    assert [i.text for i in items(visitor)] == ["Copy picture", "Save as PNG", "Save as SVG"]


def test_the_menu_has_no_barrier(visitor):
    visitor.visit("/")
    menu(visitor)
    assert barriers(visitor) == []
    visitor.press(Keys.ESCAPE)
    visitor.wait(lambda: visitor.focused.tag_name == "summary")
