import os
from datetime import date
from pathlib import Path

import pytest
from deliveries import (
    ADMINS,
    CUSTOMERS,
    LICENSES,
    ORDERS,
    SUBSCRIPTIONS,
    DataDirectory,
    customer,
    export,
    licenses,
    subscription,
)

from dashboard.data import datasets
from dashboard.data.ledger import LEDGER, QUARANTINE


@pytest.fixture
def place(tmp_path):
    return DataDirectory(tmp_path)


def portfolio(place):
    """Import one customer with one subscription."""
    place.take("c.csv", export(CUSTOMERS, customer()))
    place.take("s.csv", export(SUBSCRIPTIONS, subscription()))


def regions(place, dataset):
    return [row["region"] for row in place.rows(dataset)]


def test_every_row_is_kept_quarantined_or_ignored(place):
    report = place.take(
        "l.csv",
        export(
            LICENSES,
            licenses(),
            "",
            ",,,,,,",
            LICENSES,
            licenses(week="2026-11-15"),
            licenses(week=""),
            licenses(total=-1),
            licenses(total="many"),
            "2026-11-14,org-1,sub-1",
            "Total,,,,10,8,6",
            "",
        ),
    )
    assert (report.rows_in, report.rows_kept) == (11, 1)
    assert (report.rows_quarantined, report.rows_ignored) == (5, 5)
    assert report.reasons == {
        "Week Ending is not a Saturday": 1,
        "Week Ending is missing": 1,
        "Total Licenses is negative": 1,
        "Total Licenses does not parse": 1,
        "too few cells": 1,
    }


def test_a_quarantined_row_is_kept_with_file_line_reason_and_masked_text(place):
    row = ("org-1", "Jo", "jo@example.com +380441234567", "")
    report = place.take("a.csv", export(ADMINS, "", row))
    (bad,) = place.rows(QUARANTINE)
    assert (bad["file"], bad["line"]) == (report.file, 3)
    assert bad["reason"] == "Role is missing"
    assert bad["raw"] == "org-1,Jo,****@example.com +****4567,"


def test_a_row_with_several_faults_has_the_reason_of_its_first_column(place):
    report = place.take("s.csv", export(SUBSCRIPTIONS, ("org", "sub", "", "x", "2020-01-01", "")))
    assert report.reasons == {"Type is missing": 1}


def test_a_term_that_ends_before_it_starts_is_quarantined(place):
    row = ("org", "sub", "Trial", "2026-01-02", "2026-01-01", "No")
    assert place.take("s.csv", export(SUBSCRIPTIONS, row)).reasons == {
        "End Date is before Start Date": 1
    }


def test_a_customer_whose_name_starts_with_total_is_a_customer(place):
    rows = (customer(name="Total Energies"), ("Разом", "", "", ""))
    report = place.take("c.csv", export(CUSTOMERS, *rows))
    assert (report.rows_kept, report.rows_ignored) == (1, 1)


def test_a_total_that_does_not_close_the_file_is_a_bad_row(place):
    report = place.take("c.csv", export(CUSTOMERS, ("Total", "", "", ""), customer()))
    assert (report.rows_quarantined, report.rows_ignored) == (1, 0)


def test_grouped_counts_need_quotes_where_a_comma_separates_nothing(place):
    header = ORDERS.replace(",", ";")
    text = export(header, 's;o1;2026-01-01;"1,234"', "s;o2;2026-01-01;1,234")
    assert place.take("o.csv", text).reasons == {"Quantity does not parse": 1}
    assert [row["quantity"] for row in place.rows(datasets.ORDERS)] == [1234]


def test_a_blank_export_is_valid_and_known_the_next_time(place):
    report = place.take("c.csv", CUSTOMERS + "\n")
    assert (report.rows_in, report.refused, report.unchanged) == (0, None, False)
    assert place.take("c.csv", CUSTOMERS + "\n").unchanged
    assert place.store().release.as_of is None


def test_the_same_content_again_changes_nothing(place):
    portfolio(place)
    text = export(LICENSES, licenses(), licenses(week="2026-11-13"))
    first = place.take("a.csv", text)
    before = place.store().release
    again = place.take("b.csv", text)
    assert again.unchanged
    assert again.to_json() == first.to_json() | {"file": again.file, "unchanged": True}
    assert place.store().release == before


def test_the_same_content_twice_in_one_import_is_read_once(place):
    text = export(CUSTOMERS, customer())
    outcome = place.ingest(place.write("a.csv", text), place.write("b.csv", text))
    assert [(r.rows_kept, r.unchanged) for r in outcome.reports] == [(1, False), (1, True)]
    assert len(place.rows(LEDGER)) == 1


def test_the_same_content_with_other_options_is_another_delivery(place):
    text = export("Customer Name,Organization ID,Products", ("Acme", "org-1", "x"))
    place.take("a.csv", text, region="EU")
    assert not place.take("a.csv", text, region="US").unchanged
    assert regions(place, datasets.CUSTOMERS) == ["US"]


def test_a_later_row_with_the_same_key_replaces_the_earlier_one(place):
    portfolio(place)
    within = place.take("l1.csv", export(LICENSES, licenses(total=1), licenses(total=2)))
    assert within.rows_kept == 2
    assert [row["total"] for row in place.rows(datasets.LICENSES)] == [2]
    place.take("l2.csv", export(LICENSES, licenses(total=3)))
    assert [row["total"] for row in place.rows(datasets.LICENSES)] == [3]


def test_files_of_one_import_replace_each_other_in_the_order_given(place):
    portfolio(place)
    paths = [place.write(f"{n}.csv", export(LICENSES, licenses(total=n))) for n in (9, 1, 5)]
    place.ingest(*paths)
    assert [row["total"] for row in place.rows(datasets.LICENSES)] == [5]


