"""One customer: what the exports say of it, and nothing of anybody else."""

import pytest
from customer_factories import (
    WEEK_BEFORE,
    admin,
    book,
    customer,
    licenses,
    midday,
    order,
    term,
)
from factories import AS_OF, days, weeks_ago

from dashboard.access import EVERYONE, Scope
from dashboard.errors import UnknownNameError
from dashboard.sections.customer import customer_detail


def detail(*rows, name="Acme", scope=EVERYONE, as_of=None):
    return customer_detail(book(*rows), scope, f"id of {name}", as_of)


def error(*rows, **choices):
    with pytest.raises(UnknownNameError) as caught:
        detail(*rows, **choices)
    return str(caught.value)


def test_a_customer_outside_the_scope_is_as_unknown_as_one_that_does_not_exist():
    scope = Scope(customers=frozenset({"id of Mine"}))
    foreign = error(customer(), customer("Mine"), licenses(), scope=scope)
    absent = error(customer("Mine"), licenses("Mine"), scope=scope)
    assert (
        foreign
        == absent
        == ("customer 'id of Acme' does not exist; choose one from the customer list.")
    )


def test_a_customer_shows_its_statuses_with_their_numbers():  # W-021, C-03
    rows = [customer(last_admin_sign_in=midday(-40)), term(end_date=days(5)), licenses(used=104)]
    found = detail(*rows)
    assert found.row["statuses"] == ["expiring_soon", "no_recent_activity", "subscription"]
    assert [r.status for r in found.statuses] == [*found.row["statuses"], "used_over_total"]
    expiring, inactive, subscription, overused = found.statuses
    assert (expiring.subscriptions, expiring.trials, expiring.licenses) == (1, 0, 100)
    assert (expiring.ends, expiring.days_left, expiring.since) == (days(5), 5, days(-9))
    assert (inactive.sign_in_days, inactive.last_sign_in) == (40, midday(-40))
    assert subscription.since == days(-400)
    assert overused.excess == 4


def test_subscriptions_show_renewal_payment_setup_and_invoice():  # W-041, W-043
    rows = [
        customer(),
        term(subscription="Over", end_date=days(-1)),
        term(subscription="Late", end_date=days(300), auto_renew="Yes", invoice="INV-7"),
        term(subscription="Soon", end_date=days(3), setup_status="Pending"),
        licenses(subscription="Soon"),
    ]
    found = detail(*rows).subscriptions
    assert found["subscription_id"].to_list() == ["Soon", "Late", "Over"]
    assert found.row(0, named=True) == {
        "subscription_id": "Soon",
        "type": "Subscription",
        "active": True,
        "start_date": days(-400),
        "end_date": days(3),
        "auto_renew": "No",
        "setup_status": "Pending",
        "payment_status": "Paid",
        "invoice": "INV-1",
        "licenses": 100,
        "days_left": 3,
        "statuses": ["expiring_soon", "ready_for_order_setup", "subscription"],
    }
    assert found["invoice"].to_list() == ["INV-1", "INV-7", "INV-1"]
    assert found["days_left"].to_list() == [3, 300, None]


def test_licenses_are_broken_down_by_subscription_and_product():  # W-042, W-045
    rows = [
        customer(),
        term(),
        licenses(),
        licenses(product="Webex Messaging", total=10, assigned=12, used=15),
        licenses(week_ending=WEEK_BEFORE, total=999),
    ]
    calling, messaging = detail(*rows).licenses.drop("subscription_id").rows()
    assert calling == ("Webex Calling", 100, 80, 60, 20, 40, 0)
    assert messaging == ("Webex Messaging", 10, 12, 15, 0, 0, 2)


def test_orders_stand_newest_first_within_their_subscription():  # W-044
    rows = [customer(), term(subscription="S1"), customer("B"), term("B", "S2"), licenses()]
    rows += [order("S1", "O-1"), order("S1", "O-2", order_date=days(-5), order_type="Add-on")]
    rows += [order("S2", "O-3")]
    found = detail(*rows).orders
    assert found.select("order_id", "order_type", "quantity").rows() == [
        ("O-2", "Add-on", 100),
        ("O-1", "New", 100),
    ]


