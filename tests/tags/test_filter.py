"""The filter by tag, from the request on: scope, cached answers, captions and files."""

from dataclasses import replace

import pytest
from asking import ask, words
from tagging import ENGLISH, INITECH, NOW, READER, make, overview

from dashboard.access import NO_ONE, OPERATOR, Scope
from dashboard.callbacks.tag_filter import read_tag_filter, tag_key
from dashboard.exports.csv import file_name, to_csv
from dashboard.sections import SECTIONS
from dashboard.state import tags
from dashboard.wording.caption import caption


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
        tags.assign(session, OPERATOR, vip, ["id of Hooli"], NOW)
    assert " 2 " in overview(client, tag=vip)


def test_a_cached_answer_follows_the_name_of_the_tag(client, services, vip):
    assert "tag: VIP" in overview(client, tag=vip)
    with services.database.begin() as session:
        tags.rename(session, OPERATOR, vip, 1, "Gold", NOW)
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
