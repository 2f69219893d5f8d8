"""The customer list: who is in it, in which order, found how, and counted by what."""

from collections import Counter
from decimal import Decimal

import pytest
from customer_factories import book, customer, licenses, midday, names, page, term
from factories import days

from dashboard.access import EVERYONE, Scope
from dashboard.errors import UnknownNameError
from dashboard.sections.customers import ROW, SORTS, CustomerQuery, customer_list

LINE = licenses("Nobody")  # gives the release its week


def scope(*ids):
    return Scope(customers=frozenset(f"id of {name}" for name in ids))


def listed(*shown, **query):
    return names(*shown, LINE, **query)


def test_a_row_shows_every_column():  # W-010
    shown = page(
        customer("Acme", external_id="X-1", country="UA", relationship="Own", region="EU"),
        term("Acme", "S1", end_date=days(5)),
        term("Acme", "S2"),
        licenses("Acme", "S1"),
    )
    [row] = shown.rows.select(ROW).to_dicts()
    assert row == {
        "customer_id": "id of Acme",
        "customer": "Acme",
        "vendor": "Webex",
        "relationship": "Own",
        "country": "UA",
        "region": "EU",
        "products": ["Webex Calling", "Webex Meetings"],
        "statuses": ["expiring_soon", "subscription"],
        "other_statuses": [],
        "most_urgent": "expiring_soon",
        "licenses_at_stake": 100,
        "subscriptions": 2,
        "nearest_end": days(5),
        "last_admin_sign_in": midday(-1),
        "billing_currency": None,
        "remaining_credits": None,
        "assigned_users": [],
        "external_id": "X-1",
    }
    assert (shown.found, shown.total) == (1, 1)


def test_an_8x8_account_shows_its_products_credits_and_users():  # E-005 … E-010
    account = customer(
        "Shop", vendor="8x8", products="SMS;Voice", enabled_products="SMS;Voice;Video",
        billing_currency="EUR", remaining_credits=Decimal("12.345678"),
        assigned_users="a@partner.example; b@partner.example", last_admin_sign_in=None,
    )  # fmt: skip
    [row] = page(account, customer("Acme"), LINE, search="shop").rows.to_dicts()
    assert (row["vendor"], row["products"]) == ("8x8", ["SMS", "Voice", "Video"])
    assert (row["billing_currency"], row["remaining_credits"]) == ("EUR", Decimal("12.345678"))
    assert row["assigned_users"] == ["a@partner.example", "b@partner.example"]


def test_the_list_spans_all_regions():
    assert listed(customer("A", region="EU"), customer("B", region="UAE")) == ["A", "B"]


def test_the_most_urgent_stand_first_then_most_licenses_then_the_name():
    rows = [customer(name) for name in ("Nothing", "b", "A", "Big", "Late")]
    rows += [term(name) for name in ("b", "A", "Big")]
    rows += [licenses("Big", total=900), term("Late", end_date=days(-1))]
    assert listed(*rows) == ["Late", "Big", "A", "b", "Nothing"]


def test_names_sort_as_the_ukrainian_alphabet_does():
    rows = [customer(name) for name in ("Їжак", "Заєць", "Гуска", "Ґава", "Ідея", "Ива", "йод")]
    expected = ["Гуска", "Ґава", "Заєць", "Ива", "Ідея", "Їжак", "йод"]
    assert listed(*rows, sort="customer") == expected
    assert listed(*rows, sort="customer", descending=True) == expected[::-1]


@pytest.mark.parametrize("sort", SORTS)
def test_every_sort_of_the_list_shows_every_customer(sort):
    rows = [customer("A"), customer("B", external_id="7"), term("B")]
    assert sorted(listed(*rows, sort=sort)) == ["A", "B"]
    assert sorted(listed(*rows, sort=sort, descending=True)) == ["A", "B"]


