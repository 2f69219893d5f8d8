"""Every published number about calls equals what the oracle recomputes from the exports."""

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from answer_compare import by_view, view_differences
from golden_calls import CALL_CASES, CallCase
from oracle.calling import read_release, recompute_calling
from portfolio_calls import write_random_calls
from portfolio_dates import SUNDAYS
from test_oracle import assert_same, command, ingest

pytestmark = pytest.mark.long

SEEDS = range(25)
EARLIER_SEEDS = {4, 9, 14}
PIECEMEAL_SEEDS = [2, 12]
# A Saturday is not complete on itself; a Wednesday; long ago; when future weeks are over.
OTHER_DAYS = (-1, -4, -35, 15)
CALLING_SECTIONS = {
    "call_usage", "call_quality", "call_quality_by_endpoint", "feature_usage", "queue",
}  # fmt: skip


def show(data: Path, as_of: date | None = None) -> list[dict]:
    arguments = ["show", "--all", "--format", "json", "--data", str(data)]
    arguments += ["--as-of", as_of.isoformat()] if as_of else []
    views = json.loads(command(*arguments))
    return [view for view in views if view["section"] in CALLING_SECTIONS]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_about_calls_equals_the_oracle(seed, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    write_random_calls(folder, seed)
    ingest(folder, data)
    release, newest = read_release(folder), SUNDAYS[seed % len(SUNDAYS)]
    others = OTHER_DAYS if seed in EARLIER_SEEDS else ()
    for as_of in [None, *(newest + timedelta(days=days) for days in others)]:
        expected = recompute_calling(release, as_of=as_of)
        assert_same(expected, show(data, as_of), f"seed {seed} as of {as_of}")


@pytest.mark.parametrize("seed", PIECEMEAL_SEEDS)
def test_calls_delivered_before_their_customers_and_in_pieces_give_the_same(seed, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    write_random_calls(folder, seed)
    expected = recompute_calling(read_release(folder))
    for name in ("queues", "quality", "legs"):
        for path in sorted(folder.glob(f"{name}_*.csv")):
            ingest(path, data)
            path.unlink()
    ingest(folder, data)
    assert_same(expected, show(data), f"seed {seed} in pieces")


@pytest.mark.parametrize("case", CALL_CASES, ids=lambda case: case.name)
def test_oracle_and_engine_agree_with_calls_counted_by_hand(case: CallCase, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    case.write(folder)
    ingest(folder, data)
    recomputed, found = by_view(recompute_calling(read_release(folder))), by_view(show(data))
    for key, expected in case.expected.items():
        assert view_differences(expected, recomputed[key], f"oracle {key}") == []
        assert view_differences(expected, found[key], f"engine {key}") == []


def test_random_calls_reach_the_edges(tmp_path):
    seen: Counter[str] = Counter()
    for seed in range(7):
        write_random_calls(tmp_path / str(seed), seed)
        release = read_release(tmp_path / str(seed))
        for view in recompute_calling(release):
            seen.update(edges_of(view))
    wanted = {"gap", "zero users", "many calls", "no table", "older week", "received only"}
    wanted |= {"no share", "change", "no change", "toaster", "not measured"}
    wanted |= {"nobody answered", "unused feature", "poor share moved"}
    assert wanted - seen.keys() == set()


def edges_of(view: dict) -> set[str]:
    """What is worth a test in this view."""
    kpis, trend, table = view["kpis"], view["trend"], view["table"]
    newest = date.fromisoformat(view["as_of"]) - timedelta(days=1)
    edges = {"older week" for week in [view["week_ending"]] if week and week < str(newest)}
    edges |= set() if table else {"no table"}
    edges |= {"nobody answered" for value in kpis.values() if value is None and table}
    for row in trend:
        edges |= {"gap"} if None in row.values() else set()
        edges |= {"zero users"} if row.get("users_1_4") == 0 else set()
        edges |= {"many calls"} if row.get("users_50_plus") else set()
        edges |= {"not measured"} if row.get("not_measured") else set()
    for row in table:
        edges |= {"received only"} if row.get("calls") == 0 and row.get("call_legs") else set()
        edges |= {"unused feature"} if row.get("feature") and not row["calls"] else set()
        edges |= {"toaster"} if row.get("endpoint_type") == "Toaster" else set()
        share = row.get("active_user_share", row.get("poor_share", 0))
        edges |= {"no share" if share is None else "share above 1" if share > 1 else "share"}
        edges |= {"poor share moved"} if row.get("weekly_poor_share_change") else set()
        if "weekly_calls_change" in row:
            edges.add("no change" if row["weekly_calls_change"] is None else "change")
    return edges
