"""The only door to the product: its command line, run in process and checked for manners."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from bad_files.bases import Export, as_csv, prerequisites
from bad_files.outcomes import Case
from dashboard.cli import main

Report = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """What one invocation printed, returned and reported."""

    exit_code: int
    stdout: str
    stderr: str
    reports: list[Report]

    @property
    def only(self) -> Report:
        assert len(self.reports) == 1, f"one report expected, got {self.reports}"
        return self.reports[0]

    def of(self, path: Path) -> Report:
        found = [report for report in self.reports if Path(report["file"]).name == path.name]
        assert len(found) == 1, f"one report for {path.name} expected, got {self.reports}"
        return found[0]


def _invoke(arguments: list[str]) -> Result:
    result = CliRunner().invoke(main, arguments)
    said = result.stdout + result.stderr
    assert "Traceback" not in said, said
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(
        result.exception
    )
    return result


def _reports(stdout: str) -> list[Report]:
    if not stdout.strip():
        return []
    reports = json.loads(stdout)
    assert isinstance(reports, list), stdout
    return reports


def ingest(paths: Path | Iterable[Path], data: Path, *options: str) -> Run:
    """Import files and hold every report to the rules that have no exception."""
    several = [paths] if isinstance(paths, Path) else list(paths)
    arguments = ["ingest", *map(str, several), "--data", str(data), "--json", *options]
    result = _invoke(arguments)
    run = Run(result.exit_code, result.stdout, result.stderr, _reports(result.stdout))
    for report in run.reports:
        check_manners(report)
    if run.reports:
        assert run.exit_code >= expected_exit(run.reports), run
    return run


def show_all(data: Path) -> list[dict[str, Any]]:
    """Every section of every region, as the machine output gives it."""
    result = _invoke(["show", "--all", "--format", "json", "--data", str(data)])
    assert result.exit_code == 0, result.stdout + result.stderr
    views = json.loads(result.stdout)
    assert isinstance(views, list), result.stdout
    return views


def expected_exit(reports: Iterable[Report]) -> int:
    """DATA §7: 2 when a file was refused, else 1 when rows were quarantined, else 0."""
    codes = [2 if r["refused"] else 1 if r["rows_quarantined"] else 0 for r in reports]
    return max(codes, default=0)


def check_manners(report: Report) -> None:
    """No row lost, quarantine explained, a refusal that is one line and names the file."""
    kept, quarantined, ignored = counts(report)
    assert report["rows_in"] == kept + quarantined + ignored, report
    assert min(kept, quarantined, ignored) >= 0, report
    reasons = report["reasons"]
    if quarantined:
        assert all(str(reason).strip() for reason in reasons), report
        assert sum(reasons.values()) >= quarantined, report
    if report["refused"] is not None:
        check_refusal(report)


def check_refusal(report: Report) -> None:
    """A refusal keeps nothing and says so in one line with the name of the file."""
    sentence = report["refused"]
    assert sentence.strip(), report
    assert len(sentence.splitlines()) == 1, report
    assert Path(report["file"]).name in sentence, report
    assert len(sentence) < 2_000, sentence[:300]
    assert report["rows_kept"] == 0, report


def counts(report: Report) -> tuple[int, int, int]:
    """Kept, quarantined, ignored."""
    return report["rows_kept"], report["rows_quarantined"], report["rows_ignored"]


@cache
def _prepared(export_id: str) -> Path:
    data = Path(tempfile.mkdtemp(prefix="bad-files-"))
    for index, export in enumerate(prerequisites(export_id)):
        source = Path(tempfile.mkdtemp()) / f"{index}-{export.id}.csv"
        source.write_text(as_csv(export))
        assert ingest(source, data).exit_code == 0
    return data


def data_for(export: Export, folder: Path) -> Path:
    """A fresh data directory in which the exports this one leans on are imported."""
    data = folder / "data"
    shutil.copytree(_prepared(export.id), data)
    return data


Judged = dict[str, tuple[Report, bytes]]


@cache
def judged(export: Export, cases: tuple[Case, ...]) -> Judged:
    """Cases imported together once, each with its report and its bytes, by name."""
    with tempfile.TemporaryDirectory(prefix="bad-files-") as name:
        folder = Path(name)
        contents = {case.name: case.build(export) for case in cases}
        paths = {case.name: folder / case.file_name(export) for case in cases}
        for case, content in contents.items():
            paths[case].write_bytes(content)
        run = ingest(paths.values(), data_for(export, folder), *export.options)
        assert run.exit_code == expected_exit(run.reports), run
        assert not list(folder.glob("**/climbed*")), "a member of an archive left its place"
        return {case: (run.of(path), contents[case]) for case, path in paths.items()}


def alone(export: Export, case: Case, folder: Path) -> Run:
    """One case imported by itself."""
    path = folder / case.file_name(export)
    path.write_bytes(case.build(export))
    return ingest(path, data_for(export, folder), *export.options)


def table_of(data: Path, section: str, region: str) -> list[dict[str, Any]]:
    """The table of one section in one region for Webex Calling."""
    views = [
        view
        for view in show_all(data)
        if (view["section"], view["region"]) == (section, region)
        and str(view["product"]).casefold().endswith("calling")
    ]
    assert len(views) == 1, views
    return list(views[0]["table"])
