"""Tables in Chromium: search, filters, sort, layout, keyboard, phone, hostile names, export."""

import csv
import json
from io import StringIO
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from apps import Serving
from barriers import EVERY_RULE, barriers
from factories import days, line
from office import sheets
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = pytest.mark.browser

HOSTILE = [
    '<img src=x onerror="window.hacked=1">',
    "<script>window.hacked=1</script>",
    "[click](javascript:window.hacked=1)",
    "{{constructor.constructor('window.hacked=1')()}}",
    "=1+1",
]
LINES = [
    line("Acme", end_date=days(3), total=300, assigned=200, used=100),
    line("Globex", end_date=days(9), total=100, assigned=120, used=130),
    line("Initech", end_date=days(1), total=20, assigned=10, used=5, type="Trial"),
    line("Zorg", end_date=days(40), total=1000, assigned=900, used=1),
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Return an app over the four customers."""
    with pytest.MonkeyPatch.context() as patch:
        serving = Serving(patch, tmp_path_factory.mktemp("tables"))
        serving.publish(*LINES)
        yield serving.app()


@pytest.fixture
def visitor(visitor, server, app):
    server.app = app
    return visitor


@pytest.fixture
def others(server, tmp_path, monkeypatch):
    """Return what shows an app over other lines from now on."""

    def publish(*lines):
        serving = Serving(monkeypatch, tmp_path)
        serving.publish(*lines)
        server.app = serving.app()

    return publish


def start(visitor, address="expiring", rows=4, width=1280):
    """Open a section's page, and wait for so many rows."""
    visitor.screen(width, 1000)
    visitor.visit(f"/subscriptions/{address}")
    visitor.wait(lambda: len(customers(visitor)) == rows)


def column(visitor, name):
    """Return the texts of a column from the top down."""
    cells = visitor.js(
        "return [...document.querySelectorAll(`.ag-row [col-id=${arguments[0]}]`)].map("
        "(cell) => [+cell.closest('.ag-row').ariaRowIndex, cell.innerText])",
        name,
    )
    return [text for _, text in sorted(cells)]


def customers(visitor):
    return column(visitor, "customer")


def count(visitor):
    return visitor.find(".pl-table [role=status]").text


def search_for(visitor, words):
    visitor.find("input[type=search]").send_keys(words)


def cell(visitor, row, name):
    return visitor.find(f'.ag-row[row-index="{row}"] [col-id={name}]')


def address(visitor):
    return parse_qs(urlsplit(visitor.driver.current_url).query)


def hover(visitor, element):
    ActionChains(visitor.driver).move_to_element(element).pause(0.2).perform()


def hint(visitor):
    tips = visitor.driver.find_elements(By.CSS_SELECTOR, "#pl-hint:popover-open")
    return tips[0].text if tips else ""


def test_rows_come_in_the_servers_order_and_are_counted(visitor):
    start(visitor)
    assert customers(visitor) == ["Initech", "Acme", "Globex", "Zorg"]
    visitor.wait(lambda: count(visitor) == "4 subscriptions")
    assert column(visitor, "subscription_id")[0] == "Enterprise trial\nSub of Initech"
    assert column(visitor, "usage_last_3_months")[0] == "≥ 5"


def test_search_narrows_the_rows_and_is_in_the_url(visitor):
    start(visitor)
    search_for(visitor, "glob")
    visitor.wait(lambda: count(visitor) == "1 of 4 subscriptions")
    assert customers(visitor) == ["Globex"]
    visitor.wait(lambda: address(visitor) == {"q": ["glob"]})


def test_search_finds_trials_by_their_words(visitor):
    start(visitor)
    search_for(visitor, "enterprise trial")
    visitor.wait(lambda: customers(visitor) == ["Initech"])


def test_the_url_decides_what_is_shown_until_it_is_cleared(visitor):
    known = {"filterType": "number", "type": "greaterThan", "filter": 50}
    unknown = {"filterType": "text", "type": "equals", "filter": "x"}
    wanted = {"q": "e", "filter": json.dumps({"total_licenses": known, "unknown": unknown})}
    start(visitor, f"expiring?{urlencode(wanted)}", rows=2)
    assert customers(visitor) == ["Acme", "Globex"]
    visitor.wait(lambda: count(visitor) == "2 of 4 subscriptions")
    assert visitor.find("input[type=search]").get_attribute("value") == "e"
    visitor.find(".pl-table [role=status] + button").click()
    visitor.wait(lambda: count(visitor) == "4 subscriptions")
    visitor.wait(lambda: address(visitor) == {})


def test_a_filter_that_makes_no_sense_shows_everything(visitor):
    broken = json.dumps({"customer": {"filterType": [1]}, "used": {"filterType": "number"}})
    start(visitor, f"expiring?{urlencode({'filter': broken})}")
    visitor.wait(lambda: len(customers(visitor)) == 4)


def test_a_column_filter_is_in_the_url(visitor):
    start(visitor)
    heading = visitor.find(".ag-header-cell[col-id=total_licenses]")
    heading.find_element(By.CSS_SELECTOR, ".ag-header-cell-filter-button").click()
    visitor.find(".ag-filter input[type=number]").send_keys("300")
    visitor.wait(lambda: customers(visitor) == ["Acme", "Zorg"])
    visitor.wait(lambda: "filter" in address(visitor))
    model = json.loads(address(visitor)["filter"][0])
    assert model["total_licenses"]["type"] == "greaterThanOrEqual"


def test_sort_survives_a_reload_until_it_is_reset(visitor):
    start(visitor)
    visitor.find(".pl-part.used").click()
    by_use = ["Globex", "Acme", "Initech", "Zorg"]
    visitor.wait(lambda: customers(visitor) == by_use)
    visitor.driver.refresh()
    visitor.wait(lambda: customers(visitor) == by_use)
    visitor.find(".pl-table summary").click()
    visitor.find(".pl-table details button").click()
    visitor.wait(lambda: customers(visitor) == ["Initech", "Acme", "Globex", "Zorg"])


def test_a_chosen_column_stays_after_a_reload(visitor):
    start(visitor)
    visitor.find(".pl-table summary").click()
    visitor.find(".pl-table details input[value=available]").click()
    visitor.wait(lambda: len(column(visitor, "available")) == 4)
    visitor.driver.refresh()
    visitor.wait(lambda: column(visitor, "available") == ["10", "100", "0", "100"])


def test_the_bar_draws_what_is_more_than_was_bought(visitor):
    start(visitor)
    bar = cell(visitor, 2, "distribution")
    kinds = [i.get_attribute("class") for i in bar.find_elements(By.CSS_SELECTOR, ".pl-stack i")]
    assert kinds == ["used", "used over", "used stray over"]
    label = bar.find_element(By.CSS_SELECTOR, "[role=img]").get_attribute("aria-label")
    assert label == "Used 130, Assigned 120, Available 0"
    hover(visitor, bar)
    visitor.wait(lambda: "Over the limit\n20" in hint(visitor))


def test_the_reason_of_a_flag_is_reached_by_keyboard(visitor, others):
    peers = [line(f"Peer {n}") for n in range(9)]
    others(line("Low", assigned=30), *peers)
    start(visitor, "low-assignment", rows=1)
    visitor.find("input[type=search]").click()
    visitor.press(*[Keys.TAB] * 4, Keys.ARROW_DOWN, *[Keys.ARROW_RIGHT] * 4)
    visitor.wait(lambda: "Clears at 76 assigned (+46)" in hint(visitor))
    assert visitor.js("return document.activeElement.getAttribute('aria-describedby')")
    visitor.press(Keys.ESCAPE)
    visitor.wait(lambda: hint(visitor) == "")


def test_names_are_only_ever_text(visitor, others):
    others(*(line(name, end_date=days(i)) for i, name in enumerate(HOSTILE)))
    start(visitor, rows=len(HOSTILE))
    assert customers(visitor) == HOSTILE
    for row in range(len(HOSTILE)):
        hover(visitor, visitor.find(".pl-table h2"))
        hover(visitor, cell(visitor, row, "distribution"))
        visitor.wait(lambda row=row: HOSTILE[row] in hint(visitor))
    assert visitor.js("return window.hacked") is None
    assert visitor.js("return document.querySelectorAll('.pl-table img, .pl-table a').length") == 0


def test_the_file_holds_what_the_screen_shows(visitor):
    start(visitor)
    visitor.js(  # a Blob leaves no trace that a test could read, so it is kept
        "const make = URL.createObjectURL; URL.createObjectURL = (blob) => "
        "{ blob.arrayBuffer().then((b) => { window.sent = [...new Uint8Array(b)]; }); "
        "return make(blob); }",
    )
    search_for(visitor, "e")
    visitor.find(".ag-header-cell[col-id=total_licenses] .ag-header-cell-text").click()
    visitor.wait(lambda: customers(visitor) == ["Initech", "Globex", "Acme"])
    visitor.find(".pl-table-head > button").click()
    visitor.wait(lambda: visitor.js("return window.sent"))
    text = bytes(visitor.js("return window.sent")).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["customer"] for row in rows] == customers(visitor)
    assert [row["total_licenses"] for row in rows] == column(visitor, "total_licenses")
    assert [row["used"] for row in rows] == ["5", "130", "100"]
    visitor.js("window.sent = null")
    visitor.all(".pl-table-head > button")[1].click()
    visitor.wait(lambda: visitor.js("return window.sent"))
    data, about = sheets(bytes(visitor.js("return window.sent")))
    assert [row[0] for row in data[1:]] == customers(visitor)
    assert ["Filter", "Search: “e”"] in about


def test_on_a_phone_the_columns_that_matter_fit(visitor):
    start(visitor, width=390)
    headings = "[...document.querySelectorAll('.ag-header-cell')]"
    shown = f"return {headings}.map((cell) => cell.getAttribute('col-id'))"
    wanted = ["customer", "days_until_expiration", "distribution"]
    visitor.wait(lambda: visitor.js(shown) == wanted)
    assert visitor.js("return document.documentElement.scrollWidth") <= 390


def test_axe_finds_nothing(visitor):
    start(visitor)
    assert barriers(visitor, EVERY_RULE) == []