def test_only_ongoing_trials_are_trials():  # W-046
    rows = [customer(), licenses(), term()]
    rows += [term(subscription="T1", type="Trial", end_date=days(9))]
    rows += [term(subscription="T2", type="Trial", end_date=days(-9))]
    found = detail(*rows).trials
    assert found.select("subscription_id", "days_left").rows() == [("T1", 9)]
    assert detail(customer(), term(), licenses()).trials.is_empty()  # W-047


def test_administrators_show_their_roles():  # W-048, W-049
    rows = [customer(), licenses(), admin(), admin("B", name="Foreign"), customer("B")]
    rows += [admin(name="Andrii", email="a@partner.example", role="Partner read-only")]
    assert detail(*rows).admins.rows() == [
        ("Andrii", "a@partner.example", "Partner read-only"),
        ("Olena Koval", "olena@partner.example", "Partner administrator"),
    ]


def test_the_trend_has_26_weeks_of_each_product_and_gaps_for_those_without_data():
    rows = [customer(), term(), term(subscription="S2"), licenses(), licenses(subscription="S2")]
    rows += [licenses(week_ending=weeks_ago(2), total=50, assigned=55)]
    rows += [licenses(product="Webex Messaging", total=1, assigned=1, used=0)]
    found = detail(*rows).trend
    calling = found.filter(product="Webex Calling")
    assert calling.height == 26
    assert calling["total"].to_list()[-3:] == [50, None, 200]
    assert calling["available"].to_list()[-3:] == [0, None, 40]
    assert found["product"].unique().sort().to_list() == ["Webex Calling", "Webex Messaging"]


def test_a_customer_stands_beside_the_quartiles_of_its_peers():  # C-08
    shares = (60, 80, 90, 90, 90, 90, 90, 98)
    rows = [r for n in range(8) for r in (customer(f"P{n}"), term(f"P{n}"))]
    rows += [licenses(f"P{n}", assigned=given) for n, given in enumerate(shares)]
    only = Scope(customers=frozenset({"id of P0"}))
    [standing] = detail(*rows, name="P0", scope=only).standings
    assert (standing.product, standing.is_low, standing.share) == ("calling", True, 0.6)
    assert (standing.peer_level, standing.peer_size) == ("seat_and_tenure", 8)
    assert standing.peer_q1 == pytest.approx(0.875)
    assert (standing.peer_median, standing.peer_q3) == pytest.approx((0.9, 0.9))
    assert (standing.low_since, standing.or_longer) == (AS_OF, True)


def test_a_flag_dates_from_the_first_week_of_its_run():
    rows = [r for n in range(9) for r in (customer(f"P{n}"), term(f"P{n}"))]
    rows += [licenses(f"P{n}", week_ending=weeks_ago(w)) for n in range(1, 9) for w in range(4)]
    assigned = {3: 80, 2: 10, 1: 10, 0: 10}
    rows += [licenses("P0", week_ending=weeks_ago(w), assigned=n) for w, n in assigned.items()]
    [standing] = detail(*rows, name="P0").standings
    assert (standing.low_since, standing.or_longer) == (days(-14), False)


def test_fewer_than_eight_peers_give_no_quartile():
    [standing] = detail(customer(), term(), licenses()).standings
    assert (standing.peer_level, standing.peer_q1, standing.peer_median) == (None, None, None)
    assert standing.share == 0.8


def test_an_earlier_date_sees_what_was_then():
    rows = [customer(), term(end_date=days(-10)), licenses(week_ending=weeks_ago(3))]
    found = detail(*rows, licenses("Other"), customer("Other"), as_of=days(-20))
    assert found.row["statuses"] == ["expiring_soon", "subscription"]
    assert (found.as_of, found.week_ending) == (days(-20), weeks_ago(3))
    assert found.licenses["total"].to_list() == [100]


def test_a_customer_of_whom_nothing_else_is_known_has_a_page():
    found = detail(customer(), licenses("Other"))
    assert found.row["customer"] == "Acme"
    assert found.standings == found.statuses == ()
    frames = (found.subscriptions, found.licenses, found.orders, found.trend, found.admins)
    assert all(frame.is_empty() for frame in frames)
