"""The documents: every row has a test that exists, and what is generated is up to date."""

import re
from pathlib import Path

import pytest

from docs import generate

ROOT = Path(__file__).resolve().parents[1]
# The rows of the finished issues, as SPEC §2 numbers them (its gaps are on purpose).
SPANS = (
    (1, 5),
    (10, 21),
    (25, 28),
    (30, 36),
    (40, 51),
    (55, 61),
    (70, 78),
    (82, 91),
    (94, 103),
    (106, 115),
    (118, 129),
    (132, 142),
    (145, 147),
    (150, 153),
    (156, 159),
    (162, 170),
    (173, 181),
    (185, 207),
    (210, 224),
    (226, 242),
    (245, 250),
)
E_SPANS = ((1, 12), (14, 25), (30, 37))  # of the 8x8 document
ROW = re.compile(r"^\| ([EW]-\d{3}) \| .+ \| (.+) \|$", re.MULTILINE)
COVERAGE = dict(ROW.findall((ROOT / "docs" / "coverage.md").read_text("utf-8")))


def test_every_row_of_a_finished_issue_is_covered():
    rows = {f"W-{n:03d}" for first, last in SPANS for n in range(first, last + 1)}
    rows |= {f"E-{n:03d}" for first, last in E_SPANS for n in range(first, last + 1)}
    assert rows <= set(COVERAGE)


@pytest.mark.parametrize("row", COVERAGE)
def test_the_tests_of_a_row_exist(row):
    for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", COVERAGE[row]):
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path}::{name}"


SECURITY = (ROOT / "docs" / "security.md").read_text("utf-8")


@pytest.mark.parametrize("threat", [f"T-{n:02d}" for n in range(1, 31)])
def test_every_threat_has_a_row_or_is_said_to_have_none(threat):
    assert threat in SECURITY


def test_the_tests_of_the_threats_exist():
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", SECURITY)
    assert len(named) > 40
    for path, name in named:
        text = (ROOT / path).read_text("utf-8")
        assert not name or f"def {name}(" in text, f"{path}::{name}"


@pytest.mark.parametrize("path", generate.pages(), ids=lambda path: path.name)
def test_what_is_generated_is_up_to_date(path):
    assert path.read_text("utf-8") == generate.pages()[path]


@pytest.mark.parametrize("path", generate.CATALOGS.glob("*.po"), ids=lambda path: path.name)
def test_every_message_is_translated(path):
    assert generate.untranslated(path) == []


@pytest.mark.parametrize("path", generate.CATALOGS.glob("*.po"), ids=lambda path: path.name)
def test_a_translation_keeps_every_placeholder(path):
    for message, translation in generate.translations(path):
        assert sorted(re.findall(r"{\w*}", message)) == sorted(re.findall(r"{\w*}", translation))