def test_a_new_week_is_appended_to_the_stored_ones(place):
    portfolio(place)
    place.take("l1.csv", export(LICENSES, licenses(week="2026-11-07")))
    files = place.store().release.tables["licenses"].files
    place.take("l2.csv", export(LICENSES, licenses()))
    assert place.store().release.tables["licenses"].files[: len(files)] == files
    assert place.store().release.weeks == (date(2026, 11, 7), date(2026, 11, 14))


def test_tables_that_do_not_change_are_not_written(place):
    portfolio(place)
    before = place.store().release.tables
    place.take("l.csv", export(LICENSES, licenses()))
    after = place.store().release.tables
    assert {name for name in after if after[name] != before.get(name)} == {"licenses", "ledger"}


def test_the_names_of_files_do_not_matter_for_what_is_judged_by_what(place):
    place.write("1.csv", export(LICENSES, licenses(org="other"), licenses(sub="sub-2")))
    place.write("2.csv", export(SUBSCRIPTIONS, subscription()))
    place.write("3.csv", export(CUSTOMERS, customer()))
    first, *_ = place.ingest(place.drop).reports
    assert first.reasons == {"organization differs from its subscription's": 1}
    assert (first.rows_kept, first.orphans) == (1, 0)
    assert regions(place, datasets.LICENSES) == ["EU"]


def test_orphans_are_kept_aside_until_a_customer_list_names_them(place):
    text = export(LICENSES, licenses(), licenses(sub="sub-2", org="org-2"))
    assert place.take("l.csv", text).orphans == 2
    assert regions(place, datasets.LICENSES) == [None, None]
    assert place.store().release.weeks == ()
    place.take("c.csv", export(CUSTOMERS, customer()))
    assert regions(place, datasets.LICENSES) == ["EU", None]
    assert place.store().release.weeks == (date(2026, 11, 14),)
    assert [row["orphans"] for row in place.rows(LEDGER)] == [1, 0]
    assert place.take("l.csv", text).orphans == 1


def test_orders_find_their_customer_through_the_subscription(place):
    report = place.take("o.csv", export(ORDERS, ("sub-1", "o1", "2026-11-03", 5)))
    assert report.orphans == 1
    place.take("s.csv", export(SUBSCRIPTIONS, subscription()))
    place.take("c.csv", export(CUSTOMERS, customer()))
    assert regions(place, datasets.ORDERS) == ["EU"]
    assert {row["orphans"] for row in place.rows(LEDGER)} == {0}


def test_all_rows_of_a_customer_move_with_it_to_another_region(place):
    portfolio(place)
    place.take("l.csv", export(LICENSES, licenses()))
    place.take("a.csv", export(ADMINS, ("org-1", "Jo", "jo@example.com", "Full")))
    place.take("c2.csv", export(CUSTOMERS, customer(region="UAE")))
    for dataset in (datasets.SUBSCRIPTIONS, datasets.LICENSES, datasets.PARTNER_ADMINS):
        assert regions(place, dataset) == ["UAE"]
        assert place.rows(dataset, "EU") == []
    assert place.store().release.regions == ("UAE",)


@pytest.mark.parametrize("region", ["../../x", "A B=é", "%2F", "R" * 300])
def test_a_region_nobody_foresaw_stays_a_region_and_no_path(place, region):
    place.take("c.csv", export(CUSTOMERS, customer(region=region)))
    assert [row["region"] for row in place.rows(datasets.CUSTOMERS, region)] == [region]


def test_without_licenses_a_release_is_seen_from_the_newest_sunday_with_an_event(place):
    place.take("o.csv", export(ORDERS, ("sub-1", "o1", "2026-11-03", 5)))
    assert place.store().release.as_of == date(2026, 11, 1)
    place.take("o2.csv", export(ORDERS, ("sub-1", "o2", "2026-11-08", 5)))
    assert place.store().release.as_of == date(2026, 11, 8)
    place.take("l.csv", export(LICENSES, licenses(week="2026-10-10")))
    assert place.store().release.as_of == date(2026, 10, 11)


def test_what_looks_unusual_is_said_and_kept_in_the_ledger(place):
    rows = [customer(f"org-{n}") for n in range(10)]
    place.take("c1.csv", export(CUSTOMERS, *rows))
    report = place.take("c2.csv", export(CUSTOMERS, rows[0], *[customer("")] * 3))
    assert [warning.rpartition(": ")[2] for warning in report.warnings] == [
        "most rows were quarantined.",
        "far fewer rows than last time (10).",
    ]
    assert "most rows" in place.rows(LEDGER)[-1]["warnings"]


def test_a_refused_file_leaves_the_others_and_the_old_release_alone(place):
    good, bad = place.write("c.csv", export(CUSTOMERS, customer())), place.write("x.csv", "a,b\n")
    assert [bool(r.refused) for r in place.ingest(bad, good).reports] == [True, False]
    before = place.store().release
    place.ingest(bad)
    assert place.store().release == before


def test_a_file_whose_name_is_no_text_is_imported_all_the_same(place):
    path = os.fsdecode(os.fsencode(place.drop) + b"/caf\xe9.csv")
    Path(path).write_text(export(CUSTOMERS, customer()), encoding="utf-8")
    (report,) = place.ingest(path).reports
    assert (report.file.rpartition("/")[2], report.rows_kept) == ("caf\ufffd.csv", 1)


def test_orphans_of_known_content_are_counted_as_of_now(place):
    text = export(LICENSES, licenses())
    place.take("l.csv", text)
    paths = [place.write("l.csv", text), place.write("c.csv", export(CUSTOMERS, customer()))]
    again, _ = place.ingest(*paths).reports
    assert (again.unchanged, again.rows_kept, again.orphans) == (True, 1, 0)
