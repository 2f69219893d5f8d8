"""The help pages: resources from the partner's file, definitions from the declarations."""

import pytest
from apps import Serving, small_portfolio
from asking import ask, words
from signing_in import signed_in

from dashboard.components.definitions import anchor
from dashboard.portal import load_portal
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import metrics_of


@pytest.fixture
def client(monkeypatch, tmp_path):
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    return signed_in(serving.app())


def page(client, path):
    return ask(client, path=path).json["response"]["page"]["children"]


def components(node):
    if isinstance(node, list):
        return [found for child in node for found in components(child)]
    if not isinstance(node, dict) or "props" not in node:
        return []
    return [node, *components(node["props"].get("children"))]


def test_the_resources_page_links_to_every_resource_and_to_support(client):
    shown = components(page(client, "/resources"))
    links = {c["props"]["href"] for c in shown if c["type"] == "A"}
    portal = load_portal()
    places = ("partner_support", "setup_wizard", "users")
    assert links == {r.url for r in portal.resources} | {portal.link(p) for p in places}


def test_every_link_outside_opens_a_tab_that_knows_nothing_of_ours(client):
    links = [c["props"] for c in components(page(client, "/resources")) if c["type"] == "A"]
    assert {(a["target"], a["rel"]) for a in links} == {("_blank", "noopener noreferrer")}


def test_every_number_has_its_definition_under_its_own_anchor(client):
    shown = components(page(client, "/definitions"))
    ids = {c["props"].get("id") for c in shown}
    for section in SECTIONS.values():
        for one in (*metrics_of(section), *section.table):
            assert anchor(section.name, one.name) in ids


def test_definitions_print_the_thresholds_in_force(client):
    assert "within the next 90 days" in words(page(client, "/definitions"))


def test_a_card_links_to_its_own_definition(client):
    parts = ask(client, path="/subscriptions/expiring").json["response"]["parts"]["data"]
    hrefs = [c["props"].get("href") for _, p in parts for c in components(p.get("children"))]
    assert f"/definitions#{anchor('expiring', 'license_usage')}" in hrefs


def test_quick_and_featured_resources_stand_above_all_others(client):  # W-246, W-247
    read = words(page(client, "/resources"))
    places = [
        read.index(title) for title in ("Quick links", "Featured resources", "All resources")
    ]
    assert places == sorted(places)
    quick = next(r for r in load_portal().resources if r.quick)
    assert read.count(quick.title["en"]) > 1


def test_the_way_to_an_own_organization_is_told_and_linked(client):  # W-001, W-003 … W-005
    read = words(page(client, "/resources"))
    for told in ("first order placed on CCW", "First-time setup", "Administrator roles"):
        assert told in read


def navigation(serving, **settings):
    layout = signed_in(serving.app(**settings)).get("/_dash-layout").json
    return [c["props"] for c in components(layout) if c["type"] in {"NavLink", "A"}]


def test_the_navigation_begins_with_the_own_organization(monkeypatch, tmp_path):  # W-002
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    first, *_ = [p for p in navigation(serving) if "pl-skip" not in p.get("className", "")]
    assert first["href"] == load_portal().link("own_organization")


def test_the_customers_are_called_what_the_partner_calls_them(monkeypatch, tmp_path):  # G-13
    serving = Serving(monkeypatch, tmp_path)
    serving.publish(*small_portfolio())
    called = {p.get("label") for p in navigation(serving, customers_label="Partners")}
    assert "Partners" in called
    assert "Customers" not in called
