"""The gate: strangers get nothing, other sites change nothing, and wishes are no rights."""

import json
import re

import pytest
from apps import Serving, small_portfolio
from asking import HERE, ROUTE, ask, body
from factories import line
from signing_in import add_somebody, cookies_of, signed_in, with_cookies

from dashboard.callbacks.gate import OPEN
from dashboard.callbacks.session import COOKIE, CSRF_COOKIE
from dashboard.components.roles import role_name
from dashboard.i18n import Language
from dashboard.pages import PAGES
from dashboard.state.models import Role

ARGUMENTS = {
    "path": "subscriptions/expiring",
    "filename": "20-controller.js",
    "package_name": "dash",
    "fingerprinted_path": "dash-renderer/build/dash_renderer.min.js",
}
MINE, THEIRS = "Vandelay", sorted({row["customer"] for row in small_portfolio()} - {"Vandelay"})
SEEN = re.compile("|".join(THEIRS))
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        serving = Serving(patch, tmp_path_factory.mktemp("gate"))
        serving.publish(*small_portfolio())
        yield serving.app()


@pytest.fixture
def assigned(app):
    """Return somebody who may see one customer, in the second region."""
    return signed_in(app, "assigned_user", [f"id of {MINE}"])


def every_route(app):
    urls = app.server.url_map.bind("localhost")
    for rule in app.server.url_map.iter_rules():
        values = {name: ARGUMENTS.get(name, "x") for name in rule.arguments}
        for method in rule.methods:
            yield urls.build(rule.endpoint, values, method), method


def test_a_stranger_gets_401_from_every_route_but_the_listed_ones(app):  # T-19
    stranger, seen = app.server.test_client(), 0
    for url, method in every_route(app):
        if url in OPEN:
            continue
        with stranger.open(url, method=method) as answer:
            assert answer.status_code == 401, (url, method)
            assert answer.text in {"Please sign in.", ""}
            assert answer.headers["Cache-Control"] == "no-store"
        seen += 1
    assert seen > 25


@pytest.mark.parametrize("url", sorted(OPEN))
def test_what_is_open_holds_no_data_and_no_path(app, url):  # T-19
    with app.server.test_client().get(url) as answer:
        text = answer.get_data().decode(errors="replace")
    assert answer.status_code in {200, 404}  # fonts are there where npm fetched them
    assert not SEEN.search(text)
    for leak in ("Traceback", "site-packages", ".py", "/tmp", "/home", "/root", "memory"):
        assert leak not in text or url.endswith("woff2"), leak


def test_nothing_is_open_that_is_not_listed(app):
    stranger = app.server.test_client()
    for path in ("/sign-in/", "/sign-in/oidc", "/assets/boot/../20-controller.js", "/healthz/x",
                 "/assets/boot/boot.js", "//sign-in", "/SIGN-IN", "/sign-in%2f..%2f"):  # fmt: skip
        assert stranger.get(path).status_code in {308, 401}, path


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_page_sends_a_stranger_to_sign_in(app, page):
    answer = app.server.test_client().get(page.path, headers=PAGE)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?next=%2F")


@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin", "websocket"])
def test_what_a_script_asks_for_is_refused_rather_than_redirected(app, mode):
    headers = PAGE | {"Sec-Fetch-Mode": mode}
    assert app.server.test_client().get("/", headers=headers).status_code == 401


def test_a_store_that_is_not_ready_tells_no_path(monkeypatch, tmp_path):  # T-19
    app = Serving(monkeypatch, tmp_path).app(data_dir="/srv/secret/place")
    answer = app.server.test_client().get("/readyz")
    assert (answer.status_code, "/srv" in answer.text) == (503, False)
    assert "/srv" not in ask(signed_in(app, "read_only_admin")).text
    assert "There is no data to show yet" in ask(signed_in(app, "read_only_admin")).text


# ---- Cross-site requests (T-09) ----

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


# ---- Wishes are no rights (T-05) ----


def forgeries(app):
    """Return what a forged value could claim, beside what it normally is."""
    admin = add_somebody(app._services.database, "full_admin")
    claims = {"user_id": admin, "user": admin, "viewer": admin, "role": "full_admin",
              "scope": None, "customers": None, "administers": True}  # fmt: skip
    yield HERE | claims
    yield HERE | claims | {"path": "/subscriptions/expiring", "region": "US"}
    yield HERE | claims | {"path": "/subscriptions/over-limit", "region": "US"}
    names = [f"id of {name}" for name in THEIRS]
    rows = [row for page in PAGES for row in rows_of(signed_in(app), page.path)]
    assert rows
    yield claims | {"ids": rows + names, "columns": ["customer", "subscription_id"]}
    yield admin
    yield {"path": f"/customers/{names[0]}"} | claims
    yield names


def rows_of(browser, path="/subscriptions/expiring"):
    """Return the ids of the rows somebody finds on a page."""
    return sorted(set(re.findall(r'"row_id":"([^"]+)"', ask(browser, path=path).text)))


def concrete(id_):
    """Return an id as the browser sends it; a pattern becomes each declared section."""
    if not id_.startswith("{"):
        return [id_]
    pattern = json.loads(id_)
    return [
        {key: name if isinstance(value, list) else value for key, value in pattern.items()}
        for name in ("expiring", "over_limit", "recently_added", "low_assignment")
    ]


