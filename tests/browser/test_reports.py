"""Reports in Chromium: one is made and downloaded, by hand, in reach, and said aloud."""

from pathlib import Path

import pytest
from barriers import barriers
from deliveries import DataDirectory, export
from inventories import DEVICES, customers, device
from visiting import Visitor

from dashboard.app import create_app
from dashboard.components.report_parts import part
from dashboard.settings import Settings

pytestmark = pytest.mark.browser
WIDTHS = "return [document.documentElement.scrollWidth, innerWidth]"
FIND = "return document.getElementById(JSON.stringify(arguments[0], ['part', 'section']))"


@pytest.fixture
def reader(browser, server, tmp_path):
    """Return somebody in front of an app of their own, with a device of one customer."""
    place = DataDirectory(tmp_path)
    place.take("customers.csv", customers())
    place.take("devices.csv", export(DEVICES, device()))
    settings = Settings(
        data_dir=str(place.data),
        cache_dir=tmp_path / "cache",
        reports_dir=tmp_path / "reports",
        secret_file=tmp_path / "secret.key",
        state_url=f"sqlite:///{tmp_path / 'state.db'}",
    )
    server.app = create_app(settings)
    visitor = Visitor(browser, server)
    yield visitor.visit("/reports")
    assert visitor.complaints() == []


def choose_devices(visitor):
    element(visitor, "template").click()
    visitor.choose("Devices report")
    visitor.wait(lambda: "Changes to devices" in element(visitor, "about").text)


def element(visitor, name):
    return visitor.wait(lambda: visitor.js(FIND, part(name)))


def make(visitor):
    """Make the report of devices, and wait until it is there."""
    choose_devices(visitor)
    element(visitor, "generate").click()
    visitor.wait(lambda: visitor.all(".pl-report-state.done"))


def test_a_report_is_made_and_downloaded(reader, browser):
    assert reader.all(".pl-reports-table") == []
    make(reader)
    [row] = reader.all(".pl-reports-table tbody tr")
    assert row.text.startswith("Devices report\n")
    reader.all(".pl-reports-table a")[0].click()
    folder = Path(browser.download_path)
    reader.wait(lambda: list(folder.glob("Devices report_*.csv")))
    [file] = folder.glob("Devices report_*.csv")
    heading, acme = file.read_text("utf-8-sig").splitlines()
    assert heading == DEVICES
    assert "'+380441234567" in acme


def test_a_report_is_deleted(reader):
    make(reader)
    reader.all(".pl-reports-table button")[0].click()
    reader.wait(lambda: element(reader, "status").text == "The report was deleted.")
    assert reader.all(".pl-reports-table") == []


def test_an_inventory_hides_the_period_and_says_its_own_notes(reader):
    assert element(reader, "period").is_displayed()
    choose_devices(reader)
    assert not element(reader, "period").is_displayed()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_is_in_reach_and_without_barriers(reader, width, scheme):
    make(reader)
    reader.screen(width, 900)
    reader.prefer(scheme)
    scroll, inner = reader.js(WIDTHS)
    assert scroll <= inner
    assert barriers(reader) == []
