"""Narrowing in Chromium: a click on a chart is in the URL, in the tables, and taken back."""

import pytest
from apps import Serving
from barriers import EVERY_RULE, barriers
from factories import fact, line, weeks_ago
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from visiting import Visitor

from dashboard.callbacks.look import OUTPUT

pytestmark = pytest.mark.browser
ONCE = [OUTPUT]
CALLING = ["/calling/usage", "/calling/quality", "/calling/queues"]
ROOM = "room_device"
BOTH = "?endpoint=room_device&week=2026-11-07"
ROWS = [
    *(line(name, week_ending=weeks_ago(n)) for name in ("Acme", "Bolt") for n in range(8)),
    *(fact("quality_facts", week_ending=weeks_ago(n)) for n in range(8)),
    *(
        fact("quality_facts", "Bolt", week_ending=weeks_ago(n), endpoint_type=ROOM, poor_legs=40)
        for n in range(8)
    ),
    fact("quality_facts", endpoint_type="desk_phone", poor_legs=0),
    *(
        fact(name, week_ending=weeks_ago(n))
        for name in ("call_facts", "user_facts", "feature_facts", "queue_facts")
        for n in range(8)
    ),
]
PLACE = """
const [chart, across, down] = arguments;
const drawn = document.querySelectorAll(".js-plotly-plot")[chart].querySelector(".nsewdrag");
drawn.scrollIntoView({ block: "center" });
const { x, y, width, height } = drawn.getBoundingClientRect();
return [Math.round(x + width * across), Math.round(y + height * down)];
"""
CUSTOMERS = "return [...document.querySelectorAll('.pl-customer')].map((cell) => cell.textContent)"
OVERFLOW = """
return [...document.querySelectorAll(".ag-center-cols-viewport")].map(
  (table) => table.scrollWidth - table.clientWidth);
"""
CUT = """
return [...document.querySelectorAll(".pl-table .ag-header-cell-text, .pl-table .ag-cell-value")]
  .filter((text) => text.scrollWidth > text.clientWidth + 1
    || text.closest(".ag-header-cell")?.clientHeight < text.offsetHeight)
  .map((text) => text.textContent);
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Return an app over eight weeks of calls of two customers."""
    with pytest.MonkeyPatch.context() as patch:
        serving = Serving(patch, tmp_path_factory.mktemp("calls"))
        serving.publish(*ROWS)
        yield serving.app()


@pytest.fixture
def caller(browser, server, app):
    """Return a visitor of the calling pages; the console must stay silent."""
    server.app = app
    caller = Visitor(browser, server)
    yield caller
    assert caller.complaints() == []


def click(caller, chart, across, down):
    """Click into a chart, at shares of its width and height."""
    x, y = caller.js(PLACE, chart, across, down)
    mouse = ActionChains(caller.driver)
    mouse.w3c_actions.pointer_action.move_to_location(x, y)
    mouse.w3c_actions.pointer_action.click()
    mouse.perform()


def chips(caller):
    return [chip.text.split(" ×")[0] for chip in caller.all(".pl-table .pl-chip")]


def rows(caller, *customers):
    """Wait for these rows of the table, in any order."""
    return caller.wait(lambda: sorted(caller.js(CUSTOMERS)) == list(customers))


def test_a_bar_narrows_the_table_until_its_chip_goes(caller):
    caller.visit("/calling/quality")
    rows(caller, "Acme", "Bolt")
    assert caller.asks(lambda: click(caller, 1, 0.95, 0.5)) == ONCE  # beside a short bar
    assert caller.search == "?endpoint=webex_app"
    assert caller.asks(lambda: click(caller, 1, 0.5, 0.2)) == ONCE
    assert caller.search == "?endpoint=room_device"
    assert chips(caller) == ["Room device"]
    rows(caller, "Bolt")
    assert "United States · Room device · week ending Nov 14, 2026" in caller.text
    assert caller.asks(lambda: caller.click(".pl-table .pl-chip")) == ONCE
    assert (caller.search, chips(caller)) == ("", [])
    rows(caller, "Acme", "Bolt")
    assert caller.asks(caller.driver.back) == ONCE
    assert (caller.search, chips(caller)) == ("?endpoint=room_device", ["Room device"])
    assert caller.asks(caller.driver.back) == ONCE
    assert caller.search == "?endpoint=webex_app"


