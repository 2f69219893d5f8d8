"""Reports in Chromium: one is made and downloaded, by hand, in reach, and said aloud."""

from pathlib import Path

import pytest
from apps import Serving, small_portfolio
from barriers import barriers
from factories import fact

from dashboard.components.report_parts import part

pytestmark = pytest.mark.browser
WIDTHS = "return [document.documentElement.scrollWidth, innerWidth]"
FIND = "return document.getElementById(JSON.stringify(arguments[0], ['part', 'section']))"


@pytest.fixture
def reader(visitor, server, monkeypatch, tmp_path):
    """Return somebody in front of an app of their own, with calls of one customer."""
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio(), fact("call_facts", customer="Initech"))
    server.app = serving.app(reports_dir=tmp_path / "reports")
    visitor.visit("/reports")
    return visitor


def element(visitor, name):
    return visitor.wait(lambda: visitor.js(FIND, part(name)))


def make(visitor):
    """Generate what the form says, and wait until it is there."""
    element(visitor, "generate").click()
    visitor.wait(lambda: visitor.all(".pl-report-state.done"))


def test_a_report_is_made_and_downloaded(reader, browser):
    assert reader.all(".pl-reports-table") == []
    make(reader)
    [row] = reader.all(".pl-reports-table tbody tr")
    assert row.text.startswith("Calling usage details report\n")
    reader.all(".pl-reports-table a")[0].click()
    folder = Path(browser.download_path)
    reader.wait(lambda: list(folder.glob("Calling usage details report_*.csv")))
    [file] = folder.glob("Calling usage details report_*.csv")
    heading, acme = file.read_text("utf-8-sig").splitlines()
    assert heading.startswith("Customer Name,Organization ID,Location,Total Calls,")
    assert acme.startswith("Initech,id of Initech,Kyiv,100,200,")


def test_a_report_is_deleted(reader):
    make(reader)
    reader.all(".pl-reports-table button")[0].click()
    reader.wait(lambda: element(reader, "status").text == "The report was deleted.")
    assert reader.all(".pl-reports-table") == []


def test_an_inventory_hides_the_period_and_says_its_own_notes(reader):
    assert element(reader, "period").is_displayed()
    element(reader, "template").click()
    options = reader.wait(lambda: reader.all("[role=option]"))
    next(option for option in options if option.text == "Devices report").click()
    reader.wait(lambda: "Changes to devices" in element(reader, "about").text)
    assert not element(reader, "period").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_barriers_and_fits_a_phone(reader, scheme):
    make(reader)
    reader.paint(scheme)
    assert barriers(reader) == []
    reader.resize(390, 844)
    scroll, inner = reader.js(WIDTHS)
    assert scroll <= inner
    assert barriers(reader) == []
