"""The 8x8 exports come in as the contract says, whatever form they take."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from deliveries import CUSTOMERS, NOW, DataDirectory, customer, export
from log_deliveries import HEADERS, answer, event, log, named

from dashboard.data import publish, tables
from dashboard.data.datasets import CUSTOMERS as CUSTOMER_ROWS
from dashboard.data.ledger import QUARANTINE
from dashboard.data.log_datasets import LOG_PRODUCTS, USAGE_LOGS
from dashboard.data.place import open_place


@pytest.fixture
def place(tmp_path):
    place = DataDirectory(tmp_path)
    named(place, "acme")
    return place


def only(place):
    (row,) = place.rows(USAGE_LOGS)
    return row


def test_an_account_keeps_every_column(tmp_path):  # E-005 … E-010
    place = DataDirectory(tmp_path)
    assert named(place, ("acme", {"Enabled Products": "sms; Messaging apps"})).rows_kept == 1
    (row,) = place.rows(CUSTOMER_ROWS)
    assert (row["customer"], row["customer_id"], row["region"]) == ("acme", "acme", "EU")
    assert (row["vendor"], row["enabled_products"]) == ("8x8", "SMS;Messaging Apps")
    assert (row["billing_currency"], row["remaining_credits"]) == ("EUR", Decimal("12.5000001"))
    assert row["assigned_users"] == "jane@partner.example"


def test_optional_columns_of_an_account_may_be_absent_and_its_region_come_from_the_import(
    tmp_path,
):  # G-13
    place = DataDirectory(tmp_path)
    text = "Customer Name,Account ID\nAcme,acme\n"
    assert "Region (or --region)" in place.take("a.csv", text).refused
    assert place.take("a.csv", text, region="UAE").rows_kept == 1
    (row,) = place.rows(CUSTOMER_ROWS)
    assert (row["region"], row["remaining_credits"], row["enabled_products"]) == (
        "UAE",
        None,
        None,
    )


def test_customers_of_both_vendors_live_in_one_table(place):
    place.take("c.csv", export(CUSTOMERS, customer()))
    vendors = {row["customer_id"]: row["vendor"] for row in place.rows(CUSTOMER_ROWS)}
    assert vendors == {"acme": "8x8", "org-1": "Webex"}


def test_a_region_that_only_8x8_has_is_not_offered_for_analytics(place):
    assert place.store().release.regions == ("EU",)
    place.take("c.csv", export(CUSTOMERS, customer(region="US")))
    assert place.store().release.regions == ("US",)


@pytest.mark.parametrize(
    ("balance", "value"),
    [("0.1234567", "0.1234567"), ("-3", "-3"), ('"1,234.5"', "1234.5"), ("NA", None)],
)
def test_credits_keep_every_place(tmp_path, balance, value):
    place = DataDirectory(tmp_path)
    header = "Customer Name,Account ID,Remaining Credits,Region\n"
    assert place.take("a.csv", f"{header}A,a,{balance},EU\n").rows_kept == 1
    (row,) = place.rows(CUSTOMER_ROWS)
    assert row["remaining_credits"] == (value and Decimal(value))


@pytest.mark.parametrize("balance", ['"1,234"', "1.5e3", "nan", "12 EUR"])
def test_credits_that_may_mean_two_things_or_none_are_set_aside(tmp_path, balance):
    place = DataDirectory(tmp_path)
    header = "Customer Name,Account ID,Remaining Credits,Region\n"
    report = place.take("a.csv", f"{header}A,a,{balance},EU\n")
    assert report.reasons == {"Remaining Credits does not parse": 1}


def test_a_release_of_before_there_were_two_vendors_still_opens(tmp_path):
    place = DataDirectory(tmp_path)
    place.take("c.csv", export(CUSTOMERS, customer()))
    store, where = place.store(), open_place(str(place.data))
    old = ["customer_id", "customer", "relationship", "country", "external_id", "products"]
    old += ["created", "last_admin_sign_in", "region"]
    rows = store.scan(CUSTOMER_ROWS).select(old).collect()
    table = tables.commit(where, "customers", rows, None)
    draft = replace(store.release, tables=store.release.tables | {"customers": table})
    with publish.only_writer(where):
        publish.publish(where, store.release, draft, 14)
    (row,) = place.rows(CUSTOMER_ROWS)
    assert (row["customer"], row["vendor"], row["remaining_credits"]) == ("Acme", None, None)
    named(place, "acme")
    assert [row["vendor"] for row in place.rows(CUSTOMER_ROWS)] == ["8x8", None]


def test_an_sms_keeps_what_its_log_shows(place):  # E-016, E-020 … E-025
    report = place.take("s.csv", log("sms", event("sms")))
    assert (report.export, report.rows_kept, report.orphans) == ("eight_by_eight_sms", 1, 0)
    assert only(place) == {
        "product": "sms",
        "customer_id": "acme",
        "account": "acme",
        "event_id": "sms-1",
        "timestamp": datetime(2026, 11, 10, 10),  # noqa: DTZ001 - stored times are UTC
        "ended": None,
        "direction": "outbound",
        "status": "delivered",
        "app": None,
        "price": Decimal("0.0411234"),
        "currency": "EUR",
        "masked_from": "****Info",
        "masked_to": "****4567",
        "duration": None,
        "parts": 1,
        "region": "EU",
    }


def test_a_call_keeps_what_its_log_shows(place):  # E-017
    place.take("v.csv", log("voice", event("voice")))
    row = only(place)
    assert (row["customer_id"], row["account"], row["direction"]) == (
        "acme",
        "acme_hq",
        "outbound",
    )
    assert (row["masked_from"], row["masked_to"]) == ("****0111", "****4567")
    assert (row["duration"], row["status"], row["price"]) == (55, "COMPLETED", Decimal("0.0135"))


@pytest.mark.parametrize("form", ["csv", "data", "items", "list"])
def test_a_message_of_an_app_is_the_same_in_columns_and_as_an_answer(place, form):  # E-019
    row = event("messaging", channel="whatsapp")
    text = log("messaging", row) if form == "csv" else answer(row, envelope=form)
    report = place.take(f"m.{form}", text)
    assert (report.export, report.dropped_values) == ("eight_by_eight_messaging", 1)
    assert report.unknown_columns == []
    kept = only(place)
    assert (kept["app"], kept["status"], kept["masked_to"]) == ("WhatsApp", "read", "****4567")


@pytest.mark.parametrize("form", ["csv", "list"])
def test_a_video_session_is_the_same_in_columns_and_as_an_answer(place, form):  # E-018
    row = event("video")
    text = log("video", row) if form == "csv" else answer(row, envelope=form)
    assert "AccountId (or --customer)" in place.take(f"v.{form}", text).refused
    report = place.take(f"v.{form}", text, organization_id="acme")
    assert (report.export, report.rows_kept) == ("eight_by_eight_video", 1)
    kept = only(place)
    assert (kept["duration"], kept["status"], kept["direction"]) == (300, "E", None)


def test_null_with_a_comma_in_a_number_means_nothing(place):
    row = event("video", UserB_MSISDN="null,", CountryISO2alpha="“SG”", Duration="null,")
    place.take("v.json", answer(row, envelope="list"), organization_id="acme")
    assert (only(place)["masked_to"], only(place)["duration"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("1", "outbound"), ("0", "inbound"), ("Inbound", "inbound"), ("2", "2"), ("NA", None)],
)
def test_a_direction_is_a_number_or_a_word_and_others_stay(place, text, meaning):  # E-021
    place.take("s.csv", log("sms", event("sms", direction=text)))
    assert only(place)["direction"] == meaning


@pytest.mark.parametrize("product", ["sms", "messaging"])
def test_who_wrote_an_inbound_message_is_the_person(place, product):  # E-024, E-025
    place.take("x.csv", log(product, event(product, direction="0")))
    sender = {"sms": "****Info", "messaging": None}[product]
    assert (only(place)["masked_from"], only(place)["masked_to"]) == ("****4567", sender)


def test_a_status_nobody_listed_is_kept_as_it_is(place):  # E-022
    place.take("s.csv", log("sms", event("sms", status_value="expired_at_operator")))
    assert only(place)["status"] == "expired_at_operator"


def test_a_number_within_a_status_does_not_stay(place):
    place.take("s.csv", log("sms", event("sms", status_value="no answer of +380 44 123 45 67")))
    assert only(place)["status"] == "no answer of +****"


@pytest.mark.parametrize(
    ("given", "owner", "orphans"),
    [({"organization_id": "acme"}, "acme", 0), ({}, "acme_otp", 1)],
)
def test_a_sub_account_belongs_to_the_customer_of_the_import(place, given, owner, orphans):
    row = event("sms", subaccountid="acme_otp")
    report = place.take("s.csv", log("sms", row), **given)
    assert (only(place)["customer_id"], only(place)["account"]) == (owner, "acme_otp")
    assert report.orphans == orphans


def test_the_account_of_a_row_counts_before_that_of_the_import(place):
    place.take("v.csv", log("voice", event("voice")), organization_id="other")
    assert only(place)["customer_id"] == "acme"


def test_orphans_wait_for_a_list_that_names_them(place):
    report = place.take("s.csv", log("sms", event("sms", subaccountid="late"), event("sms", 2)))
    assert report.orphans == 1
    assert [row["region"] for row in place.rows(USAGE_LOGS)] == ["EU", None]
    named(place, ("late", {"Region": "US"}), "acme")
    assert {r["customer_id"]: r["region"] for r in place.rows(USAGE_LOGS)} == {
        "acme": "EU",
        "late": "US",
    }


def test_the_same_event_again_replaces_the_earlier_row(place):
    sent = event("sms", status_value="sent")
    place.take("1.csv", log("sms", sent, event("sms", 2)))
    place.take("2.csv", log("sms", sent | {"status_value": "delivered"}))
    assert [r["status"] for r in place.rows(USAGE_LOGS)] == ["delivered", "delivered"]
    moved = event("sms", createdat="2026-11-03T10:00:00Z", status_value="failed")
    place.take("3.csv", log("sms", moved))
    weeks = {f.week: f.rows for f in place.store().release.tables["usage_logs"].files}
    assert weeks == {date(2026, 11, 7): 1, date(2026, 11, 14): 1}


def test_the_same_file_again_changes_nothing(place):
    text = log("sms", event("sms"))
    place.take("1.csv", text)
    before = place.store().release.id
    assert place.take("2.csv", text).unchanged
    assert place.store().release.id == before


def test_ids_are_unique_on_their_account_only(place):
    named(place, "acme", "brill")
    for number, owner in enumerate(("acme", "brill")):
        rows = [event("video"), event("video", Reference=owner)]
        place.take(f"{number}.csv", log("video", *rows), organization_id=owner)
    assert [row["customer_id"] for row in place.rows(USAGE_LOGS)] == ["acme", "brill"]


@pytest.mark.parametrize(
    ("product", "changes", "reason"),
    [
        ("sms", {"umid": ""}, "umid is missing"),
        ("sms", {"createdat": "17/06/2026 04:17"}, "createdat does not parse"),
        ("sms", {"smscount": "-1"}, "smscount is negative"),
        ("sms", {"price_total": "free"}, "price_total does not parse"),
        ("sms", {"price_total": "inf"}, "price_total does not parse"),
        ("voice", {"DurationInSec": "-5"}, "DurationInSec is negative"),
        ("voice", {"DisconnectedAt": "2020-01-01"}, "the end is before the beginning"),
        ("messaging", {"createdAt": "null"}, "createdAt is missing"),
        ("video", {"FinishedAt": "2020-01-01"}, "the end is before the beginning"),
    ],
)
def test_a_bad_row_goes_to_quarantine_and_says_why(place, product, changes, reason):
    text = log(product, event(product) | changes, event(product, 2))
    report = place.take("x.csv", text, organization_id="acme")
    assert (report.rows_in, report.rows_kept, report.rows_quarantined) == (2, 1, 1)
    assert report.reasons == {reason: 1}
    assert [row["reason"] for row in place.rows(QUARANTINE)] == [reason]


@pytest.mark.parametrize("product", LOG_PRODUCTS)
def test_a_blank_log_is_a_valid_one(place, product):
    report = place.take("x.csv", HEADERS[product] + "\n", organization_id="acme")
    assert (report.export, report.rows_in) == (f"eight_by_eight_{product}", 0)
    assert report.refused is None


def test_logs_alone_decide_from_which_day_a_release_is_seen(place):
    place.take("s.csv", log("sms", event("sms")))
    release = place.store().release
    assert release.as_of == date(2026, 11, 8)
    assert release.weeks_of(USAGE_LOGS) == (date(2026, 11, 14),)
    assert release.published == NOW
