"""Facts as imported: exactly those of the stored rows, whatever came late, twice or corrected."""

import json
from datetime import date

import pytest
from call_batches import again, random_files, scratch
from call_deliveries import (
    facts,
    named,
    quality,
    quality_file,
    queue,
    queue_file,
    recomputed,
    record,
    records,
)
from deliveries import (
    LICENSES,
    SUBSCRIPTIONS,
    DataDirectory,
    export,
    licenses,
    subscription,
)
from deltalake import DeltaTable

from dashboard.data.call_datasets import (
    CALL_FACTS,
    CALL_LEGS,
    FACTS,
    LEG_QUALITY,
    QUALITY_FACTS,
    QUEUE_FACTS,
)
from dashboard.data.engines import roll_up
from dashboard.data.quality import Poor, QualityRule
from dashboard.data.release import _digest, decode, encode


@pytest.fixture
def place(tmp_path):
    place = DataDirectory(tmp_path)
    named(place, "org-1", "org-2")
    return place


@pytest.mark.parametrize("seed", range(3))
def test_facts_are_those_the_oracle_finds_in_the_stored_rows(place, seed):
    for name, text in random_files(seed):
        place.take(name, text)
    named(place, "org-3", region="US")
    assert facts(place) == recomputed(place)
    for fact in FACTS.values():
        assert fact.schema.is_valid(place.store().scan(fact).collect())


@pytest.mark.parametrize("seed", range(3))
def test_files_one_by_one_give_the_facts_of_all_at_once_in_another_order(place, tmp_path, seed):
    made = [f for f in random_files(seed) if f[0].startswith("cdr")]
    for name, text in made:
        place.take(name, text)
    other = scratch(tmp_path, "other", reversed(made))
    assert facts(place) == facts(other)
    assert place.rows(CALL_LEGS) == other.rows(CALL_LEGS)


def test_only_the_weeks_concerned_are_computed(place, monkeypatch):
    place.take("a.csv", records(record(1), record(2, Start_time="2026-11-03T10:00:00Z")))
    seen = []
    monkeypatch.setattr("dashboard.data.facts.roll_up", _spied(seen))
    place.take("b.csv", records(record(3, Start_time="2026-11-04T10:00:00Z")))
    (job,) = seen
    assert job.weeks.rows() == [("org-1", date(2026, 11, 7))]
    assert facts(place) == recomputed(place)


def _spied(seen):
    def spy(jobs, **more):
        seen.extend(jobs)
        return roll_up(jobs, **more)

    return spy


def test_a_correction_that_moves_a_leg_leaves_nothing_behind(place):
    place.take("a.csv", records(record(1)))
    later = record(1, Start_time="2026-11-16T10:00:00Z", Report_time="2026-11-16T11:00:00Z")
    place.take("b.csv", records(later))
    assert [row["week_ending"] for row in place.rows(CALL_FACTS)] == [date(2026, 11, 21)]
    (file,) = place.store().release.tables["call_legs"].files
    assert (file.region, file.week) == ("EU", date(2026, 11, 21))


def test_of_two_files_that_disagree_the_newest_report_counts_whatever_comes_last(place):
    new = record(1, Duration="30", Report_time="2026-11-10T12:00:00Z")
    place.ingest(place.write("a.csv", records(new)), place.write("b.csv", records(record(1))))
    assert [row["duration"] for row in place.rows(CALL_LEGS)] == [30]
    place.take("c.csv", records(record(1, Duration="99")))
    assert [row["duration"] for row in place.rows(CALL_LEGS)] == [30]
    place.take("d.csv", records(record(1, Duration="5", Report_time="2026-11-10T12:00:00Z")))
    assert [row["duration"] for row in place.rows(CALL_LEGS)] == [5]


def test_orphans_wait_without_region_until_a_customer_list_names_them(place):
    report = place.take("a.csv", records(record(1, Org_UUID="org-9")))
    place.take("q.csv", quality_file(quality(org="org-9")))
    assert report.orphans == 1
    release = place.store().release
    assert [row["region"] for row in place.rows(CALL_FACTS)] == [None]
    assert release.weeks_of(CALL_FACTS) == release.weeks_of(LEG_QUALITY) == ()
    named(place, "org-9", region="UAE")
    release = place.store().release
    for dataset in (CALL_LEGS, LEG_QUALITY, CALL_FACTS, QUALITY_FACTS):
        assert [row["region"] for row in place.rows(dataset)] == ["UAE"]
        assert release.weeks_of(dataset) == (date(2026, 11, 14),)
    assert facts(place) == recomputed(place)


