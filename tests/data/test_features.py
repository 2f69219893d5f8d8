"""Which legs show that a call used a feature, and how often that is counted."""

import pytest
from calls import MIDNIGHT, NOON, SATURDAY, as_facts, computed, leg, legs_of

from dashboard.data import rollup
from dashboard.data.call_datasets import FEATURE_FACTS
from dashboard.data.features import FEATURES


def features(*legs):
    facts = as_facts(computed(rollup.feature_facts, legs_of(legs)), FEATURE_FACTS)
    return {(week, feature): f["calls"] for (_, _, week, feature), f in facts.items()}


@pytest.mark.parametrize(
    ("feature", "changes"),
    [
        ("hunt_group", {"direction": "TERMINATING", "user_type": "HuntGroup"}),
        ("auto_attendant", {"direction": "TERMINATING", "user_type": "AutomatedAttendantVideo"}),
        ("call_queue", {"direction": "TERMINATING", "user_type": "CallCenterStandard"}),
        ("call_queue", {"direction": "TERMINATING", "user_type": "CallCenterPremium"}),
        ("voicemail", {"direction": "TERMINATING", "user_type": "VoiceMailRetrieval"}),
        ("voicemail", {"direction": "TERMINATING", "user_type": "VoiceMailGroup"}),
        ("transfer", {"transfer_time": NOON}),
        ("transfer", {"transfer_related_call_id": "2340586843:0A"}),
        ("transfer", {"related_reason": "ConsultativeTransfer"}),
        ("hold", {"hold_duration": 1}),
        ("recording", {"recording_result": "successful"}),
        ("recording", {"recording_result": "successful but not kept"}),
        ("video", {"is_video": True}),
    ],
)
def test_a_leg_shows_which_feature_its_call_used(feature, changes):
    assert features(leg(**changes)) == {(SATURDAY, feature): 1}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"user_type": "HuntGroup"},
        {"hold_duration": 0},
        {"recording_result": "failed"},
        {"related_reason": "CallPark"},
        {"is_video": False},
    ],
)
def test_a_plain_leg_uses_no_feature(changes):
    assert features(leg(**changes)) == {}


def test_a_call_uses_a_feature_once_and_several_features_each():
    group = {"correlation_id": "a", "direction": "TERMINATING", "user_type": "HuntGroup"}
    legs = [leg(**group, start_time=MIDNIGHT), leg(**group, hold_duration=5)]
    assert features(*legs) == {(SATURDAY, "hunt_group"): 1, (SATURDAY, "hold"): 1}


def test_the_features_are_those_of_the_specification():
    assert list(FEATURES) == [
        *("hunt_group", "auto_attendant", "call_queue", "transfer"),
        *("hold", "recording", "video", "voicemail"),
    ]


def test_without_legs_there_are_no_features():
    assert features() == {}
