"""Journeys in Chromium: what people do, what they see, and how often the server is asked."""

import json
from pathlib import Path

import pytest
from apps import Serving, small_portfolio
from dash.testing.application_runners import ThreadedRunner
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

pytestmark = [
    pytest.mark.browser,
    # Flask-Compress leaves the files it streams to be closed by the garbage collector.
    pytest.mark.filterwarnings("ignore:.*unclosed file:pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*FileIO:pytest.PytestUnraisableExceptionWarning"),
]

AXE = Path(__file__).parents[2] / "assets" / "vendor" / "axe.min.js"
PATHS = {
    "/": "Overview",
    "/subscriptions/recently-added": "Recently added",
    "/subscriptions/expiring": "Expiring",
    "/subscriptions/renewing": "Renewing",
    "/subscriptions/low-assignment": "Low assignment",
    "/subscriptions/over-limit": "Over limit",
}
IDLE = """
const state = window.store?.getState();
const main = document.getElementById("main");
const pending = state && Object.entries(state.callbacks)
  .some(([name, found]) => ["requested", "prioritized", "executing", "watched"].includes(name) && found.length);
return Boolean(state && !pending && main?.getAttribute("aria-busy") === "false"
  && document.querySelector(".pl-page, .pl-state"));
"""
ASKED = """
return performance.getEntriesByType("resource")
  .filter(({ name }) => name.includes("_dash-update-component")).length;
"""
CAPTION = """
return [...document.querySelectorAll(".pl-caption")]
  .find((caption) => !caption.closest(".pl-kpi")).innerText;
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        serving = Serving(patch, tmp_path_factory.mktemp("app"))
        serving.publish(*small_portfolio())
        runner = ThreadedRunner(stop_timeout=3)
        runner.start(serving.app())
        yield runner.url
        runner.stop()


class Visitor:
    """Somebody with a browser."""

    def __init__(self, duo, base):
        """Sit in front of a wide screen."""
        self.base, self.duo, self.driver = base, duo, duo.driver
        self.screen(1440, 900)

    def screen(self, width, height):
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def wait(self, condition):
        return WebDriverWait(self.driver, 15, 0.05).until(lambda _: condition())

    def js(self, script, *values):
        return self.driver.execute_script(script, *values)

    def idle(self):
        """Wait until nothing is going on, twice in a row."""
        self.wait(
            lambda: (
                self.js(IDLE)
                and not self.js("return new Promise(r => setTimeout(r, 150))")
                and self.js(IDLE)
            )
        )

    def visit(self, path):
        self.driver.get(self.base + path)
        self.idle()
        return self

    def asks(self, action):
        """Return how often `action` made the page ask for data."""
        before = self.js(ASKED)
        action()
        self.idle()
        return self.js(ASKED) - before

    def find(self, selector):
        return self.wait(lambda: next(iter(self.duo.find_elements(selector)), None))

    def click(self, selector):
        self.find(selector).click()

    def choose(self, label):
        """Click the segment or option with these words."""
        xpath = f"//label[normalize-space()='{label}'] | //*[@role='option'][normalize-space()='{label}']"
        self.wait(
            lambda: [e for e in self.driver.find_elements("xpath", xpath) if e.is_displayed()]
        )[0].click()

    @property
    def search(self):
        return self.js("return location.search")

    @property
    def caption(self):
        return self.js(CAPTION)

    @property
    def heading(self):
        return self.js("return document.querySelector('h1').innerText")


@pytest.fixture
def visitor(dash_br, base):
    someone = Visitor(dash_br, base)
    yield someone
    errors = [entry for entry in dash_br.get_logs() or [] if entry["level"] == "SEVERE"]
    assert errors == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_one_answer(visitor, path):
    visitor.visit(path)
    assert visitor.js(ASKED) == 1
    assert visitor.heading == PATHS[path]
    assert visitor.js("return document.title").startswith(PATHS[path])
    assert visitor.js("return document.querySelectorAll('h1').length") == 1


def test_each_choice_is_one_answer_and_back_undoes_it(visitor):
    visitor.visit("/")
    assert "Calling · United States" in visitor.caption
    assert visitor.asks(lambda: visitor.choose("Meetings")) == 1
    assert "Meetings · United States" in visitor.caption
    assert visitor.search == "?product=meetings"
    assert (
        visitor.asks(lambda: (visitor.click(".pl-region input"), visitor.choose("European Union")))
        == 1
    )
    assert "Meetings · European Union" in visitor.caption
    assert visitor.asks(lambda: visitor.choose("52")) == 1
    assert visitor.search == "?product=meetings&region=EU&weeks=52"
    assert visitor.asks(visitor.driver.back) == 1
    assert visitor.search == "?product=meetings&region=EU"
    assert visitor.asks(visitor.driver.back) == 1
    assert "Meetings · United States" in visitor.caption
    assert visitor.asks(visitor.driver.forward) == 1
    assert "Meetings · European Union" in visitor.caption


def test_an_as_of_date_is_one_answer_and_can_be_reset(visitor):
    visitor.visit("/?as_of=2026-09-20")
    assert visitor.js(ASKED) == 1
    assert "week ending Sep 19, 2026" in visitor.caption
    assert visitor.asks(lambda: visitor.click(".pl-as-of button")) == 1
    assert "week ending Nov 14, 2026" in visitor.caption
    assert visitor.search == ""


def test_typing_a_date_is_one_answer(visitor):
    visitor.visit("/")
    field = visitor.find(".pl-as-of input")
    field.click()
    field.send_keys(Keys.CONTROL, "a")
    assert visitor.asks(lambda: field.send_keys("20 Sep 2026", Keys.ENTER, Keys.TAB)) == 1
    assert visitor.search == "?as_of=2026-09-20"


def test_other_pages_keep_the_choice(visitor):
    visitor.visit("/?product=meetings&weeks=52")
    link = ".pl-nav a[href*='recently-added']"
    assert visitor.asks(lambda: visitor.click(link)) == 1
    assert visitor.heading == "Recently added"
    assert visitor.search == "?product=meetings"
    assert "Meetings" in visitor.caption
    assert visitor.asks(visitor.driver.back) == 1
    assert visitor.search == "?product=meetings&weeks=52"
    assert visitor.heading == "Overview"


def test_a_card_leads_to_its_page(visitor):
    visitor.visit("/?region=EU")
    card = "//a[normalize-space()='Nearing expiration']"
    assert visitor.asks(lambda: visitor.driver.find_element("xpath", card).click()) == 1
    assert visitor.heading == "Expiring"
    assert visitor.search == "?region=EU"
    assert visitor.wait(lambda: "Vandelay" in visitor.js("return document.body.innerText"))


def test_a_deep_link_and_a_reload_show_the_same(visitor):
    visitor.visit("/subscriptions/expiring?region=EU")
    assert visitor.js(ASKED) == 1
    assert "European Union" in visitor.caption
    visitor.driver.refresh()
    visitor.idle()
    assert visitor.js(ASKED) == 1
    assert "European Union" in visitor.caption


def test_a_late_answer_never_covers_a_newer_one(visitor):
    visitor.visit("/")
    visitor.js(
        """
        const send = window.fetch;
        let slow = 1200;
        window.fetch = async (...request) => {
          const answer = await send(...request);
          const wait = slow;
          slow = 0;
          await new Promise((done) => setTimeout(done, wait));
          return answer;
        };
        """
    )
    visitor.choose("Meetings")
    visitor.choose("Calling")
    visitor.js("return new Promise(done => setTimeout(done, 1600))")
    visitor.idle()
    assert visitor.search == ""
    assert visitor.caption.startswith("Calling")


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        ("?region=XX", "Region “XX” has no data; showing United States."),
        ("?product=<b>", "Product “<b>” does not exist; showing Calling."),
        ("?as_of=2026-02-30", "There is no data for the date “2026-02-30”; showing Nov 15, 2026."),
        ("?weeks=9$%26", "A trend of “9$&” weeks is not offered; showing 26 weeks."),
    ],
)
def test_a_bad_value_falls_back_and_says_so(visitor, search, sentence):
    visitor.visit("/" + search)
    assert visitor.js(ASKED) == 1
    assert visitor.search == ""
    assert visitor.js("return document.querySelector('#notice').innerText").strip() == sentence
    visitor.click(".pl-dismiss")
    visitor.wait(lambda: visitor.js("return document.querySelector('#notice').innerText") == "")


def test_search_and_filters_are_in_the_url_and_ask_nothing(visitor):
    visitor.visit("/subscriptions/expiring")
    box = visitor.find("input[type=search]")
    assert (
        visitor.asks(
            lambda: (box.send_keys("init"), visitor.wait(lambda: visitor.search == "?q=init"))
        )
        == 0
    )
    visitor.driver.refresh()
    visitor.idle()
    assert visitor.find("input[type=search]").get_attribute("value") == "init"
    assert visitor.asks(lambda: visitor.click(".pl-nav a[href$='renewing']")) == 1
    assert visitor.search == ""


def test_the_theme_follows_the_choice_without_asking(visitor):
    visitor.visit("/")
    scheme = "return document.documentElement.dataset.mantineColorScheme"
    background = "return getComputedStyle(document.querySelector('.pl-card')).backgroundColor"
    for words, name in (("Dark", "dark"), ("Light", "light")):
        assert visitor.asks(lambda words=words: visitor.choose(words)) == 0
        assert visitor.js(scheme) == name
    light = visitor.js(background)
    visitor.choose("Dark")
    visitor.driver.refresh()
    visitor.idle()
    assert visitor.js(scheme) == "dark"
    assert visitor.js(background) != light
    axis = "return getComputedStyle(document.querySelector('.xtick text')).fill"
    assert visitor.js(axis) == "rgb(232, 234, 240)"


def test_the_language_is_kept(visitor):
    visitor.visit("/subscriptions/expiring?region=EU")
    visitor.choose("EN-GB")
    visitor.wait(lambda: visitor.js("return document.documentElement.lang") == "en-GB")
    visitor.idle()
    assert "14 Nov 2026" in visitor.caption
    assert visitor.search == "?region=EU"


def test_a_definition_is_one_key_away(visitor):
    visitor.visit("/subscriptions/expiring")
    button = visitor.find("button[aria-label='Definition of License assignment']")
    visitor.js("arguments[0].focus()", button)
    card = visitor.find(f"#{button.get_attribute('aria-describedby')}")
    visitor.wait(card.is_displayed)
    for words in (
        "Assigned licenses ÷ total licenses",
        "66.7% = 200 assigned ÷ 300 total",
        "1 subscription",
        "Calling · United States · week ending Nov 14, 2026 · as of Nov 15, 2026",
        "From Nov 15, 2026 to Feb 13, 2027, both included.",
    ):
        assert words in card.text
    box = card.rect
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1440
    ActionChains(visitor.driver).send_keys(Keys.ESCAPE).perform()
    visitor.wait(lambda: not card.is_displayed())


def test_the_chart_has_a_table_and_keeps_gaps(visitor):
    visitor.visit("/?weeks=8")
    visitor.wait(
        lambda: visitor.js("return document.querySelectorAll('.scatterlayer .trace').length") == 4
    )
    assert visitor.asks(lambda: visitor.click(".mantine-Switch-root label")) == 0
    rows = (
        "return [...document.querySelectorAll('.pl-chart-table tr')].map((row) => row.innerText)"
    )
    shown = visitor.wait(lambda: visitor.js(rows))
    assert shown[0].split("\t") == ["Week ending", "Total", "Assigned", "Used", "Available"]
    assert len(shown) == 9
    assert "Oct 17, 2026\t–\t–\t–\t–" in shown


def test_nobody_is_offered_to_upload_a_chart(visitor):
    visitor.visit("/")
    mouse = [{"name": "hover", "value": "hover"}]  # else there is no bar at all
    visitor.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": mouse})
    visitor.driver.refresh()
    bar = visitor.find(".js-plotly-plot")
    ActionChains(visitor.driver).move_to_element(bar).perform()
    titles = "return [...document.querySelectorAll('.modebar-btn')].map((b) => b.dataset.title)"
    shown = visitor.wait(lambda: visitor.js(titles))
    assert not [title for title in shown if "Share" in title or "Cloud" in title]
    assert (
        visitor.js("return document.querySelector('.js-plotly-plot')._context.plotlyServerURL")
        == ""
    )


def test_nothing_comes_from_another_host(visitor):
    for path in PATHS:
        visitor.visit(path)
        names = visitor.js(
            "return performance.getEntriesByType('resource').map(({ name }) => name)"
        )
        assert [n for n in names if not n.startswith((visitor.base, "data:", "blob:"))] == []


def test_the_grids_script_waits_for_a_page_with_a_table(visitor):
    visitor.visit("/")
    assert visitor.js("return Boolean(window.dash_ag_grid)") is False
    visitor.click(".pl-nav a[href$='expiring']")
    visitor.wait(
        lambda: (
            "Initech" in visitor.js("return document.querySelector('.ag-root')?.innerText || ''")
        )
    )


def test_nothing_moves_while_a_page_loads(visitor):
    visitor.driver.execute_cdp_cmd(
        "Page.addScriptToEvaluateOnNewDocument",
        {
            "source": "window.moved = []; new PerformanceObserver((list) => list.getEntries().forEach("
            "(e) => window.moved.push([e.value, e.sources.map((s) => s.node?.className || s.node?.id)])))"
            ".observe({ type: 'layout-shift', buffered: true });"
        },
    )
    for path in PATHS:
        visitor.visit(path)
        moved = visitor.js("return window.moved")
        assert sum(value for value, _ in moved) < 0.02, (path, moved)


@pytest.mark.parametrize("path", PATHS)
def test_a_phone_shows_everything_without_sideways_scrolling(visitor, path):
    visitor.screen(390, 844)
    visitor.visit(path)
    assert visitor.js("return document.documentElement.scrollWidth") <= 390
    for selector in ("[aria-label=Product]", ".pl-region input", ".pl-as-of input"):
        box = visitor.find(selector).rect
        assert box["x"] >= 0
        assert box["width"] >= 100
        assert box["x"] + box["width"] <= 390
    visitor.click(".mantine-Burger-root")
    visitor.wait(lambda: visitor.find(".pl-nav a[href$='expiring']").is_displayed())
    visitor.click(".pl-nav a[href$='expiring']")
    visitor.wait(lambda: visitor.heading == "Expiring")
    visitor.wait(
        lambda: visitor.js(
            "return document.querySelector('.pl-nav').getBoundingClientRect().right <= 0"
        )
    )


def test_an_address_that_leads_nowhere_says_so(visitor):
    visitor.visit("/nowhere")
    assert visitor.heading == "Page not found"


def test_an_unreachable_server_is_told_and_the_page_stays(visitor, request):
    visitor.visit("/")
    before = visitor.caption
    visitor.driver.execute_cdp_cmd("Network.enable", {})
    visitor.driver.execute_cdp_cmd(
        "Network.setBlockedURLs", {"urls": ["*_dash-update-component*"]}
    )
    visitor.choose("Meetings")
    visitor.wait(
        lambda: (
            "could not be reached"
            in visitor.js("return document.querySelector('#notice').innerText")
        )
    )
    assert visitor.caption == before
    visitor.driver.get_log("browser")  # the blocked request is logged, as it should be


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visitor, scheme):
    if not AXE.exists():
        pytest.skip("axe-core is fetched by npm")
    script = AXE.read_text()
    visitor.visit("/")
    visitor.js("localStorage.setItem('mantine-color-scheme-value', arguments[0])", scheme)
    for path in [*PATHS, "/nowhere"]:
        visitor.visit(path)
        visitor.js(script)
        found = visitor.driver.execute_async_script("axe.run().then(arguments[0])")["violations"]
        told = [(v["id"], v["impact"], [n["html"][:200] for n in v["nodes"][:2]]) for v in found]
        assert json.dumps(told) == "[]", path