def test_an_import_writes_only_the_partitions_it_touches(place):
    weeks = ["2026-11-03", "2026-11-10", "2026-11-17"]
    rows = [record(i, Start_time=f"{day}T10:00:00Z") for i, day in enumerate(weeks)]
    place.take("a.csv", records(*rows, record(9, Org_UUID="org-9")))
    before = {f.week: f for f in _files(place) if f.region}
    place.take("b.csv", records(record(7, Start_time="2026-11-11T10:00:00Z")))
    after = {f.week: f for f in _files(place) if f.region}
    changed = [week for week in before if before[week] != after[week]]
    assert changed == [date(2026, 11, 14)]
    assert len(_files(place)) == 4


def test_the_log_of_the_table_names_the_files_of_the_release(place):
    test_an_import_writes_only_the_partitions_it_touches(place)
    named(place, "org-9", region="O'Hare")
    table = DeltaTable(str(place.data / "tables" / "call_legs"))
    names = {uri.rpartition("/")[2] for uri in table.file_uris()}
    assert names == {file.path.rpartition("/")[2] for file in _files(place)}


def _files(place):
    return place.store().release.tables["call_legs"].files


def test_a_week_half_delivered_is_kept_as_it_is(place):
    place.take("a.csv", records(record(1, Start_time="2026-11-08T00:00:00Z")))
    assert place.store().release.weeks_of(CALL_FACTS) == (date(2026, 11, 14),)
    place.take("b.csv", records(record(2, Start_time="2026-11-14T23:59:59Z")))
    assert [(row["calls"], row["legs"]) for row in place.rows(CALL_FACTS)] == [(2, 2)]


def test_legs_of_the_future_are_kept_and_are_no_complete_week(place):
    place.take("s.csv", export(SUBSCRIPTIONS, subscription()))
    place.take("l.csv", export(LICENSES, licenses()))
    place.take("a.csv", records(record(1), record(2, Start_time="2027-03-01T10:00:00Z")))
    release = place.store().release
    assert release.as_of == date(2026, 11, 15)
    assert release.weeks_of(CALL_FACTS) == (date(2026, 11, 14), date(2027, 3, 6))
    assert release.last_week_of(CALL_FACTS) == date(2026, 11, 14)
    assert release.last_week_of(CALL_FACTS, date(2026, 11, 14)) is None


def test_without_licenses_the_newest_call_that_has_happened_says_when_it_is(place):
    late = record(2, Start_time="2026-12-01T10:00:00Z")
    place.take("a.csv", records(record(1), late))
    assert place.store().release.as_of == date(2026, 11, 8)
    place.take("q.csv", queue_file(queue("2026-11-15")))
    assert place.store().release.as_of == date(2026, 11, 15)
    assert place.store().release.last_week_of(QUEUE_FACTS) is None


def test_the_rule_of_poor_legs_is_recorded_and_another_one_counts_all_anew(place):
    rows = [quality(jitter, **{"Audio_Jitter_(ms)": jitter}) for jitter in ("150", "151")]
    path = place.write("q.csv", quality_file(*rows))
    place.ingest(path)
    assert [row["poor_legs"] for row in place.rows(QUALITY_FACTS)] == [1]
    assert place.store().release.quality_rule == QualityRule().as_json()
    before = place.store().release
    assert again(place, path, rule=QualityRule()).release == before.id
    stricter = QualityRule(poor=Poor.ANY, jitter=100)
    outcome = again(place, path, rule=stricter)
    assert outcome.reports[0].unchanged
    assert [row["poor_legs"] for row in place.rows(QUALITY_FACTS)] == [2]
    assert place.store().release.quality_rule == stricter.as_json()
    again(place, place.write("r.csv", quality_file(quality("3"))), rule=QualityRule(poor=Poor.ALL))
    assert facts(place) == recomputed(place, "all")


def test_releases_from_before_calls_can_be_read(place):
    release = place.store().release
    content = json.loads(encode(release))
    assert decode(encode(release)) == release
    for name in ("present", "quality_rule", "seal"):
        del content[name]
    for table in content["tables"].values():
        for file in table["files"]:
            del file["week"]
    content["seal"] = _digest(content)
    old = decode(json.dumps(content).encode())
    assert (old.tables, old.weeks_of(CALL_FACTS)) == (release.tables, ())