def test_what_is_unknown_sorts_last_in_both_directions():
    rows = [customer("A"), customer("B"), customer("C"), term("B"), term("C", end_date=days(9))]
    assert listed(*rows, sort="nearest_end") == ["C", "B", "A"]
    assert listed(*rows, sort="nearest_end", descending=True) == ["B", "C", "A"]


def test_credits_sort_within_their_currency():
    money = [("A", "EUR", 9), ("B", "USD", 1), ("C", "EUR", 2)]
    rows = [
        customer(name, billing_currency=currency, remaining_credits=Decimal(amount))
        for name, currency, amount in money
    ]
    assert listed(*rows, sort="remaining_credits") == ["C", "A", "B"]


def test_a_slice_is_taken_after_sorting():
    rows = [customer(name) for name in "EDCBA"]
    shown = page(*rows, LINE, sort="customer", offset=1, limit=2)
    assert shown.rows["customer"].to_list() == ["B", "C"]
    assert (shown.found, shown.total) == (5, 5)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["Acme 100%", "Zeta", "ТОВ «Зв'язок»"]),
        ("  ACME ", ["Acme 100%"]),
        ("%", ["Acme 100%"]),
        ("_", []),
        (".", []),
        ("«ЗВ'", ["ТОВ «Зв'язок»"]),
        ("зв’язок", ["ТОВ «Зв'язок»"]),
        ("id of z", ["Zeta"]),
        ('"', []),
        ("' or 1=1", []),
        ("[", []),
    ],
)
def test_a_search_looks_for_the_letters_in_name_or_id(search, found):  # E-011
    rows = [customer("Acme 100%"), customer("Zeta"), customer("ТОВ «Зв'язок»")]
    assert listed(*rows, search=search, sort="customer") == found


def test_a_search_finds_letters_whose_marks_are_written_apart():
    decomposed = "Їжаки\u0306"
    assert listed(customer(decomposed), search="їжакй") == [decomposed]


def test_customers_are_found_by_who_manages_them():  # W-031
    rows = [customer("A"), customer("B", relationship="Own"), customer("C", relationship=None)]
    assert listed(*rows, managed=("External",)) == ["A"]
    assert listed(*rows, managed=("Own",)) == ["B"]


def test_customers_are_found_by_any_of_several_products():  # W-032
    rows = [
        customer("A", products="Webex Calling;Real-Time Translations"),
        customer("B", products="Webex Meetings"),
        customer("C", products="Webex Calling Plus"),
    ]
    assert listed(*rows, products=("Webex Calling", "Webex Meetings")) == ["A", "B"]


def test_customers_are_found_by_any_of_several_statuses():  # W-033, W-035
    rows = [
        customer("A", last_admin_sign_in=midday(-31)),
        customer("B"), term("B", payment_status="Disputed"),
        customer("C"), term("C"),
    ]  # fmt: skip
    assert listed(*rows, statuses=("no_recent_activity",)) == ["A"]
    assert listed(*rows, statuses=("no_recent_activity", "Disputed")) == ["A", "B"]
    assert listed(*rows, statuses=("nobody has it",)) == []


def test_customers_are_found_by_type_of_subscription():  # W-034
    rows = [customer(name) for name in "ABC"]
    rows += [term("A"), term("B", type="Trial"), term("C", type="Trial", end_date=days(-1))]
    assert listed(*rows, types=("Subscription",)) == ["A"]
    assert listed(*rows, types=("Trial",)) == ["B"]


def test_a_trial_about_to_end_is_not_a_subscription_about_to_end():  # W-036
    rows = [customer("A"), term("A", "S1", type="Trial", end_date=days(3)), term("A", "S2")]
    rows += [customer("B"), term("B", "S3", type="Trial"), term("B", "S4", end_date=days(3))]
    soon = {"statuses": ("expiring_soon",)}
    assert listed(*rows, **soon) == ["A", "B"]
    assert listed(*rows, **soon, types=("Trial",)) == ["A"]
    assert listed(*rows, **soon, types=("Subscription",)) == ["B"]


