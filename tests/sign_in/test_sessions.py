"""How long a sign-in lasts: until it is left, unused, too old, or its rights are taken away."""

import re
from datetime import timedelta

import pytest
from asking import ask
from sign_in_form import OURS, PASSWORD, send
from signing_in import add_somebody, cookies_of, signed_in, with_cookies

from dashboard.callbacks.session import COOKIE, CSRF_COOKIE
from dashboard.state import users
from dashboard.state.models import User


def test_a_copied_cookie_opens_nothing_after_signing_out(app):  # T-10, M-13
    cookies = cookies_of(app)
    mine, copied = with_cookies(app, cookies), with_cookies(app, cookies)
    assert ask(copied).status_code == 200
    answer = mine.post("/sign-out", data={"csrf_token": cookies[CSRF_COOKIE]})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert ask(copied).status_code == 401
    assert mine.get("/_dash-layout").status_code == 401


def test_signing_in_anew_ends_the_sign_in_this_browser_had(app, somebody):
    browser = app.server.test_client()
    send(browser, somebody)
    old = browser.get_cookie(COOKIE).value
    browser.delete_cookie(COOKIE)
    page = browser.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    browser.set_cookie(COOKIE, old)
    form = {"email": somebody, "password": PASSWORD, "csrf_token": token}
    assert browser.post("/sign-in", data=form, headers=OURS).status_code == 303
    copied = with_cookies(app, {COOKIE: old, CSRF_COOKIE: token})
    assert copied.get("/_dash-layout").status_code == 401


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 401)])
def test_half_an_hour_unused_ends_it(app, clock, minutes, status):  # T-10
    browser = signed_in(app)
    clock.ahead = timedelta(minutes=minutes)
    assert ask(browser).status_code == status


def test_twelve_hours_end_it_however_busy_somebody_was(app, clock):  # T-10
    browser = signed_in(app)
    for minutes in range(0, 720, 25):
        clock.ahead = timedelta(minutes=minutes)
        assert browser.get("/_dash-layout").status_code == 200
    clock.ahead = timedelta(hours=12, seconds=5)
    assert browser.get("/_dash-layout").status_code == 401


def test_rights_taken_away_are_gone_with_the_next_request(app, database):  # T-10
    user_id = add_somebody(database, "assigned_user", ["id of Initech"])
    browser = signed_in(app, user_id=user_id)
    path = "/subscriptions/expiring"
    assert "Initech" in ask(browser, path=path).text
    with database.begin() as session:
        users.unassign(session, user_id, ["id of Initech"])
    answer = ask(browser, path, path=path)
    assert "Initech" not in answer.text
    assert "No customers are assigned to you yet" in answer.text
    with database.begin() as session:
        session.get(User, user_id).active = False
    assert ask(browser, path=path).status_code == 401


def test_a_deactivated_user_who_comes_back_has_to_sign_in_again(app, database):
    user_id = add_somebody(database, "full_admin")
    browser = signed_in(app, user_id=user_id)
    for active in (False, True):
        with database.begin() as session:
            session.get(User, user_id).active = active
    assert ask(browser).status_code == 401
