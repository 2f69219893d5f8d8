"""R-05, short: readers under release swaps never see two releases at once."""

import threading

import pytest
from deliveries import CUSTOMERS, LICENSES, DataDirectory, customer, export, licenses

from dashboard.data import datasets
from dashboard.data.store import open_store

pytestmark = pytest.mark.long

SWAPS = 20
READERS = 4
LINES = 50


def deliver(place, number):
    """Import a delivery whose totals say which one it is, in both tables."""
    rows = [licenses(f"s-{n}", total=number) for n in range(LINES)]
    paths = [
        place.write("c.csv", export(CUSTOMERS, customer(name=str(number)))),
        place.write("l.csv", export(LICENSES, *rows)),
    ]
    return place.ingest(*paths).release


def test_every_read_during_twenty_swaps_agrees_with_the_release_it_names(tmp_path):
    place = DataDirectory(tmp_path)
    published = {deliver(place, 0): 0}
    done, seen, errors = threading.Event(), [], []

    def read():
        while not done.is_set():
            try:
                store = open_store(str(place.data))
                name = store.scan(datasets.CUSTOMERS).collect()["customer"].item()
                total = store.scan(datasets.LICENSES, "EU").collect()["total"].sum()
                seen.append((store.release.id, int(name), total, store.refused))
            except Exception as error:  # noqa: BLE001
                errors.append(repr(error))

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for number in range(1, SWAPS + 1):
        published[deliver(place, number)] = number
    done.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert len(seen) > SWAPS
    for release, name, total, refused in seen:
        assert (name, total, refused) == (published[release], published[release] * LINES, ())
