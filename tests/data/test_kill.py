"""R-04, short: an import killed at any moment leaves the old release or the new one."""

import random
import signal
import subprocess
import sys
import threading
import time

import pytest
from deliveries import CUSTOMERS, LICENSES, DataDirectory, customer, export, licenses

from dashboard.data import datasets
from dashboard.data.store import current_release_id, open_store

pytestmark = pytest.mark.long

KILLS = 20
TRIES = 4 * KILLS
LINES = 3_000


def deliver(place, number):
    """Write a delivery in which every row of every table carries its number."""
    orgs = [f"org-{n}" for n in range(20)]
    place.write("c.csv", export(CUSTOMERS, *(customer(o, name=str(number)) for o in orgs)))
    rows = [licenses(f"s-{n}", orgs[n % 20], total=number) for n in range(LINES)]
    place.write("l.csv", export(LICENSES, *rows))


def number_of(store):
    """Return the delivery a release holds; it must be one and the same in all tables."""
    names = store.scan(datasets.CUSTOMERS).collect()["customer"]
    totals = store.scan(datasets.LICENSES).collect()["total"]
    assert (len(names), len(totals)) == (20, LINES)
    (number,) = set(map(int, names)) | set(totals)
    return number


def start(place):
    command = [sys.executable, "-m", "dashboard", "ingest", place.drop, "--data", place.data]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def files(place):
    return set((place.data / "tables").rglob("*"))


def killed_mid_write(place, pause):
    """Kill an import once its tables changed; tell whether the pointer had not."""
    pointer, before = current_release_id(str(place.data)), files(place)
    process = start(place)
    while process.poll() is None and files(place) == before:
        time.sleep(0.001)
    time.sleep(pause)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return files(place) != before and current_release_id(str(place.data)) == pointer


class Reader(threading.Thread):
    """Opens the published release over and over, as a server would."""

    def __init__(self, place):  # noqa: D107
        super().__init__(daemon=True)
        self.place, self.done = place, threading.Event()
        self.reads, self.errors = 0, []

    def run(self):
        while not self.done.is_set():
            try:
                store = open_store(str(self.place.data))
                assert store.refused == ()
                number_of(store)
                self.reads += 1
            except Exception as error:  # noqa: BLE001
                self.errors.append(repr(error))
            time.sleep(0.02)


def test_twenty_kills_in_mid_write_leave_the_old_release_or_the_new(tmp_path):
    chance = random.Random(4)
    place = DataDirectory(tmp_path)
    deliver(place, 0)
    place.ingest(place.drop)
    reader, landed, last = Reader(place), 0, 0
    reader.start()
    for number in range(1, TRIES):
        deliver(place, number)
        landed += killed_mid_write(place, pause=chance.uniform(0, 0.06))
        found = number_of(place.store())
        assert found in (last, number)
        last = found
        if landed == KILLS:
            break
    assert landed == KILLS
    deliver(place, TRIES)
    assert start(place).wait() == 0
    assert number_of(place.store()) == TRIES
    reader.done.set()
    reader.join()
    assert reader.errors == []
    assert reader.reads > KILLS
