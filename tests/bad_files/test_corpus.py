"""R-01: every bad or odd file of the corpus is refused, quarantined or read as documented."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path

import pytest

from bad_files import cases, cases_files, cases_values
from bad_files.bases import EXPORTS, Export, rendered
from bad_files.cases_values import null_outcome, null_rows
from bad_files.outcomes import Case, each, met, neighbors
from bad_files.product import alone, judged

CORPUS = (*cases.CASES, *cases_values.CASES, *cases_files.CASES)
EACH = each(CORPUS)
EXIT_CODES = {
    "utf8": 0,
    "header-only": 0,
    "footer-Total": 0,
    "header-repeated": 0,
    "zip": 0,
    "short-row": 1,
    "cut-mid-quote": 1,
    "html-sign-in": 2,
    "empty": 2,
    "cp1251": 2,
    "zip-two-members": 2,
    "gzip-truncated": 2,
}
# Exit codes follow from the reports, whatever the export: one of the four about calls will do.
JUDGED_ALONE = [*list(EXPORTS)[:5], "webex_cdr"]
REQUIRED = [(export.id, column) for export in EXPORTS.values() for column in export.required]
COLUMNS = [(export.id, column) for export in EXPORTS.values() for column in export.header]


def without(export: Export, column: str) -> bytes:
    at = export.at(column)
    table = [[*row[:at], *row[at + 1 :]] for row in (export.header, *export.rows)]
    return rendered(table).encode()


@cache
def nulls(export: Export) -> tuple[Case, ...]:
    """One file for each column, with a row for each spelling of null."""
    return tuple(
        Case(f"nulls-{at}", partial(null_rows, column=name), (null_outcome(export, name),))
        for at, name in enumerate(export.header)
    )


@cache
def beheaded(export: Export) -> tuple[Case, ...]:
    """One file for each required column, which lacks it."""
    names = export.required
    return tuple(
        Case(f"without-{export.at(name)}", partial(without, column=name), ()) for name in names
    )


@pytest.mark.parametrize(("export_id", "case"), EACH)
def test_a_file_of_the_corpus_has_its_documented_outcome(export_id: str, case: Case) -> None:
    export = EXPORTS[export_id]
    report, content = judged(export, neighbors(case, CORPUS, export))[case.name]
    met_ones = [met(report, outcome, export, content) for outcome in case.outcomes]
    assert any(met_ones), f"expected {case.outcomes}, got {report}"


@pytest.mark.parametrize("name", EXIT_CODES)
@pytest.mark.parametrize("export_id", JUDGED_ALONE)
def test_the_exit_code_tells_the_worst_that_happened(
    export_id: str, name: str, tmp_path: Path
) -> None:
    case = next(case for case in CORPUS if case.name == name)
    assert alone(EXPORTS[export_id], case, tmp_path).exit_code == EXIT_CODES[name]


@pytest.mark.parametrize(("export_id", "column"), COLUMNS)
def test_the_spellings_of_null_are_null_where_the_contract_says(
    export_id: str, column: str
) -> None:
    export = EXPORTS[export_id]
    case = nulls(export)[export.at(column)]
    report, content = judged(export, nulls(export))[case.name]
    (outcome,) = case.outcomes
    assert met(report, outcome, export, content), f"expected {outcome}, got {report}"


@pytest.mark.parametrize(("export_id", "column"), REQUIRED)
def test_a_missing_required_column_is_named_with_the_closest_export(
    export_id: str, column: str
) -> None:
    export = EXPORTS[export_id]
    report, _ = judged(export, beheaded(export))[f"without-{export.at(column)}"]
    sentence = report["refused"] or ""
    assert column.casefold() in sentence.casefold(), report
    assert export.id in sentence, report
