"""When a leg is poor, and what a queue's days add up to, counted by hand."""

from datetime import date, timedelta

import pytest
from calls import SATURDAY, computed, quality_of, queues_of

from dashboard.data import rollup
from dashboard.data.quality import Poor, QualityRule
from dashboard.errors import DefinitionError


def judged(rule, *legs):
    facts = computed(rollup.quality_facts, quality_of(*legs), rule)
    return facts.select("legs", "measured_legs", "poor_legs").rows()


@pytest.mark.parametrize(
    ("measured", "any_poor", "all_poor"),
    [
        ({"audio_jitter": 150.0, "audio_latency": 400.0, "audio_packet_loss": 5.0}, 0, 0),
        ({"audio_jitter": 150.01}, 1, 0),
        ({"audio_latency": 400.01, "audio_jitter": 1.0}, 1, 0),
        ({"video_packet_loss": 5.01}, 1, 0),
        ({"audio_jitter": 151.0, "audio_latency": 401.0, "audio_packet_loss": 6.0}, 1, 0),
        (
            {
                "audio_jitter": 151.0,
                "audio_latency": 401.0,
                "audio_packet_loss": 6.0,
                "video_jitter": 151.0,
                "video_latency": 401.0,
                "video_packet_loss": 6.0,
            },
            1,
            1,
        ),
    ],
)
def test_a_leg_is_poor_strictly_above_a_limit(measured, any_poor, all_poor):
    assert judged(QualityRule(), measured) == [(1, 1, any_poor)]
    assert judged(QualityRule(poor=Poor.ALL), measured) == [(1, 1, all_poor)]


def test_a_leg_without_a_measurement_is_not_measured():
    assert judged(QualityRule(), {}, {"video_jitter": 0.0}) == [(2, 1, 0)]


def test_the_limits_are_settings():
    legs = [{"audio_jitter": 31.0}, {"audio_latency": 300.0}, {"audio_packet_loss": 1.0}]
    assert judged(QualityRule(jitter=30, latency=300, packet_loss=0), *legs) == [(3, 3, 2)]


def test_a_limit_that_nothing_could_exceed_is_refused():
    with pytest.raises(DefinitionError, match="finite"):
        QualityRule(jitter=float("nan"))


def test_reported_endpoint_types_take_our_names_and_others_stay():
    names = ["Webex App", "Desk Phone", "Room Device", "Other", "Unknown", "Toaster"]
    rows = quality_of(*({"endpoint_type": name} for name in names))
    facts = computed(rollup.quality_facts, rows)
    ours = ["Toaster", "desk_phone", "other_device", "room_device", "unknown", "webex_app"]
    assert sorted(facts["endpoint_type"]) == ours


def test_days_of_a_queue_add_up_to_the_week_of_their_last_day():
    monday = date(2026, 11, 9)
    facts = computed(
        rollup.queue_facts,
        queues_of(
            {"end_date": monday, "calls": 10, "answered": 8, "wait_answered_s": 40.5},
            {"end_date": SATURDAY, "calls": 5, "abandoned": 2, "wait_abandoned_s": 61.0},
            {"end_date": SATURDAY + timedelta(days=1), "calls": 1},
        ),
    ).sort("week_ending")
    assert facts["week_ending"].to_list() == [SATURDAY, SATURDAY + timedelta(days=7)]
    assert facts.drop("region", "customer_id", "location", "week_ending", "queue").rows() == [
        (15, 8, 2, 40.5, 61.0, 0, 0, 0),
        (1, 0, 0, 0.0, 0.0, 0, 0, 0),
    ]
