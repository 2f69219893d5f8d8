"""Kept releases: each opens with its own rows by its id, and nothing else is ever opened."""

import json

import pytest
from deliveries import CUSTOMERS, DataDirectory, customer, export

from dashboard.data import datasets, release, store
from dashboard.errors import NotKeptError


@pytest.fixture
def place(tmp_path):
    """A data directory with two releases: one customer, then two."""
    directory = DataDirectory(tmp_path)
    directory.take("1.csv", export(CUSTOMERS, customer()))
    directory.take("2.csv", export(CUSTOMERS, customer("org-2")))
    return directory


def kept(place):
    return store.kept_release_ids(str(place.data))


def rows(place, release_id):
    return store.open_kept(str(place.data), release_id).scan(datasets.CUSTOMERS).collect().height


def test_each_kept_release_opens_with_the_rows_it_had(place):
    newer, older = kept(place)
    assert (rows(place, newer), rows(place, older)) == (2, 1)


@pytest.mark.parametrize(
    "wanted",
    ["../current", "r000001", "r000009-00000009", "", "r000001-00000001/../../current", "\x00",
     "/etc/passwd", "r" + "1" * 10_000 + "-00000001"],
)  # fmt: skip
def test_only_a_listed_id_is_opened(place, wanted):
    with pytest.raises(NotKeptError, match="is gone, or never was"):
        store.open_kept(str(place.data), wanted)


def test_a_release_whose_rows_were_changed_is_refused(place):
    newer, _ = kept(place)
    file = place.data / place.store().release.tables["customers"].files[-1].path
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    with pytest.raises(NotKeptError, match="is damaged and not served"):
        store.open_kept(str(place.data), newer)


def test_a_release_that_was_written_and_never_published_is_not_kept(place):
    newer, older = kept(place)
    (place.data / release.POINTER).write_text(json.dumps({"release": older}))
    assert kept(place) == [older]
    with pytest.raises(NotKeptError):
        store.open_kept(str(place.data), newer)


def test_where_there_are_no_data_nothing_is_kept(tmp_path):
    assert store.kept_release_ids(str(tmp_path)) == []