def test_customers_are_found_by_tag():
    rows = [customer(name) for name in "ABC"]
    tags = {"t1": {"id of A"}, "t2": ["id of C", "id of somebody gone"]}
    opened = book(*rows, LINE)
    shown = customer_list(opened, EVERYONE, CustomerQuery(tags=("t1", "t2")), tags)
    assert shown.rows["customer"].to_list() == ["A", "C"]
    with pytest.raises(UnknownNameError, match="tag 't9'"):
        customer_list(opened, EVERYONE, CustomerQuery(tags=("t9",)), tags)


def test_filters_combine():  # W-030
    rows = [customer("A", region="EU"), customer("B"), customer("Ab", region="EU"), term("Ab")]
    assert listed(*rows, search="a", regions=("EU",), statuses=("subscription",)) == ["Ab"]


def test_a_customer_outside_the_scope_is_in_no_row_and_no_count():  # E-003, E-004
    rows = [
        customer("Mine"), term("Mine"),
        customer("Foreign", region="EU", products="Secret", relationship="Own", vendor="8x8"),
        term("Foreign", payment_status="Disputed"),
    ]  # fmt: skip
    shown = page(*rows, LINE, scope=scope("Mine"))
    assert shown.rows["customer"].to_list() == ["Mine"]
    assert (shown.found, shown.total) == (1, 1)
    assert shown.facets.regions == {"US": 1}
    assert shown.facets.managed == {"External": 1}
    assert shown.facets.vendors == {"Webex": 1}
    assert shown.facets.products == {"Webex Calling": 1, "Webex Meetings": 1}
    assert {k: n for k, n in shown.facets.statuses.items() if n} == {"subscription": 1}
    assert page(*rows, LINE, scope=scope("Mine"), search="foreign").found == 0


def test_nobody_in_scope_means_nothing_at_all():
    shown = page(customer(), term(), LINE, scope=Scope(customers=frozenset()))
    assert (shown.found, shown.total, shown.rows.height, shown.facets.regions) == (0, 0, 0, {})


def test_two_scopes_of_one_portfolio_do_not_mix():
    opened = book(customer("A"), customer("B"), LINE)
    answers = [
        customer_list(opened, scope(name), CustomerQuery()).rows["customer"].to_list()
        for name in ("A", "B", "A")
    ]
    assert answers == [["A"], ["B"], ["A"]]


def test_facets_count_what_the_rows_show():
    rows = [
        customer("A", products="P;Q", last_admin_sign_in=midday(-99)), term("A"),
        customer("B", region="EU", relationship="Own", products="Q"),
        term("B", type="Trial", end_date=days(2), payment_status="Disputed"),
        customer("C", region="EU", last_admin_sign_in=None, products=""),
    ]  # fmt: skip
    shown = page(*rows, LINE)
    facets, all_rows = shown.facets, shown.rows.to_dicts()

    def recount(values):
        return dict(Counter(value for value in values if value is not None))

    found = [s for row in all_rows for s in (*row["statuses"], *row["other_statuses"])]
    assert {k: n for k, n in facets.statuses.items() if n} == recount(found)
    assert facets.products == recount(p for row in all_rows for p in row["products"])
    assert facets.regions == recount(row["region"] for row in all_rows) == {"US": 1, "EU": 2}
    assert facets.managed == recount(row["relationship"] for row in all_rows)
    assert facets.flags == {"used_over_total": 0, "sign_in_unknown": 1}
    assert facets.subscription_types == {"Subscription": 1, "Trial": 1}


def test_facets_do_not_depend_on_what_is_asked():
    rows = [customer("A"), customer("B", region="EU"), LINE]
    assert page(*rows, regions=("EU",)).facets == page(*rows).facets


@pytest.mark.parametrize(
    "wrong",
    [{"sort": "_customers"}, {"types": ("Demo",)}, {"offset": -1}, {"limit": -1}],
)
def test_what_no_list_can_answer_is_refused(wrong):
    with pytest.raises(UnknownNameError):
        CustomerQuery(**wrong)
