"""The gate: strangers get nothing, and what is open to them holds no data."""

import pytest
from apps import Serving
from asking import PAGE, ask
from signing_in import signed_in
from whose import SEEN

from dashboard.callbacks.gate import OPEN
from dashboard.pages import PAGES

ARGUMENTS = {
    "path": "subscriptions/expiring",
    "filename": "20-controller.js",
    "package_name": "dash",
    "fingerprinted_path": "dash-renderer/build/dash_renderer.min.js",
}


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
