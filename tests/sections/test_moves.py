"""Moves: who came, who went, whose licenses moved, and that the steps add up."""

from datetime import timedelta

import polars as pl
import pytest
from factories import AS_OF, line, portfolio, weeks_ago
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import Scope
from dashboard.data.filters import Filters
from dashboard.sections.moves import CAME, STEPS, WENT, moves

QUARTER = timedelta(weeks=13)
THEN = weeks_ago(13)


def compared(*lines, scope=None, since=AS_OF - QUARTER):
    filters = Filters(region="US", product="calling", as_of=AS_OF)
    return moves(portfolio(*lines), filters, since, scope or Scope(customers=None))


def before(customer, subscription=None, **changes):
    return line(customer, subscription, week_ending=THEN, **changes)


def names(frame):
    return frame["customer"].to_list()


def test_a_customer_with_lines_only_now_came_and_one_with_lines_only_then_went():
    found = compared(before("Old"), before("Both"), line("Both"), line("New"))
    assert names(found.customers(CAME)) == ["New"]
    assert names(found.customers(WENT)) == ["Old"]


def test_a_customer_whose_subscription_ended_went():
    ended = {"end_date": THEN + timedelta(days=30)}
    found = compared(before("A", **ended), line("A", **ended), before("B"), line("B"))
    assert names(found.customers(WENT)) == ["A"]


def test_a_customer_that_added_a_product_stayed():
    found = compared(before("A"), line("A"), line("A", "Other", product="Webex Meetings"))
    assert found.customers(CAME).is_empty()
    assert found.steps == dict(zip(STEPS, (100, 0, 100, 0, 0, 200), strict=True))


def test_the_steps_lead_from_then_to_now():
    found = compared(
        before("Old", total=30),
        before("Grew", total=50), line("Grew", total=70),
        before("Shrank", total=90), line("Shrank", total=80),
        line("New", total=25),
    )  # fmt: skip
    assert found.steps == dict(zip(STEPS, (170, 25, 20, -10, -30, 175), strict=True))


@given(st.lists(st.tuples(st.sampled_from("ABCD"), st.booleans(), st.integers(0, 999))))
def test_the_steps_always_add_up(drawn):
    lines = [
        (line if now else before)(name, f"{name}{i}", total=total)
        for i, (name, now, total) in enumerate(drawn)
    ]
    steps = compared(line("Always"), *lines).steps
    assert steps["then"] + sum(steps[name] for name in STEPS[1:-1]) == steps["now"]


def test_moves_are_ordered_by_the_licenses_at_stake():
    found = compared(
        before("Total", total=100), line("Total", total=140),
        before("Assigned", assigned=80), line("Assigned", assigned=20),
        before("Still"), line("Still"),
    )  # fmt: skip
    assert found.largest(10).select("customer", "at_stake").rows() == [
        ("Assigned", 60),
        ("Total", 40),
    ]


def test_no_more_moves_are_listed_than_asked_for():
    assert compared(before("Z"), line("A"), line("B"), line("C")).largest(2).height == 2


def test_only_the_viewers_customers_are_compared():
    own = Scope(customers=frozenset({"id of Own"}))
    found = compared(before("Own"), line("Own", total=110), line("Foreign"), scope=own)
    assert found.rows["customer"].to_list() == ["Own"]
    assert found.steps["now"] == 110


def test_without_data_at_the_first_date_there_is_nothing_to_compare():
    found = compared(line("A"))
    assert not found.known
    assert found.week_then is None


@pytest.mark.parametrize("kind", [CAME, WENT])
def test_nobody_came_or_went_is_an_empty_list(kind):
    assert compared(before("A"), line("A")).customers(kind).schema["licenses"] == pl.Int64
    assert compared(before("A"), line("A")).customers(kind).is_empty()
