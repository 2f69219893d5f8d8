"""Screenshot mode in Chromium: a page as one slide, on screen, saved and copied."""

import pytest
from barriers import barriers
from pictured import CAUGHT, FULL, PASTED, SLIDE, allow_the_clipboard, bytes_of, seen
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
SHAPE = """
const { width, height } = document.querySelector(".pl-slide").getBoundingClientRect();
return width / height;
"""
SCHEME = "return document.documentElement.dataset.mantineColorScheme"


def mode(visitor, key="s"):
    visitor.press(key)
    return visitor.wait(lambda: visitor.find(".pl-slide footer") and visitor.find(".pl-shot"))


def slide_text(visitor):
    return visitor.find(".pl-slide").text


def test_a_key_shows_the_page_as_one_slide_and_escape_leaves(visitor):
    visitor.visit("/?region=EU")
    visitor.js("document.querySelector('.pl-share').focus()")
    box = mode(visitor)
    assert box.get_attribute("aria-label") == "Screenshot mode"
    size = visitor.js(SHAPE)
    assert size == pytest.approx(FULL, rel=0.001)
    at_the_top = "return Boolean(document.elementFromPoint(60, 20).closest('.pl-shot'))"
    assert visitor.js(at_the_top)  # where the brand was
    said = slide_text(visitor)
    assert said.startswith("Overview")
    assert "Total customers" in said
    assert "Calling + Meetings · European Union · week ending Nov 14, 2026" in said
    assert "Calling · European Union" in said  # the chart is of one product
    assert "Release r000001-test · Definition version " in said
    visitor.press(Keys.ESCAPE)
    visitor.wait(lambda: not visitor.all(".pl-shot"))
    assert "pl-share" in visitor.focused.get_attribute("class")


def test_the_same_key_leaves_and_the_menu_opens_it_too(visitor):
    visitor.visit("/")
    mode(visitor)
    visitor.press("s")
    visitor.wait(lambda: not visitor.all(".pl-shot"))
    visitor.click(".pl-share")
    visitor.wait(lambda: visitor.find("[data-action=screenshot]").is_displayed())
    visitor.click("[data-action=screenshot]")
    visitor.wait(lambda: visitor.all(".pl-slide footer"))


def test_the_key_is_a_letter_where_somebody_types(visitor):
    visitor.visit("/subscriptions/expiring")
    visitor.click(".pl-table input[type=search]")
    visitor.press("s")
    visitor.wait(lambda: visitor.search == "?q=s")
    assert not visitor.all(".pl-shot")


def test_a_slide_of_a_table_says_its_search_and_what_it_leaves_out(visitor):
    visitor.visit("/subscriptions/over-limit?q=glob")
    visitor.js("document.activeElement.blur()")
    mode(visitor)
    assert "Globex" in slide_text(visitor)
    assert "Search: “glob”" in slide_text(visitor)
    assert "more rows" not in slide_text(visitor)


def test_a_slide_is_light_or_dark_without_changing_the_page(visitor):
    visitor.visit("/")
    mode(visitor)
    visitor.find(".pl-shot-schemes button:last-child").click()
    visitor.wait(lambda: visitor.js(SCHEME) == "dark" and visitor.find(".pl-slide-plot svg"))
    visitor.press(Keys.ESCAPE)
    visitor.wait(lambda: visitor.js(SCHEME) == "light")


@pytest.mark.parametrize("path", ["/", "/subscriptions/expiring", "/definitions"])
def test_a_slide_is_saved_as_a_picture(visitor, path):
    visitor.visit(path)
    mode(visitor)
    visitor.js(CAUGHT)
    visitor.find(".pl-shot-bar > button:nth-of-type(2)").click()
    image, colors = seen(bytes_of(visitor.wait(lambda: visitor.js("return window.sent[0]"))))
    assert image.size == SLIDE
    assert colors > 50
    assert {image.getpixel((x, y)) for x in (2, 1917) for y in (2, 1077)} == {(255, 255, 255)}
    assert visitor.js("return window.named").startswith("partnerlens_")


def test_a_slide_is_copied(visitor):
    allow_the_clipboard(visitor)
    visitor.visit("/subscriptions/expiring")
    mode(visitor).find_element("xpath", ".//button[.='Copy picture']").click()
    visitor.wait(lambda: visitor.find(".pl-shot-told").text.startswith("Copied."))
    image, colors = seen(bytes_of(visitor.driver.execute_async_script(PASTED)))
    assert (image.size, colors > 50) == (SLIDE, True)


def test_the_mode_has_no_barrier(visitor):
    visitor.visit("/")
    mode(visitor)
    assert barriers(visitor) == []


def test_without_the_library_the_mode_says_why_it_cannot_save(visitor):
    visitor.visit("/")
    visitor.js("document.querySelector('meta[name=picture-script]')?.remove()")
    mode(visitor)
    assert [b.text for b in visitor.all(".pl-shot-bar button")] == ["Light", "Dark", "Close"]
    assert "can be photographed as it is" in visitor.find(".pl-shot-bar").text
