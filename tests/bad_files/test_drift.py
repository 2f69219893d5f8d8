"""R-06: a vendor's schema drifts in twelve ways, and each has the outcome DATA.md documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from bad_files.bases import (
    CUSTOMERS,
    EXPORTS,
    LICENSES,
    SUBSCRIPTIONS,
    Export,
    as_csv,
    with_cell,
    with_rows,
)
from bad_files.cases_drift import DRIFT
from bad_files.outcomes import Case, each, met, neighbors
from bad_files.product import ingest, judged, show_all, table_of

NAMED_BY_THE_REFUSAL = {
    "renamed-required": lambda export: export.required[-1],
    "duplicated-required": lambda export: export.required[0],
    "duplicated-loud": lambda export: export.required[-1],
    "duplicated-optional": lambda export: export.optional[-1],
}
DRIFTS = each(DRIFT)
REFUSALS = each([case for case in DRIFT if case.name in NAMED_BY_THE_REFUSAL])


def portfolio(folder: Path, export: Export, column: str, value: str) -> Path:
    """Customers, subscriptions and licenses imported with one value drifted in row two."""
    data = folder / "data"
    for base in (CUSTOMERS, SUBSCRIPTIONS, LICENSES):
        path = folder / f"{base.id}.csv"
        drifted = with_rows(base, with_cell(base, column, value)) if base is export else ""
        path.write_text(drifted or as_csv(base))
        assert ingest(path, data).exit_code == 0
    return data


def subscriptions_shown(data: Path, region: str = "EU") -> set[str]:
    return {row["subscription_id"] for row in table_of(data, "recently_added", region)}


@pytest.mark.parametrize(("export_id", "case"), DRIFTS)
def test_a_drifted_file_has_its_documented_outcome(export_id: str, case: Case) -> None:
    export = EXPORTS[export_id]
    report, content = judged(export, neighbors(case, DRIFT, export))[case.name]
    met_ones = [met(report, outcome, export, content) for outcome in case.outcomes]
    assert any(met_ones), f"expected {case.outcomes}, got {report}"


@pytest.mark.parametrize(("export_id", "case"), REFUSALS)
def test_the_refusal_of_a_drifted_file_names_the_column(export_id: str, case: Case) -> None:
    export = EXPORTS[export_id]
    report, _ = judged(export, neighbors(case, DRIFT, export))[case.name]
    column = NAMED_BY_THE_REFUSAL[case.name](export)
    assert column.casefold() in (report["refused"] or "").casefold(), report


def test_a_new_region_is_shown_as_its_own_region(tmp_path: Path) -> None:
    data = portfolio(tmp_path, CUSTOMERS, "Region", "APJC")
    assert {view["region"] for view in show_all(data)} == {"EU", "US", "APJC"}
    assert subscriptions_shown(data, "APJC") == {"S-2"}


def test_a_new_region_takes_its_customer_from_no_other(tmp_path: Path) -> None:
    data = portfolio(tmp_path, CUSTOMERS, "Region", "APJC")
    assert subscriptions_shown(data, "EU") == {"S-1"}


def test_a_new_subscription_type_keeps_its_subscription_in_view(tmp_path: Path) -> None:
    data = portfolio(tmp_path, SUBSCRIPTIONS, "Type", "Pilot")
    assert subscriptions_shown(data) == {"S-1", "S-2"}


@pytest.mark.parametrize("column", ["Setup Status", "Payment Status"])
def test_a_new_status_keeps_its_subscription_in_view(column: str, tmp_path: Path) -> None:
    data = portfolio(tmp_path, SUBSCRIPTIONS, column, "Disputed")
    assert subscriptions_shown(data) == {"S-1", "S-2"}


def test_a_new_relationship_keeps_its_customer_in_view(tmp_path: Path) -> None:
    data = portfolio(tmp_path, CUSTOMERS, "Relationship", "Reseller")
    assert subscriptions_shown(data) == {"S-1", "S-2"}


def test_a_new_product_is_no_line_of_webex_calling(tmp_path: Path) -> None:
    data = portfolio(tmp_path, LICENSES, "Product", "Webex Holograms")
    assert subscriptions_shown(data) == {"S-1"}


def test_a_region_in_other_letters_stays_as_it_is_written(tmp_path: Path) -> None:
    # "unknown values are kept and shown as they are": `eu` may be known as EU or shown as `eu`.
    data = portfolio(tmp_path, CUSTOMERS, "Region", "eu")
    regions = {view["region"] for view in show_all(data)}
    assert regions in ({"EU", "US"}, {"EU", "US", "eu"})
