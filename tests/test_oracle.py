"""Every published number of the engine equals what the oracle recomputes from the exports."""

import csv
import json
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest
from answer_compare import by_view, differences, view_differences
from golden_cases import CASES
from golden_kit import Case
from oracle import recompute
from portfolio_dates import SUNDAYS
from portfolios import write_random

pytestmark = pytest.mark.long

SEEDS = range(40)
EARLIER_SEEDS = [0, 3, 4, 7, 10, 18, 24]
WEEKS_SEEDS = [0, 3, 8]
UNION_SEEDS = [0, 9, 12, 36]
LICENSE_SECTIONS = {  # what this oracle recomputes; calling has one of its own
    "overview", "license_trend", "recently_added", "expiring", "renewing", "low_assignment",
    "over_limit",
}  # fmt: skip
ADDITIVE = {
    "overview": {"total_customers", "nearing_expiration", "nearing_renewal", "over_license_limit"},
    "recently_added": {"new_customers", "total_licenses"},
    "expiring": {"customers_expiring"},
    "renewing": {"customers_renewing"},
    "over_limit": {"customers_with_overage", "total_license_overage"},
}


def command(*arguments: str) -> str:
    """What the command line prints; 0 is well, 1 says that rows were quarantined."""
    from click.testing import CliRunner  # noqa: PLC0415 - importable without the engine

    from dashboard.cli import main  # noqa: PLC0415

    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code in (0, 1), f"{arguments}: {result.output}\n{result.exception!r}"
    return result.stdout


def ingest(folder: Path, data: Path) -> None:
    command("ingest", str(folder), "--data", str(data), "--json")


def show(data: Path, *, as_of: date | None = None, weeks: int | None = None) -> list[dict]:
    arguments = ["show", "--all", "--format", "json", "--data", str(data)]
    arguments += ["--as-of", as_of.isoformat()] if as_of else []
    arguments += ["--weeks", str(weeks)] if weeks else []
    views = json.loads(command(*arguments))
    return [view for view in views if view["section"] in LICENSE_SECTIONS]


def assert_same(expected: list[dict], actual: list[dict], label: str) -> None:
    problems = differences(expected, actual, label)
    shown = "\n".join(problems[:25])
    assert not problems, f"{len(problems)} differences\n{shown}"


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_equals_the_oracle(seed, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    write_random(folder, seed)
    ingest(folder, data)
    views = show(data)
    assert_same(recompute(folder), views, f"seed {seed}")
    assert all(view["release"] for view in views)


@pytest.mark.parametrize("seed", EARLIER_SEEDS)
def test_an_earlier_date_equals_the_oracle(seed, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    write_random(folder, seed)
    ingest(folder, data)
    newest = SUNDAYS[seed % len(SUNDAYS)]
    # A Saturday is not complete on itself; a Wednesday; the last day of a month; a later day.
    for days in (-1, -4, -21, -newest.day, 12):
        as_of = newest + timedelta(days=days)
        label = f"seed {seed} as of {as_of}"
        assert_same(recompute(folder, as_of=as_of), show(data, as_of=as_of), label)


@pytest.mark.parametrize("seed", WEEKS_SEEDS)
@pytest.mark.parametrize("weeks", [8, 13, 52])
def test_a_shorter_or_longer_trend_equals_the_oracle(seed, weeks, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    write_random(folder, seed)
    ingest(folder, data)
    label = f"seed {seed} {weeks} weeks"
    assert_same(recompute(folder, weeks=weeks), show(data, weeks=weeks), label)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_engine_agrees_with_numbers_computed_by_hand(case: Case, tmp_path):
    folder, data = tmp_path / "exports", tmp_path / "data"
    case.write(folder)
    ingest(folder, data)
    views = by_view(show(data, as_of=case.as_of, weeks=case.weeks))
    for key, expected in case.expected.items():
        assert view_differences(expected, views[key], f"{case.name} {' '.join(key)}") == []


@pytest.mark.parametrize("seed", UNION_SEEDS)
def test_regions_add_up_to_their_union(seed, tmp_path):
    folder, together = tmp_path / "exports", tmp_path / "together"
    write_random(folder, seed)
    write_random(together, seed)
    move_all_customers(together / "customers.csv", "US")
    ingest(folder, tmp_path / "apart_data")
    ingest(together, tmp_path / "together_data")
    parts = show(tmp_path / "apart_data")
    for union in show(tmp_path / "together_data"):
        same = [part for part in parts if part["section"] == union["section"]]
        same = [part for part in same if part["product"] == union["product"]]
        label = f"seed {seed} {union['section']} {union['product']}"
        assert union_of(same) == union_of([union]), label


def move_all_customers(path: Path, region: str) -> None:
    """Every region cell that is a region becomes this one; bad rows stay bad."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    place = [name.lower() for name in rows[0]].index("region")
    for row in rows[1:]:
        if len(row) > place and row[place] in {"US", "CA", "EU", "UAE"}:
            row[place] = region
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def union_of(parts: list[dict]) -> dict:
    """Counts, weeks and rows added up; low assignment compares within a region, so it is out."""
    section = parts[0]["section"]
    names = sorted(ADDITIVE.get(section, set()))
    kpis = {name: sum(part["kpis"][name] for part in parts) for name in names}
    weeks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for part in parts:
        for row in part["trend"]:
            for name in ("total", "assigned", "used", "available"):
                weeks[row["week_ending"], name] += [row[name]] if row[name] is not None else []
    trend = {key: sum(values) if values else None for key, values in weeks.items()}
    rows = [repr(sorted(row.items())) for part in parts for row in part["table"]]
    table = [] if section == "low_assignment" else sorted(rows)
    return {"kpis": kpis, "trend": trend, "table": table}
