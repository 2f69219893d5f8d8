"""Every published number about calls equals what the oracle recomputes from the exports."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from answer_compare import differences
from oracle.calling import recompute_calling
from portfolio_calls import write_random_calls
from portfolio_dates import SUNDAYS
from test_oracle import assert_same, command, ingest

SEEDS = range(28)
EARLIER_SEEDS = [0, 1, 4, 7, 9, 14]
CALLING_SECTIONS = {
    "call_usage", "call_quality", "call_quality_by_endpoint", "feature_usage", "queue",
}  # fmt: skip


def show(data: Path, *, as_of: date | None = None) -> list[dict]:
    arguments = ["show", "--all", "--format", "json", "--data", str(data)]
    arguments += ["--as-of", as_of.isoformat()] if as_of else []
    views = json.loads(command(*arguments))
    return [view for view in views if view["section"] in CALLING_SECTIONS]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_about_calls_equals_the_oracle(seed, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    write_random_calls(folder, seed)
    ingest(folder, data)
    assert_same(recompute_calling(folder), show(data), f"seed {seed}")


@pytest.mark.parametrize("seed", EARLIER_SEEDS)
def test_an_earlier_date_equals_the_oracle_of_calls(seed, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    write_random_calls(folder, seed)
    ingest(folder, data)
    newest = SUNDAYS[seed % len(SUNDAYS)]
    # A Saturday is not complete on itself; a Wednesday; long ago; when future weeks are over.
    for days in (-1, -4, -35, 15):
        as_of = newest + timedelta(days=days)
        found = show(data, as_of=as_of)
        assert_same(recompute_calling(folder, as_of=as_of), found, f"seed {seed} as of {as_of}")
