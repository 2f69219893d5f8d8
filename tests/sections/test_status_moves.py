"""Status moves: who had one most urgent status then and has another one now."""

from datetime import timedelta

from factories import AS_OF, days, line, portfolio, weeks_ago

from dashboard.access import EVERYONE, Scope
from dashboard.data.filters import Filters
from dashboard.sections.status_moves import status_moves

THEN = weeks_ago(13)


def moved(*lines, scope=EVERYONE):
    filters = Filters(region="US", product="calling", as_of=AS_OF)
    found = status_moves(portfolio(*lines), filters, AS_OF - timedelta(weeks=13), scope)
    return found.drop("customer_id").rows()


def both(name, then=None, **changes):
    """Return a customer's line on both dates."""
    return line(name, week_ending=THEN, **(changes | (then or {}))), line(name, **changes)


def test_a_subscription_that_comes_near_its_end_moves():
    assert moved(*both("A", end_date=days(14))) == [("A", "subscription", "expiring_soon", 100)]


def test_a_customer_whose_status_stays_the_same_does_not_move():
    assert moved(*both("A")) == []


def test_licenses_over_the_limit_are_those_behind_the_status():
    assert moved(*both("A", then={"assigned": 80}, assigned=130)) == [
        ("A", "subscription", "license_overage", 30)
    ]


def test_a_new_customer_came_and_did_not_move():
    assert moved(*both("A"), line("New", start_date=days(-20))) == []


def test_the_most_licenses_come_first_and_only_those_of_the_scope():
    lines = [*both("A", end_date=days(3)), *both("B", end_date=days(4), total=900)]
    assert [row[0] for row in moved(*lines)] == ["B", "A"]
    only = Scope(customers=frozenset({"id of A"}))
    assert [row[0] for row in moved(*lines, scope=only)] == ["A"]


def test_without_data_on_the_first_date_nobody_moved():
    assert moved(line("A", end_date=days(3))) == []
