"""Tables in Chromium: search, filters, sort, layout, keyboard, phone, hostile names, export."""

import csv
import json
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import dash_mantine_components as dmc
import pytest
from dash import Dash, Input, Output, dcc, html
from factories import days, line, portfolio
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from dashboard.callbacks import exports, tables
from dashboard.components.table import table_card, table_id, table_rows
from dashboard.data.filters import Filters
from dashboard.i18n import Language
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import evaluate

pytestmark = pytest.mark.browser

ASSETS = Path(__file__).parents[2] / "assets"
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


def tiny_app(*lines, section="expiring"):
    """Build the smallest app that holds one table card."""
    shown, book = SECTIONS[section], portfolio(*lines)
    filters = Filters(region="US", product="calling", as_of=book.as_of)
    view = evaluate(shown, book, filters)
    app = Dash(
        __name__,
        assets_folder=str(ASSETS),
        assets_ignore=r"^(?!3\d-grid|grid\.).*",
        suppress_callback_exceptions=True,
    )
    url = dcc.Location(id="url", refresh=False)
    card = table_card(shown, Language("en"), Rules())
    app.layout = dmc.MantineProvider([url, html.Main(card)])
    rows = table_rows(view, Language("en"), Rules())
    app.callback(Output(table_id(shown), "rowData"), Input("url", "pathname"))(lambda _: rows)
    tables.register(app)
    services = SimpleNamespace(view=lambda *_: view, filters=lambda _: filters)
    exports.register(app, services)
    return app


def start(dash_duo, *lines, section="expiring"):
    dash_duo.driver.set_window_size(1280, 900)
    dash_duo.start_server(tiny_app(*lines, section=section))
    settle(dash_duo, lambda: len(customers(dash_duo)) == len(lines))
    dash_duo.driver.execute_script(
        "window.told = []; window.addEventListener('partnerlens:filters', "
        "(event) => window.told.push(event.detail))"
    )


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


def hover(dash_duo, element):
    ActionChains(dash_duo.driver).move_to_element(element).pause(0.2).perform()


def hint(dash_duo):
    tips = dash_duo.driver.find_elements(By.CSS_SELECTOR, "#pl-hint:popover-open")
    return tips[0].text if tips else ""


def test_rows_come_in_the_servers_order_and_are_counted(dash_duo):
    start(dash_duo, *LINES)
    assert customers(dash_duo) == ["Initech", "Acme", "Globex", "Zorg"]
    settle(dash_duo, lambda: count(dash_duo) == "4 subscriptions")
    assert column(dash_duo, "subscription_id")[0] == "Enterprise trial\nSub of Initech"
    assert column(dash_duo, "usage_last_3_months")[0] == "≥ 5"
    assert dash_duo.get_logs() == []


def test_search_narrows_the_rows_and_tells_the_url(dash_duo):
    start(dash_duo, *LINES)
    search_for(dash_duo, "glob")
    settle(dash_duo, lambda: count(dash_duo) == "1 of 4 subscriptions")
    assert customers(dash_duo) == ["Globex"]
    assert js(dash_duo, "return window.told.at(-1)") == {"q": "glob", "filter": None}


def test_search_finds_trials_by_their_words(dash_duo):
    start(dash_duo, *LINES)
    search_for(dash_duo, "enterprise trial")
    settle(dash_duo, lambda: customers(dash_duo) == ["Initech"])


def test_the_url_decides_what_is_shown_and_is_not_told_again(dash_duo):
    start(dash_duo, *LINES)
    wanted = {
        "q": "e",
        "filter": {
            "total_licenses": {"filterType": "number", "type": "greaterThan", "filter": 50},
            "unknown": {"filterType": "text", "type": "equals", "filter": "x"},
        },
    }
    js(dash_duo, "window.partnerlens.grid.apply(arguments[0])", wanted)
    settle(dash_duo, lambda: count(dash_duo) == "2 of 4 subscriptions")
    assert customers(dash_duo) == ["Acme", "Globex"]
    assert dash_duo.find_element("input[type=search]").get_attribute("value") == "e"
    assert js(dash_duo, "return window.told") == []
    dash_duo.find_element(".pl-table [role=status] + button").click()
    settle(dash_duo, lambda: count(dash_duo) == "4 subscriptions")
    assert js(dash_duo, "return window.told") == [{"q": "", "filter": None}]


def test_a_column_filter_tells_the_url(dash_duo):
    start(dash_duo, *LINES)
    heading = dash_duo.find_element(".ag-header-cell[col-id=total_licenses]")
    heading.find_element(By.CSS_SELECTOR, ".ag-header-cell-filter-button").click()
    dash_duo.find_element(".ag-filter input[type=number]").send_keys("300")
    settle(dash_duo, lambda: customers(dash_duo) == ["Acme", "Zorg"])
    told = js(dash_duo, "return window.told.at(-1)")
    assert told["filter"]["total_licenses"]["type"] == "greaterThanOrEqual"


