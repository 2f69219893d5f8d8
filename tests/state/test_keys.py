"""Keys: nobody else's, made once, and without a usable one nothing starts (T-12)."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.state.keys import KeyFileError, load_keys

LONG = "k" * 32


@pytest.fixture
def state_url(tmp_path):
    return f"sqlite:///{tmp_path / 'state.db'}"


def test_the_first_run_makes_a_key_that_only_its_owner_can_read(state_url, tmp_path):
    [key] = load_keys("", None, state_url)
    file = tmp_path / "secret.key"
    assert file.read_text().strip() == key
    assert len(key) >= 64
    assert file.stat().st_mode & 0o777 == 0o600
    assert load_keys("", None, state_url) == (key,)
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


def test_two_installations_have_two_keys(tmp_path):
    assert load_keys("", tmp_path / "a", "x://") != load_keys("", tmp_path / "b", "x://")


def test_workers_that_start_together_make_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = pool.map(lambda _: load_keys("", tmp_path / "key", "x://"), range(8))
    assert len(set(made)) == 1


def test_the_setting_comes_before_the_file_and_may_hold_the_key_before(tmp_path):
    older = "o" * 32
    assert load_keys(f"{LONG} {older}", tmp_path / "key", "x://") == (LONG, older)
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o660, 0o666])
def test_a_file_that_others_can_read_is_refused(tmp_path, mode):
    file = tmp_path / "key"
    file.write_text(LONG)
    file.chmod(mode)
    with pytest.raises(KeyFileError, match=f"run chmod 600 {file}"):
        load_keys("", file, "x://")


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\xff\xfe\x00"])
def test_a_file_without_a_key_is_refused(tmp_path, content):
    file = tmp_path / "key"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(KeyFileError, match="key file"):
        load_keys("", file, "x://")


def test_a_short_setting_is_refused_by_its_name():
    with pytest.raises(KeyFileError, match="PARTNERLENS_SECRET_KEY holds no key of 32"):
        load_keys("secret", None, "x://")


@pytest.mark.parametrize("content", ["", "short", "others"])
def test_without_a_usable_key_the_server_says_one_line_and_exits_with_2(tmp_path, content):
    file = tmp_path / "secret.key"
    file.write_text(LONG if content == "others" else content)
    file.chmod(0o644 if content == "others" else 0o600)
    said = start({"PARTNERLENS_STATE_URL": f"sqlite:///{tmp_path / 'state.db'}"})
    assert str(file) in said


def test_a_place_where_no_key_can_be_written_is_refused_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    said = start({"PARTNERLENS_SECRET_FILE": str(tmp_path / "file" / "secret.key")})
    assert "cannot be used" in said
    assert "PARTNERLENS_SECRET_FILE" in said


def start(settings):
    """Return the one line of a start that exits with 2."""
    command = [sys.executable, "-m", "dashboard", "serve", "--port", "8123"]
    done = subprocess.run(
        command, check=False, env=os.environ | settings, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2, done.stderr
    [said] = done.stderr.splitlines()
    return said
