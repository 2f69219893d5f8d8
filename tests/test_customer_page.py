"""The page of one customer, from the request on: its tabs, its scope, and what it says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from apps import Serving
from asking import ask, texts, words
from customer_factories import WEEK_BEFORE, admin, customer, licenses, midday, order, term
from customer_pages import become, links, places, publish, said
from factories import days, fact
from signing_in import signed_in

from dashboard.access import OPERATOR, Scope
from dashboard.state import tags

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ACME = "/customers/id%20of%20Acme"
TABS = ("", "/trials", "/administrators", "/calling")
HOSTILE = ["<script>alert(1)</script>", "=1+1", "{name}", "a/b?c#d%2F..", "../x"]


@pytest.fixture
def serving(monkeypatch, tmp_path):
    return Serving(monkeypatch, tmp_path)


@pytest.fixture
def client(serving):
    return signed_in(serving.app())


def answer(client, path, **view):
    return ask(client, path=path, **view).json["response"]


def test_the_head_says_who_it_is_and_why_each_status_is_set(serving, client):  # W-021, C-03
    terms = [term(end_date=days(5), setup_status="Pending"), licenses(assigned=110)]
    publish(serving, customer(last_admin_sign_in=midday(-40)), *terms)
    head = said(client, ACME, "customer.head")
    assert "Acme" in head
    assert "10 licenses are assigned beyond what was bought (1 subscription)." in head
    assert "Clears when 10 licenses are unassigned or bought." in head
    assert "The next end is in 5 days, on Nov 20, 2026, without renewal" in head
    assert "The last administrator sign-in was 40 days ago" in head


def test_tabs_are_addresses_of_their_own(serving, client):
    publish(serving, customer(), term(), licenses())
    for tab in TABS:
        shown = places(client, ACME + tab)
        assert links(shown["customer.tabs"]) == {
            "Subscriptions": ACME,
            "Trials": f"{ACME}/trials",
            "Partner administrators": f"{ACME}/administrators",
            "Calling": f"{ACME}/calling",
        }
        assert _current(shown["customer.tabs"]) == [ACME + tab]


def _current(component):
    if isinstance(component, list):
        return [href for child in component for href in _current(child)]
    if not isinstance(component, dict) or "props" not in component:
        return []
    props = component["props"]
    own = [props["href"]] if props.get("aria-current") == "page" else []
    return own + _current(props.get("children"))


def test_tabs_keep_the_date(serving, client):
    rows = [customer(), term(), licenses(), licenses(week_ending=WEEK_BEFORE)]
    publish(serving, *rows)
    tabs = places(client, ACME, as_of=days(-3).isoformat())["customer.tabs"]
    assert links(tabs)["Trials"] == f"{ACME}/trials?as_of=2026-11-12"


@pytest.mark.parametrize(
    "path",
    [
        "/customers/nobody",
        "/customers/id%20of%20Stranger",
        "/customers/id%20of%20Stranger/calling",
        f"{ACME}/nothing",
        f"{ACME}/trials/more",
        f"{ACME}/logs/sms",  # of a customer without 8x8 products
        "/customers/*",
    ],
)
def test_what_is_not_there_and_what_is_not_ours_read_the_same(serving, monkeypatch, path):
    publish(serving, customer(), customer("Stranger"), term(), licenses())
    viewer = replace(OPERATOR, scope=Scope(customers=frozenset({"id of Acme"})))
    become(monkeypatch, viewer)
    client = signed_in(serving.app())
    absent, asked = answer(client, "/customers/no-such-id"), answer(client, path)
    assert words(asked["page"]["children"]) == (
        "Page not found The address may be old. The navigation lists every page."
    )
    assert asked["page"] == absent["page"]
    assert asked["parts"] == absent["parts"]


def test_a_subscription_shows_its_end_payment_setup_and_invoice(serving, client):  # W-041, W-043
    publish(serving, customer(), term(end_date=days(3), invoice="INV-7"), licenses())
    body = said(client, ACME)
    assert "Ends on Nov 18, 2026, in 3 days" in body
    assert "Auto-renew No" in body
    assert "Order setup Complete Payment Paid Invoice INV-7" in body


def test_a_subscription_that_renews_says_when(serving, client):  # W-041
    publish(serving, customer(), term(end_date=days(300), auto_renew="Yes"), licenses())
    assert "Renews on Sep 11, 2027, in 300 days" in said(client, ACME)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"used": 100, "assigned": 100}, "Uses all that was bought."),
        ({"used": 60}, "Surplus: 40 licenses were bought and not used in the last seven days."),
        ({"used": 104}, "Wants more: 4 licenses were used beyond what was bought."),
        (
            {"used": 99, "assigned": 101},
            (
                "Wants more: 1 license is assigned beyond what was bought. "
                "Surplus: 1 license was bought and not used in the last seven days."
            ),
        ),
    ],
)
def test_each_line_says_whether_it_uses_what_was_bought(serving, client, line, told):  # W-045
    publish(serving, customer(), term(), licenses(**line))
    assert told in said(client, ACME)


def test_orders_stand_newest_first(serving, client):  # W-044
    orders = [order(order_id="O-1"), order(order_id="O-2", order_date=days(-5))]
    publish(serving, customer(), term(), licenses(), *orders)
    body = texts(places(client, ACME)["customer.body"])
    assert body.index("O-2") < body.index("O-1")


def test_each_product_has_its_trend(serving, client):  # W-042
    more = licenses(product="Webex Meetings", total=10, assigned=9, used=8)
    publish(serving, customer(), term(), licenses(), more)
    charts = said(client, ACME, "customer-charts")
    assert "Webex Calling: licenses, trend over the last 26 weeks" in charts
    assert "90% of 10 licenses are assigned and 80% used." in charts
    assert "Acme · Webex Meetings · United States" in charts


def test_a_customer_stands_beside_its_peers(serving, client):  # C-08
    shares = (60, 80, 90, 90, 90, 90, 90, 98)
    rows = [r for n in range(8) for r in (customer(f"P{n}"), term(f"P{n}"))]
    rows += [licenses(f"P{n}", assigned=given) for n, given in enumerate(shares)]
    publish(serving, *rows)
    low = said(client, "/customers/id%20of%20P0")
    assert "60% assigned (60 of 100)." in low
    assert "n = 8" in low
    assert "Clears at 83 assigned (+23)" in low
    assert "Flagged since Nov 15, 2026 or longer." in low
    high = said(client, "/customers/id%20of%20P7")
    assert "quartiles 88% / 90% / 90%. Not called low." in high


def test_trials_are_shown_with_their_end(serving, client):  # W-046
    trial = term(subscription="T1", type="Trial", end_date=days(9))
    publish(serving, customer(), trial, licenses(subscription="T1"))
    body = said(client, f"{ACME}/trials")
    assert "Trial T1" in body
    assert "Ends on Nov 24, 2026, in 9 days" in body


def test_without_a_trial_the_tab_says_so_and_where_one_begins(serving, client):  # W-040, W-047
    publish(serving, customer(), term(), licenses())
    body = places(client, f"{ACME}/trials")["customer.body"]
    assert "No ongoing trial" in words(body)
    assert any(words_.startswith("Start a trial") for words_ in links(body))


def test_administrators_show_their_roles_and_who_else_may(serving, client):  # W-048 … W-051
    publish(serving, customer(), term(), licenses(), admin())
    body = places(client, f"{ACME}/administrators")["customer.body"]
    assert "Olena Koval Partner administrator olena@partner.example" in words(body)
    assert "have access to this customer, too" in words(body)
    [(told, href)] = links(body).items()
    assert told.startswith("Add or remove administrators")
    assert href.startswith("https://")
    assert "id%20of%20Acme" in href


def test_the_portal_is_linked_and_never_acted_in(serving, client):  # W-020
    publish(serving, customer(), term(setup_status="Pending"), licenses())
    head = links(places(client, ACME)["customer.head"])
    launch = next(href for told, href in head.items() if told.startswith("Launch organization"))
    assert launch == "https://admin.webex.com/manage-customers/customers/id%20of%20Acme"
    assert any(told.startswith("Set up the order") for told in head)


def test_calling_is_about_this_customer_alone_in_its_own_region(serving, client):
    facts = [fact("call_facts", region="EU", calls=7), fact("call_facts", "Other", calls=500)]
    rows = [customer(region="EU"), customer("Other"), term(), licenses(), *facts]
    publish(serving, *rows)
    shown = places(client, f"{ACME}/calling", region="US")
    assert "Calls 7 " in words(shown["call_usage.numbers"])
    assert shown["call_usage.chart-caption"].startswith("Acme · Calling · European Union")
    assert shown["customer_calling.nothing"] == []


def test_a_customer_that_does_not_call_is_said_to(serving, client):
    publish(serving, customer(), term(), licenses(), fact("call_facts", "Other"))
    told = said(client, f"{ACME}/calling", "customer_calling.nothing")
    assert told.startswith("No calls in the last complete week")


def test_tags_stand_in_the_head(serving):
    publish(serving, customer(), term(), licenses())
    app = serving.app()
    with app._services.database.begin() as session:
        tag = tags.create(session, OPERATOR, "VIP", NOW)
        tags.assign(session, OPERATOR, tag.id, ["id of Acme"], NOW)
    assert " VIP " in said(signed_in(app), ACME, "customer.head")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_and_ids_are_only_text(serving, client, name):
    rows = [customer(name, customer_id=name), term(customer_id=name, subscription=name)]
    rows += [licenses(customer_id=name, subscription=name), admin(customer_id=name, name=name)]
    publish(serving, *rows, order(name, order_id=name))
    place = "".join(f"%{byte:02X}" for byte in name.encode())
    for tab in TABS:
        shown = places(client, f"/customers/{place}{tab}")
        assert texts(shown["customer.head"])[0] == name
    assert f"Subscription {name}" in texts(places(client, f"/customers/{place}")["customer.body"])
