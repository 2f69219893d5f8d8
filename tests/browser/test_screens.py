"""Screens in Chromium: every page is whole, at rest, in reach, and nobody else's business."""

import shutil
from itertools import pairwise

import pytest
from apps import Serving, small_portfolio
from barriers import EVERY_RULE, barriers
from selenium.webdriver.common.keys import Keys

from dashboard import settings
from dashboard.callbacks import document
from dashboard.pages import PAGES
from dashboard.settings import assets_dir

pytestmark = pytest.mark.browser
PATHS = {page.path: page.title for page in PAGES if not page.path.endswith("/*")}
MOVED = """
window.moved = [];
const note = ({ value, sources }) => window.moved.push(
  [value, sources.map(({ node }) => node?.className || node?.id || "?")]);
new PerformanceObserver((list) => list.getEntries().forEach(note))
  .observe({ type: "layout-shift", buffered: true });
"""
HOSTS = "return performance.getEntriesByType('resource').map(({ name }) => name)"
SECOND = "return new Promise((done) => setTimeout(done, 1000))"
HEADING = "return document.querySelector('h1').innerText"
SENTENCE = "return document.getElementById('notice').innerText"
OPEN_CARD = """
const [info] = arguments;
info.focus();
const { left, right, height } = info.nextElementSibling.getBoundingClientRect();
return [left, right, height];
"""

OVERLAPS = """
const shown = (part) => {
  const range = document.createRange();
  range.selectNodeContents(part);  // without its padding
  return range.getBoundingClientRect();
};
const overlap = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
return [...document.querySelectorAll(".pl-card-head")].flatMap((head) => {
  const parts = [...head.querySelectorAll("h2, p, label, button, summary")]
    .filter((part) => part.checkVisibility())
    .map((part) => [part.innerText || part.title, shown(part)]);
  return parts.flatMap(([one, a], i) => parts.slice(i + 1)
    .filter(([, b]) => overlap(a, b)).map(([other]) => [one, other]));
});
"""


@pytest.fixture
def unreachable(visitor):
    """Return what takes the server away from the open page."""
    blocked = {"urls": ["*_dash-update-component*"]}

    def cut():
        visitor.driver.execute_cdp_cmd("Network.enable", {})
        visitor.driver.execute_cdp_cmd("Network.setBlockedURLs", blocked)

    yield cut
    visitor.driver.execute_cdp_cmd("Network.setBlockedURLs", {"urls": []})
    visitor.complaints()  # the console is right to mention it


@pytest.mark.parametrize("path", PATHS)
def test_a_page_names_itself_once_and_its_cards_below(visitor, path):
    visitor.visit(path)
    assert visitor.js("return document.title") == f"{PATHS[path]} · Partnerlens"
    assert [h1.text for h1 in visitor.all("h1")] == [PATHS[path]]
    levels = "return [...document.querySelectorAll('h1, h2, h3')].map(({ tagName: t }) => +t[1])"
    steps = visitor.js(levels)
    assert all(after - before <= 1 for before, after in pairwise(steps))


@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_while_a_page_comes(visitor, path):
    added = visitor.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument", {"source": MOVED}
    )
    visitor.visit(path)
    visitor.js(SECOND)
    visitor.driver.execute_cdp_cmd("Page.removeScriptToEvaluateOnNewDocument", added)
    moved = visitor.js("return window.moved")
    assert sum(value for value, _ in moved) < 0.05, moved


def test_nothing_moves_when_the_product_changes(visitor):
    visitor.visit("/")
    visitor.js(MOVED)
    visitor.choose("Meetings")
    visitor.idle()
    assert sum(value for value, _ in visitor.js("return window.moved")) < 0.01


@pytest.mark.parametrize("path", PATHS)
def test_nothing_comes_from_another_host(visitor, path):
    visitor.visit(path)
    ours = (visitor.server.url, "data:", "blob:")
    assert [name for name in visitor.js(HOSTS) if not name.startswith(ours)] == []


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(visitor, path):
    visitor.visit(path)
    assert barriers(visitor, EVERY_RULE) == []


@pytest.mark.parametrize("path", [p.path for p in PAGES if p.sections])
def test_a_phone_holds_every_page_and_control(visitor, path):
    visitor.screen(390, 844)
    visitor.visit(path)
    assert visitor.js("return document.documentElement.scrollWidth") <= 390
    for selector in (".mantine-SegmentedControl-root", ".pl-region", ".pl-as-of input"):
        box = visitor.find(selector).rect
        assert box["width"] >= 100
        assert 0 <= box["x"] <= box["x"] + box["width"] <= 390


