"""R-01: no file is silently misread: what an odd file says is what the views show."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from bad_files import cases, cases_drift, cases_files
from bad_files.bases import (
    CUSTOMERS,
    LICENSES,
    SUBSCRIPTIONS,
    Export,
    Rows,
    as_csv,
    with_cell,
    with_rows,
)
from bad_files.outcomes import Case
from bad_files.product import alone, counts, data_for, ingest, show_all, table_of

HARMLESS = [
    "utf8-bom",
    "utf16-le-bom",
    "utf16-be-bom",
    "line-end-cr",
    "line-end-crlf",
    "line-ends-mixed",
    "no-last-line-end",
    "semicolons",
    "tabs",
    "all-quoted",
    "footer-Total",
    "footer-Разом",
    "footer-short",
    "footer-then-blank",
    "header-repeated",
    "header-repeated-loud",
    "header-twice-at-top",
    "blank-leading",
    "blank-middle",
    "blank-trailing",
    "empty-cells-row",
    "nbsp-in-header",
    "header-underscores",
    "header-camel",
    "header-ukrainian",
    "gzip",
    "zip",
    "zip-without-name",
    "zip-called-csv",
    "reordered",
    "added",
    "added-unnamed",
    "duplicated-unknown",
]
CASES = {case.name: case for case in (*cases.CASES, *cases_files.CASES, *cases_drift.DRIFT)}


def portfolio(folder: Path, **drifted: str | bytes) -> Path:
    """Customers, subscriptions and licenses imported, some from another content."""
    data = folder / "data"
    for export in (CUSTOMERS, SUBSCRIPTIONS, LICENSES):
        content = drifted.get(export.dataset, as_csv(export))
        path = folder / f"{export.id}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        assert ingest(path, data).exit_code in (0, 1)
    return data


def changed(export: Export, **values: str) -> Rows:
    """The good rows with cells of the second replaced, columns written with underscores."""
    rows = export.table()
    for column, value in values.items():
        rows[1][export.at(column.replace("_", " "))] = value
    return rows


def recent(data: Path, column: str) -> dict[str, Any]:
    """One column of the recently added subscriptions of the EU, by subscription."""
    table = table_of(data, "recently_added", "EU")
    return {row["subscription_id"]: row[column] for row in table}


def without_release(views: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{key: view[key] for key in view if key != "release"} for view in views]


@cache
def plain_views() -> list[dict[str, Any]]:
    with TemporaryDirectory() as folder:
        return without_release(show_all(portfolio(Path(folder))))


@pytest.mark.parametrize("name", HARMLESS)
def test_a_harmless_oddity_of_the_licenses_changes_no_view(name: str, tmp_path: Path) -> None:
    case: Case = CASES[name]
    assert counts(alone(LICENSES, case, tmp_path).only)[:2] == (4, 0)
    assert without_release(show_all(tmp_path / "data")) == plain_views()


@pytest.mark.parametrize("name", ["semicolons", "utf16-le-bom", "line-end-cr", "reordered"])
@pytest.mark.parametrize("export", [CUSTOMERS, SUBSCRIPTIONS], ids=lambda export: export.id)
def test_a_harmless_oddity_of_its_neighbors_changes_no_view(
    export: Export, name: str, tmp_path: Path
) -> None:
    data = portfolio(tmp_path, **{export.dataset: CASES[name].build(export)})
    assert without_release(show_all(data)) == plain_views()


def test_a_customer_may_be_called_na(tmp_path: Path) -> None:
    rows = with_cell(CUSTOMERS, "Customer Name", "NA", row=0)
    data = portfolio(tmp_path, customers=with_rows(CUSTOMERS, rows))
    assert recent(data, "customer") == {"S-1": "NA", "S-2": "Bolt"}


@pytest.mark.parametrize("name", ["Київ і Łódź", "one, two; three", 'the "best" one', "Total"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_name_is_shown_as_it_was_written(name: str, encoding: str, tmp_path: Path) -> None:
    rows = with_cell(CUSTOMERS, "Customer Name", name)
    data = portfolio(tmp_path, customers=with_rows(CUSTOMERS, rows).encode(encoding))
    assert recent(data, "customer") == {"S-1": "Acme", "S-2": name}


@pytest.mark.parametrize(("text", "number"), [("1,234", 1_234), ("1,234,567", 1_234_567)])
def test_a_quoted_thousands_separator_reads_as_the_number(
    text: str, number: int, tmp_path: Path
) -> None:
    rows = with_cell(LICENSES, "Total Licenses", text)
    data = portfolio(tmp_path, licenses=with_rows(LICENSES, rows))
    assert recent(data, "total_licenses") == {"S-1": 100, "S-2": number}


@pytest.mark.parametrize(
    ("start", "days"),
    [
        ("2026-07-25", 1),
        ("2026-07-25 23:59:59", 1),
        ("2026-07-26T01:30:00+02:00", 1),
        ("2026-07-25T01:30:00+02:00", 2),
        ("2026-07-24T22:30:00-05:00", 1),
    ],
)
def test_a_date_counts_in_utc(start: str, days: int, tmp_path: Path) -> None:
    rows = with_cell(SUBSCRIPTIONS, "Start Date", start)
    data = portfolio(tmp_path, subscriptions=with_rows(SUBSCRIPTIONS, rows))
    assert recent(data, "days_since_added")["S-2"] == days


@pytest.mark.parametrize("total", ["-5", "1e5", "1.234,5", "inf", "87%"])
def test_a_quarantined_row_is_in_no_view(total: str, tmp_path: Path) -> None:
    rows = with_cell(LICENSES, "Total Licenses", total)
    data = portfolio(tmp_path, licenses=with_rows(LICENSES, rows))
    assert recent(data, "total_licenses") == {"S-1": 100}


def test_the_later_row_of_one_key_replaces_the_earlier(tmp_path: Path) -> None:
    rows = [*LICENSES.table(), changed(LICENSES, Total_Licenses="77")[1]]
    data = portfolio(tmp_path, licenses=with_rows(LICENSES, rows))
    assert recent(data, "total_licenses") == {"S-1": 100, "S-2": 77}


def test_a_quarantined_row_does_not_replace_a_good_one(tmp_path: Path) -> None:
    rows = [*LICENSES.table(), changed(LICENSES, Total_Licenses="many")[1]]
    data = portfolio(tmp_path, licenses=with_rows(LICENSES, rows))
    assert recent(data, "total_licenses") == {"S-1": 100, "S-2": 50}


def test_a_refused_file_leaves_the_views_as_they_were(tmp_path: Path) -> None:
    data = data_for(LICENSES, tmp_path)
    good, page = tmp_path / "good.csv", tmp_path / "page.csv"
    good.write_text(as_csv(LICENSES))
    page.write_text("<html><body>Sign in</body></html>")
    ingest(good, data)
    before = show_all(data)
    assert ingest(page, data).exit_code == 2
    assert show_all(data) == before


def test_a_blank_export_takes_nothing_away(tmp_path: Path) -> None:
    data = portfolio(tmp_path)
    blank = tmp_path / "blank.csv"
    blank.write_text(",".join(LICENSES.header))
    assert ingest(blank, data).exit_code == 0
    assert without_release(show_all(data)) == plain_views()
