"""The tags page and the filter by tag, from the request on: rights, scope, hostile names."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from apps import Serving, small_portfolio
from asking import ask, parts, texts, words
from pressing import press
from signing_in import signed_in

from dashboard.access import NO_ONE, OPERATOR, Scope
from dashboard.callbacks import exports, look, tags
from dashboard.callbacks.tag_filter import read_tag_filter, tag_key
from dashboard.components.tags import bulk, bulk_bar, chips
from dashboard.components.tags_page import action, part
from dashboard.exports.csv import file_name, to_csv
from dashboard.i18n import Language
from dashboard.sections import SECTIONS
from dashboard.state import tags as state
from dashboard.state.models import AuditEntry
from dashboard.wording.caption import caption

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ENGLISH = Language("en")
READER = replace(OPERATOR, edits_tags=False)
INITECH = "id of Initech"
HOSTILE = ["<script>alert(1)</script>", "=1+1", "javascript:alert(1)", "{name}"]


@pytest.fixture
def app(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    return serving.app()


@pytest.fixture
def client(app):
    return signed_in(app)


@pytest.fixture
def services(app):
    return app._services


@pytest.fixture
def become(monkeypatch):
    """Return what makes every further request somebody's."""

    def become(viewer):
        for module in (look, tags, exports):
            monkeypatch.setattr(module, "viewer_of_request", lambda: viewer)

    return become


def make(services, name, *customers):
    """Make a tag on some customers, and return its id."""
    with services.database.begin() as session:
        tag = state.create(session, OPERATOR, name, NOW)
        state.assign(session, OPERATOR, tag.id, customers, NOW)
    return tag.id


def names(services):
    return [tag.name for tag in services.tags()]


def carrying(services, tag_id):
    with services.database.read() as session:
        return state.customers_with(session, [tag_id])


@pytest.fixture
def vip(services):
    """Return the id of a tag on Initech."""
    return make(services, "VIP", INITECH)


def listed(client):
    return parts(ask(client, path="/tags"))["tags", "list"]["children"]


def overview(client, **asked):
    return words(parts(ask(client, **asked))["overview", "total_customers"]["children"])


# ---- The page


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
        state.rename(session, OPERATOR, vip, 1, "Gold", NOW)
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


# ---- The bar of a list


def test_chosen_customers_are_tagged_and_untagged(app, services, vip):
    chosen = {"bulk-tag": vip, "bulk-chosen": ["id of Hooli", INITECH], "bulk-changed": 3}
    told = press(app, bulk("add", "customers"), chosen)
    assert told["bulk-told"]["children"] == "1 customer got “VIP”."
    assert told["bulk-changed"]["data"] == 4
    assert carrying(services, vip) == {INITECH, "id of Hooli"}
    told = press(app, bulk("remove", "customers"), chosen)
    assert told["bulk-told"]["children"] == "2 customers lost “VIP”."
    assert carrying(services, vip) == frozenset()


@pytest.mark.parametrize("foreign", ["id of Hooli", "id of nobody at all"])
def test_a_customer_of_others_and_one_that_is_none_read_the_same(
    app, services, vip, become, foreign
):
    become(replace(OPERATOR, scope=Scope(customers=frozenset({INITECH, "id of Umbrella"}))))
    chosen = {"bulk-tag": vip, "bulk-chosen": ["id of Umbrella", foreign]}
    told = press(app, bulk("add", "customers"), chosen)
    said = "This tag or customer is not there any more. Please look again."
    assert told == {"bulk-told": {"children": said}}
    assert carrying(services, vip) == {INITECH}


def test_without_a_tag_the_bar_asks_for_one(app):
    told = press(app, bulk("add", "customers"), {"bulk-chosen": [INITECH]})
    assert told["bulk-told"]["children"] == "Choose a tag first."


def test_the_bar_says_how_many_it_is_about(app):
    said = press(app, bulk("chosen", "customers"), {}, prop="data", clicks=["a", "b", "a"])
    assert said["bulk-count"]["children"] == "Tag 2 customers:"
    assert said["bulk-add"]["disabled"] is False


def test_the_bar_of_one_customer_is_ready_at_once(services, vip):
    bar = bulk_bar("customer", services.tags(), ENGLISH, [INITECH]).to_plotly_json()
    assert vip in str(bar)
    assert "Tag 1 customer:" in str(bar)


@pytest.mark.usefixtures("vip")
def test_chips_are_a_list_of_words(services):
    drawn = chips(services.tags(), ENGLISH)
    assert [chip.children for chip in drawn.children] == ["VIP"]
    assert drawn.role == "list"


# ---- The filter


def test_a_tag_narrows_what_a_page_is_about(client, vip):
    assert overview(client).startswith("Total customers")
    assert " 14 " in overview(client)
    assert " 1 " in overview(client, tag=vip)


