"""What the sections about calling count, on facts few enough to count by hand."""

from datetime import date

import polars as pl
import pytest
from factories import AS_OF, fact, kpis, line, portfolio, table, view, weeks_ago

from dashboard.access import Scope
from dashboard.data.filters import Filters
from dashboard.errors import DefinitionError
from dashboard.metrics.metric import Metric
from dashboard.sections import SECTIONS
from dashboard.sections.calling import CALL_USAGE
from dashboard.sections.evaluate import evaluate

CALLING = ["call_usage", "call_quality", "call_quality_by_endpoint", "feature_usage", "queue"]
LAST, BEFORE = weeks_ago(0), weeks_ago(1)


def users(band, number, customer="Acme", **changes):
    return fact("user_facts", customer, volume_band=band, users=number, **changes)


def quality(customer="Acme", **changes):
    return fact("quality_facts", customer, **changes)


def used(feature, calls, **changes):
    return fact("feature_facts", feature=feature, calls=calls, **changes)


@pytest.mark.parametrize("section", CALLING)
def test_without_facts_everything_is_empty(section):
    found = view(section, line()).as_json()
    assert found["week_ending"] is None
    assert found["trend"] == found["table"] == []
    assert set(found["kpis"].values()) <= {None}


@pytest.mark.parametrize("section", CALLING)
def test_calling_sections_ignore_the_toggle(section):
    rows = [line(), fact("call_facts"), quality(), fact("queue_facts"), used("hold", 3)]
    calling = view(section, *rows).as_json()
    meetings = view(section, *rows, product="meetings").as_json()
    assert meetings == calling | {"product": "meetings"}


def test_only_customers_with_webex_calling_are_shown():  # W-145
    rows = [line("Acme"), line("Meets", product="Webex Meetings")]
    rows += [line("Rings", product="Call on Webex"), line("Ordered", product="Webex Meetings")]
    rows += [line("Licensed", products="Webex Messaging")]
    rows[3] |= {"products": "Webex Meetings; Webex Calling"}
    customers = ("Acme", "Meets", "Rings", "Ordered", "Licensed")
    rows += [fact("call_facts", customer) for customer in customers]
    shown = {row["customer"] for row in table("call_usage", *rows)}
    assert shown == {"Acme", "Ordered", "Licensed"}


def test_a_customer_nobody_lists_is_left_out():
    rows = [line("Acme"), fact("call_facts", "Acme"), fact("call_facts", "Orphan")]
    assert [row["customer"] for row in table("call_usage", *rows)] == ["Acme"]


def test_the_week_is_the_newest_one_of_the_dataset_in_any_region():  # W-146, W-147
    europe = line("Vandelay", region="EU")
    rows = [line(), europe, fact("call_facts", week_ending=BEFORE)]
    rows += [fact("call_facts", "Vandelay", region="EU"), quality(week_ending=BEFORE)]
    assert view("call_usage", *rows).week_ending == LAST
    assert table("call_usage", *rows) == []
    assert view("call_quality", *rows).week_ending == BEFORE


@pytest.mark.parametrize(
    ("as_of", "week"),
    [(AS_OF, LAST), (date(2026, 11, 14), BEFORE), (date(2026, 11, 21), LAST)],
)
def test_a_week_counts_once_it_is_over(as_of, week):  # W-146, W-147
    rows = [line(), *(fact("call_facts", week_ending=weeks_ago(n)) for n in (-1, 0, 1))]
    assert view("call_usage", *rows, as_of=as_of).week_ending == week


def test_calling_users_are_added_up_by_their_volume():  # W-150, W-151
    rows = [line(), line("Bolt"), fact("call_facts"), fact("call_facts", week_ending=weeks_ago(7))]
    rows += [users("1_4", 5), users("1_4", 2, "Bolt"), users("50_plus", 1)]
    rows += [
        users("20_49", 4, week_ending=weeks_ago(7)),
        users("20_49", 9, week_ending=weeks_ago(8)),
    ]
    trend = view("call_usage", *rows).as_json()["trend"]
    assert len(trend) == 8
    assert trend[-1] == {
        "week_ending": "2026-11-14",
        "users_1_4": 7,
        "users_5_19": 0,
        "users_20_49": 0,
        "users_50_plus": 1,
    }
    assert trend[0]["users_20_49"] == 4