def requests_of(output, callback, forged):
    """Yield the bodies a browser could send to one callback, every value forged."""
    ids = {i["id"] for i in (*callback["inputs"], *callback["state"])}
    for n in range(max(len(concrete(id_)) for id_ in ids)):
        at = lambda part: {  # noqa: E731
            "id": concrete(part["id"])[n % len(concrete(part["id"]))],  # noqa: B023
            "property": part["property"],
            "value": "?region=US" if part["property"] == "search" else forged,
        }
        parts = [o.rsplit(".", 1) for o in output.strip(".").split("...")]
        outputs = [
            {"id": concrete(id_)[n % len(concrete(id_))], "property": p} for id_, p in parts
        ]
        yield {
            "output": output,
            "outputs": outputs if output.startswith("..") else outputs[0],
            "inputs": [at(part) for part in callback["inputs"]],
            "state": [at(part) for part in callback["state"]],
            "changedPropIds": [],
        }


def test_no_forged_state_of_any_callback_widens_what_somebody_sees(app, assigned):  # T-05
    on_server = {o: c for o, c in app.callback_map.items() if c.get("callback")}
    assert len(on_server) >= 2
    seen = 0
    for output, callback in on_server.items():
        for forged in forgeries(app):
            for content in requests_of(output, callback, forged):
                text = assigned.post(ROUTE, json=content).text
                text = re.sub(r"/customers/id of \w+", "", text)  # it repeats the path asked for
                assert not SEEN.search(text), (output, forged)
                seen += MINE in text
    assert seen  # one's own customer does come through


def test_no_address_names_another_viewer(assigned):
    for query in ("user_id=1", "role=full_admin", "customers=all", "viewer=operator"):
        assert not SEEN.search(ask(assigned, path="/subscriptions/expiring", search=query).text)
        assert not SEEN.search(assigned.get(f"/_dash-layout?{query}").text)
        assert not SEEN.search(assigned.get(f"/?{query}").text)


# ---- Everybody's own customers (T-01, T-30) ----


@pytest.mark.parametrize("role", ["assigned_user", "admin", "nobody", "no such role"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_fresh_user_sees_no_row_anywhere(app, role, page):  # T-30
    if role == "no such role":
        with app._services.database.begin() as session:
            if session.get(Role, role) is None:
                session.add(Role(name=role, sees="whatever", edits_tags=False, administers=False,
                                 whole_numbers=False))  # fmt: skip
    answer = ask(signed_in(app, role), path=page.path)
    if not page.panel:
        assert "No customers are assigned to you yet" in answer.text
        assert answer.json["response"]["parts"]["data"] == []
    assert not SEEN.search(answer.text)
    assert MINE not in answer.text


def test_a_fresh_users_file_has_no_row(app):
    id_ = {"part": "export-request", "section": "expiring"}
    wanted = {"ids": rows_of(signed_in(app)), "columns": ["customer"]}
    inputs = [{"id": id_, "property": "data", "value": wanted}]
    output = '{"part":"download","section":["MATCH"]}.data'
    callback = next(o for o in app.callback_map if '"part":"download"' in o)
    assert callback == output
    content = {
        "output": output,
        "outputs": {"id": {"part": "download", "section": "expiring"}, "property": "data"},
        "inputs": inputs,
        "state": [
            {"id": id_, "property": "id", "value": id_},
            {"id": "url", "property": "search", "value": "?region=US"},
        ],
        "changedPropIds": ['{"part":"export-request","section":"expiring"}.data'],
    }
    everything = signed_in(app).post(ROUTE, json=content).text
    assert "Initech" in everything
    assert not SEEN.search(signed_in(app, "nobody").post(ROUTE, json=content).text)


def test_only_the_regions_of_ones_customers_are_offered(assigned):
    page = assigned.get("/", headers=PAGE).text
    told = json.loads(re.search(r'id="choices">(.*?)</script>', page)[1])
    offer = next(key["offer"] for key in told["keys"] if key["name"] == "region")
    assert (offer["values"], offer["default"]) == (["EU"], "EU")
    assert '"name":"region"' not in assigned.get("/_dash-layout").text.replace(" ", "")
    answer = ask(assigned, path="/subscriptions/expiring", region="US")  # falls back to EU
    assert MINE in answer.text
    assert "European Union" in answer.text


def test_a_region_of_others_reads_as_one_that_does_not_exist(assigned):
    there, nowhere = (
        ask(assigned, path="/subscriptions/expiring", region=region).data
        for region in ("US", "ATLANTIS")
    )
    assert there == nowhere


def test_the_shell_names_who_is_signed_in_and_lets_them_out(app):
    browser = signed_in(app, "read_only_admin")
    layout = json.dumps(browser.get("/_dash-layout").json)
    assert role_name("read_only_admin", Language("en")) in layout
    assert '"action": "/sign-out"' in layout
    assert browser.get_cookie(CSRF_COOKIE).value in layout


# ---- Headers (T-26, T-29) ----


@pytest.mark.parametrize("url", ["/sign-in", "/healthz", "/", "/_dash-layout", "/nowhere"])
def test_no_page_can_be_framed_or_kept(app, url):  # T-29, T-26
    for browser in (signed_in(app), app.server.test_client()):
        headers = browser.get(url).headers
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert "camera=()" in headers["Permissions-Policy"]
        assert "Strict-Transport-Security" not in headers  # http at localhost


def test_https_is_told_to_stay(app):
    answer = app.server.test_client().get("/healthz", base_url="https://a.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_proxys_word_counts_only_where_one_is_configured(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(line())
    forwarded = {"X-Forwarded-Proto": "https"}
    for hops, told in ((0, False), (1, True)):
        answer = serving.app(proxies=hops).server.test_client().get("/healthz", headers=forwarded)
        assert ("Strict-Transport-Security" in answer.headers) is told
