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
from selenium.webdriver.support.wait import WebDriverWait
from signing_in import start_signed_in

pytestmark = [
    pytest.mark.browser,
    # Flask-Compress leaves the files it streams to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

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


@pytest.fixture
def start(dash_duo, monkeypatch, tmp_path):
    """Return what opens a section's page over the lines given, at an address with a query."""

    def open_page(*lines, section="expiring", search="", rows=4, width=1280):
        serving = Serving(monkeypatch, tmp_path)
        serving.publish(*lines)
        start_signed_in(dash_duo, serving.app())
        metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 600}
        dash_duo.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        page = f"/subscriptions/{section.replace('_', '-')}"
        dash_duo.driver.get(dash_duo.server_url + page + search)
        settle(dash_duo, lambda: len(customers(dash_duo)) == rows)

    return open_page


def settle(dash_duo, condition):
    WebDriverWait(dash_duo.driver, 10, 0.1).until(lambda _: condition())


def js(dash_duo, script, *arguments):
    return dash_duo.driver.execute_script(script, *arguments)


def column(dash_duo, name):
    """Return the texts of a column from the top down."""
    cells = js(
        dash_duo,
        "return [...document.querySelectorAll(`.ag-row [col-id=${arguments[0]}]`)].map("
        "(cell) => [+cell.closest('.ag-row').ariaRowIndex, cell.innerText])",
        name,
    )
    return [text for _, text in sorted(cells)]


def customers(dash_duo):
    return column(dash_duo, "customer")


def count(dash_duo):
    return dash_duo.find_element(".pl-table [role=status]").text


def search_for(dash_duo, words):
    dash_duo.find_element("input[type=search]").send_keys(words)


def cell(dash_duo, row, name):
    return dash_duo.find_element(f'.ag-row[row-index="{row}"] [col-id={name}]')


def keys(dash_duo, *pressed):
    ActionChains(dash_duo.driver).send_keys(*pressed).perform()


def address(dash_duo):
    return parse_qs(urlsplit(dash_duo.driver.current_url).query)


def hover(dash_duo, element):
    ActionChains(dash_duo.driver).move_to_element(element).pause(0.2).perform()


def hint(dash_duo):
    tips = dash_duo.driver.find_elements(By.CSS_SELECTOR, "#pl-hint:popover-open")
    return tips[0].text if tips else ""


def test_rows_come_in_the_servers_order_and_are_counted(dash_duo, start):
    start(*LINES)
    assert customers(dash_duo) == ["Initech", "Acme", "Globex", "Zorg"]
    settle(dash_duo, lambda: count(dash_duo) == "4 subscriptions")
    assert column(dash_duo, "subscription_id")[0] == "Enterprise trial\nSub of Initech"
    assert column(dash_duo, "usage_last_3_months")[0] == "≥ 5"
    assert dash_duo.get_logs() == []


def test_search_narrows_the_rows_and_is_in_the_url(dash_duo, start):
    start(*LINES)
    search_for(dash_duo, "glob")
    settle(dash_duo, lambda: count(dash_duo) == "1 of 4 subscriptions")
    assert customers(dash_duo) == ["Globex"]
    settle(dash_duo, lambda: address(dash_duo) == {"q": ["glob"]})


def test_search_finds_trials_by_their_words(dash_duo, start):
    start(*LINES)
    search_for(dash_duo, "enterprise trial")
    settle(dash_duo, lambda: customers(dash_duo) == ["Initech"])


def test_the_url_decides_what_is_shown_until_it_is_cleared(dash_duo, start):
    known = {"filterType": "number", "type": "greaterThan", "filter": 50}
    unknown = {"filterType": "text", "type": "equals", "filter": "x"}
    wanted = {"q": "e", "filter": json.dumps({"total_licenses": known, "unknown": unknown})}
    start(*LINES, search=f"?{urlencode(wanted)}", rows=2)
    assert customers(dash_duo) == ["Acme", "Globex"]
    settle(dash_duo, lambda: count(dash_duo) == "2 of 4 subscriptions")
    assert dash_duo.find_element("input[type=search]").get_attribute("value") == "e"
    dash_duo.find_element(".pl-table [role=status] + button").click()
    settle(dash_duo, lambda: count(dash_duo) == "4 subscriptions")
    settle(dash_duo, lambda: address(dash_duo) == {})


def test_a_filter_that_makes_no_sense_shows_everything(dash_duo, start):
    broken = json.dumps({"customer": {"filterType": [1]}, "used": {"filterType": "number"}})
    start(*LINES, search=f"?{urlencode({'filter': broken})}")
    settle(dash_duo, lambda: len(customers(dash_duo)) == 4)


def test_a_column_filter_is_in_the_url(dash_duo, start):
    start(*LINES)
    heading = dash_duo.find_element(".ag-header-cell[col-id=total_licenses]")
    heading.find_element(By.CSS_SELECTOR, ".ag-header-cell-filter-button").click()
    dash_duo.find_element(".ag-filter input[type=number]").send_keys("300")
    settle(dash_duo, lambda: customers(dash_duo) == ["Acme", "Zorg"])
    settle(dash_duo, lambda: "filter" in address(dash_duo))
    model = json.loads(address(dash_duo)["filter"][0])
    assert model["total_licenses"]["type"] == "greaterThanOrEqual"