def test_of_several_tags_one_is_enough(client, services, vip):
    other = make(services, "Gold", "id of Hooli", INITECH)
    assert " 2 " in overview(client, tag=f"{vip},{other}")


def test_a_tag_never_widens_a_scope(client, services, become):
    both = make(services, "Gold", "id of Hooli", INITECH)
    become(replace(READER, scope=Scope(customers=frozenset({INITECH}))))
    assert " 1 " in overview(client, tag=both)
    become(replace(READER, scope=NO_ONE))
    assert "No customers are assigned to you yet" in ask(client, tag=both).text


def test_a_tag_that_nobody_carries_leaves_nobody(client, services):
    assert " 0 " in overview(client, tag=make(services, "Empty"))


def test_a_cached_answer_follows_who_carries_the_tag(client, services, vip):
    assert " 1 " in overview(client, tag=vip)
    with services.database.begin() as session:
        state.assign(session, OPERATOR, vip, ["id of Hooli"], NOW)
    assert " 2 " in overview(client, tag=vip)


def test_a_cached_answer_follows_the_name_of_the_tag(client, services, vip):
    assert "tag: VIP" in overview(client, tag=vip)
    with services.database.begin() as session:
        state.rename(session, OPERATOR, vip, 1, "Gold", NOW)
    assert "tag: Gold" in overview(client, tag=vip)


def test_two_tags_of_the_same_customers_are_named_apart(client, services, vip):
    other = make(services, "Gold", INITECH)
    assert "tag: VIP" in overview(client, tag=vip)
    assert "tag: Gold" in overview(client, tag=other)


def test_links_within_cards_keep_the_tag(client, vip):
    assert f"?tag={vip}" in ask(client, tag=vip).text
    assert f"product=meetings&tag={vip}" in ask(client, tag=vip, product="meetings").text


@pytest.mark.parametrize("unknown", ["0" * 32, "<script>", "' OR 1=1 --"])
def test_an_unknown_tag_is_left_out_and_said(client, unknown):
    found = ask(client, tag=unknown).json["response"]["parts"]["data"]
    notices = [words(props["children"]) for id_, props in found if id_ == "notice"]
    assert notices == [f"Tag “{unknown}” does not exist; showing all customers."]
    kpis = {id_["name"]: props for id_, props in found if id_ != "notice" and "name" in id_}
    assert " 14 " in words(kpis["total_customers"]["children"])


@pytest.mark.parametrize("odd", [None, "", [], {}, 7])
def test_what_is_no_text_is_no_tag(services, odd):
    assert read_tag_filter({"tag": odd}, services.database).unknown == ""


def test_captions_and_files_name_the_tag(services, vip):
    view = services.view(SECTIONS["expiring"], {"tag": vip}, OPERATOR)
    assert "· tag: VIP ·" in caption(view, ENGLISH)
    header, row = to_csv(view).splitlines()
    assert header.endswith(",tag")
    assert row.endswith(",VIP")


def test_a_hostile_tag_is_guarded_in_a_file_and_not_in_its_name(services):
    tag_id = make(services, "=1+1", INITECH)
    view = services.view(SECTIONS["expiring"], {"tag": tag_id}, OPERATOR)
    assert to_csv(view).splitlines()[1].endswith(",'=1+1")
    assert file_name(view) == "expiring_calling_US_2026-11-15.csv"


def test_without_a_tag_a_file_has_no_column_for_it(services):
    view = services.view(SECTIONS["expiring"], {}, OPERATOR)
    assert "tag" not in to_csv(view).splitlines()[0].split(",")


def test_the_header_offers_tags_once_there_are_some(client, services):
    at_first = client.get("/_dash-layout").text
    tag_id = make(services, "VIP")
    assert '"Show all customers"' not in at_first
    assert '"Show all customers"' in client.get("/_dash-layout").text
    assert tag_id in client.get("/_dash-layout").text


def test_the_controller_is_told_which_tags_there_are(services, vip):
    key = tag_key(services.tags(), ENGLISH)
    assert (key["offer"]["kind"], key["offer"]["values"]) == ("several", [vip])
    assert "{value}" in key["notice"]


def test_a_view_is_saved_of_pages_and_keys_that_there_are(services):
    assert services.addresses.hold("/subscriptions/expiring", "?region=EU&tag=1&q=x")
    assert not services.addresses.hold("/subscriptions/expiring", "?next=/")
    assert not services.addresses.hold("/nowhere", "")


def test_edits_of_the_page_are_audited_as_their_viewers(app, services, become):
    become(replace(OPERATOR, email="ann@example.com"))
    press(app, part("create"), {"new": "VIP"})
    with services.database.read() as session:
        [entry] = session.query(AuditEntry)
    assert (entry.actor, entry.action) == ("ann@example.com", "tag.created")
