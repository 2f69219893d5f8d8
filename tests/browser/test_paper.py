"""Paper: what Chromium prints is light, whole, and says where it comes from."""

import shutil
import subprocess
from base64 import b64decode

import pytest
from apps import Serving
from customer_factories import customer, term
from customer_pages import publish
from pictured import NAME
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser
DRAWN = """
return document.querySelector(".js-plotly-plot .main-svg").getBoundingClientRect().width;
"""
SCHEME = "return document.documentElement.dataset.mantineColorScheme"


def paper(visitor):
    """Return the sheets of the page as Chromium prints it, each as text."""
    if not shutil.which("pdftotext"):
        pytest.skip("the text of a PDF is read by poppler")
    options = {"preferCSSPageSize": True, "printBackground": True}
    pdf = b64decode(visitor.driver.execute_cdp_cmd("Page.printToPDF", options)["data"])
    read = ["pdftotext", "-layout", "-", "-"]
    found = subprocess.run(read, input=pdf, capture_output=True, check=True)
    return found.stdout.decode().split("\f")[:-1]


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
