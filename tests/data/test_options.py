import os

import pytest
from deliveries import CUSTOMERS, DataDirectory, customer, export

from dashboard.data.datasets import CUSTOMERS as CUSTOMER_ROWS
from dashboard.data.inbox import deliveries
from dashboard.data.options import ImportOptions

WITHOUT_REGION = export("Customer Name,Organization ID,Products", ("Acme", "org-1", "x"))


@pytest.fixture
def place(tmp_path):
    return DataDirectory(tmp_path)


def names(place, *paths):
    found = deliveries(paths or [str(place.drop)], ImportOptions())
    return [delivery.path.relative_to(place.drop).as_posix() for delivery in found]


def test_a_folder_is_read_in_the_order_of_relative_paths_without_hidden_files(place):
    for name in ("b.csv", "a/z.csv", "a.csv", ".hidden.csv", ".git/x.csv", "import.toml"):
        place.write(name, "")
    assert names(place) == ["a.csv", "a/z.csv", "b.csv"]


def test_links_out_of_a_folder_are_not_followed(place, tmp_path):
    inside = place.write("a.csv", "")
    outside = tmp_path / "secret.csv"
    outside.write_text("")
    (place.drop / "b.csv").symlink_to(inside)
    (place.drop / "c.csv").symlink_to(outside)
    (place.drop / "d").symlink_to(tmp_path)
    assert names(place) == ["a.csv", "b.csv"]


def test_options_beside_a_file_apply_to_it_and_the_command_line_wins(place):
    path = place.write("a.csv", WITHOUT_REGION)
    place.write("import.toml", '[[file]]\npath = "a.csv"\nregion = "CA"\nfrom = "2026-01-01"\n')
    place.ingest(path)
    assert place.rows(CUSTOMER_ROWS)[0]["region"] == "CA"
    place.ingest(path, region="us")
    assert place.rows(CUSTOMER_ROWS)[0]["region"] == "US"


def test_options_in_a_folder_reach_the_files_below_it(place):
    place.write("sub/a.csv", WITHOUT_REGION)
    place.write("import.toml", '[[file]]\npath = "sub/a.csv"\nregion = "CA"\n')
    assert place.ingest(place.drop).reports[0].rows_kept == 1


@pytest.mark.parametrize(
    "text",
    [
        "[[file]\n",
        '[[file]]\nregion = "EU"\n',
        '[[file]]\npath = "a.csv"\nregoin = "EU"\n',
        '[[file]]\npath = "a.csv"\nfrom = 2026-01-01\n',
        '[[file]]\npath = "a.csv"\nfrom = "soon"\n',
        '[[file]]\npath = "a.csv"\nfrom = "2026-02-01"\nto = "2026-01-01"\n',
        '[[file]]\npath = "a.csv"\nregion = " "\n',
        'file = "a.csv"\n',
        '[other]\nx = "1"\n',
        b"\xff",
    ],
    ids=repr,
)
def test_malformed_options_are_refused_once_and_by_name(place, text):
    place.write("import.toml", text)
    place.write("a.csv", export(CUSTOMERS, customer()))
    place.write("b.csv", export(CUSTOMERS, customer("org-2")))
    refused, *others = place.ingest(place.drop).reports
    assert refused.file.endswith("import.toml")
    assert (refused.refused or "").startswith("import.toml cannot be read: ")
    assert [report.rows_kept for report in others] == [1, 1]


def test_a_path_that_is_not_there_or_no_file_is_refused(place, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reports = place.ingest(tmp_path / "no.csv", tmp_path / "pipe").reports
    assert [report.refused for report in reports] == [
        f"{tmp_path}/no.csv does not exist.",
        f"{tmp_path}/pipe is not a file.",
    ]
