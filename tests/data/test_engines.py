"""A rollup over the store's files on this machine; test_spark.py runs it on a cluster."""

import polars as pl
import pytest
from calls import SATURDAY, as_facts, computed, legs_of, quality_of, queues_of, random_legs

from dashboard.data import engines, rollup
from dashboard.data.arrivals import CUSTOMER_WEEK
from dashboard.data.call_datasets import FACTS
from dashboard.data.engines import Job, roll_up
from dashboard.errors import DefinitionError

OF_LEGS = {name: getattr(rollup, name) for name in ("call_facts", "user_facts", "feature_facts")}


def files_of(rows, folder):
    """Write rows by region, as the store keeps them: without the region inside."""
    files = {}
    for (region,), part in rows.partition_by("region", as_dict=True).items():
        path = folder / f"{region}.parquet"
        part.drop("region").write_parquet(path)
        files[region] = [str(path)]
    return files


def test_the_facts_of_files_are_those_of_their_rows(tmp_path):
    legs = legs_of(random_legs(11)).unique("report_id", keep="last", maintain_order=True)
    found = roll_up([Job(files=files_of(legs, tmp_path), rules=OF_LEGS)])
    assert list(found) == list(OF_LEGS)
    for name, rule in OF_LEGS.items():
        assert as_facts(found[name], FACTS[name]) == as_facts(computed(rule, legs), FACTS[name])


def test_more_rows_than_fit_into_memory_come_in_shares(tmp_path, monkeypatch):
    legs = legs_of(random_legs(13)).unique("report_id", keep="last", maintain_order=True)
    jobs = [Job(files=files_of(legs, tmp_path), rules=OF_LEGS)]
    whole = roll_up(jobs)
    monkeypatch.setattr(engines, "SHARE", legs.height // 7)
    for name, facts in roll_up(jobs).items():
        assert as_facts(facts, FACTS[name]) == as_facts(whole[name], FACTS[name])


def test_only_the_customer_weeks_asked_for_are_computed(tmp_path):
    legs = legs_of(random_legs(12)).unique("report_id", keep="last", maintain_order=True)
    weeks = pl.DataFrame({"customer_id": ["acme"], "week_ending": [SATURDAY]})
    found = roll_up([Job(files=files_of(legs, tmp_path), rules=OF_LEGS, weeks=weeks)])
    for name, rule in OF_LEGS.items():
        expected = computed(rule, legs).join(weeks, on=CUSTOMER_WEEK, how="semi")
        assert expected.height
        assert as_facts(found[name], FACTS[name]) == as_facts(expected, FACTS[name])


@pytest.mark.parametrize(
    ("rows", "name"), [(quality_of({}, {}), "quality_facts"), (queues_of({}), "queue_facts")]
)
def test_rows_that_are_no_calls_are_chosen_by_their_own_week(rows, name, tmp_path):
    rules = {name: getattr(rollup, name)}
    weeks = pl.DataFrame({"customer_id": ["acme"], "week_ending": [SATURDAY]})
    for asked, height in ((weeks, 1), (weeks[:0], 0)):
        job = Job(files=files_of(rows, tmp_path), rules=rules, weeks=asked)
        assert roll_up([job])[name].height == height


def test_spark_is_not_asked_without_a_folder_to_answer_in():
    with pytest.raises(DefinitionError, match="scratch"):
        roll_up([], engine="spark://127.0.0.1:7077")