def test_a_week_of_the_trend_narrows_everything_but_the_trend(caller):
    caller.visit("/calling/quality")
    assert caller.asks(lambda: click(caller, 0, 0.79, 0.9)) == ONCE  # the last bar but one
    assert caller.search == "?week=2026-11-07"
    assert chips(caller) == ["Week ending Nov 7, 2026"]
    assert "Chosen week: Nov 1, 2026 – Nov 7, 2026 UTC" in caller.text
    assert len(caller.all(".shapelayer path")) == 2  # its frame, and the line of all endpoints
    assert caller.asks(lambda: click(caller, 0, 0.79, 0.9)) == ONCE  # once more takes it back
    assert caller.search == ""
    assert caller.asks(lambda: click(caller, 0, 0.93, 0.9)) == []  # the last week is shown anyway


def test_the_table_view_chooses_by_keyboard_and_keeps_the_focus(caller):
    caller.visit("/calling/usage")
    caller.js("arguments[0].click()", caller.find(".pl-card-head .mantine-Switch-input"))
    caller.wait(lambda: len(caller.all(".pl-row-pick")) == 8)
    assert caller.find(".pl-row-pick[aria-pressed=true]").text == "Nov 14, 2026"
    caller.all(".pl-row-pick")[2].send_keys("")  # the focus
    assert caller.asks(lambda: caller.press(Keys.ENTER)) == ONCE
    assert caller.search == "?week=2026-10-31"
    chosen = caller.wait(lambda: caller.find(".pl-row-pick[aria-pressed=true]"))
    assert chosen.text == "Oct 31, 2026"
    caller.wait(lambda: caller.focused.text == "Oct 31, 2026")
    told = "return document.querySelector('p.pl-hidden[role=status]').textContent"
    assert caller.js(told) == "The tables show: Week ending Oct 31, 2026."
    chip = caller.find(".pl-heading-row .pl-chip")  # the features have no table of their own
    chip.send_keys("")
    assert caller.asks(lambda: caller.press(Keys.ENTER)) == ONCE
    assert caller.search == ""
    assert caller.focused.get_attribute("class") == "pl-chips"


def test_a_link_with_both_asks_once_and_other_choices_keep_them(caller):
    assert caller.asks(lambda: caller.visit("/calling/quality" + BOTH)) == ONCE
    assert caller.search == BOTH
    rows(caller, "Bolt")
    assert caller.asks(lambda: caller.choose("Meetings")) == ONCE
    assert caller.search == "?product=meetings&endpoint=room_device&week=2026-11-07"
    assert caller.asks(lambda: caller.click(".pl-aside a")) == ONCE
    assert caller.search == BOTH
    caller.click(".pl-nav a[href*=queues]")
    caller.idle()
    assert caller.search == ""


def test_an_as_of_date_before_the_chosen_week_takes_it_back_and_says_so(caller):
    caller.visit("/calling/usage?week=2026-11-07")
    field = caller.find(".pl-as-of input")
    field.send_keys(Keys.CONTROL, "a")
    assert caller.asks(lambda: field.send_keys("Nov 5, 2026", Keys.TAB)) == ONCE
    assert caller.search == "?as_of=2026-11-05"
    assert "the week “2026-11-07”" in caller.find("#notice").text
    assert caller.asks(caller.driver.back) == ONCE
    assert caller.search == "?week=2026-11-07"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/calling/quality?endpoint=toaster", "Endpoint type “toaster” does not exist; showing"),
        ("/calling/quality?week=2020-01-04", "There is no data for the week “2020-01-04”;"),
        ("/calling/usage?week=2026-11-14", ""),  # the default
        ("/calling/usage?endpoint=room_device", ""),  # means nothing here
    ],
)
def test_a_value_that_is_none_goes_and_says_so(caller, address, sentence):
    assert caller.asks(lambda: caller.visit(address)) == ONCE
    assert caller.search == ""
    assert caller.find("#notice").text.startswith(sentence)
    assert bool(caller.find("#notice").text) == bool(sentence)


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_tables_fit_and_nothing_in_them_is_cut(caller, width, language):
    caller.speak(language)
    caller.screen(width, 900)
    for path in CALLING:
        caller.visit(path)
        caller.find(".pl-customer")
        assert caller.js(OVERFLOW) == [0], path
        assert caller.js(CUT) == [], path
        assert caller.js("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "address", [CALLING[0] + "?week=2026-11-07", CALLING[1] + BOTH, CALLING[2]]
)
def test_axe_finds_nothing(caller, address):
    caller.visit(address)
    for switch in caller.all(".pl-card-head .mantine-Switch-input"):
        caller.js("arguments[0].click()", switch)
    caller.idle()
    assert barriers(caller, EVERY_RULE) == []