def test_a_week_without_calls_is_a_gap_and_one_without_callers_is_zero():
    rows = [line(), fact("call_facts"), fact("call_facts", week_ending=weeks_ago(2))]
    trend = view("call_usage", *rows, weeks=26).as_json()["trend"]
    assert [week["users_1_4"] for week in trend[-3:]] == [0, None, 0]


def test_a_usage_row_shows_every_column():  # W-152
    rows = [line(total=100, assigned=50), users("1_4", 5), users("5_19", 15)]
    rows += [
        fact("call_facts", calls=40, legs=90, minutes=120.5, video_minutes=10.0),
        fact("call_facts", endpoint_type="desk_phone", calls=60, legs=10, minutes=79.5),
        fact("call_facts", calls=130, week_ending=BEFORE),
    ]
    assert table("call_usage", *rows) == [
        {
            "customer": "Acme",
            "calls": 100,
            "call_legs": 100,
            "call_minutes": 200.0,
            "video_minutes": 10.0,
            "calling_users": 20,
            "active_user_share": 0.4,
            "weekly_calls_change": -30,
        }
    ]


def test_silence_about_video_is_not_zero():
    (row,) = table("call_usage", line(), fact("call_facts"))
    assert row["video_minutes"] is None


def test_active_users_are_a_share_of_the_calling_licenses_assigned_now():
    lines = [line("Acme", "S1", assigned=30), line("Acme", "S2", assigned=10)]
    lines += [line("Acme", "S1", week_ending=BEFORE, assigned=99)]
    lines += [line("Acme", "S3", product="Webex Meetings", assigned=500)]
    lines += [line("Acme", "S4", end_date=date(2026, 11, 1), assigned=500)]
    (row,) = table("call_usage", *lines, fact("call_facts"), users("1_4", 10))
    assert row["active_user_share"] == 0.25


def test_without_licenses_there_is_no_share_of_active_users():
    rows = [line(assigned=0), fact("call_facts"), users("1_4", 3)]
    assert table("call_usage", *rows)[0]["active_user_share"] is None


def test_a_falling_customer_comes_first_with_its_eight_weeks():  # W-153
    rows = [line("Falls"), line("Grows"), line("New")]
    rows += [fact("call_facts", "Falls", calls=10), fact("call_facts", "New", calls=5)]
    rows += [fact("call_facts", "Falls", calls=80, week_ending=BEFORE)]
    rows += [fact("call_facts", "Falls", calls=90, week_ending=weeks_ago(3))]
    rows += [fact("call_facts", "Grows", calls=9)]
    rows += [fact("call_facts", "Grows", calls=8, week_ending=BEFORE)]
    found = view("call_usage", *rows).table
    changes = dict(zip(found["customer"], found["weekly_calls_change"], strict=True))
    assert list(changes.items()) == [("Falls", -70), ("Grows", 1), ("New", None)]
    assert found["weekly_calls"][0].to_list() == [None, None, None, None, 90, None, 80, 10]


def test_the_quality_trend_counts_poor_good_and_unmeasured_legs():  # W-156, W-157
    rows = [line(), line("Bolt"), quality(legs=100, measured_legs=80, poor_legs=8)]
    rows += [quality("Bolt", legs=50, measured_legs=20, poor_legs=12)]
    trend = view("call_quality", *rows).as_json()["trend"]
    assert trend[-1] == {
        "week_ending": "2026-11-14",
        "poor": 20,
        "good": 80,
        "not_measured": 50,
        "poor_share": 0.2,
    }
    assert trend[-2]["poor"] is None


def test_a_share_of_nothing_measured_is_null():
    rows = [line(), quality(legs=9, measured_legs=0, poor_legs=0)]
    assert view("call_quality", *rows).as_json()["trend"][-1]["poor_share"] is None
    assert table("call_quality", *rows)[0]["poor_share"] is None


def test_endpoint_types_are_compared_the_worst_first():  # W-158
    rows = [line(), line("Bolt"), quality(legs=10, measured_legs=10, poor_legs=1)]
    rows += [quality("Bolt", legs=30, measured_legs=10, poor_legs=0)]
    rows += [quality(endpoint_type="room_device", legs=4, measured_legs=4, poor_legs=2)]
    rows += [quality(endpoint_type="Toaster", legs=1, measured_legs=0, poor_legs=0)]
    assert table("call_quality_by_endpoint", *rows) == [
        {
            "endpoint_type": kind,
            "call_legs": a,
            "measured_legs": b,
            "poor_legs": c,
            "poor_share": d,
        }
        for kind, a, b, c, d in [
            ("room_device", 4, 4, 2, 0.5),
            ("webex_app", 40, 20, 1, 0.05),
            ("Toaster", 1, 0, 0, None),
        ]
    ]


