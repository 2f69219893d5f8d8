"""Chromium as Debian installs it: one browser for all, so that it loads our scripts once."""

from urllib.parse import quote

import pytest
from apps import Serving
from customer_factories import customer, licenses, term
from customer_pages import publish
from dash.testing.browser import Browser
from pictured import NAME
from selenium.webdriver.chrome.options import Options
from visiting import Server, Visitor


def pytest_setup_options():
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    return options


@pytest.fixture(scope="session")
def browser(request, tmp_path_factory):
    with Browser(
        browser="Chrome",
        headless=request.config.getoption("headless"),
        options=request.config.hook.pytest_setup_options(),
        download_path=str(tmp_path_factory.mktemp("downloads")),
        percy_run=False,
    ) as browser:
        browser.driver.implicitly_wait(0)
        yield browser


@pytest.fixture(scope="session")
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def visitor(browser, server, small_app):
    """Return somebody who has not been here before; the console must stay silent."""
    server.app = small_app
    visitor = Visitor(browser, server)
    yield visitor
    assert visitor.complaints() == []


@pytest.fixture
def hostile(visitor, server, monkeypatch, tmp_path):
    """Return somebody on the page of a customer whose name is an attack."""
    serving = Serving(monkeypatch, tmp_path)
    publish(serving, customer(NAME), term(NAME), licenses(NAME, used=104))
    server.app = serving.app()
    return visitor.visit("/customers/" + quote(f"id of {NAME}", safe=""))
