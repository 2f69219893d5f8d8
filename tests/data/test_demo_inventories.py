"""The invented inventories: about as many rows as asked, each once, through the same door."""

import pytest
from deliveries import DataDirectory

from dashboard.data.demo import write_inventories, write_portfolio
from dashboard.data.inventory_datasets import DEVICES, PHONE_NUMBERS


def test_the_same_arguments_give_the_same_bytes(tmp_path):
    made = [write_inventories(tmp_path / n, customers=20, numbered=200) for n in ("a", "b")]
    assert [p.read_bytes() for p in made[0]] == [p.read_bytes() for p in made[1]]


@pytest.mark.parametrize(("customers", "numbered"), [(0, 10), (10, 0)])
def test_inventories_of_nobody_are_refused(tmp_path, customers, numbered):
    with pytest.raises(ValueError, match="at least 1"):
        write_inventories(tmp_path, customers=customers, numbered=numbered)


def test_every_row_is_kept_but_the_one_that_is_broken_on_purpose(tmp_path):
    place = DataDirectory(tmp_path)
    write_portfolio(tmp_path / "exports", customers=60)
    write_inventories(tmp_path / "exports", customers=60, numbered=1_000)
    reports = {r.export: r for r in place.ingest(tmp_path / "exports").reports}
    devices, numbers = reports["webex_devices"], reports["webex_phone_numbers"]
    assert devices.reasons == {"Customer Org ID is missing": 1}
    assert (numbers.rows_quarantined, numbers.rows_ignored, numbers.orphans) == (0, 1, 1)
    assert 800 <= numbers.rows_kept <= 1_200
    assert len(place.rows(DEVICES)) == devices.rows_kept
    rows = place.rows(PHONE_NUMBERS)
    assert len(rows) == numbers.rows_kept
    assert all((r["phone_number"] is None) != (r["extension"] is None) for r in rows)
    assert {r["number_type"] for r in rows} == {"Primary", "Secondary", None}
    assert {r["active"] for r in rows} == {True, False}
