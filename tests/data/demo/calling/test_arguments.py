"""What calls are asked to be: the same again, in parts, tiny, or impossible."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from call_files import named, records_of

from dashboard.data.demo import write_calls
from dashboard.data.demo.calling import delivery

if TYPE_CHECKING:
    from pathlib import Path


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        write_calls(tmp_path / name / "made", customers=40, legs=3_000, weeks=3)
        for name in ("one", "other")
    )
    assert [path.name for path in one] == [path.name for path in other]
    assert all(a.read_bytes() == b.read_bytes() for a, b in zip(one, other, strict=True))
    third = write_calls(tmp_path / "third", customers=40, legs=3_000, weeks=3, seed=1)
    assert third[0].read_bytes() != one[0].read_bytes()


def test_a_large_week_comes_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "STRETCH", 300)
    monkeypatch.setattr(delivery, "STRETCHES_PER_PART", 2)
    written = write_calls(tmp_path, customers=30, legs=6_000, weeks=2)
    files = [path for path in written if path.name.startswith("webex_cdr_2026-11-14_part")]
    assert len(files) >= 3
    assert files[0].name == "webex_cdr_2026-11-14_part001.csv"
    parts = pd.concat([records_of(path)[0] for path in files])
    assert parts["Report ID"].is_unique
    assert parts["Call ID"].drop_duplicates().size >= len(parts) - 12


@pytest.mark.parametrize("weeks", [1, 2, 5])
def test_a_tiny_portfolio_can_be_written(tmp_path: Path, weeks: int) -> None:
    written = write_calls(tmp_path, customers=1, legs=20, weeks=weeks, last_week=date(2026, 2, 28))
    assert len(named(written, "webex_cdr_")) == weeks
    assert len(named(written, "webex_calling_usage_")) == 4


def test_arguments_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a Saturday"):
        write_calls(tmp_path, last_week=date(2026, 11, 15))
    with pytest.raises(ValueError, match="must be at least 1"):
        write_calls(tmp_path, legs=0)
    with pytest.raises(ValueError, match="must be at least 1"):
        write_calls(tmp_path, customers=0)
