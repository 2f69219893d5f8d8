"""Which report of a leg counts, and whose weeks are computed anew when legs arrive late."""

import random
from datetime import timedelta

import narwhals as nw
import polars as pl
import pytest
from calls import INSTANT, MIDNIGHT, NOON, SATURDAY, as_facts, computed, leg, legs_of, random_legs

from dashboard.data import rollup
from dashboard.data.arrivals import ARRIVAL, CUSTOMER_WEEK, affected, concerned, deduplicate
from dashboard.data.call_datasets import FACTS

NEXT_SATURDAY = SATURDAY + timedelta(days=7)
RULES = [rollup.call_facts, rollup.user_facts, rollup.feature_facts]


def newest(frame):
    """Return the report of each leg that counts; the rows come in the order they arrived."""
    return computed(deduplicate, frame.with_row_index(ARRIVAL)).select(frame.columns)


def weeks_of(stored, *arriving):
    weeks = affected(*(nw.from_native(legs_of(rows).lazy()) for rows in (stored, arriving)))
    return sorted(weeks.to_native().collect().rows())


def merged(stored, arriving):
    return newest(pl.concat([stored, arriving]))


def refreshed(rule, facts, legs, weeks):
    """Replace the facts of some customer-weeks by new ones."""
    few = concerned(*(nw.from_native(frame.lazy()) for frame in (legs, weeks)))
    anew = rule(few).to_native().collect()
    kept = facts.join(weeks, on=CUSTOMER_WEEK, how="anti")
    return pl.concat([kept, anew.join(weeks, on=CUSTOMER_WEEK, how="semi")])


def test_the_newest_report_of_a_leg_wins_whatever_comes_last():
    old = leg(report_id="r", report_time=NOON, location="Lviv")
    new = old | {"report_time": NOON + INSTANT, "location": "Kyiv"}
    for rows in ([old, new], [new, old]):
        assert newest(legs_of(rows))["location"].to_list() == ["Kyiv"]


def test_of_reports_of_one_time_the_later_row_wins():
    one = leg(report_id="r")
    rows = [one, one | {"location": "Odesa"}, one | {"location": None}, leg()]
    assert sorted(newest(legs_of(rows))["location"], key=str) == ["Kyiv", None]


def test_a_leg_read_again_concerns_nobody():
    one = leg()
    assert weeks_of([one], one) == []
    assert weeks_of([one], one | {"report_time": NOON, "location": "Lviv"}) == []


def test_a_new_leg_concerns_its_own_week():
    assert weeks_of([leg()], leg(start_time=MIDNIGHT)) == [("acme", NEXT_SATURDAY)]


def test_a_corrected_leg_concerns_the_week_it_moved_out_of():
    one = leg(correlation_id="a")
    moved = one | {"start_time": MIDNIGHT}
    assert weeks_of([one], moved) == [("acme", SATURDAY), ("acme", NEXT_SATURDAY)]


def test_a_corrected_organization_concerns_both():
    one = leg()
    assert weeks_of([one], one | {"customer_id": "bolt"}) == [
        ("acme", SATURDAY),
        ("bolt", SATURDAY),
    ]


def test_an_earlier_leg_that_arrives_late_concerns_the_week_its_call_was_counted_in():
    sunday = leg(correlation_id="a", start_time=MIDNIGHT)
    saturday = leg(correlation_id="a", start_time=MIDNIGHT - INSTANT)
    assert weeks_of([sunday, leg()], saturday) == [("acme", SATURDAY), ("acme", NEXT_SATURDAY)]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("rule", RULES)
def test_computing_only_the_affected_weeks_gives_the_facts_of_all_legs(rule, seed):
    rows = random_legs(seed)
    late = random.Random(seed).choice([1, 5, 40])
    stored = newest(legs_of(rows[late:]))
    arriving = newest(legs_of(rows[:late]))
    weeks = affected(*(nw.from_native(frame.lazy()) for frame in (stored, arriving)))
    legs = merged(stored, arriving)
    facts = refreshed(rule, computed(rule, stored), legs, weeks.to_native().collect())
    dataset = FACTS[rule.__name__]
    assert as_facts(facts, dataset) == as_facts(computed(rule, legs), dataset)


def test_files_in_any_order_and_twice_give_the_same_facts():
    rows = [row | {"report_time": NOON + i * INSTANT} for i, row in enumerate(random_legs(3))]
    twice = [*rows, *reversed(rows)]
    random.Random(3).shuffle(twice)
    for rule in RULES:
        once, again = (computed(rule, newest(legs_of(r))) for r in (rows, twice))
        dataset = FACTS[rule.__name__]
        assert as_facts(once, dataset) == as_facts(again, dataset)


def test_facts_add_up_to_the_facts_of_fewer_keys():
    legs = newest(legs_of(random_legs(5, size=2_000)))
    calls = computed(rollup.call_facts, legs)
    anywhere = legs.with_columns(location=None, client_type=pl.lit("SIP"))
    by_week = computed(rollup.call_facts, anywhere).sort(CUSTOMER_WEEK)
    total = calls.group_by(CUSTOMER_WEEK).agg(pl.col("calls", "legs").sum()).sort(CUSTOMER_WEEK)
    assert total.equals(by_week.select(*CUSTOMER_WEEK, "calls", "legs"))
