"""The cookie of a sign-in: kept from scripts, other sites and whoever plants one."""

import re

import pytest
from sign_in_form import OURS, PASSWORD, send
from signing_in import signed_in, with_cookies

from dashboard.callbacks.session import COOKIE, CSRF_COOKIE


def cookie_of(answer, name=COOKIE):
    """Return one Set-Cookie line."""
    return next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith(f"{name}="))


def test_a_cookie_is_kept_from_scripts_and_other_sites(app, somebody):
    line = cookie_of(send(app.server.test_client(), somebody))
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
    assert "Path=/" in line
    assert "Domain" not in line
    assert "Secure" not in line  # http at localhost, for the demo


@pytest.mark.parametrize("base", ["https://localhost", "https://a.example", "http://a.example"])
def test_everywhere_else_a_cookie_is_for_https_and_this_host_alone(app, somebody, base):
    browser = app.server.test_client()
    page = browser.get("/sign-in", base_url=base)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]
    form = {"email": somebody, "password": PASSWORD, "csrf_token": token}
    cookie = {"Cookie": f"{CSRF_COOKIE}={token}"}
    answer = browser.post("/sign-in", data=form, headers=OURS | cookie, base_url=base)
    assert answer.status_code == 303
    assert "Secure" in cookie_of(answer, f"__Host-{COOKIE}")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_signing_in_changes_the_id_so_that_none_can_be_planted(app, somebody):  # T-10
    browser = app.server.test_client()
    browser.set_cookie(COOKIE, "planted")
    line = cookie_of(send(browser, somebody))
    assert "planted" not in line
    again = signed_in(app)
    before = again.get_cookie(COOKIE).value
    again.delete_cookie(COOKIE)
    assert again.get("/_dash-layout").status_code == 401
    assert with_cookies(app, {COOKIE: before, CSRF_COOKIE: "x"}).get("/").status_code == 200
