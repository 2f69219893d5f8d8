"""What each section counts, on portfolios small enough to count by hand."""

from datetime import date

import pytest
from factories import AS_OF, days, kpis, line, table, view, weeks_ago

MEETINGS = "Webex Meetings"


def test_only_customers_with_calling_or_meetings_are_counted():  # W-070, W-071
    lines = [line("A"), line("B", product=MEETINGS), line("C", product="Webex Messaging")]
    assert kpis("overview", *lines)["total_customers"] == 2


def test_call_on_webex_is_no_calling_line():  # W-077
    lines = [line("A"), line("B", product="Call on Webex")]
    assert kpis("overview", *lines)["total_customers"] == 1


@pytest.mark.parametrize("product", ["calling", "meetings"])
def test_the_overview_ignores_the_toggle(product):  # W-076
    lines = [line("A"), line("B", product=MEETINGS)]
    assert kpis("overview", *lines, product=product)["total_customers"] == 2


@pytest.mark.parametrize(("left", "counted"), [(-1, 0), (0, 1), (90, 1), (91, 0)])
def test_nearing_expiration_includes_both_ends_of_90_days(left, counted):  # W-072
    found = kpis("overview", line(end_date=days(left)), line("Other"))
    assert found["nearing_expiration"] == counted


@pytest.mark.parametrize(("left", "counted"), [(-1, 0), (0, 1), (90, 1), (91, 0)])
def test_nearing_renewal_includes_both_ends_of_90_days(left, counted):  # W-073
    found = kpis("overview", line(end_date=days(left), auto_renew="Yes"), line("Other"))
    assert found["nearing_renewal"] == counted


def test_a_trial_expires_even_if_it_is_marked_to_renew():
    found = kpis("overview", line(end_date=days(5), type="Trial", auto_renew="Yes"))
    assert (found["nearing_expiration"], found["nearing_renewal"]) == (1, 0)


def test_low_assignment_counts_a_customer_flagged_for_either_product():  # W-074
    peers = [line(f"P{n}", assigned=90) for n in range(8)]
    low = line("Low", assigned=20)
    elsewhere = [line(f"M{n}", product=MEETINGS, assigned=90) for n in range(8)]
    also = line("Low too", product=MEETINGS, assigned=20)
    assert kpis("overview", *peers, low, *elsewhere, also)["low_license_assignment"] == 2


def test_over_the_limit_counts_customers_once():  # W-075
    lines = [line("A", "S1", assigned=101), line("A", "S2", assigned=150), line("B")]
    assert kpis("overview", *lines)["over_license_limit"] == 1


def test_the_toggle_selects_the_lines_of_one_product():  # W-076
    lines = [line("A"), line("A", "S2", product=MEETINGS, total=7)]
    [calling] = view("license_trend", *lines, weeks=8).as_json()["trend"][-1:]
    [meetings] = view("license_trend", *lines, product="meetings", weeks=8).as_json()["trend"][-1:]
    assert (calling["total"], meetings["total"]) == (100, 7)


def test_the_trend_sums_a_week_and_never_over_weeks():  # W-078
    lines = [line("A"), line("B", total=50, assigned=60, used=10)]
    lines += [line("A", week_ending=weeks_ago(1), assigned=70)]
    trend = view("license_trend", *lines, weeks=8).as_json()["trend"]
    assert trend[-1] == {
        "week_ending": "2026-11-14",
        "total": 150,
        "assigned": 140,
        "used": 70,
        "available": 20,
    }
    assert trend[-2]["assigned"] == 70


def test_a_week_without_data_is_a_gap_and_not_zero():
    lines = [line(), line(week_ending=weeks_ago(2))]
    trend = view("license_trend", *lines, weeks=8).as_json()["trend"]
    assert [row["total"] for row in trend[-3:]] == [100, None, 100]
    assert len(trend) == 8


def test_a_trend_week_counts_what_was_active_the_day_after():
    ended = line(end_date=weeks_ago(1), week_ending=weeks_ago(1))
    trend = view("license_trend", line("B"), ended, weeks=8).as_json()["trend"]
    assert trend[-2]["total"] is None


