"""Signing in: who gets in, how often somebody may guess, and when a cookie opens nothing more."""

import json
import re
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
from apps import Serving, small_portfolio
from asking import ask
from signing_in import add_somebody, cookies_of, signed_in, with_cookies

from dashboard.app import now_in_utc
from dashboard.callbacks.session import COOKIE, CSRF_COOKIE
from dashboard.callbacks.sign_in import FIRST
from dashboard.state import users
from dashboard.state.audit import first_broken
from dashboard.state.models import AuditEntry, User

PASSWORD = "correct horse battery"
OURS = {"Sec-Fetch-Site": "same-origin"}
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


class Clock:
    """A clock that a test turns forward."""

    def __init__(self):
        """Begin now."""
        self.ahead = timedelta()

    def __call__(self):
        return now_in_utc() + self.ahead


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def app(monkeypatch, tmp_path, state_url, clock):
    """Return an app whose state is in SQLite, and then in PostgreSQL."""
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    app = serving.app(clock, state_url=state_url)
    yield app
    app._services.database.engine.dispose()


@pytest.fixture
def database(app):
    return app._services.database


@pytest.fixture
def somebody(database):
    add_somebody(database, "full_admin", email="Ann@partner.example", password=PASSWORD)
    return "ann@partner.example"


def send(browser, email, password=PASSWORD, **fields):
    """Open the sign-in page and send its form."""
    page = browser.get("/sign-in").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"email": email, "password": password, "csrf_token": token} | fields
    return browser.post("/sign-in", data=form, headers=OURS)


def cookie_of(answer, name=COOKIE):
    """Return one Set-Cookie line."""
    return next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith(f"{name}="))


def test_the_right_password_opens_the_page_one_came_for(app, somebody):
    browser = app.server.test_client()
    assert browser.get("/", headers=PAGE).status_code == 303
    answer = send(browser, somebody, next="/subscriptions/expiring?region=EU")
    assert (answer.status_code, answer.location) == (303, "/subscriptions/expiring?region=EU")
    assert browser.get("/", headers=PAGE).status_code == 200


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


def test_a_thousand_guesses_are_ten_evaluated(app, somebody, monkeypatch):  # T-11
    looked_at = []
    real = users.HASHER.verify
    monkeypatch.setattr(users, "HASHER", Counting(real, looked_at))
    browser = app.server.test_client()
    answers = [send(browser, somebody, f"guess {n}").status_code for n in range(1_000)]
    assert len(looked_at) == 10
    assert answers == [401] * 10 + [429] * 990
    assert send(browser, somebody).status_code == 429  # not even the right one


class Counting:
    """A password hasher that counts."""

    def __init__(self, verify, calls):
        """Note what is verified."""
        self.calls, self._verify = calls, verify

    def verify(self, *values):
        self.calls.append(values)
        return self._verify(*values)


def test_unknown_wrong_and_inactive_get_the_same_answer(app, database, somebody):  # T-11
    gone = add_somebody(database, "admin", email="gone@partner.example", password=PASSWORD)
    with database.begin() as session:
        session.get(User, gone).active = False
    without = "oidc@partner.example"
    add_somebody(database, "admin", email=without)
    asked = {
        "nobody@partner.example": PASSWORD,
        somebody: "wrong",
        "gone@partner.example": PASSWORD,
    }
    pages = set()
    for email, password in (asked | {without: ""}).items():
        browser = app.server.test_client()
        answer = send(browser, email, password)
        assert answer.status_code == 401
        page = answer.text.replace(email, "EMAIL")
        pages.add(re.sub(r'name="csrf_token" value="\w+"', "", page))
    assert len(pages) == 1


def test_unknown_wrong_and_inactive_take_the_same_time(app, database, somebody, monkeypatch):
    """T-11: the time of a password's hash dominates, and each of them pays it once."""
    gone = add_somebody(database, "admin", email="gone@partner.example", password=PASSWORD)
    with database.begin() as session:
        session.get(User, gone).active = False
    monkeypatch.setattr("dashboard.state.attempts.PER_ACCOUNT", 1_000)
    looked_at = []
    monkeypatch.setattr(users, "HASHER", Counting(users.HASHER.verify, looked_at))
    browser = app.server.test_client()
    emails = ("nobody@partner.example", somebody, "gone@partner.example")
    took = {email: [] for email in emails}
    for _ in range(9):
        for email in emails:
            before = perf_counter()
            send(browser, email, "wrong password")
            took[email].append(perf_counter() - before)
    assert len(looked_at) == 27
    typical = [median(times) for times in took.values()]
    assert max(typical) < 1.3 * min(typical)


@pytest.mark.parametrize("field", ["email", "password", "next", "csrf_token"])
@pytest.mark.parametrize(
    "value", ["", "\0", "x" * 100_000, "ї' OR 1=1 --", "\ud7ff\r\nSet-Cookie: a"]
)
def test_whatever_stands_in_the_form_is_refused_in_words(app, field, value):
    answer = (
        send(app.server.test_client(), "a@b.example", **{field: value})
        if field not in ("email", "password")
        else send(app.server.test_client(), **({"email": "a@b.example"} | {field: value}))
    )
    assert answer.status_code in {401, 403}
    assert "Traceback" not in answer.text
    assert "Set-Cookie: a" not in str(answer.headers)


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


def test_every_sign_in_and_refusal_is_written_down_without_what_was_typed(app, database, somebody):
    browser = app.server.test_client()
    send(browser, somebody, "my secret guess")
    send(browser, "my secret password", "x")
    send(browser, somebody)
    with database.read() as session:
        written = [(e.actor, e.action, e.subject) for e in session.query(AuditEntry)]
        everything = json.dumps([e.detail for e in session.query(AuditEntry)]) + str(written)
        assert first_broken(session) is None
    assert written == [
        ("", "sign_in_refused", somebody),
        ("", "sign_in_refused", ""),
        (somebody, "signed_in", ""),
    ]
    assert "my secret" not in everything


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
