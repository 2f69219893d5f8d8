"""The bar that tags the chosen customers of a list, from the request on."""

from dataclasses import replace

import pytest
from pressing import press
from tagging import ENGLISH, INITECH, carrying

from dashboard.access import OPERATOR, Scope
from dashboard.components.tags import bulk, bulk_bar, chips


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
