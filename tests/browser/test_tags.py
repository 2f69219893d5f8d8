"""Tags in Chromium: made, renamed and removed by hand, said aloud, inert, and in reach."""

import pytest
from barriers import barriers
from selenium.webdriver.common.keys import Keys

from dashboard.access import OPERATOR
from dashboard.app import now_in_utc
from dashboard.components.tags_page import part
from dashboard.state import tags

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=alert(1)>"
WIDTHS = "return [document.documentElement.scrollWidth, innerWidth]"


@pytest.fixture
def editor(visitor, server, app):
    """Return somebody who may edit tags, in front of an app of their own."""
    server.app = app
    return visitor


def make(app, name, *customers):
    with app._services.database.begin() as session:
        tag = tags.create(session, OPERATOR, name, now_in_utc())
        tags.assign(session, OPERATOR, tag.id, customers, now_in_utc())
    return tag.id


def element(visitor, name):
    script = "return document.getElementById(JSON.stringify(arguments[0], ['part', 'section']))"
    return visitor.wait(lambda: visitor.js(script, part(name)))


def says(visitor, name, words):
    visitor.wait(lambda: element(visitor, name).text == words)


def rows(visitor):
    return [row.text.splitlines()[0] for row in visitor.all(".pl-tags-table tbody tr")]


def test_a_tag_is_created_renamed_and_removed_by_keyboard(editor, app):
    editor.visit("/tags")
    element(editor, "new").send_keys("Key account")
    editor.idle()
    editor.press(Keys.ENTER)
    says(editor, "status", "“Key account” was created.")
    assert element(editor, "new").get_attribute("value") == ""

    editor.click("[aria-label='Rename: Key account']")
    name = element(editor, "rename")
    editor.wait(lambda: editor.focused == name)
    name.send_keys(Keys.CONTROL, "a")
    name.send_keys("Gold")
    editor.idle()
    name.send_keys(Keys.ENTER)
    says(editor, "status", "The tag is called “Gold” now.")

    editor.wait(lambda: not editor.all("[role='dialog']"))
    editor.click("[aria-label='Remove: Gold']")
    says(editor, "question", "0 customers lose “Gold”, for everybody. This cannot be undone.")
    element(editor, "confirm").click()
    says(editor, "status", "The tag was removed.")
    assert app._services.tags() == []


def test_a_removal_may_be_thought_over(editor, app):
    make(app, "VIP", "id of Initech")
    editor.visit("/tags").click("[aria-label='Remove: VIP']")
    says(editor, "question", "1 customer loses “VIP”, for everybody. This cannot be undone.")
    element(editor, "cancel").click()
    editor.wait(lambda: not editor.all("[role='dialog']"))
    assert [tag.name for tag in app._services.tags()] == ["VIP"]


def test_a_refused_name_is_said_beside_it(editor, app):
    make(app, "VIP")
    editor.visit("/tags")
    element(editor, "new").send_keys("vip")
    editor.idle()
    editor.press(Keys.ENTER)
    field = element(editor, "new")
    editor.wait(lambda: field.get_attribute("aria-invalid") == "true")
    said = field.get_attribute("aria-describedby").split()
    texts = [editor.js("return document.getElementById(arguments[0]).innerText", i) for i in said]
    assert any("There is a tag of this name already" in text for text in texts)


def test_a_hostile_name_is_only_words(editor, app):
    make(app, HOSTILE[:25], "id of Initech")
    make(app, "javascript:alert(1)")
    editor.visit("/tags")
    assert [link.text for link in editor.all(".pl-tags-table a")] == [
        HOSTILE[:25],
        "javascript:alert(1)",
    ]
    assert not editor.all("#page img")
    hrefs = [link.get_attribute("href") for link in editor.all(".pl-tags-table a")]
    assert all(href.startswith(f"{editor.server.url}/customers?tag=") for href in hrefs)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_page_and_its_dialog_are_in_reach_and_without_barriers(editor, app, width, language):
    make(app, "👍🏽" * 25, "id of Initech")
    make(app, "W" * 25)
    editor.screen(width, 800)
    editor.speak(language)
    editor.visit("/tags")
    scrolls, room = editor.js(WIDTHS)
    assert scrolls <= room
    assert barriers(editor) == []
    editor.all(".pl-tags-buttons button")[1].click()
    editor.wait(lambda: element(editor, "question").text)
    assert barriers(editor) == []
