import pytest
from deliveries import NOW, DataDirectory, customer, export
from inventories import DEVICES, NUMBERS, customers, device, extension, number

from dashboard.data.ingest import ingest
from dashboard.data.inventory_datasets import DEVICES as DEVICE_ROWS
from dashboard.data.inventory_datasets import PHONE_NUMBERS
from dashboard.data.options import ImportOptions

UKRAINIAN = (
    "Зовнішній ідентифікатор,Клієнт,Ідентифікатор організації клієнта,"
    "Ідентифікатор місцезнаходження,Назва місця розташування,Країна,Номер телефону,"
    "Внутрішній номер,Підключення до PSTN,Активний,Тип користувача,Тип числа,"
    "Ідентифікатор користувача,Користувач UUID"
)


@pytest.fixture
def place(tmp_path):
    place = DataDirectory(tmp_path)
    place.take("customers.csv", customers())
    return place


def test_a_device_keeps_every_column(place):
    report = place.take("d.csv", export(DEVICES, device()))
    assert (report.export, report.rows_kept, report.unknown_columns) == ("webex_devices", 1, [])
    assert place.rows(DEVICE_ROWS) == [
        {
            "external_id": None,
            "customer": "Acme",
            "customer_id": "org-1",
            "location_id": "loc-1",
            "location": "Kyiv",
            "product": "DP-9851",
            "mac_address": "0200AA000001",
            "firmware": "12.0",
            "phone_number": "+380441234567",
            "extension": "2001",
            "user_id": "jo@acme.example",
            "user_uuid": "uuid-1",
            "identity": "0200AA000001",
            "region": "EU",
        }
    ]


def test_a_number_keeps_every_column_and_alternate_means_secondary(place):
    report = place.take("n.csv", export(NUMBERS, number(active="False", kind="Alternate")))
    assert (report.export, report.rows_kept) == ("webex_phone_numbers", 1)
    [row] = place.rows(PHONE_NUMBERS)
    assert row["external_id"] == "EXT-1"
    assert (row["phone_number"], row["extension"]) == ("+380441234567", None)
    assert (row["country"], row["pstn_connection"]) == ("UA", "Calling Plan")
    assert row["active"] is False
    assert (row["user_type"], row["number_type"]) == ("People", "Secondary")
    assert (row["user_id"], row["user_uuid"]) == ("jo@acme.example", "uuid-1")


def test_the_ukrainian_report_reads_the_same(place):
    translated = number(active="Хибно", kind="Додатковий")
    place.take("n.csv", export(UKRAINIAN, translated))
    [row] = place.rows(PHONE_NUMBERS)
    assert (row["active"], row["number_type"]) == (False, "Secondary")


def test_the_same_device_again_replaces_the_earlier_row_however_its_address_is_spelled(place):
    place.take("a.csv", export(DEVICES, device(), device("0200AA000002")))
    place.take("b.csv", export(DEVICES, device("02:00:aa:00:00:01", firmware="13.0")))
    rows = place.rows(DEVICE_ROWS)
    assert [row["firmware"] for row in rows] == ["13.0", "12.0"]


def test_devices_without_an_address_are_all_kept(place):
    place.take("d.csv", export(DEVICES, device(""), device("")))
    assert len(place.rows(DEVICE_ROWS)) == 2


def test_the_same_extension_at_another_location_is_another_one(place):
    rows = extension(), extension(location="loc-2"), extension()
    place.take("n.csv", export(NUMBERS, *rows))
    assert len(place.rows(PHONE_NUMBERS)) == 2


def test_a_row_that_does_not_say_whose_it_is_is_set_aside_without_its_number(place):
    report = place.take("n.csv", export(NUMBERS, number(org="")))
    assert report.reasons == {"Customer Org ID is missing": 1}
    [raw] = place.data.rglob("*quarantine*/*.parquet")
    assert b"380441234567" not in raw.read_bytes()


def test_rows_of_an_organization_nobody_knows_have_no_region(place):
    report = place.take("d.csv", export(DEVICES, device(org="org-9")))
    assert report.orphans == 1
    place.take("more.csv", customers(customer("org-9", "US")))
    assert [row["region"] for row in place.rows(DEVICE_ROWS)] == ["US"]


def test_masked_inventories_keep_four_digits_and_every_row(place):
    alike = number("+380441234567"), number("+380449994567")
    path = place.write("n.csv", export(NUMBERS, *alike, extension("2001")))
    outcome = ingest(
        [path],
        str(place.data),
        options=ImportOptions(),
        published=NOW,
        keep=14,
        masks_inventories=True,
    )
    assert outcome.reports[0].rows_kept == 3
    rows = place.rows(PHONE_NUMBERS)
    assert sorted((r["phone_number"] or "", r["extension"] or "", r["user_id"]) for r in rows) == [
        ("", "****01", "****"),
        ("****4567", "", "****"),
        ("****4567", "", "****"),
    ]
    kept = b"".join(p.read_bytes() for p in place.data.rglob("*.parquet"))
    assert b"38044" not in kept
    assert b"jo@" not in kept
