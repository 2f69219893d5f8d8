"""R-01: random damage to a good file never ends in a traceback and never loses a row."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bad_files.bases import EXPORTS, Export, as_csv, with_cell, with_rows
from bad_files.product import Report, data_for, expected_exit, ingest

EXPORT_IDS = list(EXPORTS)
TOGETHER = 10
# Per export, over the three tests below; TRUST R-01 asks for 500 each night.
MUTANTS = int(os.environ.get("BAD_FILES_MUTANTS", "90"))

Damage = Callable[[bytes], bytes]

PIECES = (
    b"\0",
    b'"',
    b'""',
    b",",
    b";",
    b"\t",
    b"\r",
    b"\n",
    b"\n\n",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\xd0",
    b"\xc2\xa0",
    b"NA",
    b"Total",
    b"-1",
    b"1e999",
    b"9" * 400,
    b"<html>",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
)


def _cut(start: float, length: int, piece: bytes) -> Damage:
    """Replace a stretch of the file by a piece: insertion, deletion and change in one."""

    def damage(content: bytes) -> bytes:
        at = int(start * len(content))
        return content[:at] + piece + content[at + length :]

    return damage


def _lines(first: float, second: float, *, twice: bool) -> Damage:
    """Swap two lines, or write the one over the other."""

    def damage(content: bytes) -> bytes:
        lines = content.split(b"\n")
        one, two = int(first * len(lines)), int(second * len(lines))
        lines[one], lines[two] = lines[two], lines[two] if twice else lines[one]
        return b"\n".join(lines)

    return damage


PLACES = st.floats(0, 1, exclude_max=True)
DAMAGE = st.one_of(
    st.builds(_cut, PLACES, st.integers(0, 40), st.sampled_from(PIECES)),
    st.builds(_cut, PLACES, st.integers(0, 3), st.binary(max_size=4)),
    st.builds(_lines, PLACES, PLACES, twice=st.booleans()),
)
MANY = st.lists(st.lists(DAMAGE, min_size=1, max_size=3), min_size=TOGETHER, max_size=TOGETHER)

# One line of a comma file stays one line and one cell without these; NUL is judged elsewhere.
CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters='",\r\n\0'), max_size=20
)
CELLS = st.lists(st.tuples(st.integers(0, 3), PLACES, CELL), min_size=TOGETHER, max_size=TOGETHER)
LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\r\n\0'))
LINES = st.lists(st.tuples(st.integers(0, 3), LINE), min_size=TOGETHER, max_size=TOGETHER)

mutating = settings(
    max_examples=max(MUTANTS // TOGETHER // 3, 1),
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def imported(export: Export, contents: Sequence[bytes]) -> list[Report]:
    """The reports of several mutants imported together, in their order."""
    with TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        paths = [folder / f"mutant-{number}.csv" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        run = ingest(paths, data_for(export, folder), *export.options)
        assert run.exit_code == expected_exit(run.reports), run
        return [run.of(path) for path in paths]


def damaged(export: Export, damages: Sequence[Damage]) -> bytes:
    content = as_csv(export).encode()
    for damage in damages:
        content = damage(content)
    return content


def with_line(export: Export, row: int, line: str) -> bytes:
    lines = as_csv(export).split("\n")
    lines[row + 1] = line
    return "\n".join(lines).encode()


@pytest.mark.parametrize("export_id", EXPORT_IDS)
@given(mutants=MANY)
@mutating
def test_a_damaged_file_is_reported_and_loses_no_row(
    export_id: str, mutants: list[list[Damage]]
) -> None:
    export = EXPORTS[export_id]
    reports = imported(export, [damaged(export, damages) for damages in mutants])
    assert len(reports) == len(mutants)


@pytest.mark.parametrize("export_id", EXPORT_IDS)
@given(changes=CELLS)
@mutating
def test_a_changed_cell_leaves_the_other_rows_alone(
    export_id: str, changes: list[tuple[int, float, str]]
) -> None:
    export = EXPORTS[export_id]
    contents = []
    for row, place, value in changes:
        column = export.header[int(place * len(export.header))]
        contents.append(with_rows(export, with_cell(export, column, value, row)).encode())
    for report, change in zip(imported(export, contents), changes, strict=True):
        assert (report["refused"], report["rows_in"]) == (None, 4), (change, report)
        assert report["rows_kept"] >= 3, (change, report)


@pytest.mark.parametrize("export_id", EXPORT_IDS)
@given(changes=LINES)
@mutating
def test_a_changed_line_leaves_the_other_rows_alone(
    export_id: str, changes: list[tuple[int, str]]
) -> None:
    export = EXPORTS[export_id]
    contents = [with_line(export, row, line) for row, line in changes]
    for report, change in zip(imported(export, contents), changes, strict=True):
        assert (report["refused"], report["rows_in"]) == (None, 4), (change, report)
        assert report["rows_kept"] >= 3, (change, report)
