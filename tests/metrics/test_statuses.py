"""Customer statuses (DATA §6), on customers small enough to judge by hand."""

from datetime import date

import pytest
from customer_factories import WEEK_BEFORE, book, customer, licenses, midday, page, statuses, term
from factories import days

from dashboard.access import EVERYONE
from dashboard.metrics.rules import Rules
from dashboard.metrics.statuses import FLAGS, STATUSES
from dashboard.settings import Settings, definition_version

PLAIN = ["subscription"]


def of(**changes):
    return statuses(customer(), term(**changes), licenses())


def test_an_active_subscription_is_a_subscription_and_no_trial():  # W-012
    assert of() == PLAIN


def test_an_active_trial_is_a_trial_and_no_subscription():  # W-011
    assert of(type="Trial") == ["trial"]


@pytest.mark.parametrize("start_end", [(0, 400), (-400, 0), (0, 0)])
def test_a_term_is_active_on_its_first_and_its_last_day(start_end):
    first, last = start_end
    assert "subscription" in of(start_date=days(first), end_date=days(last))


def test_a_type_unknown_to_us_is_a_subscription():
    assert of(type="Enterprise Agreement") == PLAIN


@pytest.mark.parametrize(
    ("left", "expected"),
    [(0, True), (1, True), (14, True), (15, False)],
)
def test_expiring_soon_includes_both_ends_of_14_days(left, expected):  # W-013
    assert ("expiring_soon" in of(end_date=days(left))) is expected


def test_what_renews_by_itself_does_not_expire_soon():
    assert of(end_date=days(5), auto_renew="Yes") == PLAIN


def test_a_trial_expires_even_if_it_is_marked_to_renew():
    assert of(end_date=days(5), auto_renew="Yes", type="Trial") == ["expiring_soon", "trial"]


def test_a_renewal_unknown_to_us_is_none():
    assert "expiring_soon" in of(end_date=days(5), auto_renew="Perhaps")


@pytest.mark.parametrize(
    ("assigned", "expected"), [(100, PLAIN), (101, ["license_overage", "subscription"])]
)
def test_overage_begins_above_what_was_bought(assigned, expected):  # W-014
    assert statuses(customer(), term(), licenses(assigned=assigned)) == expected


def test_spare_licenses_of_another_product_do_not_offset_overage():
    spare = licenses(product="Webex Meetings", total=500, assigned=1)
    assert "license_overage" in statuses(customer(), term(), licenses(assigned=101), spare)


def test_overage_counts_for_every_product():
    over = licenses(product="Webex Messaging", total=10, assigned=11)
    assert "license_overage" in statuses(customer(), term(), over)


def test_overage_of_an_earlier_week_does_not_count():
    before = licenses(week_ending=WEEK_BEFORE, assigned=500)
    assert statuses(customer(), term(), licenses(), before) == PLAIN


def test_overage_of_what_has_ended_does_not_count():
    rows = [term(), term(subscription="Old", end_date=days(-1))]
    assert statuses(customer(), *rows, licenses(subscription="Old", assigned=500)) == PLAIN


def test_more_used_than_bought_is_a_flag_and_no_status():  # G-9
    [row] = page(customer(), term(), licenses(used=101)).rows.to_dicts()
    assert (row["statuses"], row["used_over_total"]) == (PLAIN, True)
    [row] = page(customer(), term(), licenses(used=100)).rows.to_dicts()
    assert row["used_over_total"] is False


@pytest.mark.parametrize(("ago", "expected"), [(0, False), (30, False), (31, True)])
def test_no_recent_activity_begins_after_30_days(ago, expected):  # W-015
    found = statuses(customer(last_admin_sign_in=midday(-ago)), term(), licenses())
    assert ("no_recent_activity" in found) is expected


def test_an_unknown_sign_in_is_said_and_sets_no_status():  # G-2
    [row] = page(customer(last_admin_sign_in=None), term(), licenses()).rows.to_dicts()
    assert (row["statuses"], row["sign_in_unknown"]) == (PLAIN, True)


def test_a_sign_in_is_not_asked_of_accounts_that_have_none():
    account = customer(last_admin_sign_in=None, vendor="8x8")
    [row] = page(account, licenses("Other")).rows.to_dicts()
    assert (row["statuses"], row["sign_in_unknown"]) == ([], False)


@pytest.mark.parametrize(
    ("setup", "expected"), [("Pending", True), ("Complete", False), (None, False)]
)
def test_a_pending_setup_is_ready_for_order_setup(setup, expected):  # W-016
    assert ("ready_for_order_setup" in of(setup_status=setup)) is expected


@pytest.mark.parametrize(
    ("payment", "expected"), [("Unpaid", True), ("Paid", False), (None, False)]
)
def test_an_unpaid_subscription_suspends(payment, expected):  # W-017
    assert ("suspended" in of(payment_status=payment)) is expected


def test_what_is_over_or_to_come_suspends_nobody():
    later = term(subscription="Later", start_date=days(1), payment_status="Unpaid")
    over = term(subscription="Over", end_date=days(-1), payment_status="Unpaid")
    assert statuses(customer(), term(), later, over, licenses()) == PLAIN


