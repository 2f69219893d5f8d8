import json
import os
import re
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from deliveries import CUSTOMERS, NOW, DataDirectory, customer, export

from dashboard.data import datasets, release, store
from dashboard.data.place import LocalPlace
from dashboard.data.publish import only_writer, publish
from dashboard.errors import ReleaseError


@pytest.fixture
def place(tmp_path):
    """A data directory with two releases: one customer, then two."""
    directory = DataDirectory(tmp_path)
    directory.take("1.csv", export(CUSTOMERS, customer()))
    directory.take("2.csv", export(CUSTOMERS, customer("org-2")))
    return directory


def customers(place):
    return len(place.rows(datasets.CUSTOMERS))


def newest_file(place):
    return place.data / place.store().release.tables["customers"].files[-1].path


def release_file(place):
    return place.data / release.release_name(place.store().release.id)


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_what_is_published_is_read_with_its_region(place):
    found = place.store()
    assert (found.release.sequence, found.refused, found.release.regions) == (2, (), ("EU",))
    assert customers(place) == 2
    assert found.scan(datasets.ORDERS).collect().is_empty()


def test_a_release_survives_being_written_and_read(place):
    opened = place.store().release
    assert release.decode(release.encode(opened)) == opened


def test_the_id_of_a_release_says_what_it_holds_and_not_when(place):
    opened = place.store().release
    assert re.fullmatch(r"r000002-[0-9a-f]{8}", opened.id)
    later = replace(opened, published=NOW.replace(year=2030))
    assert release.new_id(2, later) == opened.id
    assert release.new_id(2, replace(opened, weeks=())) == opened.id
    assert release.new_id(2, replace(opened, regions=("US",))) != opened.id


DAMAGE = {
    "a flipped bit in a data file": lambda p: flip(newest_file(p)),
    "a lost data file": lambda p: newest_file(p).unlink(),
    "a cut data file": lambda p: os.truncate(newest_file(p), 100),
    "a flipped bit in the release": lambda p: flip(release_file(p)),
    "a lost release": lambda p: release_file(p).unlink(),
    "an absent version": lambda p: release_file(p).write_text(
        release_file(p).read_text().replace('"version": 2', '"version": 9')
    ),
    "a pointer to nowhere": lambda p: (p.data / "current.json").write_text(
        json.dumps({"release": "r000009-00000000"})
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_release_is_refused_and_the_older_one_served(place, damage):
    damage(place)
    found = place.store()
    assert found.release.sequence in (1, 2)
    assert len(found.refused) == 1
    assert re.fullmatch(r"Release r\w+-\w+ is damaged and not served: .+\.", found.refused[0])
    assert customers(place) == found.release.sequence


@pytest.mark.parametrize("text", ["", "{", "[]", '{"release": 5}', '{"release": "../x"}', "\xff"])
def test_a_damaged_pointer_is_said_and_the_newest_sound_release_served(place, text):
    (place.data / "current.json").write_bytes(text.encode("latin-1"))
    assert "current.json" in place.store().refused[0]
    assert customers(place) == 2
    assert store.current_release_id(str(place.data)) is None


def test_the_next_import_builds_on_the_sound_release_and_repairs_the_rest(place):
    flip(newest_file(place))
    outcome = place.ingest(place.drop / "2.csv")
    assert outcome.refused
    assert not outcome.reports[0].unchanged
    assert place.store().refused == ()
    assert customers(place) == 2


def test_a_commit_that_no_release_names_is_undone_by_the_next_import(place):
    pointer = (place.data / "current.json").read_bytes()
    place.take("3.csv", export(CUSTOMERS, customer("org-3")))
    (place.data / "current.json").write_bytes(pointer)
    place.take("4.csv", export(CUSTOMERS, customer("org-4")))
    assert [row["customer_id"] for row in place.rows(datasets.CUSTOMERS)] == [
        "org-1",
        "org-2",
        "org-4",
    ]
    assert not list((place.data / "releases").glob("r000003*"))


def test_only_so_many_releases_are_kept(place):
    for number in range(3, 7):
        place.ingest(place.write("n.csv", export(CUSTOMERS, customer(f"org-{number}"))), keep=3)
    sequences = [release.sequence_of(i) for i in release.release_ids(LocalPlace(root=place.data))]
    assert sequences == [6, 5, 4]


def test_a_second_writer_is_turned_away_in_one_sentence(place):
    with only_writer(LocalPlace(root=place.data)), pytest.raises(ReleaseError, match="Another"):
        place.ingest(place.drop)


def test_what_a_killed_writer_left_unfinished_is_swept_away(place):
    left = place.data / "tables" / "customers" / ".part.parquet.new"
    left.write_text("half")
    place.take("3.csv", export(CUSTOMERS, customer("org-3")))
    assert not left.exists()


def test_a_file_is_no_data_directory(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(release.EmptyDataError):
        store.open_store(str(tmp_path / "x"))


def test_an_empty_directory_says_what_to_run(tmp_path):
    with pytest.raises(release.EmptyDataError, match="partnerlens ingest PATH…, or partnerlens"):
        store.open_store(str(tmp_path))


def test_nothing_sound_says_what_to_do(place):
    for path in (place.data / "releases").iterdir():
        path.write_text("{}")
    with pytest.raises(ReleaseError, match="restore it from a backup"):
        place.store()


def test_publishing_the_same_content_twice_gives_two_releases(place):
    local, opened = LocalPlace(root=place.data), place.store().release
    again = publish(local, opened, opened, keep=14)
    assert (again.sequence, again.tables) == (3, opened.tables)


needs_root = pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")


@contextmanager
def as_nobody():
    """Act as a user without rights."""
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def exposed():
    """A data directory that every user reaches, and only its owner may change."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        directory = DataDirectory(Path(folder))
        directory.take("1.csv", export(CUSTOMERS, customer()))
        yield directory


@needs_root
@pytest.mark.parametrize("target", [".", "current.json", "releases", "tables"])
def test_a_directory_one_may_not_read_is_said_in_one_line(exposed, target):
    (exposed.data / target).chmod(0)
    with as_nobody(), pytest.raises(ReleaseError, match="cannot be read: permission denied"):
        exposed.store()


@needs_root
def test_a_directory_one_may_only_read_serves_and_turns_imports_away(exposed):
    with as_nobody():
        assert customers(exposed) == 1
        with pytest.raises(ReleaseError, match="cannot be written: Permission denied"):
            exposed.ingest(exposed.drop)
