"""Calls, their legs and those who made them, on a handful that can be counted by hand."""

from datetime import timedelta

import polars as pl
import pytest
from calls import INSTANT, MIDNIGHT, NOON, SATURDAY, as_facts, computed, leg, legs_of

from dashboard.data import rollup
from dashboard.data.call_datasets import CALL_FACTS

NEXT_SATURDAY = SATURDAY + timedelta(days=7)


def calls(*legs):
    return computed(rollup.call_facts, legs_of(legs))


def counted(facts, *columns):
    """Return what `calls` there are by some columns, without those that have none."""
    some = facts.filter(pl.col("calls") > 0).group_by(columns).agg(pl.col("calls").sum())
    return dict(zip(some.select(columns).iter_rows(), some["calls"], strict=True))


def users(*legs):
    facts = computed(rollup.user_facts, legs_of(legs))
    return {(r["week_ending"], r["volume_band"]): r["users"] for r in facts.to_dicts()}


def test_a_call_has_several_legs_and_is_one_call():
    facts = calls(
        leg(correlation_id="a"),
        leg(correlation_id="a", direction="TERMINATING", duration=30),
        leg(correlation_id="b"),
    )
    ((_, fact),) = as_facts(facts, CALL_FACTS).items()
    assert fact == {
        "calls": 2,
        "legs": 3,
        "audio_legs": 3,
        "video_legs": None,
        "minutes": 2.5,
        "video_minutes": None,
    }


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({}, 1),
        ({"user_type": "Place"}, 1),
        ({"user_type": "VirtualLine"}, 1),
        ({"user_type": "HuntGroup"}, 0),
        ({"user_type": "LocalGateway"}, 0),
        ({"direction": "TERMINATING"}, 0),
    ],
)
def test_only_people_places_and_virtual_lines_make_calls(changes, number):
    assert calls(leg(**changes))["calls"].to_list() == [number]


def test_a_call_counts_where_its_earliest_leg_was():
    facts = calls(
        leg(correlation_id="a", start_time=NOON + INSTANT, location="Lviv"),
        leg(correlation_id="a", start_time=NOON, client_type="WXC_THIRD_PARTY"),
        leg(correlation_id="a", start_time=NOON - INSTANT, user_type="Anchor", location="Odesa"),
    )
    assert counted(facts, "location", "endpoint_type") == {("Kyiv", "other_device"): 1}
    assert facts["legs"].sum() == 3


def test_of_legs_that_start_together_the_smallest_report_id_is_the_first():
    facts = calls(
        leg(correlation_id="a", report_id="2", location="Lviv"),
        leg(correlation_id="a", report_id="1", location=None),
        leg(correlation_id="a", report_id="3"),
    )
    assert counted(facts, "location") == {(None,): 1}


def test_a_call_over_midnight_belongs_to_the_week_it_began_in():
    legs = [
        leg(correlation_id="a", start_time=MIDNIGHT - INSTANT),
        leg(correlation_id="a", start_time=MIDNIGHT),
    ]
    facts = calls(*legs)
    assert counted(facts, "week_ending") == {(SATURDAY,): 1}
    assert facts.sort("week_ending")["legs"].to_list() == [1, 1]
    assert users(*legs) == {(SATURDAY, "1_4"): 1}


def test_the_same_correlation_id_in_two_organizations_is_two_calls():
    facts = calls(leg(correlation_id="a"), leg(correlation_id="a", customer_id="bolt"))
    assert counted(facts, "region", "customer_id") == {("EU", "acme"): 1, ("US", "bolt"): 1}


def test_an_organization_that_no_customer_list_names_has_no_region():
    assert calls(leg(customer_id="orphan"))["region"].to_list() == [None]


def test_a_duration_nobody_wrote_down_is_none_at_all():
    facts = calls(leg(duration=None), leg(duration=0), leg(duration=90))
    assert facts.select("legs", "minutes").rows() == [(3, 1.5)]


def test_video_is_known_where_a_leg_says_so():
    facts = calls(
        leg(is_video=True), leg(is_video=False), leg(), leg(location="Lviv", is_video=False)
    )
    rows = facts.sort("location").select("legs", "video_legs", "video_minutes").rows()
    assert rows == [(3, 1, 1.0), (1, 0, 0.0)]


@pytest.mark.parametrize(
    ("client_type", "model", "endpoint_type"),
    [
        ("WXC_CLIENT", None, "webex_app"),
        ("TEAMS_WXC_CLIENT", "iPhone", "webex_app"),
        ("WXC_DEVICE", None, "desk_phone"),
        ("WXC_DEVICE", "8851-3PCC", "desk_phone"),
        ("WXC_DEVICE", "DMS-8845", "desk_phone"),
        ("WXC_DEVICE", "Cisco Desk Phone 9861", "desk_phone"),
        ("WXC_DEVICE", "Cisco Video Phone 8875", "desk_phone"),
        ("WXC_DEVICE", "DBS-210-3PC", "desk_phone"),
        ("WXC_DEVICE", "Cisco Room Kit", "room_device"),
        ("WXC_DEVICE", "WEBEX_ROOM_55", "room_device"),
        ("WXC_DEVICE", "RoomKit Mini", "room_device"),
        ("WXC_DEVICE", "Webex Board Pro", "room_device"),
        ("WXC_DEVICE", "Cisco Desk Pro", "room_device"),
        ("WXC_DEVICE", "Cisco Codec EQ", "room_device"),
        ("WXC_DEVICE", "TelePresence SX20", "room_device"),
        ("WXC_DEVICE", "DX80", "room_device"),
        ("WXC_THIRD_PARTY", "Cisco Room Kit", "other_device"),
        ("SIP", None, "unknown"),
        ("WXC_SIP_GW", None, "unknown"),
        ("TEAMS_CLIENT", None, "unknown"),
    ],
)
def test_client_type_and_model_say_the_endpoint_type(client_type, model, endpoint_type):
    facts = calls(leg(client_type=client_type, model=model))
    assert facts["endpoint_type"].to_list() == [endpoint_type]


@pytest.mark.parametrize(
    ("made", "band"),
    [
        *[(1, "1_4"), (4, "1_4"), (5, "5_19"), (19, "5_19")],
        *[(20, "20_49"), (49, "20_49"), (50, "50_plus"), (51, "50_plus")],
    ],
)
def test_users_are_banded_by_the_calls_they_made(made, band):
    assert users(*(leg() for _ in range(made))) == {(SATURDAY, band): 1}


def test_a_user_is_counted_once_a_week_wherever_the_calls_were_made():
    legs = [leg(), leg(location="Lviv"), leg(client_type="SIP"), leg(user_uuid="Petro")]
    assert users(*legs, leg(start_time=MIDNIGHT)) == {
        (SATURDAY, "1_4"): 2,
        (NEXT_SATURDAY, "1_4"): 1,
    }


def test_who_forwards_or_only_receives_a_call_did_not_make_it():
    forwarded = leg(correlation_id="a", start_time=NOON + INSTANT, user_uuid="Petro")
    received = leg(user_uuid="Taras", direction="TERMINATING")
    assert users(leg(correlation_id="a"), forwarded, received) == {(SATURDAY, "1_4"): 1}


def test_a_call_of_nobody_in_particular_has_no_user():
    assert users(leg(user_uuid=None)) == {}


def test_nothing_in_nothing_out():
    assert calls().rows() == []
    assert users() == {}
