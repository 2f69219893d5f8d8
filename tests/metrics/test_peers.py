"""The peer-group rule (G-3), on groups small enough to rank by hand."""

from datetime import date

import pytest
from factories import kpis, line, view

from dashboard.metrics.rules import Rules


def flagged(*lines, **choices):
    return kpis("low_assignment", *lines, **choices)["customers_low_assignment"]


def peers(*assigned, total=100, **changes):
    return [
        line(f"P{n}", total=total, assigned=given, **changes) for n, given in enumerate(assigned)
    ]


# Eight customers: the lower quartile of 8 values lies at position 1.75 (linear), so with
# 60, 80, 90 × 6 assigned of 100 it is 80 + 0.75 × 10 = 87.5 %.
EIGHT = (60, 80, 90, 90, 90, 90, 90, 90)


def test_the_quartile_is_linear_and_includes_the_customer_itself():
    [low, *_] = view("low_assignment", *peers(*EIGHT)).table.to_dicts()
    assert low["peer_q1"] == pytest.approx(0.875)
    assert low["peer_size"] == 8


def test_a_customer_five_points_below_the_quartile_is_flagged():
    assert flagged(*peers(*EIGHT)) == 2  # 60 and 80: 27.5 and 7.5 points below


def test_exactly_five_points_below_is_flagged_and_less_is_not():
    # Quartile of 85, 90 × 7 is 90: 85 is exactly 5 points below.
    assert flagged(*peers(85, *[90] * 7)) == 1
    assert flagged(*peers(86, *[90] * 7)) == 0


def test_fewer_than_eight_customers_flag_nobody():
    assert flagged(*peers(*EIGHT[:7])) == 0


def test_a_customer_added_less_than_a_month_ago_is_not_flagged():
    group = peers(*[90] * 8, start_date=date(2026, 8, 1))
    assert flagged(*group, line("Low", assigned=10, start_date=date(2026, 10, 16))) == 0
    assert flagged(*group, line("Low", assigned=10, start_date=date(2026, 10, 15))) == 1


def test_the_seat_band_alone_is_used_when_the_tenure_band_is_too_small():
    group = peers(*[90] * 8)
    [row] = view(
        "low_assignment", *group, line("Low", assigned=10, start_date=date(2026, 1, 1))
    ).table.to_dicts()
    assert (row["peer_level"], row["peer_size"]) == ("seat", 9)


def test_the_whole_portfolio_is_used_when_the_seat_band_is_too_small():
    group = peers(*[90] * 8)
    [row] = view("low_assignment", *group, line("Low", total=20, assigned=2)).table.to_dicts()
    assert (row["peer_level"], row["peer_size"]) == ("portfolio", 9)


def test_peers_are_of_the_same_region():
    elsewhere = peers(*[90] * 8, region="EU")
    assert flagged(*elsewhere, line("Low", assigned=10), region="US") == 0


def test_customers_without_licenses_are_nobodys_peer():
    group = peers(*[90] * 7)
    assert flagged(*group, line("None", total=0, assigned=5), line("Low", assigned=10)) == 1
    assert flagged(*group[:6], line("None", total=0, assigned=5), line("Low", assigned=10)) == 0


def test_the_share_is_over_all_lines_of_the_customer():
    group = peers(*[90] * 8)
    two = [line("Two", "S1", total=50, assigned=0), line("Two", "S2", total=49, assigned=49)]
    rows = view("low_assignment", *group, *two).table.to_dicts()
    assert [row["subscription_id"] for row in rows] == ["S1"]
    assert (rows[0]["customer_assigned"], rows[0]["customer_total"]) == (49, 99)


def test_the_thresholds_are_settings():
    assert flagged(*peers(85, *[90] * 7), rules=Rules(peer_gap=0.06)) == 0
    assert flagged(*peers(*EIGHT), rules=Rules(peer_minimum=9)) == 0