def test_sort_survives_a_reload_until_it_is_reset(dash_duo, start):
    start(*LINES)
    dash_duo.find_element(".pl-part.used").click()
    by_use = ["Globex", "Acme", "Initech", "Zorg"]
    settle(dash_duo, lambda: customers(dash_duo) == by_use)
    dash_duo.driver.refresh()
    settle(dash_duo, lambda: customers(dash_duo) == by_use)
    dash_duo.find_element(".pl-table summary").click()
    dash_duo.find_element(".pl-table details button").click()
    settle(dash_duo, lambda: customers(dash_duo) == ["Initech", "Acme", "Globex", "Zorg"])


def test_a_chosen_column_stays_after_a_reload(dash_duo, start):
    start(*LINES)
    dash_duo.find_element(".pl-table summary").click()
    dash_duo.find_element(".pl-table details input[value=available]").click()
    settle(dash_duo, lambda: len(column(dash_duo, "available")) == 4)
    dash_duo.driver.refresh()
    settle(dash_duo, lambda: column(dash_duo, "available") == ["10", "100", "0", "100"])


def test_the_bar_draws_what_is_more_than_was_bought(dash_duo, start):
    start(*LINES)
    bar = cell(dash_duo, 2, "distribution")
    kinds = [i.get_attribute("class") for i in bar.find_elements(By.CSS_SELECTOR, ".pl-stack i")]
    assert kinds == ["used", "used over", "used stray over"]
    label = bar.find_element(By.CSS_SELECTOR, "[role=img]").get_attribute("aria-label")
    assert label == "Used 130, Assigned 120, Available 0"
    hover(dash_duo, bar)
    settle(dash_duo, lambda: "Over the limit\n20" in hint(dash_duo))


def test_the_reason_of_a_flag_is_reached_by_keyboard(dash_duo, start):
    peers = [line(f"Peer {n}") for n in range(9)]
    start(line("Low", assigned=30), *peers, section="low_assignment", rows=1)
    dash_duo.find_element("input[type=search]").click()
    keys(dash_duo, *[Keys.TAB] * 4, Keys.ARROW_DOWN, *[Keys.ARROW_RIGHT] * 4)
    settle(dash_duo, lambda: "Clears at 76 assigned (+46)" in hint(dash_duo))
    assert js(dash_duo, "return document.activeElement.getAttribute('aria-describedby')")
    keys(dash_duo, Keys.ESCAPE)
    settle(dash_duo, lambda: hint(dash_duo) == "")


def test_names_are_only_ever_text(dash_duo, start):
    start(*[line(name, end_date=days(i)) for i, name in enumerate(HOSTILE)], rows=len(HOSTILE))
    assert customers(dash_duo) == HOSTILE
    for row in range(len(HOSTILE)):
        hover(dash_duo, dash_duo.find_element(".pl-table h2"))
        hover(dash_duo, cell(dash_duo, row, "distribution"))
        settle(dash_duo, lambda row=row: HOSTILE[row] in hint(dash_duo))
    assert js(dash_duo, "return window.hacked") is None
    assert (
        js(dash_duo, "return document.querySelectorAll('.pl-table img, .pl-table a').length") == 0
    )


def test_the_file_holds_what_the_screen_shows(dash_duo, start):
    start(*LINES)
    js(  # a Blob leaves no trace that a test could read, so it is kept
        dash_duo,
        "const make = URL.createObjectURL; URL.createObjectURL = (blob) => "
        "{ blob.arrayBuffer().then((b) => { window.sent = [...new Uint8Array(b)]; }); "
        "return make(blob); }",
    )
    search_for(dash_duo, "e")
    dash_duo.find_element(".ag-header-cell[col-id=total_licenses] .ag-header-cell-text").click()
    settle(dash_duo, lambda: customers(dash_duo) == ["Initech", "Globex", "Acme"])
    dash_duo.find_element(".pl-table-head > button").click()
    settle(dash_duo, lambda: js(dash_duo, "return window.sent"))
    text = bytes(js(dash_duo, "return window.sent")).decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row["customer"] for row in rows] == customers(dash_duo)
    assert [row["total_licenses"] for row in rows] == column(dash_duo, "total_licenses")
    assert [row["used"] for row in rows] == ["5", "130", "100"]
    js(dash_duo, "window.sent = null")
    dash_duo.find_elements(".pl-table-head > button")[1].click()
    settle(dash_duo, lambda: js(dash_duo, "return window.sent"))
    data, about = sheets(bytes(js(dash_duo, "return window.sent")))
    assert [row[0] for row in data[1:]] == customers(dash_duo)
    assert ["Filter", "Search: “e”"] in about


def test_on_a_phone_the_columns_that_matter_fit(dash_duo, start):
    start(*LINES, width=390)
    headings = "[...document.querySelectorAll('.ag-header-cell')]"
    shown = f"return {headings}.map((cell) => cell.getAttribute('col-id'))"
    wanted = ["customer", "days_until_expiration", "distribution"]
    settle(dash_duo, lambda: js(dash_duo, shown) == wanted)
    assert js(dash_duo, "return document.documentElement.scrollWidth") <= 390


def test_axe_finds_nothing(dash_duo, start):
    start(*LINES)
    assert barriers(dash_duo, EVERY_RULE) == []
