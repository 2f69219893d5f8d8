"""Pages and overviews of 8x8 logs: right, within the scope, and read without the rest."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from deliveries import CUSTOMERS, DataDirectory, customer, export
from log_deliveries import event, log, named

from dashboard.access import EVERYONE, Scope
from dashboard.data.accounts import read_accounts
from dashboard.data.demo import write_logs
from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.data.log_overview import log_overview, log_products
from dashboard.data.logs import COLUMNS, LogQuery, read_log
from dashboard.errors import UnknownNameError

at = datetime.fromisoformat
NEWEST, AS_OF = date(2026, 11, 7), date(2026, 11, 8)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    place = DataDirectory(tmp_path_factory.mktemp("logs"))
    write_logs(place.drop, accounts=12, rows=3_000)
    place.ingest(place.drop)
    return place.store()


@pytest.fixture(scope="module")
def stored(store):
    """Every stored row in pandas, to compute all answers anew."""
    frame = store.scan(USAGE_LOGS).collect().to_pandas()
    return frame[frame["region"].notna()]


@pytest.fixture(scope="module")
def busiest(stored):
    return stored[stored["product"] == "sms"]["customer_id"].value_counts().index[0]


QUERIES = {
    "newest first": {},
    "one direction": {"direction": "inbound"},
    "one status": {"status": "undelivered"},
    "three weeks": {"start": at("2026-10-18"), "end": at("2026-11-08")},
    "half a day": {"start": at("2026-10-19 06:00"), "end": at("2026-10-19 18:00")},
    "the dearest": {"sort": "price"},
    "the second page by status": {"sort": "status", "descending": False, "offset": 7},
    "the end of a number": {"search": "01"},
    "a whole number": {"search": "+1 (202) 555-0112"},
    "no digits": {"search": "Info"},
    "calls": {"product": "voice"},
    "one app": {"product": "messaging", "app": "Viber"},
    "beyond the end": {"offset": 9_000},
}


def expected(stored, query):
    rows = stored[(stored["customer_id"] == query.customer)]
    rows = rows[rows["product"] == query.product]
    if query.start:
        rows = rows[(rows["timestamp"] >= query.start) & (rows["timestamp"] < query.end)]
    for name in ("direction", "status", "app"):
        if (value := getattr(query, name)) is not None:
            rows = rows[rows[name] == value]
    if query.search:
        digits = "".join(c for c in query.search if c.isdigit())[-4:]
        ends = [
            rows[name].fillna("").str.endswith(digits) for name in ("masked_from", "masked_to")
        ]
        rows = rows[(ends[0] | ends[1]) & bool(digits)]
    names = [query.sort, *(n for n in ("timestamp", "event_id") if n != query.sort)]
    rising = {query.sort: not query.descending, "timestamp": False, "event_id": True}
    rising[query.sort] = not query.descending
    rows = rows.assign(price=pd.to_numeric(rows["price"]))
    return rows.sort_values(names, ascending=[rising[n] for n in names], na_position="last")


@pytest.mark.parametrize("name", QUERIES)
def test_a_page_is_what_pandas_finds(store, stored, busiest, name):  # E-016 … E-025
    owner = busiest
    if (product := QUERIES[name].get("product")) is not None:
        owner = stored[stored["product"] == product]["customer_id"].value_counts().index[0]
    query = LogQuery(**{"customer": owner, "product": "sms", "limit": 20} | QUERIES[name])
    page, rows = read_log(store, EVERYONE, query), expected(stored, query)
    assert page.total == len(rows)
    shown = rows.iloc[query.offset : query.offset + query.limit]
    assert page.rows["event_id"].to_list() == shown["event_id"].to_list()
    assert page.rows["price"].cast(float).fill_null(-1).to_list() == pytest.approx(
        shown["price"].fillna(-1).to_list()
    )
    assert page.rows.columns == list(COLUMNS)


def test_the_filters_offered_are_those_of_the_time_asked_for(store, stored, busiest):
    query = LogQuery(customer=busiest, product="sms", status="failed", start=at("2026-10-18"))
    rows = stored[(stored["customer_id"] == busiest) & (stored["product"] == "sms")]
    rows = rows[rows["timestamp"] >= query.start]
    page = read_log(store, EVERYONE, query)
    assert page.statuses == tuple(sorted(rows["status"].unique()))
    assert page.directions == ("inbound", "outbound")
    assert page.apps == ()


def test_a_moment_with_a_zone_is_the_same_moment(store, busiest):
    east = timezone(timedelta(hours=2))
    asked = [
        LogQuery(customer=busiest, product="sms", start=start)
        for start in (at("2026-10-20 10:00"), at("2026-10-20 12:00").replace(tzinfo=east))
    ]
    totals = {read_log(store, EVERYONE, query).total for query in asked}
    assert len(totals) == 1
    assert totals != {0}


@pytest.mark.parametrize(
    "wrong", [{"product": "fax"}, {"sort": "body"}, {"limit": 0}, {"offset": -1}, {"limit": 10**9}]
)
def test_a_query_for_what_does_not_exist_is_refused(wrong):
    with pytest.raises(UnknownNameError):
        LogQuery(**{"customer": "a", "product": "sms"} | wrong)


@pytest.mark.parametrize("reader", ["read_log", "log_overview", "log_products"])
def test_a_customer_outside_the_scope_is_like_none(store, busiest, reader):  # E-004
    def ask(customer_id, scope):
        if reader == "read_log":
            return read_log(store, scope, LogQuery(customer=customer_id, product="sms"))
        return {"log_overview": log_overview, "log_products": log_products}[reader](
            store, scope, customer_id
        )

    for scope in (Scope(customers=frozenset()), Scope(customers=frozenset({"else"}))):
        with pytest.raises(UnknownNameError, match=f"Customer '{busiest}' does not exist"):
            ask(busiest, scope)
    with pytest.raises(UnknownNameError, match="Customer 'nobody' does not exist"):
        ask("nobody", EVERYONE)
    assert ask(busiest, Scope(customers=frozenset({busiest})))


def test_only_accounts_in_the_scope_are_listed(store, busiest):  # E-003, E-004
    assert read_accounts(store, EVERYONE).height == 12
    mine = read_accounts(store, Scope(customers=frozenset({busiest, "nobody"})))
    assert mine["customer_id"].to_list() == [busiest]
    assert read_accounts(store, Scope(customers=frozenset())).is_empty()


def test_a_customer_of_webex_has_no_logs(tmp_path):
    place = DataDirectory(tmp_path)
    place.take("c.csv", export(CUSTOMERS, customer()))
    assert read_accounts(place.store(), EVERYONE).is_empty()
    with pytest.raises(UnknownNameError):
        log_products(place.store(), EVERYONE, "org-1")


def test_an_overview_is_what_pandas_counts(store, stored, busiest):  # E-014
    overview = log_overview(store, EVERYONE, busiest, as_of=AS_OF)
    assert overview.week_ending == NEWEST
    mine = stored[(stored["customer_id"] == busiest) & (stored["timestamp"] < pd.Timestamp(AS_OF))]
    assert [s.product for s in overview.logs] == list(log_products(store, EVERYONE, busiest))
    for summary in overview.logs:
        rows = mine[mine["product"] == summary.product]
        recent = rows[rows["timestamp"] >= pd.Timestamp(NEWEST) - pd.Timedelta(days=55)]
        assert summary.rows == len(recent)
        assert summary.last == rows["timestamp"].max()
        days = recent["timestamp"].dt.normalize()
        week = days + pd.to_timedelta((5 - days.dt.day_of_week) % 7, unit="D")
        assert {w: n for w, n in summary.weekly if n} == {
            w.date(): n for w, n in week.value_counts().items()
        }
        assert len(summary.weekly) == 8
        assert {s.status: s.rows for s in summary.statuses} == dict(
            recent["status"].value_counts()
        )
        assert np.isclose(sum(s.share for s in summary.statuses), 1)
        prices = recent.dropna(subset="price").groupby("currency")["price"].sum()
        assert dict(summary.prices) == dict(prices)


@pytest.fixture
def place(tmp_path):
    place = DataDirectory(tmp_path)
    named(place, "acme")
    return place


def test_amounts_of_different_currencies_are_never_added(place):  # E-008, E-023
    prices = (("EUR", "0.0000001"), ("EUR", "0.2"), ("USD", "1"), ("", "3"), ("USD", ""))
    rows = [
        event("sms", i, price_currency=currency, price_total=price, createdat="2026-11-06")
        for i, (currency, price) in enumerate(prices)
    ]
    place.take("s.csv", log("sms", *rows))
    overview = log_overview(place.store(), EVERYONE, "acme", as_of=AS_OF)
    # A price without a currency is in the account's, which is EUR.
    assert overview.logs[0].prices == (("EUR", Decimal("3.2000001")), ("USD", Decimal(1)))
    page = read_log(place.store(), EVERYONE, LogQuery(customer="acme", product="sms"))
    shown = dict(page.rows.select("event_id", "currency").iter_rows())
    assert shown == {"sms-0": "EUR", "sms-1": "EUR", "sms-2": "USD", "sms-3": "EUR", "sms-4": None}


def test_a_week_without_rows_is_a_gap(place):
    rows = [event("sms", i, createdat=f"2026-{day}") for i, day in enumerate(("10-20", "11-06"))]
    place.take("s.csv", log("sms", *rows))
    summary = log_overview(place.store(), EVERYONE, "acme", as_of=AS_OF).logs[0]
    assert [n for _, n in summary.weekly] == [None, None, None, None, None, 1, None, 1]


def test_products_are_the_enabled_ones_and_those_with_rows(place):  # E-015
    assert log_products(place.store(), EVERYONE, "acme") == ("sms", "voice")
    place.take("m.csv", log("messaging", event("messaging")))
    assert log_products(place.store(), EVERYONE, "acme") == ("sms", "voice", "messaging")


def test_an_account_without_logs_has_an_empty_overview(place):
    overview = log_overview(place.store(), EVERYONE, "acme")
    assert [(s.product, s.rows, s.last) for s in overview.logs] == [
        ("sms", 0, None),
        ("voice", 0, None),
    ]


def test_a_page_reads_no_other_region_and_no_other_week(place):
    named(place, ("brill", {"Region": "US"}), "acme")
    days = ("10-20", "11-03", "11-10")
    for owner in ("acme", "brill"):
        rows = [
            event("sms", f"{owner}{i}", subaccountid=owner, createdat=f"2026-{day}")
            for i, day in enumerate(days)
        ]
        place.take(f"{owner}.csv", log("sms", *rows))
    store = place.store()
    asked = ("EU", date(2026, 11, 7))
    for file in store.release.tables["usage_logs"].files:
        if (file.region, file.week) != asked:
            Path(store.place.uri(file.path)).unlink()
    week = {"start": at("2026-11-01"), "end": at("2026-11-07")}
    page = read_log(store, EVERYONE, LogQuery(customer="acme", product="sms", **week))
    assert (page.total, page.rows["event_id"].to_list()) == (1, ["sms-acme1"])
