"""Starting the server: what is wrong is one line that says what to do, never a traceback."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest


@pytest.fixture
def environment(tmp_path):
    ours = {
        "PARTNERLENS_DATA_DIR": str(tmp_path / "data"),
        "PARTNERLENS_CACHE_DIR": str(tmp_path / "cache"),
        "PARTNERLENS_STATE_URL": f"sqlite:///{tmp_path / 'state.db'}",
    }
    return os.environ | ours


def serve(*arguments):
    return [sys.executable, "-m", "dashboard", "serve", "--workers", "1", *arguments]


def refusal(environment, *arguments, command=None):
    """Return the one line of a start that fails."""
    command = command or serve("--port", str(free_port()), *arguments)
    done = subprocess.run(
        command, check=False, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0
    [said] = done.stderr.splitlines()
    return said


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_taken_port_is_named(environment):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"Port {port} on 127.0.0.1 cannot be used" in refusal(
            environment, "--port", str(port)
        )


def test_a_wrong_setting_is_named(environment):
    said = refusal(environment | {"PARTNERLENS_SOON_DAYS": "many"})
    assert "PARTNERLENS_SOON_DAYS" in said


def test_a_prefix_needs_its_slashes(environment):
    assert "such as /partners/" in refusal(environment, "--prefix", "partners")


def test_a_pointer_to_nothing_is_named(environment, tmp_path):
    (tmp_path / "data").mkdir()
    pointer = json.dumps({"release": "r000001-12345678"})
    (tmp_path / "data" / "current.json").write_text(pointer)
    said = refusal(environment)
    assert "r000001-12345678 is damaged" in said
    assert "restore it from a backup" in said


def test_a_damaged_pointer_without_a_release_is_named(environment, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "current.json").write_bytes(b"\x00{")
    assert "The pointer current.json is damaged" in refusal(environment)


def test_preloading_is_refused(environment):
    command = [sys.executable, "-m", "gunicorn", "dashboard.app:server()", "--preload"]
    assert "must not be preloaded" in refusal(environment, command=command)


def test_without_data_it_serves_and_says_which_command_brings_some(environment):
    port = free_port()
    command = serve("--port", str(port))
    server = subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        assert "Run: partnerlens ingest" in server.stderr.readline()
        assert f"http://127.0.0.1:{port}/" in server.stderr.readline()
        assert answer_of(f"http://127.0.0.1:{port}/healthz") == "OK"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.communicate(timeout=30)


def answer_of(url):
    """Ask until the worker listens."""
    for _ in range(200):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            time.sleep(0.1)
    return None
