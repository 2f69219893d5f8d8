"""The calling pages in Chromium: charts and their tables, marks, and the way from Meetings."""

import pytest
from apps import Serving
from factories import fact, line, weeks_ago
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait
from signing_in import start_signed_in

pytestmark = [
    pytest.mark.browser,
    # Flask-Compress leaves the files it streams to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

ROWS = [
    line(),
    line("Bolt"),
    *(fact("quality_facts", week_ending=weeks_ago(n)) for n in range(4)),
    fact("quality_facts", endpoint_type="room_device", poor_legs=90),
    fact("call_facts", calls=10),
    fact("call_facts", week_ending=weeks_ago(1)),
    fact("queue_facts", abandoned=70),
    fact("queue_facts", "Bolt", calls=900, abandoned=9),
]


@pytest.fixture
def start(dash_duo, monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*ROWS)
    start_signed_in(dash_duo, serving.app())

    def open_page(path):
        dash_duo.driver.get(dash_duo.server_url + path)
        return dash_duo

    return open_page


def until(duo, selector, number):
    found = lambda driver: driver.find_elements(By.CSS_SELECTOR, selector)  # noqa: E731
    WebDriverWait(duo.driver, 30).until(lambda driver: len(found(driver)) == number)
    return found(duo.driver)


def test_each_chart_is_drawn_and_has_a_table(start):
    duo = start("/calling/quality")
    until(duo, ".js-plotly-plot .main-svg .cartesianlayer .bars", 4)  # 3 bands, 1 comparison
    for switch in until(duo, ".pl-card-head .mantine-Switch-input", 2):
        duo.driver.execute_script("arguments[0].click()", switch)
    rows = until(duo, ".pl-chart-table:not([hidden]) tbody tr", 8 + 2)
    assert rows[0].text == "Nov 14, 2026 100 100 200 50.0%"
    assert rows[8].text == "Room device 200 100 90 90.0%"
    assert [e for e in duo.get_logs() if e["level"] == "SEVERE"] == []


def test_a_falling_customer_and_a_failing_queue_are_marked(start):
    duo = start("/calling/usage")
    (change,) = until(duo, ".pl-delta.down", 1)
    assert change.text == "▼−90"
    duo = start("/calling/queues")
    (rate,) = until(duo, ".pl-rate.high", 1)
    assert rate.text.replace("\n", "") == "▲ 70.0%"


def test_meetings_leads_back_to_calling(start):
    duo = start("/calling/queues?product=meetings")
    (link,) = until(duo, ".pl-aside a", 1)
    duo.driver.execute_script("arguments[0].click()", link)
    until(duo, ".pl-aside", 0)
    assert duo.driver.current_url.endswith("/calling/queues")
