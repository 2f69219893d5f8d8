import json
import os
import subprocess
import sys

import click
import pytest
from call_deliveries import quality, quality_file
from click.testing import CliRunner
from deliveries import ADMINS, CUSTOMERS, DataDirectory, customer, export
from inventories import DEVICES, customers, device
from log_deliveries import event, log

from dashboard.cli import COMMANDS, Lazy, main
from dashboard.data.call_datasets import QUALITY_FACTS
from dashboard.data.log_datasets import USAGE_LOGS
from dashboard.errors import SourceError

KEYS = [
    "file",
    "export",
    "dataset",
    "rows_in",
    "rows_kept",
    "rows_quarantined",
    "rows_ignored",
    "reasons",
    "refused",
    "unchanged",
    "orphans",
    "dropped_values",
    "unknown_columns",
]


@pytest.fixture
def place(tmp_path):
    return DataDirectory(tmp_path)


def run(place, *arguments):
    return CliRunner().invoke(main, [*map(str, arguments), "--data", str(place.data)])


@click.command
def broken():
    raise ZeroDivisionError


@click.command
def refusing():
    msg = "That cannot\nbe done."
    raise SourceError(msg)


def test_help_lists_every_command_and_imports_none_of_their_libraries():
    code = "import sys; from dashboard.cli import main; main(['--help'], standalone_mode=False);"
    code += "sys.exit(bool({'polars', 'dash', 'pydantic', 'rich'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert all(name in done.stdout for name in COMMANDS)


@pytest.mark.parametrize("command", ["ingest", "doctor"])
def test_a_command_explains_itself(command):
    result = CliRunner().invoke(main, [command, "--help"])
    assert result.exit_code == 0
    assert "--data" in result.stdout


@pytest.mark.parametrize(("attribute", "code"), [("refusing", 2), ("broken", 3)])
def test_errors_are_one_sentence_on_stderr(monkeypatch, attribute, code):
    monkeypatch.delenv("PARTNERLENS_DEBUG", raising=False)
    monkeypatch.setitem(sys.modules, "broken_commands", sys.modules[__name__])
    monkeypatch.setitem(COMMANDS, "x", Lazy(f"broken_commands:{attribute}", ""))
    result = CliRunner().invoke(main, ["x"])
    assert (result.exit_code, result.stdout) == (code, "")
    assert len(result.stderr.splitlines()) == 1


def test_a_traceback_is_shown_to_who_asks_for_it(monkeypatch):
    monkeypatch.setenv("PARTNERLENS_DEBUG", "1")
    monkeypatch.setitem(sys.modules, "broken_commands", sys.modules[__name__])
    monkeypatch.setitem(COMMANDS, "x", Lazy("broken_commands:broken", ""))
    assert isinstance(CliRunner().invoke(main, ["x"]).exception, ZeroDivisionError)


def test_the_report_has_exactly_the_promised_keys(place):
    path = place.write("c.csv", export(CUSTOMERS, customer()))
    result = run(place, "ingest", path, "--json")
    (report,) = json.loads(result.stdout)
    assert list(report) == KEYS
    assert (report["file"], report["rows_kept"], result.exit_code) == (path, 1, 0)


def test_the_exit_code_says_whether_something_was_refused_or_quarantined(place):
    good = place.write("good.csv", export(CUSTOMERS, customer()))
    poor = place.write("poor.csv", export(CUSTOMERS, customer("")))
    bad = place.write("bad.csv", "x\n")
    assert run(place, "ingest", good).exit_code == 0
    assert run(place, "ingest", good, poor).exit_code == 1
    assert run(place, "ingest", good, poor, bad).exit_code == 2
    assert run(place, "ingest", good, place.drop / "absent.csv").exit_code == 2


