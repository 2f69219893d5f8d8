"""Requests that another site makes a browser send (T-09): they change nothing."""

import json

import pytest
from apps import Serving
from asking import ROUTE, ask, body
from factories import line
from signing_in import cookies_of, with_cookies

from dashboard.callbacks.session import COOKIE, CSRF_COOKIE

FOREIGN = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("kind", ["application/json", "text/plain"])
def test_another_site_cannot_make_a_browser_post(app, headers, kind):
    cookies = cookies_of(app)
    browser = app.server.test_client()
    for name, value in cookies.items():
        browser.set_cookie(name, value)
    token = {"X-CSRFToken": cookies[CSRF_COOKIE]}
    content = json.dumps(body())
    answer = browser.post(ROUTE, data=content, content_type=kind, headers=headers | token)
    assert answer.status_code == 403
    assert browser.post("/sign-out", headers=headers | token).status_code == 403
    assert browser.get("/_dash-layout").status_code == 200  # still signed in


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "ї"])
def test_without_the_token_of_this_sign_in_nothing_is_accepted(app, token):
    cookies = cookies_of(app)
    browser = app.server.test_client()
    browser.set_cookie(COOKIE, cookies[COOKIE])
    browser.set_cookie(CSRF_COOKIE, token)  # as a subdomain could plant it
    headers = {"Sec-Fetch-Site": "same-origin", "X-CSRFToken": token.encode().decode("latin-1")}
    assert browser.post(ROUTE, json=body(), headers=headers).status_code == 403


def test_the_token_of_another_sign_in_is_none(app):
    mine, other = cookies_of(app), cookies_of(app)
    mixed = with_cookies(app, mine | {CSRF_COOKIE: other[CSRF_COOKIE]})
    assert ask(mixed).status_code == 403


def test_an_old_browser_shows_by_its_origin_whose_page_it_is(app):
    cookies = cookies_of(app)
    browser = app.server.test_client()
    for name, value in cookies.items():
        browser.set_cookie(name, value)
    headers = {"Origin": "http://localhost", "X-CSRFToken": cookies[CSRF_COOKIE]}
    assert browser.post(ROUTE, json=body(), headers=headers).status_code == 200


def test_a_sign_in_form_without_its_token_is_refused(app):
    form = {"email": "a@b.example", "password": "x"}
    headers = {"Sec-Fetch-Site": "same-origin"}
    browser = app.server.test_client()
    assert browser.post("/sign-in", data=form, headers=headers).status_code == 403
    browser.get("/sign-in")
    forged = form | {"csrf_token": "0" * 64}
    assert browser.post("/sign-in", data=forged, headers=headers).status_code == 403


def test_a_key_that_is_being_replaced_is_accepted_until_it_is_gone(monkeypatch, tmp_path):  # T-12
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(line())
    old, new = "o" * 40, "n" * 40
    cookies = cookies_of(serving.app(secret_key=old))
    assert ask(with_cookies(serving.app(secret_key=f"{new} {old}"), cookies)).status_code == 200
    assert ask(with_cookies(serving.app(secret_key=new), cookies)).status_code == 403
