"""The answer cache: bytes only, under keys that hold everything an answer depends on."""

import pickle
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

import flask
import polars as pl
import pytest

from dashboard.access import EVERYONE, Scope
from dashboard.callbacks.cache import cache_key, open_cache
from dashboard.errors import PartnerlensError
from dashboard.settings import Settings


@dataclass(frozen=True)
class Params:
    region: str = "EU"


def key(**changes):
    parts = {
        "release": "r1",
        "definitions": "d",
        "function": "answer",
        "params": Params(),
        "scope": EVERYONE,
        "locale": "en",
    }
    return cache_key(**(parts | changes))


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = str(tmp_path_factory.mktemp("redis"))
    binary = shutil.which("redis-server")
    server = subprocess.Popen(
        [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
        stdout=subprocess.DEVNULL,
    )
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait(5)


@pytest.fixture(params=["files", "redis"])
def settings(request, tmp_path):
    if request.param == "files":
        return Settings(cache_dir=tmp_path / "cache")
    url = request.getfixturevalue("redis_url")
    return Settings(cache_url=url, cache_secret="s" * 32)


@pytest.fixture
def cache(settings):
    return open_cache(settings, flask.Flask("test"))


def test_an_answer_comes_back_byte_for_byte(cache):
    cache.set(key(), b"\x00{}\xff")
    assert cache.get(key()) == b"\x00{}\xff"


@pytest.mark.parametrize(
    "change",
    [
        {"release": "r2"},
        {"definitions": "other"},
        {"function": "export"},
        {"params": Params(region="US")},
        {"scope": Scope(customers=frozenset({"a"}))},
        {"locale": "uk"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_answer_is_never_served_for_anything_else(cache, change):
    cache.set(key(), b"ours")
    assert cache.get(key(**change)) is None


def test_equal_scopes_share_and_unequal_ones_do_not():
    one, same = Scope(customers=frozenset("ab")), Scope(customers=frozenset("ba"))
    assert key(scope=one) == key(scope=same)
    assert key(scope=one) != key(scope=Scope(customers=frozenset("abc")))


def test_parts_that_run_together_are_different_keys():
    assert key(release="r1", definitions="2") != key(release="r12", definitions="")


@pytest.mark.parametrize("value", [{"a": 1}, pl.DataFrame(), None, "text"], ids=repr)
def test_only_a_frozen_dataclass_is_a_key(value):
    with pytest.raises(TypeError, match="dataclass"):
        key(params=value)


@pytest.mark.parametrize("value", ["text", {"a": 1}, None])
def test_only_bytes_are_stored(cache, value):
    with pytest.raises(TypeError):
        cache.set(key(), value)


class Bomb:
    def __reduce__(self):
        return (pytest.fail, ("a planted pickle ran",))


def test_a_pickle_planted_in_the_cache_is_refused_not_run(cache):
    cache.set(key(), b"ours")
    plant(cache, pickle.dumps(Bomb()))
    assert cache.get(key()) is None


def test_an_entry_of_another_key_is_refused(cache):
    cache.set(key(), b"ours")
    cache.set(key(release="r2"), b"theirs")
    store = cache._store
    store.set(key().digest, store.get(key(release="r2").digest))
    assert cache.get(key()) is None


def test_a_changed_entry_is_refused(cache):
    cache.set(key(), b"ours")
    store = cache._store
    store.set(key().digest, store.get(key().digest)[:-1] + b"!")
    assert cache.get(key()) is None


def plant(cache, raw):
    """Overwrite the stored entry below our serializer, as an intruder would."""
    store = cache._store
    if hasattr(store, "_write_client"):
        store._write_client.set(f"partnerlens:{key().digest}", raw)
        return
    Path(store._get_filename(key().digest)).write_bytes(b"\x00\x00\x00\x00" + raw)


def read_the_request():
    return flask.request.path.encode()


def test_the_computation_cannot_see_the_request(cache):
    app = flask.Flask("test")
    with app.test_request_context("/"), pytest.raises(RuntimeError, match="context"):
        cache.remember(key(function="looks"), read_the_request)


def test_an_answer_is_computed_once(cache):
    calls = []
    answers = [cache.remember(key(function="once"), lambda: calls.append(1) or b"x") for _ in "ab"]
    assert answers == [b"x", b"x"]
    assert len(calls) == 1


def test_a_cache_that_is_down_only_costs_time():
    settings = Settings(cache_url="redis://127.0.0.1:1/0", cache_secret="s" * 32)
    cache = open_cache(settings, flask.Flask("test"))
    assert cache.remember(key(), lambda: b"computed") == b"computed"


def test_a_shared_cache_without_a_secret_is_refused():
    with pytest.raises(PartnerlensError, match="PARTNERLENS_CACHE_SECRET"):
        open_cache(Settings(cache_url="redis://127.0.0.1:1/0"), flask.Flask("test"))


def test_the_cache_directory_is_private(tmp_path):
    open_cache(Settings(cache_dir=tmp_path / "cache"), flask.Flask("test"))
    assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700