def test_a_quality_row_shows_every_column():  # W-159
    rows = [line(), quality(legs=100, measured_legs=80, poor_legs=8)]
    rows += [quality(week_ending=BEFORE, legs=10, measured_legs=10, poor_legs=0)]
    (row,) = table("call_quality", *rows)
    assert row == {
        "customer": "Acme",
        "call_legs": 100,
        "measured_legs": 80,
        "poor_legs": 8,
        "poor_share": 0.1,
        "weekly_poor_share_change": 0.1,
    }


def test_every_feature_has_a_row_and_a_share_of_all_calls():  # W-162, W-164
    rows = [
        line(),
        line("Bolt"),
        fact("call_facts", calls=60),
        fact("call_facts", "Bolt", calls=20),
    ]
    rows += [used("hold", 8), used("transfer", 20)]
    found = table("feature_usage", *rows)
    assert found[:3] == [
        {"feature": "transfer", "calls": 20, "share_of_calls": 0.25},
        {"feature": "hold", "calls": 8, "share_of_calls": 0.1},
        {"feature": "auto_attendant", "calls": 0, "share_of_calls": 0.0},
    ]
    assert len(found) == 8


def test_features_count_customers_without_call_queues_too():  # W-163
    rows = [line(), line("Queues"), fact("call_facts", calls=50), used("hold", 5)]
    rows += [fact("call_facts", "Queues", calls=50), fact("queue_facts", "Queues")]
    found = {row["feature"]: row["share_of_calls"] for row in table("feature_usage", *rows)}
    assert found["hold"] == 0.05
    assert SECTIONS["feature_usage"].segment.rule == "G-7"


def test_only_customers_with_call_queues_are_in_their_analytics():  # W-165, W-166
    rows = [line(), line("Queues"), fact("call_facts"), fact("queue_facts", "Queues")]
    assert [row["customer"] for row in table("queue", *rows)] == ["Queues"]


def queues():
    return [
        line(),
        line("Bolt"),
        fact("queue_facts", calls=100, answered=80, abandoned=20, wait_answered_s=800.0),
        fact("queue_facts", queue="Sales", calls=60, answered=20, abandoned=10, location=None),
        fact("queue_facts", "Bolt", calls=40, answered=0, abandoned=20, wait_answered_s=0.0),
        fact("queue_facts", week_ending=BEFORE, calls=10, abandoned=5),
    ]


def test_waits_are_averaged_over_calls_and_not_over_queues():  # W-167, W-168
    found = kpis("queue", *queues())
    assert found["average_answer_time"] == (800 + 800) / (80 + 20)
    assert found["average_abandoned_wait_time"] == (600 + 600 + 600) / (20 + 10 + 20)


def test_the_abandonment_rate_is_a_ratio_of_sums():  # W-169
    assert kpis("queue", *queues())["abandonment_rate"] == 50 / 200
    assert view("queue", *queues()).change("abandonment_rate") == 0.25 - 0.5


def test_a_queue_row_shows_every_column():  # W-170
    rows = table("queue", *queues())
    assert [row["customer"] for row in rows] == ["Acme", "Bolt"]
    assert rows[0] == {
        "customer": "Acme",
        "queue_calls": 160,
        "answered": 100,
        "abandoned": 30,
        "abandonment_rate": 30 / 160,
        "average_answer_time": 16.0,
        "average_abandoned_wait_time": 40.0,
        "timed_out": 6,
        "overflowed": 4,
        "transferred": 2,
    }
    assert rows[1]["average_answer_time"] is None


def test_a_viewer_sees_the_facts_of_its_customers_only():
    rows = [line(), line("Bolt"), fact("call_facts", calls=7), fact("call_facts", "Bolt", calls=9)]
    scope = Scope(customers=frozenset({"id of Bolt"}))
    filters = Filters(region="US", product="calling", as_of=AS_OF)
    seen = evaluate(CALL_USAGE, portfolio(*rows), filters, scope)
    assert seen.table["calls"].to_list() == [9]


def test_a_metric_names_a_column_its_dataset_has():
    wrong = {"name": "x", "label": "x", "definition": "x", "dataset": CALL_USAGE.dataset}
    with pytest.raises(DefinitionError, match="no row of call_facts"):
        Metric(**wrong, expr=pl.col("assigned").sum())