def test_sort_survives_a_reload_until_it_is_reset(dash_duo):
    start(dash_duo, *LINES)
    dash_duo.find_element(".pl-part.used").click()
    by_use = ["Globex", "Acme", "Initech", "Zorg"]
    settle(dash_duo, lambda: customers(dash_duo) == by_use)
    dash_duo.driver.refresh()
    settle(dash_duo, lambda: customers(dash_duo) == by_use)
    dash_duo.find_element(".pl-table summary").click()
    dash_duo.find_element(".pl-table details button").click()
    settle(dash_duo, lambda: customers(dash_duo) == ["Initech", "Acme", "Globex", "Zorg"])


def test_a_chosen_column_stays_after_a_reload(dash_duo):
    start(dash_duo, *LINES)
    dash_duo.find_element(".pl-table summary").click()
    dash_duo.find_element(".pl-table details input[value=available]").click()
    settle(dash_duo, lambda: len(column(dash_duo, "available")) == 4)
    dash_duo.driver.refresh()
    settle(dash_duo, lambda: column(dash_duo, "available") == ["10", "100", "0", "100"])


def test_the_bar_draws_what_is_more_than_was_bought(dash_duo):
    start(dash_duo, *LINES)
    bar = cell(dash_duo, 2, "distribution")
    kinds = [i.get_attribute("class") for i in bar.find_elements(By.CSS_SELECTOR, ".pl-stack i")]
    assert kinds == ["used", "used over", "used stray over"]
    label = bar.find_element(By.CSS_SELECTOR, "[role=img]").get_attribute("aria-label")
    assert label == "Used 130, Assigned 120, Available 0"
    hover(dash_duo, bar)
    settle(dash_duo, lambda: "Over the limit\n20" in hint(dash_duo))


def test_the_reason_of_a_flag_is_reached_by_keyboard(dash_duo):
    peers = [line(f"Peer {n}") for n in range(9)]
    dash_duo.start_server(tiny_app(line("Low", assigned=30), *peers, section="low_assignment"))
    settle(dash_duo, lambda: customers(dash_duo) == ["Low"])
    dash_duo.find_element("input[type=search]").click()
    keys(dash_duo, Keys.TAB, Keys.TAB, Keys.TAB, Keys.ARROW_DOWN, *[Keys.ARROW_RIGHT] * 4)
    settle(dash_duo, lambda: "Clears at 76 assigned (+46)" in hint(dash_duo))
    assert js(dash_duo, "return document.activeElement.getAttribute('aria-describedby')")
    keys(dash_duo, Keys.ESCAPE)
    settle(dash_duo, lambda: hint(dash_duo) == "")


def test_names_are_only_ever_text(dash_duo):
    start(dash_duo, *[line(name, end_date=days(i)) for i, name in enumerate(HOSTILE)])
    assert customers(dash_duo) == HOSTILE
    for row in range(len(HOSTILE)):
        hover(dash_duo, dash_duo.find_element(".pl-table h2"))
        hover(dash_duo, cell(dash_duo, row, "distribution"))
        settle(dash_duo, lambda row=row: HOSTILE[row] in hint(dash_duo))
    assert js(dash_duo, "return window.hacked") is None
    assert (
        js(dash_duo, "return document.querySelectorAll('.pl-table img, .pl-table a').length") == 0
    )


def test_the_file_holds_what_the_screen_shows(dash_duo):
    start(dash_duo, *LINES)
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


def test_on_a_phone_the_columns_that_matter_fit(dash_duo):
    dash_duo.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    start(dash_duo, *LINES)
    headings = "[...document.querySelectorAll('.ag-header-cell')]"
    shown = f"return {headings}.map((cell) => cell.getAttribute('col-id'))"
    wanted = ["customer", "days_until_expiration", "distribution"]
    settle(dash_duo, lambda: js(dash_duo, shown) == wanted)
    assert js(dash_duo, "return document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(dash_duo, scheme):
    axe = ASSETS / "vendor" / "axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is fetched by npm")
    start(dash_duo, *LINES)
    js(dash_duo, "document.documentElement.dataset.mantineColorScheme = arguments[0]", scheme)
    js(dash_duo, axe.read_text())
    found = dash_duo.driver.execute_async_script(
        "axe.run(document.querySelector('.pl-table')).then(arguments[0])"
    )["violations"]
    assert json.dumps([(v["id"], v["nodes"][0]["html"]) for v in found]) == "[]"
