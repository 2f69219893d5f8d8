"""Routes: what holds for every address the server answers, generated from its own list."""

import json
import re
from types import SimpleNamespace

import pytest
from apps import Serving, small_portfolio
from asking import ROUTE, ask
from signing_in import signed_in

from dashboard.pages import PAGES

ARGUMENTS = {
    "path": "subscriptions/expiring",
    "filename": "20-controller.js",
    "package_name": "dash",
    "fingerprinted_path": "dash-renderer/build/dash_renderer.min.js",
}
SCRIPTS = re.compile(r'<script[^>]*src="([^"]+)"')
NAMES = {row["customer"] for row in small_portfolio()}


@pytest.fixture(scope="module")
def app(small_app):
    return small_app


def got(client, url, method="GET"):
    """Return a response that is read and closed."""
    with client.open(url, method=method) as answer:
        text = answer.get_data().decode(errors="replace")
        return SimpleNamespace(status_code=answer.status_code, headers=answer.headers, text=text)


def every_response(app):
    """Ask every route by every method it knows."""
    client = signed_in(app)
    urls = app.server.url_map.bind("localhost")
    for rule in app.server.url_map.iter_rules():
        values = {name: ARGUMENTS.get(name, "x") for name in rule.arguments}
        for method in rule.methods:
            url = urls.build(rule.endpoint, values, method)
            yield url, method, got(client, url, method)
            if url == "/sign-out":
                client = signed_in(app)


def hrefs(thing):
    """Find every link in a tree of components, those within the page left out."""
    if isinstance(thing, dict):
        if "href" in thing and not thing["href"].startswith("#"):
            yield thing["href"]
        thing = list(thing.values())
    if isinstance(thing, list):
        for value in thing:
            yield from hrefs(value)


def test_every_response_of_every_route_is_hardened(app):
    seen = 0
    for url, method, answer in every_response(app):
        headers = answer.headers
        rules = headers["Content-Security-Policy"].split("; ")
        policy = dict(rule.split(" ", 1) for rule in rules)
        assert policy["default-src"] == "'none'", url
        assert "unsafe" not in policy["script-src"], url
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'", url
        assert headers["X-Content-Type-Options"] == "nosniff", url
        assert headers["Referrer-Policy"] == "same-origin", url
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", url
        assert "Set-Cookie" not in headers or url in {"/sign-in", "/sign-out"}, (url, method)
        assert "Access-Control-Allow-Origin" not in headers, url
        seen += 1
    assert seen > 10


def test_data_are_never_kept_by_a_browser(app):
    for url, _, answer in every_response(app):
        file = url.startswith(("/assets/", "/_dash-component-suites/"))
        assert file or answer.headers["Cache-Control"] == "no-store", url
    assert ask(signed_in(app)).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/assets/20-controller.js?m=1", "public, max-age=31536000, immutable"),
        ("/assets/20-controller.js", "public, max-age=3600"),
        ("/_dash-component-suites/dash/dcc/async-graph.js", "public, max-age=3600"),
        ("/assets/none.js?m=1", "no-store"),
        ("/_dash-component-suites/dash/none.v4_4_1m1.js", "no-store"),
    ],
)
def test_a_file_is_kept_for_good_only_if_its_address_changes_with_it(client, url, kept):
    assert got(client, url).headers["Cache-Control"] == kept


def test_only_the_data_callback_holds_customers(app):
    for url, method, answer in every_response(app):
        assert not [name for name in NAMES if name in answer.text], (url, method)
    assert "Initech" in ask(signed_in(app)).text


@pytest.mark.parametrize("path", [page.path for page in PAGES])
def test_every_script_of_a_page_is_there_and_kept_by_its_fingerprint(client, path):
    found = SCRIPTS.findall(client.get(path).text)
    assert found
    for url in found:
        answer = got(client, url)
        assert answer.status_code == 200, url
        assert answer.headers["Cache-Control"].endswith("immutable"), url


@pytest.mark.parametrize(
    "url",
    [
        "/assets/none.js",
        "/assets/../dashboard/app.py",
        "/assets/%2e%2e/pyproject.toml",
        "/_dash-component-suites/dash/nothing.js",
        "/_dash-component-suites/no_such_package/x.js",
    ],
)
def test_a_file_that_is_not_there_is_a_plain_sentence(client, url):
    answer = got(client, url)
    assert answer.status_code == 404
    assert len(answer.text) < 120
    for leak in ("Traceback", "/work", "site-packages", ".py"):
        assert leak not in answer.text


def test_every_address_shows_the_app_so_that_pages_can_be_reloaded(client):
    for path in ("/subscriptions/expiring", "/nowhere", "/a/b/c"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert 'id="choices"' in answer.text


def test_a_wrong_method_is_refused_without_a_trace(client):
    for url in ("/", "/_dash-layout", "/healthz"):
        answer = client.post(url, data=b"x")
        assert answer.status_code == 405
        assert "Traceback" not in answer.text


def test_a_failing_route_gives_a_reference_only(app, client, monkeypatch):
    def fail():
        message = "secret detail"
        raise RuntimeError(message)

    monkeypatch.setitem(app.server.view_functions, "healthz", fail)
    answer = client.get("/healthz")
    assert answer.status_code == 500
    assert re.fullmatch(r"This failed\. Please report the reference [0-9a-f]{8}\.", answer.text)


def test_dash_offers_no_tools_whatever_the_environment_says(monkeypatch, tmp_path):
    monkeypatch.setenv("DASH_MCP_ENABLED", "true")
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    rules = [rule.rule for rule in serving.app().server.url_map.iter_rules()]
    assert not [rule for rule in rules if "mcp" in rule]


def test_dash_runs_without_its_development_tools(client):
    config = re.search(r'id="_dash-config"[^>]*>(.*?)</script>', client.get("/").text)[1]
    assert not json.loads(config).get("ui")
    assert not json.loads(config).get("hot_reload")


def test_behind_a_proxy_every_address_has_the_prefix(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    client = signed_in(serving.app(prefix="/partners/"))
    page = client.get("/subscriptions/expiring").text
    addresses = re.findall(r'(?:src|href|content)="(/[^"]*)"', page)
    links = list(hrefs([client.get("/_dash-layout").json, ask(client).json]))
    assert len(addresses) > 5
    assert len(links) > 5
    ours = [url for url in addresses + links if not url.startswith("https://")]
    assert not [url for url in ours if not url.startswith("/partners/")]


def test_behind_a_proxy_the_page_with_a_chart_still_preloads_plotly(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    client = signed_in(serving.app(prefix="/partners/"))
    if "plotly-script" not in client.get("/").text:
        pytest.skip("the slim Plotly is fetched by npm")
    assert 'rel="preload" as="script"' in client.get("/").text
    assert 'rel="preload" as="script"' not in client.get("/subscriptions/expiring").text


@pytest.mark.parametrize("sent", ["{", "[]", '"x"', "{}", '{"output":{}}', '{"output":"nobody"}',
                                  '{"output":"\\ud800"}', "null"])  # fmt: skip
def test_what_no_page_would_send_is_a_bad_request(client, sent):
    answer = client.post(ROUTE, data=sent, content_type="application/json")
    assert (answer.status_code, answer.text) == (400, "Bad Request")


def test_a_file_that_dash_does_not_have_is_not_found(client):
    for path in ("dash/../../x", "dash/boot/boot.js", "nobody/x.js"):
        answer = client.get(f"/_dash-component-suites/{path}")
        assert (answer.status_code, "Traceback" in answer.text) == (404, False)
