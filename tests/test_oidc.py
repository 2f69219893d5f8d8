"""Signing in at a provider, over real HTTP: who is let in, as what, and what is refused."""

import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests
from apps import Serving, small_portfolio
from oidc_provider import CLIENT, SECRET
from signing_in import add_somebody

from dashboard.callbacks.session import COOKIE
from dashboard.callbacks.sign_in import FIRST
from dashboard.state.audit import first_broken
from dashboard.state.models import User
from dashboard.state.users import find_user

ROLES = {"everything": "full_admin", "reading": "read_only_admin"}


@pytest.fixture(scope="module")
def provider():
    """Return the address of a running provider."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(__file__).with_name("oidc_provider.py")
    process = subprocess.Popen(
        [sys.executable, str(program), str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(100):
        try:
            requests.get(f"{address}/behave", timeout=5)
            break
        except requests.ConnectionError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(10)


@pytest.fixture
def app(provider, monkeypatch, tmp_path, state_url):
    requests.get(f"{provider}/behave", timeout=5)
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    app = serving.app(
        state_url=state_url,
        oidc_issuer=provider,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_roles=ROLES,
    )
    yield app
    app._services.database.engine.dispose()


@pytest.fixture
def browser(app):
    return app.server.test_client()


def walk(provider, browser, wanted="", **claims):
    """Go to the provider, which claims something, and come back; return the last answer."""
    return browser.get(back(provider, browser, wanted, **claims))


def back(provider, browser, wanted="", **claims):
    """Return the address at which the provider sends somebody back."""
    requests.get(f"{provider}/behave", params={"claims": json.dumps(claims)}, timeout=5)
    there = browser.get("/sign-in/oidc", query_string={"next": wanted})
    assert there.status_code == 302
    assert re.search(r"[?&]nonce=\w{10}", there.location)
    assert "code_challenge_method=S256" in there.location
    answer = requests.get(there.location, allow_redirects=False, timeout=5)
    return answer.headers["Location"].removeprefix("http://localhost")


def role_of(app, email="ann@partner.example"):
    with app._services.database.read() as session:
        user = find_user(session, email)
        return user and user.role


def test_the_sign_in_page_offers_the_provider(browser):
    page = browser.get("/sign-in?next=/subscriptions/expiring").text
    assert 'href="/sign-in/oidc?next=%2Fsubscriptions%2Fexpiring"' in page


def test_somebody_new_sees_nothing_unless_a_group_says_otherwise(app, provider, browser):
    answer = walk(provider, browser, "/subscriptions/expiring")
    assert (answer.status_code, answer.location) == (303, "/subscriptions/expiring")
    assert role_of(app) == "nobody"
    assert browser.get("/_dash-layout").status_code == 200


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["everything"], "full_admin"),
        (["other", "reading"], "read_only_admin"),
        (["reading", "everything"], "full_admin"),
        ("reading", "read_only_admin"),
        (["other"], "nobody"),
        ([], "nobody"),
        (["full_admin"], "nobody"),  # a group named like a role is no role
    ],
)
def test_a_group_gives_its_role(app, provider, browser, groups, role):
    assert walk(provider, browser, roles=groups).status_code == 303
    assert role_of(app) == role


def test_a_group_that_is_gone_takes_its_role_with_it(app, provider, browser):
    walk(provider, browser, roles=["everything"])
    assert role_of(app) == "full_admin"
    walk(provider, browser, roles=[])
    assert role_of(app) == "nobody"
    with app._services.database.read() as session:
        assert first_broken(session) is None


def test_a_known_address_is_the_same_user_if_the_provider_verified_it(app, provider, browser):
    user_id = add_somebody(app._services.database, "nobody", email="ann@partner.example")
    walk(provider, browser, roles=["reading"])
    with app._services.database.read() as session:
        [user] = session.query(User)
    assert (user.id, user.role, user.identity) == (
        user_id,
        "read_only_admin",
        f"{provider}|subject-1",
    )


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"aud": "another client"},
        {"aud": "another client", "azp": CLIENT},
        {"aud": None},
        {"iss": "https://another.example"},
        {"iss": None},
        {"exp": 1_700_000_000, "iat": 1_699_999_000},
        {"exp": None},
        {"foreign_key": True},
        {"sub": None},
        {"email": None},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email_verified": None},
    ],
    ids=str,
)
def test_a_token_that_is_not_right_lets_nobody_in(app, provider, browser, claims):
    answer = walk(provider, browser, **({"roles": ["everything"]} | claims))
    assert answer.status_code == 401
    assert "Signing in with your organization failed" in answer.text
    assert browser.get_cookie(COOKIE) is None
    assert role_of(app) is None


def test_a_code_opens_once(provider, browser):
    address = back(provider, browser)
    assert browser.get(address).status_code == 303
    browser.delete_cookie(COOKIE)
    assert browser.get(address).status_code == 401  # nothing is remembered of it any more


def test_a_code_is_refused_again_even_where_the_first_request_is_remembered(
    app, provider, browser
):
    address = back(provider, browser)
    kept = browser.get_cookie(f"{COOKIE}-oidc").value
    assert browser.get(address).status_code == 303
    thief = app.server.test_client()
    thief.set_cookie(f"{COOKIE}-oidc", kept)
    assert thief.get(address).status_code == 401


def test_a_code_of_another_browser_opens_nothing(app, provider, browser):
    address = back(provider, browser)
    assert app.server.test_client().get(address).status_code == 401


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?error=access_denied", "?code=x&state=y"]
)
def test_an_address_without_a_beginning_is_refused(browser, query):
    assert browser.get(f"/sign-in/oidc/callback{query}").status_code == 401


def test_an_address_of_another_identity_is_refused(app, provider, browser):
    walk(provider, browser)
    answer = walk(provider, app.server.test_client(), sub="subject-2")
    assert answer.status_code == 401


def test_a_deactivated_user_is_refused(app, provider, browser):
    walk(provider, browser, roles=["everything"])
    with app._services.database.begin() as session:
        find_user(session, "ann@partner.example").active = False
    answer = walk(provider, browser, roles=["everything"])
    assert answer.status_code == 401


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_the_way_back_leads_to_no_other_site(provider, browser, wanted):
    assert walk(provider, browser, wanted).location == FIRST


def test_without_a_provider_there_is_no_such_way(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    stranger = serving.app().server.test_client()
    assert "/sign-in/oidc" not in stranger.get("/sign-in").text
    assert stranger.get("/sign-in/oidc").status_code == 401