def test_the_readable_report_says_why_and_what_was_unusual(place, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    place.write("a.csv", export(ADMINS + ",Mood", ("org-1", "Jo", "jo@example.com", "", "ok")))
    result = run(place, "ingest", place.drop)
    assert "1 × Role is missing" in result.stdout
    assert "unknown columns: Mood" in result.stdout
    assert "most rows were quarantined" in result.stderr


def test_machine_output_is_not_disturbed_by_warnings(place):
    path = place.write("c.csv", export(CUSTOMERS, customer("")))
    result = run(place, "ingest", path, "--json")
    assert json.loads(result.stdout)[0]["rows_quarantined"] == 1
    assert "Warning" in result.stderr


def test_a_folder_without_exports_is_no_error(place):
    result = run(place, "ingest", place.drop)
    assert (result.exit_code, "No exports found" in result.stdout) == (0, True)


def test_a_wrong_option_is_one_sentence(place):
    result = run(place, "ingest", place.drop, "--from", "soon")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_the_doctor_finds_a_data_directory_well_or_says_what_to_do(place, monkeypatch, tmp_path):
    monkeypatch.setenv("PARTNERLENS_CACHE_DIR", str(tmp_path))
    empty = json.loads(run(place, "doctor", "--json").stdout)
    assert not empty["ok"]
    assert all(check["todo"] for check in empty["checks"] if not check["ok"])
    place.take("c.csv", export(CUSTOMERS, customer()))
    found = {c["name"]: c for c in json.loads(run(place, "doctor", "--json").stdout)["checks"]}
    assert found["release"]["ok"]
    assert found["table customers"]["ok"]
    log = next((place.data / "tables/customers/_delta_log").glob("*1.json"))
    os.truncate(log, 10)
    result = run(place, "doctor")
    assert result.exit_code == 1
    assert "wrong table customers" in result.stdout


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "nonsense"])
def test_a_cache_that_does_not_answer_is_named(place, monkeypatch, url):
    monkeypatch.setenv("PARTNERLENS_CACHE_URL", url)
    checks = json.loads(run(place, "doctor", "--json").stdout)["checks"]
    assert not next(check for check in checks if check["name"] == "cache")["ok"]


def test_the_rule_of_poor_legs_is_a_setting_and_the_engine_an_option(place, monkeypatch):
    path = place.write("q.csv", quality_file(quality(**{"Audio_Latency_(ms)": "300"})))
    monkeypatch.setenv("PARTNERLENS_POOR_LEG_LATENCY_MS", "250")
    assert run(place, "ingest", path, "--engine", "polars").exit_code == 0
    (fact,) = place.rows(QUALITY_FACTS)
    assert fact["poor_legs"] == 1
    monkeypatch.setenv("PARTNERLENS_POOR_LEG_RULE", "most")
    refused = run(place, "ingest", path)
    assert (refused.exit_code, "PARTNERLENS_POOR_LEG_RULE" in refused.stderr) == (2, True)


def test_the_demo_brings_calls_and_logs_and_can_do_without(place, monkeypatch):
    monkeypatch.chdir(place.drop)
    few = ("demo", "--customers", 6, "--no-serve")
    assert run(place, *few, "--legs", 300, "--logs", 100, "--numbers", 60).exit_code == 0
    assert place.rows(QUALITY_FACTS)
    assert {row["product"] for row in place.rows(USAGE_LOGS)} >= {"sms", "voice"}
    without = DataDirectory(place.drop)
    assert run(without, *few, "--legs", 0, "--logs", 0, "--numbers", 0).exit_code == 0
    assert not {"call_legs", "usage_logs"} & set(without.store().release.tables)


def test_an_import_says_what_of_a_log_it_did_not_store(place, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")  # or a long path breaks the sentence
    row = event("sms", body="Your code is 481516")
    path = place.write("s.csv", log("sms", row, row | {"umid": ""}))
    result = run(place, "ingest", path, "--customer", "acme")
    assert result.exit_code == 1
    assert "2 private values were not stored" in " ".join(result.stdout.split())
    (report,) = json.loads(run(place, "ingest", path, "--customer", "acme", "--json").stdout)
    assert (report["dataset"], report["dropped_values"], report["orphans"]) == ("usage_logs", 2, 1)
    assert "481516" not in result.output


def test_a_report_goes_to_the_terminal_or_into_a_file(place, tmp_path):
    place.take("c.csv", customers())
    place.take("d.csv", export(DEVICES, device()))
    told = run(place, "report", "devices", "--region", "EU")
    assert told.exit_code == 0
    assert told.stdout.removeprefix("\ufeff").splitlines()[0] == DEVICES
    assert "'+380441234567" in told.stdout
    assert "1 rows" in told.stderr
    book = tmp_path / "d.xlsx"
    assert run(place, "report", "devices", "--format", "xlsx", "-o", book).exit_code == 0
    assert book.read_bytes().startswith(b"PK")


def test_a_report_that_cannot_be_is_refused_in_one_sentence(place):
    place.take("c.csv", customers())
    for wrong in (
        ("report", "invoices"),
        ("report", "devices", "--region", "MARS"),
        ("report", "devices", "--from", "2026-11-01", "--to", "2026-11-07"),
        ("report", "calling_usage_details", "--from", "2026-11-01"),
        ("report", "devices", "--format", "xlsx"),
    ):
        told = run(place, *wrong)
        assert told.exit_code == 2
        assert "Traceback" not in told.output
