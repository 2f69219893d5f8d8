"""Tags changed by many at once, on both databases: nothing is lost, and nobody sees a lock."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dashboard.access import EVERYONE, OPERATOR
from dashboard.state import tags
from dashboard.state.audit import first_broken
from dashboard.state.models import AuditEntry
from dashboard.state.tag_names import TagError, TagProblem

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WRITERS, EDITS = 8, 50


def together(work):
    """Let every writer do its work at the same time, and return what each gave."""
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(work, range(WRITERS)))


@pytest.fixture
def vip(database):
    with database.begin() as session:
        return tags.create(session, OPERATOR, "VIP", NOW).id


def test_no_edit_of_eight_writers_is_lost(database, vip):
    def work(writer):
        viewer = replace(OPERATOR, email=f"writer{writer}@example.com")
        for n in range(EDITS):
            with database.begin() as session:
                tags.assign(session, viewer, vip, [f"{writer}-{n}", f"shared-{n}"], NOW)

    together(work)
    with database.read() as session:
        found = tags.customers_with(session, [vip])
        assert len(found) == WRITERS * EDITS + EDITS
        assert session.query(AuditEntry).count() == 1 + WRITERS * EDITS
        assert first_broken(session) is None


def test_every_rename_of_eight_writers_counts_or_is_refused(database, vip):
    def work(writer):
        outcomes = Counter()
        for n in range(EDITS):
            with database.read() as session:
                [tag] = tags.list_tags(session, EVERYONE)
            try:
                with database.begin() as session:
                    tags.rename(session, OPERATOR, vip, tag.version, f"{writer}-{n}", NOW)
                outcomes["done"] += 1
            except TagError as error:
                outcomes[error.problem] += 1
        return outcomes

    outcomes = sum(together(work), Counter())
    with database.read() as session:
        [tag] = tags.list_tags(session, EVERYONE)
    assert outcomes["done"] + outcomes[TagProblem.OVERTAKEN] == WRITERS * EDITS
    assert tag.version == 1 + outcomes["done"]


def test_one_of_eight_creators_of_a_name_wins_and_the_others_are_told(database):
    def work(_):
        try:
            with database.begin() as session:
                return tags.create(session, OPERATOR, "VIP", NOW).id
        except TagError as error:
            return error.problem

    outcomes = Counter(together(work))
    assert outcomes[TagProblem.TAKEN] == WRITERS - 1
    assert len(outcomes) == 2


def test_two_who_tag_the_same_customers_in_other_orders_merge(database, vip):
    def work(writer):
        everyone = [f"{n}" for n in range(40)]
        for _ in range(5):
            with database.begin() as session:
                change = tags.assign if writer % 2 else tags.unassign
                order = everyone if writer % 3 else everyone[::-1]
                change(session, OPERATOR, vip, order, NOW)

    together(work)
    with database.read() as session:
        assert len(tags.customers_with(session, [vip])) in {0, 40}
