"""Jobs: what people come for, done in the demo portfolio by clicking, and the clicks counted."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selenium.webdriver.common.action_chains import ActionChains

from dashboard.app import create_app
from dashboard.data.demo import write_calls, write_portfolio
from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions
from dashboard.settings import Settings

pytestmark = pytest.mark.browser
CUSTOMERS, LEGS = 120, 20_000
PAGE = Path(__file__).parents[2] / "docs" / "jobs.md"
CLICKABLE = "self::a or self::button or @role='menuitem' or @role='option'"


@pytest.fixture(scope="module")
def small_app(tmp_path_factory):
    """Return an app over a small demo portfolio with its calls."""
    folder = tmp_path_factory.mktemp("jobs")
    write_portfolio(folder / "exports", customers=CUSTOMERS)
    write_calls(folder / "exports", customers=CUSTOMERS, legs=LEGS)
    published = datetime(2026, 11, 15, tzinfo=UTC)
    data = str(folder / "data")
    ingest([str(folder / "exports")], data, options=ImportOptions(), published=published, keep=14)
    settings = Settings(
        data_dir=data,
        cache_dir=folder / "cache",
        state_url=f"sqlite:///{folder / 'state.db'}",
        secret_file=folder / "secret.key",
    )
    return create_app(settings)


class Errand:
    """Somebody on the first page who wants something, and counts the clicks it takes."""

    def __init__(self, visitor):
        """Stand on the first page."""
        self.visitor, self.clicks = visitor.visit("/customers"), 0

    def click(self, words):
        """Click what is called this, or begins so."""
        xpath = f"//*[{CLICKABLE}][starts-with(normalize-space(), '{words}')]"
        self._click(lambda: self.visitor._shown(xpath))
        return self

    def open(self, selector):
        """Click what a selector finds."""
        self._click(lambda: next(iter(self.visitor.all(selector)), None))
        return self

    def _click(self, found):
        self.visitor.wait(found).click()
        self.clicks += 1
        self.visitor.idle()

    @property
    def sees(self):
        """Return the words on the page."""
        return self.visitor.text


@pytest.fixture
def errand(visitor):
    errand = Errand(visitor)
    yield errand
    assert errand.clicks == documented()[errand.job]


def documented():
    """Return how many clicks our page says each job takes."""
    rows = re.findall(r"^\| (\d+) \|.*\| (\d+) \|$", PAGE.read_text(), re.MULTILINE)
    return {int(job): int(clicks) for job, clicks in rows}


def test_who_assigns_too_few_and_what_would_clear_it(errand):
    errand.job = 1
    errand.click("Low assignment").open(".pl-region [title='European Union']")
    share = errand.visitor.find(".ag-row [col-id=assigned_pct]")
    ActionChains(errand.visitor.driver).move_to_element(share).perform()
    hint = errand.visitor.find("#pl-hint")
    errand.visitor.wait(lambda: re.search(r"Clears at \d+ assigned \(\+\d+\)", hint.text))


def test_what_expires_and_will_not_renew_by_itself(errand):
    errand.job = 2
    errand.click("Expiring")
    assert errand.visitor.all(".ag-center-cols-container .ag-row")


def test_who_is_over_the_limit_and_by_how_many(errand):
    errand.job = 3
    errand.click("Over limit")
    assert "Total license overage" in errand.sees
    assert "Licenses assigned (%)" in errand.sees


def test_which_trials_end_soon_and_how_much_they_are_used(errand):
    errand.job = 4
    errand.click("Trials about to end").open(".ag-row a[href*='/customers/']")
    assert "Trial" in errand.sees
    assert "Uses what was bought?" in errand.sees


def test_did_quality_fall_where_and_on_which_devices(errand):
    errand.job = 5
    errand.click("Call quality")
    assert re.search(r"Worst: .* of its measured legs", errand.sees)
    assert re.search(r"Against the week before: .* percentage points", errand.sees)


def test_which_queue_loses_callers(errand):
    errand.job = 6
    errand.click("Call queues")
    assert "Abandonment" in errand.sees


def test_which_customer_stopped_calling(errand):
    errand.job = 7
    errand.click("Calling usage")
    assert errand.visitor.all(".pl-delta.down")


def test_what_changed_since_last_quarter(errand):
    errand.job = 8
    errand.click("What changed")
    assert re.search(r"customers that came: \d+, that went: \d+", errand.sees)


def test_a_picture_of_the_trend_for_a_slide(errand, browser):
    errand.job = 10
    errand.click("Overview").open(".pl-card-head [title='Save as PNG']")
    folder = Path(browser.download_path)
    errand.visitor.wait(lambda: list(folder.glob("*.png")))


def test_the_story_of_one_customer(errand):
    errand.job = 9
    errand.open(".ag-row a[href*='/customers/']")
    assert "Clears" in errand.sees


def test_the_deck_of_one_customer(errand, browser):
    errand.job = 11
    errand.open(".ag-row a[href*='/customers/']").click("Review deck")
    folder = Path(browser.download_path)
    errand.visitor.wait(lambda: list(folder.glob("review_*.pptx")))


def test_this_view_to_a_colleague_every_month(errand):
    errand.job = 12
    errand.click("Share").click("Schedule this view")
    errand.visitor.wait(lambda: "Schedule" in errand.visitor.find("[role=dialog]").text)