def test_a_customer_of_whom_nothing_is_active_is_expired():  # W-018
    over = [term(subscription=s, end_date=days(-n)) for s, n in (("S1", 1), ("S2", 90))]
    assert statuses(customer(), *over, licenses("Other")) == ["expired"]


def test_a_trial_that_is_over_expires_the_customer():
    assert of(type="Trial", end_date=days(-1)) == ["expired"]


def test_one_active_term_among_many_that_are_over_expires_nobody():
    over = term(subscription="Over", end_date=days(-1))
    assert statuses(customer(), term(), over, licenses()) == PLAIN


def test_a_customer_without_any_subscription_has_no_status():
    assert statuses(customer(), licenses("Other")) == []


def test_a_customer_whose_first_subscription_is_to_come_has_no_status():
    assert of(start_date=days(1)) == []


def test_several_statuses_stand_in_the_order_of_urgency():  # W-019, G-14
    rows = [
        customer(last_admin_sign_in=midday(-60)),
        term(subscription="S1", payment_status="Unpaid", setup_status="Pending"),
        term(subscription="S2", type="Trial", end_date=days(3)),
        licenses(subscription="S2", assigned=150),
    ]
    everything_but_expired = [name for name in STATUSES if name != "expired"]
    assert statuses(*rows) == everything_but_expired


def test_words_unknown_to_us_are_shown_as_they_are():
    rows = [
        term(subscription="S1", payment_status="Disputed", setup_status="In Review"),
        term(subscription="S2", payment_status="Disputed"),
        term(subscription="S3", payment_status="Written off", end_date=days(-1)),
    ]
    [row] = page(customer(), *rows, licenses("Other")).rows.to_dicts()
    assert (row["statuses"], row["other_statuses"]) == (PLAIN, ["Disputed", "In Review"])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [licenses(assigned=130), licenses(product="Webex Meetings", total=7, assigned=0)],
            30,
        ),  # overage
        (
            [licenses(), licenses(product="Webex Meetings", total=7, assigned=0)],
            107,
        ),  # Subscription
        ([licenses(week_ending=WEEK_BEFORE)], 0),
    ],
)
def test_the_licenses_at_stake_are_those_behind_the_most_urgent_status(rows, expected):  # C-14
    found = page(customer(), term(), licenses("Other"), *rows).rows
    assert found["licenses_at_stake"].to_list() == [expected]


def test_only_what_ends_soon_is_at_stake():
    rows = [term(subscription="S1", end_date=days(3)), term(subscription="S2")]
    lines = [licenses(subscription="S1", total=9, assigned=1), licenses(subscription="S2")]
    assert page(customer(), *rows, *lines).rows["licenses_at_stake"].to_list() == [9]


def test_an_expired_customer_stakes_what_it_had_last():
    rows = [
        term(subscription="S1", end_date=days(-9)),
        term(subscription="S2", end_date=days(-90)),
    ]
    lines = [
        licenses("Other"),
        licenses(subscription="S1", week_ending=WEEK_BEFORE, total=40),
        licenses(subscription="S1", week_ending=date(2026, 10, 31), total=30),
        licenses(subscription="S2", week_ending=date(2026, 8, 1), total=500),
    ]
    assert page(customer(), *rows, *lines).rows["licenses_at_stake"].to_list() == [40]


def test_statuses_are_seen_from_the_date_that_is_asked_for():
    rows = [customer(), term(end_date=days(-10)), licenses()]
    assert statuses(*rows) == ["expired"]
    assert statuses(*rows, as_of=days(-20)) == ["expiring_soon", "subscription"]


def test_without_any_date_there_are_customers_but_no_statuses():
    seen = book(customer(), term(payment_status="Unpaid"), as_of=None).book(None).seen(EVERYONE)
    assert seen["statuses"].to_list() == [[]]


def test_the_days_are_settings():
    rules = Rules(expiring_soon_days=20, inactive_days=0)
    rows = [customer(), term(end_date=days(20)), licenses()]
    expected = ["expiring_soon", "no_recent_activity", "subscription"]
    assert statuses(*rows, rules=rules) == expected


@pytest.mark.parametrize("knob", ["expiring_soon_days", "inactive_days"])
def test_another_number_of_days_is_another_definition(knob):
    assert definition_version(Settings(**{knob: 5})) != definition_version(Settings())
    assert getattr(Rules.of(Settings(**{knob: 5})), knob) == 5


def test_the_order_is_that_of_the_specification():  # G-14
    labels = [status.label for status in STATUSES.values()]
    assert labels == [
        "Suspended", "Expired", "License overage", "Expiring soon", "Ready for order setup",
        "No recent activity", "Trial", "Subscription",
    ]  # fmt: skip


def test_every_status_is_explained_with_the_settings_in_force():
    for status in (*STATUSES.values(), *FLAGS.values()):
        assert "{" not in status.definition.format(**Rules().as_words())
    both = STATUSES["expiring_soon"].definition.format(**Rules().as_words())
    assert "within 14 days" in both  # G-1
    assert "90 days ahead" in both
