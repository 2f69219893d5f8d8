"""T-16: whatever a delivered file does to its reader, all other files of the import land."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Timer

import pytest
from deliveries import CUSTOMERS, NOW, DataDirectory, customer, export

from dashboard.data import datasets, desk, reader
from dashboard.data.desk import Desk
from dashboard.data.ingest import ingest
from dashboard.data.messages import Message
from dashboard.data.options import ImportOptions
from dashboard.data.reader import GIB, READER, Limits, Reader
from dashboard.errors import SourceError
from dashboard.settings import Settings

MIB = 1024**2
_LIMITS = Limits()
OPEN = {"step": "open", "options": {}}


@pytest.fixture
def place(tmp_path):
    """Three files, each with a customer of its own."""
    place = DataDirectory(tmp_path)
    for name in ("a", "b", "c"):
        place.write(f"{name}.csv", export(CUSTOMERS, customer(f"org-{name}")))
    return place


def imported(place, during=lambda _: None, limits=_LIMITS):
    """Import the drop folder; return why each file was refused."""
    outcome = ingest(
        [str(place.drop)],
        str(place.data),
        options=ImportOptions(),
        published=NOW,
        keep=14,
        limits=limits,
        progress=lambda file: during(Path(file).name),
    )
    return [report.refused for report in outcome.reports]


def landed(place):
    return [row["customer_id"] for row in place.rows(datasets.CUSTOMERS)]


def halt():
    """Stop the reader from getting any further."""
    os.kill(READER.process.pid, signal.SIGSTOP)


def is_running(pid):
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())  # of a zombie: nothing
    except FileNotFoundError:
        return False


def peak():
    """Return the most memory this process has had, in bytes."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024


def test_a_file_that_needs_too_much_memory_is_refused_alone(place):
    with (place.drop / "b.csv").open("wb") as file:
        file.truncate(2 * GIB)  # takes no room on disk
    Path("/proc/self/clear_refs").write_text("5")  # the peak is counted from here
    before = peak()
    first, second, third = imported(place, limits=Limits(memory=GIB))
    assert (first, third) == (None, None)
    assert second == (
        "b.csv needs more than 1 GiB of memory to be read: "
        "split it, or raise PARTNERLENS_READER_MEMORY_GIB."
    )
    assert landed(place) == ["org-a", "org-c"]
    assert peak() - before < 256 * MIB


def test_a_file_that_takes_too_long_is_refused_alone(place):
    limits = Limits()

    def during(file):
        if file == "b.csv":
            halt()
        # The clock shall not judge the others, however slow the machine.
        object.__setattr__(limits, "seconds", 0.2 if file == "b.csv" else 600)

    assert imported(place, during, limits) == [
        None,
        "b.csv was not read within 0.2 seconds: split it, or raise PARTNERLENS_READER_SECONDS.",
        None,
    ]
    assert landed(place) == ["org-a", "org-c"]


def test_a_file_whose_reader_is_killed_is_refused_alone(place):
    pids = []

    def during(file):
        if file == "b.csv":
            halt()
            pids.append(READER.process.pid)
            Timer(0.2, os.kill, [pids[0], signal.SIGKILL]).start()

    first, second, third = imported(place, during)
    assert (first, third) == (None, None)
    assert second.startswith("b.csv was not read: its reader was ended (exit code -9)")
    assert landed(place) == ["org-a", "org-c"]
    assert not is_running(pids[0])


def test_a_reader_that_ended_between_two_imports_is_not_missed(place):
    assert imported(place) == [None] * 3
    READER.process.kill()
    READER.process.wait()
    place.write("d.csv", export(CUSTOMERS, customer("org-d")))
    assert imported(place) == [None] * 4


