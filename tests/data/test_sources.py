import pytest
from call_files import QUALITY, QUEUES, RECORDS, USAGE
from deliveries import ADMINS, CUSTOMERS, LICENSES, ORDERS, SUBSCRIPTIONS
from inventories import DEVICES, NUMBERS
from log_deliveries import ACCOUNTS, MESSAGING, SMS, VIDEO, VOICE

from dashboard.data.datasets import ORDERS as ORDER_ROWS
from dashboard.data.options import ImportOptions
from dashboard.data.recognition import recognize
from dashboard.data.sources import Column, Source, discover, plain
from dashboard.errors import DefinitionError, SourceError

HEADERS = {
    "webex_customers": CUSTOMERS,
    "webex_subscriptions": SUBSCRIPTIONS,
    "webex_licenses": LICENSES,
    "webex_orders": ORDERS,
    "webex_partner_admins": ADMINS,
    "webex_cdr": RECORDS,
    "webex_media_quality": QUALITY,
    "webex_call_queue_stats": f"Organization ID,Start Date,End Date,{QUEUES}",
    "webex_calling_usage": f"{USAGE},Start Date,End Date",
    "webex_devices": DEVICES,
    "webex_phone_numbers": NUMBERS,
    "eight_by_eight_accounts": ACCOUNTS,
    "eight_by_eight_sms": SMS,
    "eight_by_eight_voice": VOICE,
    "eight_by_eight_messaging": MESSAGING,
    "eight_by_eight_video": f"{VIDEO},AccountId",
}


def recognized(text, **options):
    return recognize("report.csv", text.encode(), ImportOptions(**options))


def refusal(text, **options):
    with pytest.raises(SourceError) as caught:
        recognized(text, **options)
    return str(caught.value)


def test_every_source_has_an_example_here():
    assert {source.name for source in discover()} == set(HEADERS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", HEADERS)
def test_an_export_is_known_by_its_header_whatever_the_delimiter(name, delimiter):
    found = recognized(HEADERS[name].replace(",", delimiter) + "\n")
    assert (found.source.name, found.delimiter) == (name, delimiter)


@pytest.mark.parametrize(
    "name",
    [
        "ORGANIZATION ID",
        "organization_id",
        "Organization-ID",
        " Organization\u00a0ID ",
        "Org.anizationid",
    ],
)
def test_case_and_separators_of_a_header_do_not_matter(name):
    assert (
        recognized(ADMINS.replace("Organization ID", name)).source.name == "webex_partner_admins"
    )


@pytest.mark.parametrize("apostrophe", ["'", "\u2019", "\u02bc"])
def test_ukrainian_headers_are_known(apostrophe):
    header = f"Ім{apostrophe}я клієнта;Ідентифікатор організації;Регіон;Products"
    assert recognized(header).source.name == "webex_customers"


def test_the_order_of_columns_is_free_and_unknown_ones_are_named():
    found = recognized("Quantity,Order Date,Mood,Order ID,Subscription ID\n")
    assert found.source.name == "webex_orders"
    assert found.unknown == ["Mood"]


def test_a_refusal_names_the_closest_export_and_what_it_lacks():
    assert refusal(LICENSES.replace(",Used Licenses", "")) == (
        "report.csv is not a known export; closest: webex_licenses, "
        "which also needs Used Licenses."
    )


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "an HTML page"),
        ('{"error": "expired"}', "a JSON document"),
        ("<?xml version='1.0'?>", "an XML document"),
        ("", "empty"),
        ("\n \n", "empty"),
    ],
)
def test_what_is_no_table_is_called_by_its_name(text, what):
    assert refusal(text).startswith(f"report.csv is {what}, not a known export; closest: ")


def test_an_option_stands_in_for_a_missing_column_and_only_then():
    header = CUSTOMERS.replace(",Region", "")
    assert "Region (or --region)" in refusal(header)
    assert recognized(header, region="EU").options == {"region": "EU"}
    assert recognized(CUSTOMERS, region="EU").options == {}


def test_a_column_that_comes_twice_is_refused_by_name():
    assert "more than one column Region" in refusal(CUSTOMERS + ",REGION")


def test_leading_blank_lines_are_counted_and_skipped():
    found = recognized(f"\n,,,\n{CUSTOMERS}\na,b,EU,x\n")
    assert (found.blank, found.source.name) == (2, "webex_customers")


def test_a_source_that_cannot_fill_its_dataset_is_our_mistake():
    with pytest.raises(DefinitionError, match="do not fill orders"):
        Source(name="x", dataset=ORDER_ROWS, columns=(Column(header="A", field="order_id"),))


def test_headers_are_reduced_to_what_distinguishes_them():
    assert plain("\ufeff Last\u00a0Admin Sign-In.") == "lastadminsignin"


@pytest.mark.parametrize(
    "keys", [None, tuple(f"k{i}" for i in range(100_000))], ids=["csv", "json"]
)
def test_a_hundred_thousand_columns_are_refused_before_each_is_looked_up(keys):
    text = f"{CUSTOMERS},{','.join(map(str, range(100_000)))}\n".encode()
    plain.cache_clear()
    with pytest.raises(SourceError, match=r"^a\.csv has \d+ columns: more than 1000 are not read"):
        recognize("a.csv", text, ImportOptions(), keys)
    assert plain.cache_info().misses < 10_000
