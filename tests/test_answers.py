"""Answers: the same look is the same answer, whichever lane, cache or language it came through."""

import json
import re

import pytest
from apps import Serving, small_portfolio
from asking import HERE, ROUTE, ask, body
from signing_in import signed_in

from dashboard.callbacks import look, services
from dashboard.i18n import LANGUAGES
from dashboard.pages import PAGES

PATHS = [page.path for page in PAGES]
PLURAL_CATEGORIES = {"zero", "one", "two", "few", "many", "other"}
OF_A_LANGUAGE = PLURAL_CATEGORIES | {"wide", "narrow"}  # a heading needs the room of its words
ODD = [None, "", "\x00", "XX", 0, -1, 1e300, True, [], {}, ["calling"], {"a": 1}, "a" * 5000]


@pytest.fixture
def serving(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    return serving


@pytest.fixture
def client(serving):
    return signed_in(serving.app())


def skeleton(thing):
    """Blank every text of an answer, so that only structure and numbers are left."""
    if isinstance(thing, dict):
        return {k: skeleton(v) for k, v in thing.items() if k not in OF_A_LANGUAGE}
    if isinstance(thing, list):
        return [skeleton(value) for value in thing]
    return "" if isinstance(thing, str) else thing


@pytest.mark.parametrize("path", PATHS)
def test_dash_itself_gives_the_same_answer_as_the_lane(serving, monkeypatch, path):
    quick = signed_in(serving.app())
    monkeypatch.setattr(look, "_put_lane_in_front", lambda *_: None)
    plain = signed_in(serving.app())
    for mounted in (None, path):
        assert ask(quick, mounted, path=path).json == ask(plain, mounted, path=path).json


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_cache_gives_the_same_answer_as_a_full_one(serving, tmp_path, path):
    full, empty = (signed_in(serving.app(cache_dir=tmp_path / name)) for name in ("full", "empty"))
    first = ask(full, path=path).get_data()
    assert ask(full, path=path).get_data() == first
    assert ask(empty, path=path).get_data() == first


def test_without_a_cache_the_answer_is_the_same(serving, tmp_path):
    plain_file = tmp_path / "file"
    plain_file.write_text("in the way")
    broken = signed_in(serving.app(cache_dir=plain_file / "cache"))
    assert ask(broken).json == ask(signed_in(serving.app())).json


@pytest.mark.parametrize("path", PATHS)
def test_languages_differ_in_words_only(client, path):
    answers = {}
    for code in LANGUAGES:
        client.set_cookie("language", code)
        answers[code] = ask(client, path=path).json
    assert skeleton(answers["uk"]) == skeleton(answers["en-GB"]) == skeleton(answers["en"])
    undated = next(page for page in PAGES if page.path == path).panel  # both English read alike
    assert len({json.dumps(answer) for answer in answers.values()}) >= len(LANGUAGES) - bool(
        undated
    )


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_in_ukrainian_has_ukrainian_headings(client, path):
    client.set_cookie("language", "uk")
    shell = json.dumps(ask(client, path=path).json["response"]["page"], ensure_ascii=False)
    headings = re.findall(r'"children": "([^"]+)"[^{}]*}, "type": "H[1-3]"', shell)
    assert headings
    assert all(re.search("[а-яіїєґ]", heading) for heading in headings), headings


@pytest.mark.parametrize("key", ["region", "product", "weeks", "as_of"])
@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:20])
def test_a_value_that_is_not_understood_gets_its_default(client, key, value):
    assert ask(client, "/", **{key: value}).json == ask(client, "/").json


@pytest.mark.parametrize("as_of", ["2026-02-30", "1999-01-01", "2999-01-01", "2026-11-16"])
def test_a_date_without_data_gets_the_newest(client, as_of):
    assert ask(client, "/", as_of=as_of).json == ask(client, "/").json


@pytest.mark.parametrize("view", [None, [], "x", 7, {"path": ["/"]}, {"path": {}}], ids=repr)
def test_a_look_without_sense_is_answered_in_words(client, view):
    request = body()
    request["inputs"][0]["value"] = view
    answer = client.post(ROUTE, json=request)
    assert answer.status_code == 200
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("mounted", ODD, ids=lambda value: repr(value)[:20])
def test_a_forged_state_changes_nothing_but_whether_the_shell_comes(client, mounted):
    first = ask(client).json["response"]
    assert ask(client, mounted).json["response"]["parts"] == first["parts"]


@pytest.mark.parametrize(
    "request_body",
    [b"", b"{", b"[]", b"null", b"7", b"{}", json.dumps({"output": look.OUTPUT}).encode()],
)
def test_a_body_that_dash_never_sends_is_refused_in_one_sentence(client, request_body):
    answer = client.post(ROUTE, data=request_body, content_type="application/json")
    assert answer.status_code in {400, 500}
    assert len(answer.text) < 120
    assert "Traceback" not in answer.text


def test_a_failing_section_is_told_with_a_reference_and_no_detail(client, monkeypatch, capsys):
    def fail(*_):
        message = "secret detail"
        raise RuntimeError(message)

    monkeypatch.setattr(services, "evaluate", fail)
    answer = ask(client, weeks="8")
    [reference] = re.findall("the reference ([0-9a-f]{8})", answer.text)
    assert reference in capsys.readouterr().err
    for leak in ("secret detail", "Traceback", "RuntimeError", ".py"):
        assert leak not in answer.text


def test_the_log_of_a_failure_holds_no_customer(client, monkeypatch, capsys):
    original = services.evaluate

    def fail(*arguments):
        found = original(*arguments)
        message = f"stopped at {len(found.table)} rows"
        raise RuntimeError(message)

    monkeypatch.setattr(services, "evaluate", fail)
    ask(client, path="/subscriptions/over-limit")
    logged = capsys.readouterr().err
    assert "stopped at 1 rows" in logged
    assert "Globex" not in logged


def test_a_failure_is_not_remembered(client, monkeypatch):
    good = ask(client).json
    with monkeypatch.context() as broken:
        broken.setattr(services, "evaluate", None)
        assert "the reference" in ask(client, weeks="8").text
    assert "the reference" not in ask(client, weeks="8").text
    assert ask(client).json == good


def test_what_is_asked_for_is_what_is_answered(client):
    asked = HERE | {"region": "EU", "weeks": "8", "as_of": "2026-09-20"}
    answer = ask(client, **asked).json
    assert "week ending Sep 19, 2026 · as of Sep 20, 2026 UTC" in json.dumps(
        answer, ensure_ascii=False
    )
    assert "European Union" in json.dumps(answer)