def test_an_interrupt_ends_the_import_and_its_reader(place, monkeypatch):
    pids = []

    def interrupt(_):
        pids.append(READER.process.pid)
        monkeypatch.setattr(reader, "receive", interrupted)

    def interrupted(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported(place, interrupt)
    assert not place.data.joinpath("current.json").exists()
    assert not is_running(pids[0])


def test_no_reader_outlives_an_import_that_is_killed_while_it_reads(tmp_path):
    pipe = tmp_path / "endless.csv"
    os.mkfifo(pipe)
    code = (
        "import sys; from pathlib import Path; from dashboard.data.reader import READER, Limits\n"
        "READER.start(); print(READER.process.pid, flush=True)\n"
        f"READER.ask(Path(sys.argv[1]), Limits(), {OPEN})"
    )
    command = [sys.executable, "-c", code, pipe]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        pid = int(process.stdout.readline())
        with pipe.open("wb"):  # waits until the reader is in the midst of it
            assert is_running(pid)
            process.kill()
            process.wait()
            until = time.monotonic() + 60
            while is_running(pid) and time.monotonic() < until:
                time.sleep(0.01)
            assert not is_running(pid)


def test_the_reader_knows_no_setting_and_runs_no_module_beside_the_files(place, monkeypatch):
    monkeypatch.setenv("PARTNERLENS_SECRET_KEY", "not its business")
    monkeypatch.chdir(place.drop)
    place.write("polars.py", "raise SystemExit(1)")
    mine = Reader()
    try:
        answer = mine.ask(Path("a.csv"), Limits(), OPEN)
        environment = Path(f"/proc/{mine.process.pid}/environ").read_bytes()
    finally:
        mine.stop()
    assert answer.content["source"] == "webex_customers"
    assert b"PARTNERLENS_" not in environment


def test_a_reader_that_cannot_start_refuses_in_a_sentence(place, monkeypatch):
    monkeypatch.setattr(reader, "_COMMAND", (sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(SourceError, match=r"^a\.csv was not read: .*exit code 1"):
        Reader().ask(place.drop / "a.csv", Limits(), OPEN)


def test_a_file_too_large_to_wait_is_read_again_when_its_turn_comes(place, monkeypatch):
    monkeypatch.setattr(desk, "HELD", 10)
    here, about = Desk(), {"path": str(place.drop / "a.csv"), "options": {}}
    opened = here.answer(Message(OPEN | about)).content
    assert here.waiting == {}
    read = Message({"step": "read", "sha256": opened["sha256"], "masks": False} | about)
    assert here.answer(read).content["rows_kept"] == 1
    place.write("a.csv", export(CUSTOMERS, customer("org-z")))
    assert "changed while it was imported" in here.answer(read).content["refused"]


def test_no_more_waits_than_fits_and_the_latest_stays(place, monkeypatch):
    paths = [place.drop / f"{name}.csv" for name in "abc"]
    monkeypatch.setattr(desk, "HELD", 2 * paths[0].stat().st_size)
    here = Desk()
    for path in paths:
        here.answer(Message(OPEN | {"path": str(path)}))
    assert [Path(path).name for path, _ in here.waiting] == ["b.csv", "c.csv"]


def test_many_rows_come_back_as_they_are_with_what_is_the_same_in_all_of_them(place):
    rows = (customer(f"org-{n}", region="EU", name=f"Customer {n}") for n in range(10_000))
    place.ingest(place.write("many.csv", export(CUSTOMERS, *rows)))
    found = place.store().scan(datasets.CUSTOMERS).collect()
    assert set(found["customer_id"]) == {f"org-{n}" for n in range(10_000)}
    assert set(found["region"]) == {"EU"}
    assert set(found["products"]) == {"Webex Calling"}
    assert found["created"].null_count() == 10_000
    assert found.filter(customer_id="org-77")["customer"].item() == "Customer 77"


def test_the_limits_are_settings_and_memory_is_that_of_the_machine_unless_set():
    assert Limits.of(Settings(reader_memory_gib=2, reader_seconds=9)) == Limits(
        memory=2 * GIB, seconds=9
    )
    machine = int(re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text())[1]) * 1024
    assert Limits.of(Settings()).memory == pytest.approx(machine * 0.75, rel=0.01)
