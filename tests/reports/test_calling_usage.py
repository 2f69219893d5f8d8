"""Calling usage details: Webex's counts where it delivered them, else the weekly facts."""

from datetime import date

import pytest
from factories import fact, line, weeks_ago
from reporting import USAGE, WEEK, ReportStore, calls, csv_of, delivered, usage_rows

from dashboard.access import Scope
from dashboard.errors import UnknownNameError
from dashboard.reports.order import Order
from dashboard.reports.template import Period

QUEUE = fact("queue_facts", location="Kyiv")
QUALITY = fact("quality_facts")


def test_the_report_has_the_twenty_columns_of_the_vendor_in_its_order():
    order = Order(template=USAGE, region="US", columns=USAGE.default, period=WEEK)
    [heading, row] = csv_of(
        order,
        ReportStore(
            calls(video_legs=5, video_minutes=7.5),
            calls(endpoint_type="desk_phone", calls=1, legs=3, audio_legs=3, minutes=0.1),
            calls(endpoint_type="room_device", calls=2, legs=4, audio_legs=4, minutes=0.2),
            calls(endpoint_type="other_device", calls=0, legs=6, audio_legs=6, minutes=1.0),
            QUALITY,
            QUEUE,
            fact("feature_facts", feature="hunt_group", calls=8),
            fact("feature_facts", feature="auto_attendant", calls=9),
        ),
    )
    assert heading.split(",") == [
        "Customer Name",
        "Organization ID",
        "Location",
        "Total Calls",
        "Total Call Legs",
        "Overall Poor Quality Call Legs",
        "Call Minutes",
        "Call Minutes - Video",
        "Call Legs - Audio",
        "Call Legs - Video",
        "Call Legs - Desk Phone",
        "Call Legs - Room Device",
        "Call Legs - Other Devices",
        "Calls - Hunt Group Calls",
        "Calls - Auto Attendant Calls",
        "Call Queue - Total Calls",
        "Call Queue - Timed Out Calls",
        "Call Queue - Overflowed Calls",
        "Call Queue - Transferred Calls",
        "Call Queue - Abandoned Calls",
    ]
    assert row == "Acme,id of Acme,Kyiv,103,213,10,301.3,7.5,213,5,3,4,6,8,9,100,3,2,1,20"


def test_every_location_has_a_row_and_no_queue_means_zero():
    store = ReportStore(calls(), calls(location="Lviv", calls=5), QUEUE, QUALITY)
    rows = usage_rows(store, "location", "calls", "queue_calls", "poor_legs")
    assert rows == [("Kyiv", 100, 100, 10), ("Lviv", 5, 0, 0)]


def test_what_nobody_counted_is_empty_and_not_zero():
    [row] = usage_rows(ReportStore(calls()), "queue_calls", "poor_legs", "hunt_group_calls")
    assert row == (None, None, None)


def test_feature_calls_of_several_locations_stand_in_a_row_without_one():
    hunted = fact("feature_facts", feature="hunt_group", calls=8)
    store = ReportStore(calls(), calls(location="Lviv"), hunted)
    rows = usage_rows(store, "location", "calls", "hunt_group_calls", "auto_attendant_calls")
    assert rows == [("Kyiv", 100, None, 0), ("Lviv", 100, None, 0), (None, None, 8, 0)]


def test_webex_s_own_counts_are_shown_as_delivered_and_labeled():
    store = ReportStore(calls(), QUALITY, usage=[delivered(calls=7, poor_legs=None)])
    rows = usage_rows(store, "calls", "poor_legs", "counted_by")
    assert rows == [(7, None, "Webex")]
    [row] = usage_rows(ReportStore(calls()), "calls", "counted_by")
    assert row == (100, "Partnerlens")


def test_reports_of_webex_that_follow_each_other_are_added_up():
    two = Period(start=date(2026, 11, 1), end=WEEK.end)
    before = {"start_date": two.start, "end_date": date(2026, 11, 7)}
    store = ReportStore(usage=[delivered(), delivered(**before, calls=4)])
    assert usage_rows(store, "calls", period=two) == [(5,)]


@pytest.mark.parametrize("first", [date(2026, 11, 2), date(2026, 10, 31)])
def test_reports_of_webex_with_a_gap_or_beyond_the_period_are_not_used(first):
    two = Period(start=date(2026, 11, 1), end=WEEK.end)
    before = {"start_date": first, "end_date": date(2026, 11, 7)}
    store = ReportStore(calls(), usage=[delivered(), delivered(**before)])
    assert usage_rows(store, "calls", "counted_by", period=two) == [(100, "Partnerlens")]


def test_a_report_of_exactly_the_period_outweighs_its_parts():
    two = Period(start=date(2026, 11, 1), end=WEEK.end)
    whole = delivered(start_date=two.start, calls=9)
    assert usage_rows(ReportStore(usage=[delivered(), whole]), "calls", period=two) == [(9,)]


def test_only_whole_weeks_within_the_period_count():
    store = ReportStore(calls(), calls(week_ending=weeks_ago(1), calls=1))
    assert usage_rows(store, "calls") == [(100,)]
    both = Period(start=date(2026, 11, 1), end=WEEK.end)
    assert usage_rows(store, "calls", period=both) == [(101,)]
    from_monday = Period(start=date(2026, 11, 2), end=WEEK.end)
    assert usage_rows(store, "calls", period=from_monday) == [(100,)]


def test_customers_out_of_scope_of_other_regions_and_without_calling_are_absent():
    store = ReportStore(
        calls(),
        calls(customer="Initech"),
        calls(customer="Vandelay", region="EU"),
        calls(customer="Hooli"),
        *(line("Initech"), line("Vandelay", region="EU")),
        line("Hooli", product="Webex Meetings"),
        usage=[delivered("Initech"), delivered("Vandelay", region="EU")],
    )
    assert usage_rows(store, "customer") == [("Acme",), ("Initech",)]
    acme = Scope(customers=frozenset({"id of Acme"}))
    assert usage_rows(store, "customer", scope=acme) == [("Acme",)]
    nobody = Scope(customers=frozenset())
    assert usage_rows(store, "customer", scope=nobody) == []


def test_the_sum_over_disjoint_scopes_is_that_of_the_union():
    store = ReportStore(calls(), calls(customer="Initech", calls=7), line("Initech"))
    scopes = [Scope(customers=frozenset({f"id of {name}"})) for name in ("Acme", "Initech")]
    parts = [row for scope in scopes for row in usage_rows(store, "calls", scope=scope)]
    assert sorted(parts) == sorted(usage_rows(store, "calls")) == [(7,), (100,)]


def test_it_needs_a_period_that_ends_after_it_begins():
    for period in (None, Period(start=WEEK.end, end=WEEK.start)):
        with pytest.raises(UnknownNameError):
            Order(template=USAGE, region="US", columns=("calls",), period=period)
