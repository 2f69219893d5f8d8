"""The headers of every answer: no page is framed or kept, and https is told to stay."""

import pytest
from apps import Serving
from factories import line
from signing_in import signed_in


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
