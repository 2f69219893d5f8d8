"""Tags: who may change them, on whose customers, and what the audit log says of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, select, text

from dashboard.access import EVERYONE, NO_ONE, Scope
from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import tags, users
from dashboard.state.database import MIGRATIONS, open_database
from dashboard.state.models import AuditEntry
from dashboard.state.tag_names import TagError, TagProblem

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HOSTILE = ["<script>alert(1)</script>", "=1+1", "javascript:alert(1)", "{name}", "%s';--"]


@pytest.fixture
def viewers(database):
    """Return a viewer of each role; who is assigned has customers a and b."""
    found = {}
    with database.begin() as session:
        for role in ("full_admin", "admin", "read_only_admin", "assigned_user", "nobody"):
            user = users.add_user(session, email=f"{role}@example.com", role=role, now=NOW)
            users.assign(session, user.id, ["a", "b"])
            found[role] = users.viewer_of(session, user.id)
    return found


@pytest.fixture
def chief(viewers):
    return viewers["full_admin"]


@pytest.fixture
def vip(database, chief):
    """Return the id of a tag on customers a and z."""
    with database.begin() as session:
        tag = tags.create(session, chief, "VIP", NOW)
        tags.assign(session, chief, tag.id, ["a", "z"], NOW)
    return tag.id


def carrying(database, tag_id):
    with database.read() as session:
        return sorted(tags.customers_with(session, [tag_id]))


def audited(database):
    with database.read() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        return [(e.actor, e.action, e.subject, json.loads(e.detail)) for e in entries]


@pytest.mark.parametrize("role", ["full_admin", "admin"])
def test_these_roles_edit_tags(database, viewers, role):
    with database.begin() as session:
        tag = tags.create(session, viewers[role], "VIP", NOW)
        assert tags.assign(session, viewers[role], tag.id, ["a"], NOW) == 1
        tags.rename(session, viewers[role], tag.id, 1, "Gold", NOW)
        assert tags.remove(session, viewers[role], tag.id, 2, NOW) == 1


@pytest.mark.parametrize("role", ["read_only_admin", "assigned_user", "nobody"])
def test_these_roles_see_tags_and_change_nothing(database, viewers, vip, role):
    viewer = viewers[role]
    changes = [
        lambda session: tags.create(session, viewer, "Mine", NOW),
        lambda session: tags.rename(session, viewer, vip, 1, "Mine", NOW),
        lambda session: tags.remove(session, viewer, vip, 1, NOW),
        lambda session: tags.assign(session, viewer, vip, ["a"], NOW),
        lambda session: tags.unassign(session, viewer, vip, ["a"], NOW),
    ]
    before = audited(database)
    for change in changes:
        with pytest.raises(NotAllowedError), database.begin() as session:
            change(session)
    with database.read() as session:
        assert [tag.name for tag in tags.list_tags(session, viewer.scope)] == ["VIP"]
    assert audited(database) == before


@pytest.mark.parametrize(
    ("scope", "count"), [(EVERYONE, 2), (Scope(customers=frozenset("ab")), 1), (NO_ONE, 0)]
)
def test_a_count_is_of_the_customers_within_the_scope(database, vip, scope, count):
    with database.read() as session:
        [tag] = tags.list_tags(session, scope)
    assert (tag.id, tag.customers) == (vip, count)


@pytest.mark.parametrize("change", [tags.assign, tags.unassign])
def test_one_customer_of_somebody_else_and_nothing_changes(database, viewers, vip, change):
    with pytest.raises(NotFoundError), database.begin() as session:
        change(session, viewers["admin"], vip, ["a", "b", "z"], NOW)
    assert carrying(database, vip) == ["a", "z"]


@pytest.mark.parametrize("change", [tags.assign, tags.unassign])
def test_a_tag_that_is_not_there_is_not_found(database, chief, change):
    with pytest.raises(NotFoundError), database.begin() as session:
        change(session, chief, "0" * 32, ["a"], NOW)


def test_a_tag_on_customers_of_others_stays_as_it_is(database, viewers, vip):
    for change in (
        lambda session: tags.rename(session, viewers["admin"], vip, 1, "Mine", NOW),
        lambda session: tags.remove(session, viewers["admin"], vip, 1, NOW),
    ):
        with pytest.raises(TagError) as refused, database.begin() as session:
            change(session)
        assert refused.value.problem is TagProblem.SHARED
    assert carrying(database, vip) == ["a", "z"]


@pytest.mark.usefixtures("vip")
def test_a_name_is_taken_in_any_case(database, chief):
    with pytest.raises(TagError, match="“vip” already") as refused, database.begin() as session:
        tags.create(session, chief, "vip", NOW)
    assert refused.value.problem is TagProblem.TAKEN


@pytest.mark.usefixtures("vip")
def test_a_tag_is_not_renamed_to_another_ones_name(database, chief):
    with database.begin() as session:
        other = tags.create(session, chief, "Gold", NOW)
    with pytest.raises(TagError, match="already"), database.begin() as session:
        tags.rename(session, chief, other.id, 1, "vip", NOW)
    with database.read() as session:
        assert [tag.name for tag in tags.list_tags(session, EVERYONE)] == ["Gold", "VIP"]


def test_a_tag_changes_its_own_case(database, chief, vip):
    with database.begin() as session:
        assert tags.rename(session, chief, vip, 1, "Vip", NOW).version == 2


@pytest.mark.parametrize(("change", "further"), [(tags.rename, ["Silver"]), (tags.remove, [])])
def test_whoever_saw_an_older_tag_is_told_so(database, chief, vip, change, further):
    with database.begin() as session:
        tags.rename(session, chief, vip, 1, "Gold", NOW)
    with pytest.raises(TagError, match="“Gold” now") as refused, database.begin() as session:
        change(session, chief, vip, 1, *further, NOW)
    assert refused.value.problem is TagProblem.OVERTAKEN


def test_tags_are_found_by_customer_and_customers_by_tag(database, chief, vip):
    with database.begin() as session:
        gold = tags.create(session, chief, "Gold", NOW)
        tags.assign(session, chief, gold.id, ["a", "b"], NOW)
        found = tags.tags_of(session, ["a", "b", "c"])
        both = tags.customers_with(session, [vip, gold.id])
    names = {customer: [tag.name for tag in of] for customer, of in found.items()}
    assert names == {"a": ["Gold", "VIP"], "b": ["Gold"]}
    assert both == {"a", "b", "z"}


@pytest.mark.usefixtures("vip")
def test_tags_of_very_many_customers_are_found(database):
    many = [f"customer {n}" for n in range(40_000)]
    with database.read() as session:
        assert list(tags.tags_of(session, ["a", *many])) == ["a"]


def test_every_change_is_audited_with_ids_and_tag_names(database, chief):
    with database.begin() as session:
        vip = tags.create(session, chief, "VIP", NOW).id
        tags.assign(session, chief, vip, ["b", "a"], NOW)
        tags.assign(session, chief, vip, ["a"], NOW)  # carries it already: nothing happened
        tags.unassign(session, chief, vip, ["b", "c"], NOW)
        tags.rename(session, chief, vip, 1, "Gold", NOW)
        tags.remove(session, chief, vip, 2, NOW)
    assert audited(database) == [
        (chief.email, action, vip, detail)
        for action, detail in (
            ("tag.created", {"tag": "VIP"}),
            ("tag.assigned", {"tag": "VIP", "customers": "a b"}),
            ("tag.unassigned", {"tag": "VIP", "customers": "b"}),
            ("tag.renamed", {"tag": "Gold", "before": "VIP"}),
            ("tag.removed", {"tag": "Gold", "customers": "a"}),
        )
    ]


def test_a_change_that_fails_leaves_no_trace(database, chief, vip):
    before = audited(database)

    def fail():
        with database.begin() as session:
            tags.assign(session, chief, vip, ["b"], NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert carrying(database, vip) == ["a", "z"]
    assert audited(database) == before


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_kept_as_text(database, chief, name):
    with database.begin() as session:
        tags.create(session, chief, name, NOW)
    with database.read() as session:
        assert [tag.name for tag in tags.list_tags(session, EVERYONE)] == [name]


def test_a_longest_name_fits_into_both_databases(database, chief):
    longest = "👍🏽" * 25
    with database.begin() as session:
        tags.create(session, chief, longest, NOW)
        tags.create(session, chief, "ΐ" * 25, NOW)  # three code points once folded
    with database.read() as session:
        assert longest in [tag.name for tag in tags.list_tags(session, EVERYONE)]


def test_a_viewer_narrowed_to_nobody_tags_nobody(database, chief, vip):
    nobody = replace(chief, scope=NO_ONE)
    with pytest.raises(NotFoundError), database.begin() as session:
        tags.assign(session, nobody, vip, ["a"], NOW)


def test_wider_names_keep_the_tags_that_customers_carry(state_url):
    engine = create_engine(state_url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO tags VALUES ('t', 'VIP', 'vip', 1)"))
        connection.execute(text("INSERT INTO customer_tags VALUES ('t', 'a')"))
    engine.dispose()
    database = open_database(state_url)
    assert carrying(database, "t") == ["a"]
    with database.begin() as session:
        session.execute(text("DELETE FROM tags"))
    assert carrying(database, "t") == []
    database.engine.dispose()
