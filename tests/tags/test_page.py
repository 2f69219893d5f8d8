"""The tags page, from the request on: who edits, what is refused, hostile names."""

from dataclasses import replace

import pytest
from asking import ask, parts, texts, words
from pressing import press
from tagging import INITECH, NOW, READER, carrying, make, overview

from dashboard.access import OPERATOR, Scope
from dashboard.components.tags import bulk
from dashboard.components.tags_page import action, part
from dashboard.state import tags
from dashboard.state.models import AuditEntry

HOSTILE = ["<script>alert(1)</script>", "=1+1", "javascript:alert(1)", "{name}"]


def names(services):
    return [tag.name for tag in services.tags()]


def listed(client):
    return parts(ask(client, path="/tags"))["tags", "list"]["children"]


def test_the_page_lists_tags_with_their_customers(client, services, vip):
    make(services, "gold", INITECH, "id of Hooli")
    said = texts(listed(client))
    assert said[said.index("gold") + 1] == "2"
    assert said[said.index("VIP") + 1] == "1"
    assert f"/customers?tag={vip}" in str(listed(client))


def test_without_tags_the_page_says_so(client):
    assert words(listed(client)) == "There are no tags yet."


@pytest.mark.parametrize(("viewer", "edits"), [(OPERATOR, True), (READER, False)])
def test_only_editors_find_the_means_to_edit(client, vip, become, viewer, edits):
    become(viewer)
    answer = ask(client, path="/tags").text
    assert vip in answer
    for word in ("Create", "Rename", "Remove"):
        assert (word in answer) is edits


def test_a_count_is_of_the_viewers_own_customers(client, services, become):
    make(services, "gold", INITECH, "id of Hooli")
    become(replace(READER, scope=Scope(customers=frozenset({INITECH}))))
    assert texts(listed(client))[-1] == "1"


def test_a_tag_is_created_and_listed(app, services):
    done = press(app, part("create"), {"new": "  Key  account "})
    assert names(services) == ["Key account"]
    assert done["new"] == {"value": "", "error": None}
    assert done["status"]["children"] == "“Key account” was created."
    assert "Key account" in texts(done["list"]["children"])


def test_a_name_is_created_by_the_enter_key(app, services):
    press(app, part("new"), {"new": "VIP"}, prop="n_submit")
    assert names(services) == ["VIP"]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "A tag needs a name: type one."),
        (None, "A tag needs a name: type one."),
        ("x" * 26, "A tag has at most 25 characters: choose a shorter name."),
        ("a\u202eb", "A tag has no invisible characters: type its name anew."),
        ("vip", "There is a tag of this name already: use it, or choose another name."),
    ],
)
@pytest.mark.usefixtures("vip")
def test_a_name_that_is_none_is_refused_beside_it(app, services, written, sentence):
    done = press(app, part("create"), {"new": written})
    assert done["new"] == {"error": sentence}
    assert names(services) == ["VIP"]


def test_a_tag_is_renamed(app, services, vip):
    asked = press(app, action("rename", vip), {})
    assert asked["dialog"] == {"opened": True, "title": "Rename “VIP”"}
    assert asked["rename"]["value"] == "VIP"
    done = press(app, part("confirm"), {"edit": asked["edit"]["data"], "rename": "Gold"})
    assert done["dialog"] == {"opened": False}
    assert names(services) == ["Gold"]


def test_removing_a_tag_names_how_many_lose_it(app, services, vip):
    asked = press(app, action("remove", vip), {})
    assert asked["question"]["children"].startswith("1 customer loses “VIP”")
    assert names(services) == ["VIP"]
    done = press(app, part("confirm"), {"edit": asked["edit"]["data"]})
    assert done["status"]["children"] == "The tag was removed."
    assert names(services) == []


def test_whoever_was_slower_is_told_and_sees_the_tag_as_it_is(app, services, vip):
    edit = press(app, action("remove", vip), {})["edit"]["data"]
    with services.database.begin() as session:
        tags.rename(session, OPERATOR, vip, 1, "Gold", NOW)
    done = press(app, part("confirm"), {"edit": edit})
    assert done["dialog"] == {"opened": True}
    assert done["problem"]["children"].startswith("Somebody else changed this tag meanwhile.")
    assert "Gold" in texts(done["list"]["children"])
    assert names(services) == ["Gold"]


def test_a_new_row_of_the_table_is_no_click(app, vip):
    assert press(app, action("remove", vip), {}, clicks=None) == {}


def test_a_reader_who_forges_a_request_changes_nothing(app, services, vip, become):
    become(READER)
    edit = {"tag": vip, "seen": 1, "remove": True}
    refused = "Your role shows tags and does not edit them: ask a partner administrator."
    assert press(app, part("create"), {"new": "Mine"})["new"] == {"error": refused}
    assert press(app, part("confirm"), {"edit": edit})["problem"]["children"] == refused
    told = press(app, bulk("add", "x"), {"bulk-tag": vip, "bulk-chosen": ["id of Hooli"]})
    assert told == {"bulk-told": {"children": refused}}
    assert names(services) == ["VIP"]
    assert carrying(services, vip) == {INITECH}


@pytest.mark.parametrize("edit", [None, [], "x", {}, {"tag": 1, "seen": "1"}, {"tag": "0" * 32}])
def test_a_forged_edit_changes_nothing(app, services, vip, edit):
    press(app, part("confirm"), {"edit": edit, "rename": "Mine"})
    assert carrying(services, vip) == {INITECH}
    assert names(services) == ["VIP"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_wherever_it_stands(app, client, services, name):
    tag_id = make(services, name, INITECH)
    assert name in texts(listed(client))
    assert name in press(app, action("remove", tag_id), {})["question"]["children"]
    assert f"tag: {name}" in overview(client, tag=tag_id)
    told = press(app, bulk("add", "x"), {"bulk-tag": tag_id, "bulk-chosen": ["id of Hooli"]})
    assert told["bulk-told"]["children"] == f"1 customer got “{name}”."


def test_edits_of_the_page_are_audited_as_their_viewers(app, services, become):
    become(replace(OPERATOR, email="ann@example.com"))
    press(app, part("create"), {"new": "VIP"})
    with services.database.read() as session:
        [entry] = session.query(AuditEntry)
    assert (entry.actor, entry.action) == ("ann@example.com", "tag.created")