@pytest.mark.parametrize("path", ["/", "/changes", "/calling/quality"])
def test_on_a_phone_nothing_in_a_cards_head_lies_on_another(visitor, path):
    visitor.speak("uk")
    visitor.screen(390, 844)
    visitor.visit(path)
    assert visitor.js(OVERLAPS) == []


def test_on_a_phone_the_navigation_opens_leads_and_folds_again(visitor):
    visitor.screen(390, 844)
    visitor.visit("/")
    for _ in range(2):  # the second time it leads to the page that is open already
        visitor.click(".mantine-Burger-root")
        link = visitor.find(".pl-nav a[href$=expiring]")
        visitor.wait(lambda link=link: link.rect["x"] >= 0)
        link.click()
        visitor.wait(lambda: visitor.js(HEADING) == "Expiring")
        visitor.wait(lambda: visitor.find(".pl-nav").rect["x"] < 0)


@pytest.mark.parametrize("width", [390, 800, 1024, 1440, 1920])
def test_a_definition_opens_within_the_screen(visitor, width):
    visitor.screen(width, 900)
    visitor.visit("/")
    for info in visitor.all(".pl-info"):
        left, right, height = visitor.js(OPEN_CARD, info)
        assert height > 60
        assert 0 <= left < right <= width


def test_a_card_leads_to_the_top_of_its_page_with_the_filters_in_force(visitor):
    visitor.visit("/?region=EU")
    visitor.js("scrollTo(0, 400)")
    card = visitor.driver.find_element("link text", "Nearing expiration")
    visitor.js("arguments[0].click()", card)
    visitor.wait(lambda: visitor.js(HEADING) == "Expiring")
    visitor.idle()
    assert visitor.search == "?region=EU"
    assert "Vandelay" in visitor.text
    assert visitor.js("return scrollY") == 0
    assert visitor.focused.get_attribute("id") == "main"


def test_a_notice_goes_when_it_is_dismissed(visitor):
    visitor.visit("/?weeks=9")
    assert visitor.js(SENTENCE)
    cross = visitor.find(".pl-dismiss")
    assert cross.get_attribute("aria-label") == "Dismiss"
    cross.send_keys(Keys.ENTER)
    visitor.wait(lambda: not visitor.js(SENTENCE))
    assert not cross.is_displayed()


def test_a_server_out_of_reach_is_told_and_the_page_stays(visitor, unreachable):
    visitor.visit("/")
    before = visitor.text
    unreachable()
    visitor.choose("Meetings")
    visitor.wait(lambda: "could not be reached" in visitor.js(SENTENCE))
    assert visitor.text == before


def test_the_grids_script_waits_for_a_page_with_a_table(visitor):
    visitor.visit("/")
    assert not [name for name in visitor.js(HOSTS) if "dash_ag_grid" in name]
    visitor.click(".pl-nav a[href$=expiring]")
    visitor.find(".ag-row")
    assert [name for name in visitor.js(HOSTS) if "dash_ag_grid" in name]


def test_a_week_without_data_is_a_gap_in_line_and_table(visitor):
    visitor.visit("/?weeks=8")
    line = "return document.querySelector('.scatterlayer .trace').querySelectorAll('.js-line')"
    assert len(visitor.js(line)) == 2
    visitor.click(".mantine-Switch-root label")
    cells = "return [...document.querySelectorAll('.pl-chart-table tr')].map((r) => r.innerText)"
    rows = visitor.wait(lambda: visitor.js(cells))
    assert rows[0].split("\t") == ["Week ending", "Total", "Assigned", "Used", "Available"]
    assert "Oct 17, 2026\t–\t–\t–\t–" in rows


def test_without_the_fetched_files_everything_still_works(visitor, server, monkeypatch, tmp_path):
    here = tmp_path / "assets"
    shutil.copytree(assets_dir(), here, ignore=shutil.ignore_patterns("vendor"))
    for module in (document, settings):
        monkeypatch.setattr(module, "assets_dir", lambda: here)
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    server.app = serving.app()
    visitor.visit("/")
    assert visitor.find(".scatterlayer .trace")
    assert [name for name in visitor.js(HOSTS) if name.endswith("plotly.min.js")]
