"""View-only: nothing here acts for a customer or at a vendor (E-030, TRUST T-22)."""

import re
from pathlib import Path

from apps import Serving, small_portfolio

import dashboard

PACKAGE = Path(dashboard.__file__).parent
CALLERS = re.compile(
    r"^\s*(?:import|from) (requests|httpx|urllib\.request|http\.client|aiohttp)", re.MULTILINE
)


def test_nothing_but_sign_in_and_callbacks_takes_a_post(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    rules = serving.app().server.url_map.iter_rules()
    writing = {rule.rule for rule in rules if rule.methods & {"POST", "PUT", "PATCH", "DELETE"}}
    assert writing <= {"/_dash-update-component", "/sign-in", "/sign-out"}


def test_only_the_sign_in_provider_is_ever_called():
    calling = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if CALLERS.search(path.read_text("utf-8"))
    }
    assert calling <= {"callbacks/oidc.py"}