@pytest.mark.parametrize(("ago", "counted"), [(-1, 0), (0, 1), (90, 1), (91, 0)])
def test_recently_added_includes_both_ends_of_90_days(ago, counted):  # W-082
    found = kpis("recently_added", line(start_date=days(-ago)), line("Other"))
    assert found["new_customers"] == counted


def test_recently_added_sums_exactly_its_lines():  # W-083
    lines = [line(start_date=days(-3)), line("Acme", "Old", total=900)]
    assert kpis("recently_added", *lines)["total_licenses"] == 100


def test_a_recently_added_row_shows_every_column():  # W-084 … W-091
    now = line("Acme", start_date=days(-20), total=100, assigned=80, used=60)
    before = line("Acme", start_date=days(-20), week_ending=weeks_ago(1), assigned=85, used=50)
    assert table("recently_added", now, before) == [
        {
            "customer": "Acme",
            "subscription_id": "Sub of Acme",
            "days_since_added": 20,
            "total_licenses": 100,
            "used": 60,
            "assigned": 80,
            "available": 20,
            "weekly_assignment_change": -5,
            "weekly_usage_change": 10,
        }
    ]


def test_a_weekly_change_without_the_week_before_is_null():
    two_weeks_ago = line(start_date=days(-20), week_ending=weeks_ago(2))
    [row] = table("recently_added", line(start_date=days(-20)), two_weeks_ago)
    assert row["weekly_assignment_change"] is None


def test_expiring_ratios_are_ratios_of_sums():  # W-094, W-095, W-096
    lines = [
        line("A", end_date=days(10), total=100, assigned=50, used=20),
        line("B", end_date=days(20), total=300, assigned=300, used=100),
        line("C"),
    ]
    assert kpis("expiring", *lines) == {
        "customers_expiring": 2,
        "license_assignment": 350 / 400,
        "license_usage": 120 / 400,
    }


def test_an_expiring_row_shows_every_column():  # W-097 … W-103
    [row] = table("expiring", line(end_date=days(7), used_last_3_months=77))
    assert row == {
        "customer": "Acme",
        "subscription_id": "Sub of Acme",
        "days_until_expiration": 7,
        "total_licenses": 100,
        "used": 60,
        "assigned": 80,
        "available": 20,
        "usage_last_3_months": 77,
        "usage_last_3_months_at_least": False,
    }


def test_absent_three_month_usage_is_the_largest_of_13_weeks_marked_at_least():
    weeks = [line(end_date=days(7), week_ending=weeks_ago(n), used=10 * n) for n in range(14)]
    [row] = table("expiring", *weeks)
    assert (row["usage_last_3_months"], row["usage_last_3_months_at_least"]) == (120, True)


def test_renewing_lists_what_renews_by_itself():  # W-106 … W-115
    lines = [
        line("A", end_date=days(10), auto_renew="Yes", used_last_3_months=5),
        line("B", end_date=days(10)),
        line("C", end_date=days(10), auto_renew="Yes", type="Trial"),
    ]
    assert kpis("renewing", *lines) == {
        "customers_renewing": 1,
        "license_assignment": 0.8,
        "license_usage": 0.6,
    }
    [row] = table("renewing", *lines)
    assert (row["customer"], row["days_until_renewal"]) == ("A", 10)
    assert (row["usage_last_3_months"], row["total_licenses"]) == (5, 100)
    assert (row["used"], row["assigned"], row["available"]) == (60, 80, 20)


def test_low_assignment_sums_over_the_lines_it_lists():  # W-118 … W-121
    peers = [line(f"P{n}", assigned=90) for n in range(8)]
    low = [
        line("Low", "Bad", total=60, assigned=10, used=8),
        line("Low", "Good", total=20, assigned=20),
    ]
    assert kpis("low_assignment", *peers, *low) == {
        "customers_low_assignment": 1,
        "license_assignment": 10 / 60,
        "license_usage_of_assigned": 8 / 10,
        "total_unassigned_licenses": 50,
    }


