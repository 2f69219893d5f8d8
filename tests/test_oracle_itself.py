"""The oracle, the golden cases and the random portfolios, checked without the engine."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from answer_compare import by_view, differences, view_differences
from golden_cases import CASES
from golden_kit import Case
from oracle import recompute
from oracle.peers import Member, is_flagged, lower_quartile, whole_months
from oracle.reading import BadRowError, as_count, as_day
from portfolios import write_random


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_oracle_agrees_with_numbers_computed_by_hand(case: Case, tmp_path):
    case.write(tmp_path)
    views = by_view(recompute(tmp_path, as_of=case.as_of, weeks=case.weeks))
    for key, expected in case.expected.items():
        assert view_differences(expected, views[key], f"{case.name} {key}") == []


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        ("2026-01-31", "2026-02-28", 0),
        ("2026-01-31", "2026-03-01", 1),
        ("2026-01-31", "2026-03-30", 1),
        ("2026-01-31", "2026-03-31", 2),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2025-12-15", "2026-01-14", 0),
        ("2025-12-15", "2026-01-15", 1),
        ("2026-03-01", "2026-03-01", 0),
    ],
)
def test_a_month_passes_when_its_day_is_reached_again(earlier, later, months):
    assert whole_months(date.fromisoformat(earlier), date.fromisoformat(later)) == months


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (1, "1-24"),
        (24, "1-24"),
        (25, "25-99"),
        (99, "25-99"),
        (100, "100-499"),
        (499, "100-499"),
        (500, "500-1999"),
        (1999, "500-1999"),
        (2000, "2000+"),
    ],
)
def test_seat_bands_include_their_ends(total, band):
    assert Member("o", total, 0, 0).seat_band == band


def test_tenure_bands_include_their_ends():
    bands = [Member("o", 1, 0, months).tenure_band for months in (0, 3, 4, 12, 13)]
    assert bands == ["0-3", "0-3", "4-12", "4-12", "13+"]


def test_peers_fall_back_from_both_bands_to_seats_to_everybody():
    young = [Member(f"y{n}", 50, 10 + n, 2) for n in range(4)]
    old = [Member(f"o{n}", 50, 30 + n, 20) for n in range(8)]
    large = [Member("large", 3000, 10, 20)]
    everybody = young + old + large
    assert lower_quartile(old[0], everybody) == np.quantile([p.share for p in old], 0.25)
    seats = [peer.share for peer in young + old]
    assert lower_quartile(young[0], everybody) == np.quantile(seats, 0.25)
    everyone = [peer.share for peer in everybody]
    assert lower_quartile(large[0], everybody) == np.quantile(everyone, 0.25)
    assert lower_quartile(young[0], everybody[:7]) is None


def test_a_flag_needs_five_points_and_a_month():
    assert is_flagged(Member("o", 100, 55, 1), 0.60)
    assert not is_flagged(Member("o", 100, 56, 1), 0.60)
    assert not is_flagged(Member("o", 100, 10, 0), 0.60)
    assert not is_flagged(Member("o", 100, 10, 1), None)


@pytest.mark.parametrize("text", ["-1", "NaN", "inf", "1.5x", "many", ""])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(BadRowError):
        as_count(text)


@pytest.mark.parametrize("text", ["2026-02-30", "01.02.2026", "02/03/2026", "20260301", "soon"])
def test_what_is_no_iso_date_is_refused(text):
    with pytest.raises(BadRowError):
        as_day(text)


def test_date_times_are_read_as_utc():
    texts = ["2026-03-01", "2026-03-01T00:00:00Z", "2026-03-01 00:00:00"]
    assert {as_day(text) for text in texts} == {date(2026, 3, 1)}


def test_a_difference_is_named_with_its_field():
    view = {"section": "overview", "region": "EU", "product": "calling"}
    wrong = differences([view | {"kpis": {"n": None}}], [view | {"kpis": {"n": 0}}], "seed 7")
    assert wrong == ["seed 7 overview EU calling kpis.n: expected None, found 0"]


def test_random_portfolios_are_the_same_for_the_same_seed(tmp_path):
    for name in ("first", "second"):
        write_random(tmp_path / name, 5)
    first = {path.name: path.read_bytes() for path in (tmp_path / "first").iterdir()}
    second = {path.name: path.read_bytes() for path in (tmp_path / "second").iterdir()}
    assert first == second


def test_random_portfolios_reach_the_edges(tmp_path):
    seen: Counter[str] = Counter()
    for seed in range(12):
        write_random(tmp_path / str(seed), seed)
        for view in recompute(tmp_path / str(seed)):
            seen.update(edges_of(view))
    wanted = {"flag", "null share", "gap", "no change", "change", "at least", "delivered"}
    wanted |= {f"days {days}" for days in (0, 1, 14, 89, 90)} | {"empty ratio", "overused"}
    assert wanted - seen.keys() == set()


def edges_of(view: dict) -> set[str]:
    """What is worth a test in this view."""
    edges = {"gap" for row in view["trend"] if row["total"] is None}
    edges |= {"empty ratio" for value in view["kpis"].values() if value is None}
    edges |= {"flag" for _ in view["table"] if view["section"] == "low_assignment"}
    for row in view["table"]:
        edges |= {f"days {value}" for key, value in row.items() if key.startswith("days")}
        edges |= {"null share"} if row.get("assigned_pct", 0) is None else set()
        edges |= {"overused"} if row["used"] > row["assigned"] else set()
        if "weekly_assignment_change" in row:
            missing = row["weekly_assignment_change"] is None
            edges.add("no change" if missing else "change")
        if "usage_last_3_months_at_least" in row:
            edges.add("at least" if row["usage_last_3_months_at_least"] else "delivered")
    return edges
