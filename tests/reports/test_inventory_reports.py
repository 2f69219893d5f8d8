"""The reports of devices and phone numbers: golden files, masks, filters, formulas."""

import re
import zipfile
from datetime import UTC, datetime

import polars as pl
import pytest
from deliveries import DataDirectory, customer, export
from inventories import DEVICES, NUMBERS, customers, device, extension, number
from office import formulas, sheets
from reporting import csv_of

from dashboard.access import EVERYONE, Scope
from dashboard.errors import UnknownNameError
from dashboard.exports.receipt import Receipt
from dashboard.reports import TEMPLATES
from dashboard.reports.about import about
from dashboard.reports.files import TooLongError, counted, write_xlsx
from dashboard.reports.order import Order, period_of, region_of, regions_of, template_named
from dashboard.reports.run import run

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWNED, NUMBERED = TEMPLATES["devices"], TEMPLATES["phone_numbers"]


@pytest.fixture
def place(tmp_path):
    place = DataDirectory(tmp_path)
    two = customer(), customer("org-2", "EU", "Bolt"), customer("org-3", "US", "Corvo")
    place.take("customers.csv", customers(*two))
    return place


def order(template, *columns, **changes):
    chosen = columns or template.default
    return Order(template=template, region="EU", columns=chosen, **changes)


def test_the_devices_report_has_the_twelve_columns_of_the_vendor(place):
    place.take("d.csv", export(DEVICES, device()))
    [heading, row] = csv_of(order(OWNED), place.store())
    assert heading == DEVICES
    assert row == (
        ",Acme,org-1,loc-1,Kyiv,DP-9851,0200AA000001,12.0,'+380441234567,2001,jo@acme.example,"
        "uuid-1"
    )


def test_the_phone_numbers_report_has_the_fourteen_columns_of_the_vendor(place):
    place.take("n.csv", export(NUMBERS, number(active="False"), extension()))
    [heading, *rows] = csv_of(order(NUMBERED), place.store())
    assert heading == NUMBERS
    assert sorted(rows) == [
        ",Acme,org-1,loc-1,Kyiv,UA,,2001,,True,People,,jo@acme.example,uuid-1",
        (
            "EXT-1,Acme,org-1,loc-1,Kyiv,UA,'+380441234567,,Calling Plan,False,People,Primary,"
            "jo@acme.example,uuid-1"
        ),
    ]


def test_numbers_and_user_ids_are_masked_for_those_who_may_not_see_them_whole(place):
    place.take("n.csv", export(NUMBERS, number(), extension()))
    rows = csv_of(
        order(NUMBERED, "phone_number", "extension", "user_id", "user_uuid"),
        place.store(),
        whole=False,
    )
    assert sorted(rows[1:]) == ["****4567,,****,uuid-1", ",****01,****,uuid-1"]


def test_a_filter_cannot_find_out_what_the_mask_hides(place):
    place.take("n.csv", export(NUMBERS, number(), extension()))
    asked = order(NUMBERED, "customer", filters=(("phone_number", "+380441234567"),))
    assert csv_of(asked, place.store()) == ["Customer", "Acme"]
    assert csv_of(asked, place.store(), whole=False) == ["Customer"]


def test_filters_compare_texts_in_any_case_and_all_must_hold(place):
    place.take("n.csv", export(NUMBERS, number(), number("+380441230000", active="False")))
    asked = order(NUMBERED, "phone_number", filters=(("active", "FALSE"), ("country", "ua")))
    assert csv_of(asked, place.store())[1:] == ["'+380441230000"]


def test_a_report_keeps_to_its_region_and_to_the_scope(place):
    rows = device(), device("b", "org-2", name="Bolt"), device("c", "org-3", name="Corvo")
    place.take("d.csv", export(DEVICES, *rows, device("d", "org-9", name="Nobody")))
    both = order(OWNED, "customer")
    assert csv_of(both, place.store())[1:] == ["Acme", "Bolt"]
    bolt = Scope(customers=frozenset({"org-2", "org-3"}))
    assert csv_of(both, place.store(), bolt)[1:] == ["Bolt"]
    assert csv_of(both, place.store(), Scope(customers=frozenset()))[1:] == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_text_that_could_start_a_formula_is_guarded(place, start):
    place.take("d.csv", export(DEVICES, device(name=f"{start}cmd|' /C calc'!A0"), device("b")))
    assert csv_of(order(OWNED, "customer"), place.store())[1:] == [
        f"'{start}cmd|' /C calc'!A0",
        "Acme",
    ]


def test_a_workbook_holds_the_same_as_texts_and_no_formula(place, tmp_path):
    place.take("d.csv", export(DEVICES, device(name="=1+1"), device("b", name="Bolt")))
    asked = order(OWNED, "customer", "mac_address", form="xlsx")
    path = tmp_path / "r.xlsx"
    write_xlsx(asked, run(asked, place.store(), EVERYONE, whole=True), path)
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<t[^>]*>([^<]*)</t>", sheet) == [
        *("Customer", "MAC Address"),
        *("=1+1", "0200AA000001"),
        *("Bolt", "b"),
    ]
    assert "<f>" not in sheet


def test_a_workbook_says_on_a_second_sheet_what_it_is_of(place, tmp_path):
    place.take("d.csv", export(DEVICES, device(name="Bolt")))
    owned = order(OWNED, "customer", filters=(("customer", "=Bolt"),), form="xlsx")
    made = Receipt(by="ann@partner.example", at=NOON, definitions="abc123")
    path = tmp_path / "r.xlsx"
    rows = run(owned, place.store(), EVERYONE, whole=True)
    write_xlsx(owned, rows, path, about(owned, "r000001-test", made))
    _, told = sheets(path.read_bytes())
    assert formulas(path.read_bytes()) == []
    for row in (
        ["Report", OWNED.title], ["Region", "European Union"], ["Filter", "Customer = =Bolt"],
        ["Release", "r000001-test"], ["Made by", "ann@partner.example"],
        ["Definition version", "abc123"], ["Definition", OWNED.definition],
        ["Customer", OWNED.column("customer").definition],
    ):  # fmt: skip
        assert row in told


def test_rows_come_in_batches_and_too_many_stop_the_report():
    batches = [pl.DataFrame({"a": [1, 2]})] * 3
    told = []
    with pytest.raises(TooLongError, match="more than 5 rows"):
        list(counted(batches, 5, lambda _, rows: told.append(rows)))
    assert told == [2, 4]


def test_the_regions_of_a_report_are_those_its_data_lie_in(place):
    assert regions_of(OWNED, place.store()) == ("US", "EU")  # nothing was imported
    place.take("d.csv", export(DEVICES, device()))
    assert regions_of(OWNED, place.store()) == ("EU",)
    assert region_of(None, ("EU",)) == "EU"
    for wanted in (None, "", "CA"):
        with pytest.raises(UnknownNameError, match="US, EU"):
            region_of(wanted, ("US", "EU"))


def test_an_inventory_has_no_period(place):
    assert period_of(OWNED, place.store(), None, None) is None


@pytest.mark.parametrize("columns", [(), ("customer", "customer"), ("password",), ("region",)])
def test_columns_that_do_not_exist_or_come_twice_are_refused(columns):
    with pytest.raises(UnknownNameError):
        Order(template=OWNED, region="EU", columns=columns)


def test_a_template_is_found_by_its_name_however_it_is_written():
    assert template_named("Phone-Numbers report") is NUMBERED
    with pytest.raises(UnknownNameError, match="calling_usage_details"):
        template_named("invoices")
