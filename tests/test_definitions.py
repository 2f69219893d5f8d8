"""The declarations themselves: complete, unique, and named as SPEC §7 says."""

from dashboard.metrics.rules import Rules
from dashboard.metrics.segments import SEGMENTS
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import metrics_of

LEGS = ["call_legs", "measured_legs", "poor_legs"]
BAR = ["used", "assigned", "available"]
IDENTIFIERS = {
    "overview": (
        [
            "total_customers",
            "nearing_expiration",
            "nearing_renewal",
            "low_license_assignment",
            "over_license_limit",
        ],
        [],
        [],
    ),
    "license_trend": ([], ["total", "assigned", "used", "available"], []),
    "recently_added": (
        ["new_customers", "total_licenses"],
        [],
        [
            "customer",
            "subscription_id",
            "days_since_added",
            "total_licenses",
            *BAR,
            "weekly_assignment_change",
            "weekly_usage_change",
        ],
    ),
    "expiring": (
        ["customers_expiring", "license_assignment", "license_usage"],
        [],
        [
            "customer",
            "subscription_id",
            "days_until_expiration",
            "total_licenses",
            *BAR,
            "usage_last_3_months",
        ],
    ),
    "renewing": (
        ["customers_renewing", "license_assignment", "license_usage"],
        [],
        [
            "customer",
            "subscription_id",
            "days_until_renewal",
            "total_licenses",
            *BAR,
            "usage_last_3_months",
        ],
    ),
    "low_assignment": (
        [
            "customers_low_assignment",
            "license_assignment",
            "license_usage_of_assigned",
            "total_unassigned_licenses",
        ],
        [],
        [
            "customer",
            "subscription_id",
            "months_since_added",
            "assigned",
            "assigned_pct",
            "total_licenses",
            "used",
            "available",
            "weekly_assignment_change",
        ],
    ),
    "over_limit": (
        ["customers_with_overage", "total_license_overage", "average_license_overage"],
        [],
        [
            "customer",
            "subscription_id",
            "months_remaining",
            "auto_renew",
            "total_licenses",
            "assigned",
            "assigned_pct",
            "used",
            "used_pct",
        ],
    ),
    "call_usage": (
        [],
        ["users_1_4", "users_5_19", "users_20_49", "users_50_plus"],
        [
            *("customer", "calls", "call_legs", "call_minutes", "video_minutes", "calling_users"),
            *("active_user_share", "weekly_calls_change"),
        ],
    ),
    "call_quality": (
        [],
        ["poor", "good", "not_measured", "poor_share"],
        ["customer", *LEGS, "poor_share", "weekly_poor_share_change"],
    ),
    "call_quality_by_endpoint": ([], [], ["endpoint_type", *LEGS, "poor_share"]),
    "feature_usage": ([], [], ["feature", "calls", "share_of_calls"]),
    "queue": (
        ["average_answer_time", "average_abandoned_wait_time", "abandonment_rate"],
        [],
        [
            *("customer", "queue_calls", "answered", "abandoned", "abandonment_rate"),
            *("average_answer_time", "average_abandoned_wait_time"),
            *("timed_out", "overflowed", "transferred"),
        ],
    ),
}


def test_sections_hold_exactly_the_identifiers_of_the_specification():
    found = {
        name: (
            [m.name for m in section.kpis],
            [m.name for m in section.trend],
            [c.name for c in section.table],
        )
        for name, section in SECTIONS.items()
    }
    assert found == IDENTIFIERS


def test_everything_shown_is_labeled_and_explained():
    shown = [d for s in SECTIONS.values() for d in (*metrics_of(s), *s.table)]
    assert all(d.label and d.definition for d in shown)
    assert all(s.title and s.definition for s in SECTIONS.values())


def test_every_placeholder_of_a_definition_is_a_setting():
    words = Rules().as_words()
    segments = (*SEGMENTS, *(section.segment for section in SECTIONS.values()))
    for described in (*segments, *SECTIONS.values()):
        assert "{" not in described.definition.format(**words)
    for section in SECTIONS.values():
        for declared in (*metrics_of(section), *section.table):
            assert "{" not in declared.definition.format(**words)


def test_a_ratio_names_both_of_its_sums():
    ratios = [m for s in SECTIONS.values() for m in metrics_of(s) if m.per is not None]
    assert all(m.sum_label and m.per_label for m in ratios)


def test_one_name_means_one_thing_within_a_section():
    for section in SECTIONS.values():
        names = [c.name for c in (*section.table, *section.details)]
        assert len(names) == len(set(names))
