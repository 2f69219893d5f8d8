"""The sign-in page: what it shows, and where it leads whoever has signed in."""

import json
import re

import pytest
from apps import Serving, small_portfolio
from asking import PAGE
from sign_in_form import PASSWORD, send
from signing_in import add_somebody

from dashboard.callbacks.sign_in import FIRST

NOWHERE = [
    "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example",
    "evil.example", "///evil.example", "/\t/evil.example", "/\n/evil.example",
    "\t//evil.example", "http:evil.example", "javascript:alert(1)", "JAVASCRIPT:alert(1)",
    "data:text/html,x", "", " ", "/ /evil.example", "//", "/\\", "\\", "https:/evil.example",
    "https:\\\\evil.example", "//evil.example/%2f..", "//user@evil.example",
    "/\r\nLocation: https://evil.example", "\x00//evil.example", "/\x00/evil.example",
    "?next=//evil.example", "#//evil.example", "./evil", "../evil", "////evil.example",
    "/\x7f/evil.example", "/\u2028/evil.example", "\u3000//evil.example", "//[::1]",
    "//evil\u3002example", "ftp://evil.example", "/\\/evil.example", "/\u00a0/evil",
]  # fmt: skip


def test_the_right_password_opens_the_page_one_came_for(app, somebody):
    browser = app.server.test_client()
    assert browser.get("/", headers=PAGE).status_code == 303
    answer = send(browser, somebody, next="/subscriptions/expiring?region=EU")
    assert (answer.status_code, answer.location) == (303, "/subscriptions/expiring?region=EU")
    assert browser.get("/", headers=PAGE).status_code == 200


@pytest.mark.parametrize("state_url", ["sqlite"], indirect=True)
def test_no_next_leads_to_another_site(app, somebody):  # T-15
    assert len(NOWHERE) >= 30
    for wanted in NOWHERE:
        browser = app.server.test_client()
        assert send(browser, somebody, next=wanted).location == FIRST, wanted
        opened = browser.get("/sign-in", query_string={"next": wanted})
        assert opened.location == FIRST, wanted


@pytest.mark.parametrize("state_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("prefix", ["/", "/partners/"])
def test_a_page_that_is_asked_for_is_opened_after_signing_in(app, prefix, monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    app = serving.app(prefix=prefix)
    stranger = app.server.test_client()
    answer = stranger.get("/subscriptions/expiring?region=EU&q=a%26b", headers=PAGE)
    base = prefix.rstrip("/")
    assert answer.location.startswith(f"{base}/sign-in?next=")
    page = stranger.get(answer.location.removeprefix(base)).text
    assert f'name="next" value="{base}/subscriptions/expiring?region=EU&amp;q=a%26b"' in page
    assert f'action="{base}/sign-in"' in page


@pytest.mark.parametrize("state_url", ["sqlite"], indirect=True)
def test_the_page_speaks_the_visitors_language(app):
    browser = app.server.test_client()
    page = browser.get("/sign-in", headers={"Accept-Language": "uk-UA"}).text
    assert '<html lang="uk">' in page
    assert "Увійти" in page
    assert '<html lang="en-GB">' in browser.get("/sign-in?language=en-GB").text
    assert '<html lang="en-GB">' in browser.get("/sign-in").text  # a cookie remembers it


@pytest.mark.parametrize("state_url", ["sqlite"], indirect=True)
def test_the_page_needs_no_script_and_names_its_fields(app):
    page = app.server.test_client().get("/sign-in").text
    assert "<script" not in page
    assert "javascript:" not in page
    assert page.count("<label>") == 2
    assert re.findall(r'(?:src|href)="((?:https?:)?//[^"]*)"', page) == []


@pytest.mark.parametrize("state_url", ["sqlite"], indirect=True)
def test_what_was_typed_cannot_break_out_of_the_page(app):
    page = send(app.server.test_client(), '"><script>alert(1)</script>', "x").text
    assert "<script" not in page
    assert 'role="alert"' in page


@pytest.mark.parametrize("state_url", ["sqlite"], indirect=True)
def test_only_the_demo_offers_its_users(app, monkeypatch, tmp_path):
    assert "demo" not in app.server.test_client().get("/sign-in").text.lower().split("<main>")[1]
    file = tmp_path / "users.json"
    who = {"email": "d@demo.example", "role": "admin", "name": "D", "password": PASSWORD}
    file.write_text(json.dumps([who]))
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    demo = serving.app(demo_users=file)
    add_somebody(demo._services.database, "admin", email=who["email"], password=PASSWORD)
    page = demo.server.test_client().get("/sign-in").text
    assert "Partner administrator" in page
    assert PASSWORD in page
    assert send(demo.server.test_client(), who["email"]).status_code == 303
