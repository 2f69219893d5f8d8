"""The five facts equal an independent recomputation on random rows at the edges."""

import oracle_calls as oracle
import pytest
from calls import as_facts, computed, legs_of, random_legs, random_quality, random_queues, rounded

from dashboard.data import rollup
from dashboard.data.arrivals import ARRIVAL, deduplicate
from dashboard.data.call_datasets import FACTS
from dashboard.data.quality import Poor, QualityRule

SEEDS = range(12)


def deduplicated(rows):
    frame = legs_of(rows)
    arrived = frame.with_row_index(ARRIVAL)
    return computed(deduplicate, arrived).select(frame.columns), oracle.deduplicated(
        frame.to_pandas()
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", ["call_facts", "user_facts", "feature_facts"])
def test_facts_of_call_legs(name, seed):
    legs, expected = deduplicated(random_legs(seed))
    facts = computed(getattr(rollup, name), legs)
    assert rounded(as_facts(facts, FACTS[name])) == rounded(getattr(oracle, name)(expected))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("poor", Poor)
def test_facts_of_leg_quality(poor, seed):
    rows = random_quality(seed)
    facts = computed(rollup.quality_facts, rows, QualityRule(poor=poor))
    assert as_facts(facts, FACTS["quality_facts"]) == oracle.quality_facts(rows.to_pandas(), poor)


@pytest.mark.parametrize("seed", SEEDS)
def test_facts_of_queue_statistics(seed):
    rows = random_queues(seed)
    facts = computed(rollup.queue_facts, rows)
    assert as_facts(facts, FACTS["queue_facts"]) == oracle.queue_facts(rows.to_pandas())


def test_facts_are_what_their_datasets_declare():
    legs = legs_of(random_legs(1))
    tables = {
        name: computed(getattr(rollup, name), legs)
        for name in ("call_facts", "user_facts", "feature_facts")
    }
    tables["quality_facts"] = computed(rollup.quality_facts, random_quality(1))
    tables["queue_facts"] = computed(rollup.queue_facts, random_queues(1))
    assert tables.keys() == FACTS.keys()
    for name, facts in tables.items():
        assert FACTS[name].schema.is_valid(facts)
