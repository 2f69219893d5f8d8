"""What changed between two dates equals what the oracle recomputes from the exports."""

from datetime import timedelta

import pytest
from oracle.changes import recompute_changes
from portfolio_dates import SUNDAYS
from test_oracle_statuses import open_random

from dashboard.data.filters import Filters
from dashboard.sections.compared import LARGEST, compare

SEEDS = range(8)
BACK = (7, 91)  # days between the two dates


def owners(view, value):
    return dict(zip(view.table["row_id"], view.table[value], strict=True))


def compared(portfolio, region, since, as_of):
    filters = Filters(region=region, product="calling", as_of=as_of, since=since)
    return compare(portfolio, filters)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_change_equals_the_oracle(seed, tmp_path):
    folder, portfolio = open_random(tmp_path, seed)
    newest = SUNDAYS[seed % len(SUNDAYS)]
    for as_of in (newest, newest - timedelta(days=10)):
        for since in (as_of - timedelta(days=days) for days in BACK):
            for region in portfolio.regions:
                wanted = recompute_changes(folder, region, since=since, as_of=as_of)
                assert_same(compared(portfolio, region, since, as_of), wanted)


def assert_same(found, wanted):
    assert found.moves.steps == wanted.waterfall
    assert owners(found.views["customers_came"], "licenses") == wanted.came
    assert owners(found.views["customers_went"], "licenses") == wanted.went
    shown = found.views["largest_moves"].table
    assert shown["at_stake"].to_list() == [move[-1] for move in wanted.largest[:LARGEST]]
    moved = {f"{owner}|{product}": rest for owner, product, *rest in wanted.largest}
    for row in shown.to_dicts():
        assert moved[row["row_id"]] == [
            row["total_change"], row["assigned_change"], row["at_stake"]
        ]  # fmt: skip
    statuses = found.views["status_moves"].table
    pairs = zip(statuses["status_before"], statuses["status_now"], strict=True)
    if found.moves.week_then is not None:
        assert dict(zip(statuses["row_id"], pairs, strict=True)) == wanted.moved_status


def test_the_random_portfolios_reach_every_kind_of_change(tmp_path):
    seen: set[str] = set()
    for seed in range(6):
        folder, portfolio = open_random(tmp_path / str(seed), seed)
        newest = SUNDAYS[seed % len(SUNDAYS)]
        for region in portfolio.regions:
            since = newest - timedelta(days=30)
            wanted = recompute_changes(folder, region, since=since, as_of=newest)
            seen |= {name for name, value in wanted.waterfall.items() if value}
            seen |= {"moved"} if wanted.moved_status else set()
    assert seen == {"then", "came", "grew", "shrank", "went", "now", "moved"}
