"""R-01: paths that are no file, links that lead out, and the same content again."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from bad_files.bases import CUSTOMERS, EXPORTS, Export, as_csv, rendered
from bad_files.product import Run, check_manners, counts, data_for, ingest, show_all

EXPORT_IDS = list(EXPORTS)


def flawed(export: Export) -> bytes:
    """Two rows kept, one quarantined, one ignored."""
    short = export.rows[2][:-1]
    return rendered([export.header, *export.rows[:2], short, export.header]).encode()


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("other.csv", content)
    return out.getvalue()


def twice(export: Export, folder: Path, again: str, content: bytes) -> tuple[Run, Run]:
    """The flawed file, then the same content under a name and in a container."""
    data = data_for(export, folder)
    path = folder / "first.csv"
    path.write_bytes(flawed(export))
    first = ingest(path, data, *export.options)
    path = folder / again
    path.write_bytes(content)
    return first, ingest(path, data, *export.options)


def test_a_missing_path_exits_two(tmp_path: Path) -> None:
    run = ingest(tmp_path / "nowhere.csv", tmp_path / "data")
    assert run.exit_code == 2
    assert "nowhere.csv" in run.stdout + run.stderr


def test_a_missing_path_beside_a_good_file_exits_two(tmp_path: Path) -> None:
    good = tmp_path / "good.csv"
    good.write_text(as_csv(CUSTOMERS))
    run = ingest([tmp_path / "nowhere.csv", good], tmp_path / "data")
    assert run.exit_code == 2


def test_an_empty_folder_imports_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    run = ingest(folder, tmp_path / "data")
    # DATA §7 does not say whether nothing to do is an error.
    assert run.exit_code in (0, 2)
    assert sum(report["rows_in"] for report in run.reports) == 0


def test_a_folder_is_read_recursively(tmp_path: Path) -> None:
    deep = tmp_path / "in" / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "customers.csv").write_text(as_csv(CUSTOMERS))
    run = ingest(tmp_path / "in", tmp_path / "data")
    assert counts(run.only) == (4, 0, 0)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_symbolic_link_out_of_the_folder_is_not_followed(kind: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text(as_csv(CUSTOMERS))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.csv").symlink_to(outside / "secret.csv" if kind == "file" else outside)
    run = ingest(folder, tmp_path / "data")
    # The link may be left out or named as not followed: both keep its rows out.
    assert sum(report["rows_in"] for report in run.reports) == 0


def test_a_symbolic_link_to_itself_ends(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "loop").symlink_to(folder)
    (folder / "customers.csv").write_text(as_csv(CUSTOMERS))
    run = ingest(folder, tmp_path / "data")
    assert sum(report["rows_kept"] for report in run.reports) == 4


def test_a_refused_file_does_not_stop_its_neighbors(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text("<html>sign in</html>")
    (folder / "b.csv").write_text(as_csv(CUSTOMERS))
    (folder / "c.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    run = ingest(folder, tmp_path / "data")
    assert counts(run.of(folder / "b.csv")) == (4, 0, 0)
    assert run.exit_code == 2


def test_a_quarantined_row_among_good_files_exits_one(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(as_csv(CUSTOMERS))
    bad.write_bytes(flawed(CUSTOMERS))
    assert ingest([good, bad], tmp_path / "data").exit_code == 1


@pytest.mark.parametrize("export_id", EXPORT_IDS)
def test_the_same_file_again_counts_as_the_first_time(export_id: str, tmp_path: Path) -> None:
    export = EXPORTS[export_id]
    first, second = twice(export, tmp_path, "first.csv", flawed(export))
    assert not first.only["unchanged"]
    assert second.only == {**first.only, "unchanged": True}
    assert counts(second.only) == (2, 1, 1)
    assert (first.exit_code, second.exit_code) == (1, 1)


@pytest.mark.parametrize("container", ["other.csv", "other.csv.gz", "other.zip", "other"])
@pytest.mark.parametrize("export_id", EXPORT_IDS)
def test_the_same_content_elsewhere_is_unchanged(
    export_id: str, container: str, tmp_path: Path
) -> None:
    export = EXPORTS[export_id]
    content = flawed(export)
    packed = {".gz": gzip.compress(content), ".zip": zipped(content)}
    first, second = twice(export, tmp_path, container, packed.get(Path(container).suffix, content))
    assert second.only["unchanged"], second.only
    assert counts(second.only) == counts(first.only)


@pytest.mark.parametrize("export_id", EXPORT_IDS)
def test_other_content_is_not_unchanged(export_id: str, tmp_path: Path) -> None:
    export = EXPORTS[export_id]
    _, second = twice(export, tmp_path, "first.csv", as_csv(export).encode())
    assert not second.only["unchanged"], second.only
    assert counts(second.only) == (4, 0, 0)


def test_the_same_files_again_change_no_view(tmp_path: Path) -> None:
    folder, data = tmp_path / "in", tmp_path / "data"
    folder.mkdir()
    for export in EXPORTS.values():
        (folder / f"{export.id}.csv").write_text(as_csv(export))
    options = [option for export in EXPORTS.values() for option in export.options]
    first = ingest(folder, data, *options)
    before = show_all(data)
    second = ingest(folder, data, *options)
    assert len(first.reports) == len(EXPORTS)
    assert all(report["unchanged"] for report in second.reports), second.reports
    assert show_all(data) == before


@pytest.mark.parametrize("export_id", [e.id for e in EXPORTS.values() if e.id != "webex_orders"])
def test_rows_of_unlisted_organizations_are_kept_as_orphans(
    export_id: str, tmp_path: Path
) -> None:
    export = EXPORTS[export_id]
    path = tmp_path / "file.csv"
    path.write_text(as_csv(export))
    report = ingest(path, tmp_path / "data", *export.options).only
    check_manners(report)
    assert counts(report) == (4, 0, 0)
    assert report["orphans"] == (0 if export is CUSTOMERS else 4)
