"""What a portfolio is asked to be: another seed, tiny, large, or impossible."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from judging import flagged, statuses
from portfolio_files import load

from dashboard.data.demo import write_portfolio

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long


def test_another_seed_gives_another_portfolio(tmp_path: Path) -> None:
    one = write_portfolio(tmp_path / "1", customers=20, weeks=3, seed=1)
    other = write_portfolio(tmp_path / "2", customers=20, weeks=3, seed=2)
    assert one[0].read_bytes() != other[0].read_bytes()


@pytest.mark.parametrize("customers", [1, 3, 12])
def test_a_tiny_portfolio_of_one_week_can_be_written(tmp_path: Path, customers: int) -> None:
    paths = write_portfolio(tmp_path, customers=customers, weeks=1, last_week=date(2026, 2, 28))
    assert "webex_licenses_2026-02-28.csv" in {path.name for path in paths}
    assert len(load(paths)["customers"]) == customers + 1


def test_two_thousand_customers_keep_the_mixture(tmp_path: Path) -> None:
    large = load(write_portfolio(tmp_path, customers=2000, weeks=2))
    assert len(large["customers"]) == 2001
    share = flagged(large)["Organization ID"].nunique() / 2001
    assert 0.03 <= share <= 0.08
    assert min(len(customers) for customers in statuses(large).values()) >= 10


def test_a_last_week_that_is_no_saturday_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a Saturday"):
        write_portfolio(tmp_path, last_week=date(2026, 11, 15))


def test_fewer_than_one_customer_or_week_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="customers must be at least 1"):
        write_portfolio(tmp_path, customers=0)
    with pytest.raises(ValueError, match="weeks must be at least 1"):
        write_portfolio(tmp_path, weeks=0)