def test_a_low_assignment_row_shows_every_column():  # W-122 … W-129
    peers = [line(f"P{n}", assigned=90) for n in range(8)]
    low = {"assigned": 20, "used": 15, "start_date": date(2026, 3, 16)}
    before = line("Low", week_ending=weeks_ago(1), **low | {"assigned": 25})
    assert table("low_assignment", *peers, line("Low", **low), before) == [
        {
            "customer": "Low",
            "subscription_id": "Sub of Low",
            "months_since_added": 7,
            "assigned": 20,
            "assigned_pct": 0.2,
            "total_licenses": 100,
            "used": 15,
            "available": 80,
            "weekly_assignment_change": -5,
        }
    ]


def test_overage_is_never_offset_by_spare_licenses_elsewhere():  # W-132, W-133, W-134
    lines = [
        line("A", "S1", total=10, assigned=15),
        line("A", "S2", total=500, assigned=5),
        line("B", total=0, assigned=4),
    ]
    assert kpis("over_limit", *lines) == {
        "customers_with_overage": 2,
        "total_license_overage": 9,
        "average_license_overage": 4.5,
    }


def test_an_over_limit_row_shows_every_column():  # W-135 … W-142
    over = line(total=100, assigned=120, used=110, end_date=date(2027, 3, 14), auto_renew="Yes")
    assert table("over_limit", over) == [
        {
            "customer": "Acme",
            "subscription_id": "Sub of Acme",
            "months_remaining": 3,
            "auto_renew": True,
            "total_licenses": 100,
            "assigned": 120,
            "assigned_pct": 1.2,
            "used": 110,
            "used_pct": 1.1,
        }
    ]


def test_a_line_without_licenses_has_no_percentages():
    [row] = table("over_limit", line(total=0, assigned=3, used=1))
    assert (row["assigned_pct"], row["used_pct"]) == (None, None)


def test_an_auto_renew_value_unknown_to_us_is_shown_as_it_is():
    [row] = table("over_limit", line(assigned=101, auto_renew="Perhaps"))
    assert row["auto_renew"] == "Perhaps"


def test_nothing_over_nothing_is_null():
    assert kpis("expiring", line()) == {
        "customers_expiring": 0,
        "license_assignment": None,
        "license_usage": None,
    }


def test_regions_are_never_added_up():  # W-056
    lines = [line("A"), line("B", region="EU"), line("C", region="EU")]
    assert [kpis("overview", *lines, region=r)["total_customers"] for r in ("US", "EU")] == [1, 2]


def test_a_subscription_without_a_row_in_the_last_week_is_not_counted():
    lines = [line("A"), line("B", week_ending=weeks_ago(1))]
    assert kpis("overview", *lines)["total_customers"] == 1


def test_an_earlier_date_is_answered_from_its_own_week():
    lines = [line("A"), line("A", week_ending=weeks_ago(3)), line("B", week_ending=weeks_ago(3))]
    earlier = view("overview", *lines, as_of=days(-20)).as_json()
    assert (earlier["kpis"]["total_customers"], earlier["week_ending"]) == (2, "2026-10-24")


def test_before_the_first_week_there_is_nothing():
    empty = view("expiring", line(), as_of=date(2020, 1, 1)).as_json()
    assert (empty["week_ending"], empty["table"], empty["trend"]) == (None, [], [])


def test_history_sees_each_week_from_its_own_day():
    end = days(85)  # 85 days left now, 92 a week ago
    lines = [line(end_date=end), line(end_date=end, week_ending=weeks_ago(1)), line("B")]
    lines += [line("B", week_ending=weeks_ago(1))]
    found = view("overview", *lines)
    assert found.history["nearing_expiration"].to_list()[-2:] == [0, 1]
    assert found.change("nearing_expiration") == 1


def test_a_change_against_a_missing_week_is_null():
    found = view("overview", line(), line(week_ending=weeks_ago(2)))
    assert found.change("total_customers") is None


def test_a_definition_card_has_both_sums_of_a_ratio():
    found = view("expiring", line(end_date=days(3)))
    assert found.kpis["license_assignment"] == (0.8, 80, 100, 1)


def test_the_as_of_date_is_printed_with_the_values():
    assert view("overview", line()).as_json()["as_of"] == AS_OF.isoformat()
