"""Pictures in Chromium: charts as slides, screenshot mode, paper; each says what it is of."""

import re
import shutil
import subprocess
from base64 import b64decode
from io import BytesIO
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from apps import Serving
from barriers import barriers
from customer_factories import customer, licenses, term
from customer_pages import publish
from PIL import Image
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
NAME = "<img src=x onerror='window.hacked=1'> & “Söhne”; } \\"
SLIDE, FULL = (1920, 1080), 16 / 9
CAUGHT = """
window.sent = [];
const make = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  const reader = new FileReader();
  reader.onload = () => window.sent.push(reader.result);
  reader.readAsDataURL(blob);
  return make.call(URL, blob);
};
const click = HTMLAnchorElement.prototype.click;
HTMLAnchorElement.prototype.click = function follow() {
  window.named = this.download;
  click.call(this);
};
"""
PASTED = """
const done = arguments[0];
navigator.clipboard.read().then(([item]) => item.getType("image/png")).then((blob) => {
  const reader = new FileReader();
  reader.onload = () => done(reader.result);
  reader.readAsDataURL(blob);
}, (error) => done(String(error)));
"""
SHAPE = """
const { width, height } = document.querySelector(".pl-slide").getBoundingClientRect();
return width / height;
"""
DRAWN = """
return document.querySelector(".js-plotly-plot .main-svg").getBoundingClientRect().width;
"""
SCHEME = "return document.documentElement.dataset.mantineColorScheme"


@pytest.fixture
def hostile(visitor, server, monkeypatch, tmp_path):
    """Return somebody on the page of a customer whose name is an attack."""
    serving = Serving(monkeypatch, tmp_path)
    publish(serving, customer(NAME), term(NAME), licenses(NAME, used=104))
    server.app = serving.app()
    return visitor.visit("/customers/" + quote(f"id of {NAME}", safe=""))


def taken(visitor, words, nth=0):
    """Choose an item of a chart's menu; return the file that comes, as bytes."""
    visitor.js(CAUGHT)
    choose(visitor, words, nth)
    return bytes_of(visitor.wait(lambda: visitor.js("return window.sent[0]")))


def choose(visitor, words, nth=0):
    menu(visitor, nth)
    visitor.wait(lambda: next((i for i in items(visitor) if i.text == words), None)).click()


def menu(visitor, nth=0):
    button = visitor.wait(lambda: visitor.all(".pl-picture-menu summary")[nth])
    visitor.js("arguments[0].scrollIntoView({ block: 'center' })", button)
    button.click()
    visitor.wait(lambda: items(visitor))


def items(visitor):
    return [i for i in visitor.all(".pl-picture-menu [data-chart]") if i.is_displayed()]


def bytes_of(address):
    return b64decode(address.split(",", 1)[1])


def seen(content):
    """Return a picture and how many colors it has."""
    image = Image.open(BytesIO(content)).convert("RGB")
    return image, len(image.getcolors(SLIDE[0] * SLIDE[1]))


def texts(svg):
    return " ".join(e.text or "" for e in ET.fromstring(svg).iter() if e.tag.endswith("}text"))


def mode(visitor, key="s"):
    visitor.press(key)
    return visitor.wait(lambda: visitor.find(".pl-slide footer") and visitor.find(".pl-shot"))


def slide_text(visitor):
    return visitor.find(".pl-slide").text


def paper(visitor):
    """Return the sheets of the page as Chromium prints it, each as text."""
    if not shutil.which("pdftotext"):
        pytest.skip("the text of a PDF is read by poppler")
    options = {"preferCSSPageSize": True, "printBackground": True}
    pdf = b64decode(visitor.driver.execute_cdp_cmd("Page.printToPDF", options)["data"])
    read = ["pdftotext", "-layout", "-", "-"]
    found = subprocess.run(read, input=pdf, capture_output=True, check=True)
    return found.stdout.decode().split("\f")[:-1]


# ---- Charts ----


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


def allow_the_clipboard(visitor):
    allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    given = {"origin": visitor.server.url, "permissions": allowed}
    visitor.driver.execute_cdp_cmd("Browser.grantPermissions", given)


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


# ---- Screenshot mode ----


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


# ---- Paper ----


def test_each_sheet_says_where_it_comes_from(visitor):
    visitor.visit("/subscriptions/expiring?q=init")
    [sheet] = paper(visitor)
    assert "Partnerlens · Expiring" in sheet
    assert "Page 1 of 1" in sheet
    assert "Calling · United States · week ending Nov 14, 2026" in sheet
    assert "Search: “init”" in sheet
    assert "Release r000001-test · Definition version " in " ".join(sheet.split())
    assert "Initech" in sheet
    assert "Hooli" not in sheet
    assert "Export CSV" not in sheet


def test_paper_is_light_and_the_screen_is_as_it_was(visitor):
    visitor.prefer("dark")
    visitor.visit("/")
    before = visitor.js(DRAWN)
    visitor.js("window.dispatchEvent(new Event('beforeprint'))")
    assert visitor.js(SCHEME) == "light"
    assert visitor.js(DRAWN) < 1047  # 277 mm
    visitor.js("window.dispatchEvent(new Event('afterprint'))")
    assert visitor.js(SCHEME) == "dark"
    visitor.wait(lambda: visitor.js(DRAWN) == before)
    assert not visitor.all(".pl-plain")


@pytest.fixture
def crowded(visitor, server, monkeypatch, tmp_path):
    """Return somebody in front of a list of 1,003 customers, in whose browser nothing prints."""
    serving = Serving(monkeypatch, tmp_path)
    publish(serving, *(row for n in range(1003) for row in (customer(f"C {n}"), term(f"C {n}"))))
    server.app = serving.app()
    visitor.visit("/customers")
    visitor.wait(lambda: visitor.all(".ag-center-cols-container .ag-row"))
    visitor.js("window.print = () => { window.printed = true; }")
    return visitor


@pytest.mark.parametrize("how", ["menu", "keys"])
def test_a_list_is_printed_with_the_rows_that_were_not_here_yet(crowded, how):
    if how == "menu":
        crowded.click(".pl-share")
        crowded.wait(lambda: crowded.find("[data-action=print]").is_displayed())
        crowded.click("[data-action=print]")
    else:
        pressed = ActionChains(crowded.driver).key_down(Keys.CONTROL).send_keys("p")
        pressed.key_up(Keys.CONTROL).perform()
    crowded.wait(lambda: crowded.js("return window.printed"))
    crowded.js("window.dispatchEvent(new Event('beforeprint'))")
    assert len(crowded.all(".pl-plain tbody tr")) == 1000
    assert crowded.find(".pl-rest").get_attribute("textContent") == "and 3 more rows"
    crowded.js("window.dispatchEvent(new Event('afterprint'))")


def test_a_hostile_name_is_only_text_on_paper(hostile):
    sheets = paper(hostile)
    assert f"Partnerlens · {NAME}" in sheets[0]
    assert hostile.js("return window.hacked") is None
