"""Chromium as Debian installs it."""

from selenium.webdriver.chrome.options import Options


def pytest_setup_options():
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    return options
