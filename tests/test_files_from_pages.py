"""Files that a signed-in user takes from pages: what they say of themselves, and that it is so."""

import csv
import json
from base64 import b64decode
from datetime import UTC, datetime
from io import StringIO
from urllib.parse import parse_qs

import pytest
from asking import ROUTE
from click.testing import CliRunner
from deliveries import (
    CUSTOMERS,
    LICENSES,
    SUBSCRIPTIONS,
    DataDirectory,
    customer,
    export,
    licenses,
    subscription,
)
from log_deliveries import event, log, named
from signing_in import add_somebody, signed_in

from dashboard.access import OPERATOR
from dashboard.app import create_app
from dashboard.cli import main
from dashboard.components import customer_filters, customer_log
from dashboard.settings import Settings
from dashboard.state import tags

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LAST = ["filters", "definition_version", "made_by", "made_at", "receipt"]
ANN = "ann@partner.example"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Return a data directory of three customers, one of them with a log."""
    place = DataDirectory(tmp_path_factory.mktemp("files"))
    people = [customer(), customer("org-2", name="=Beta")]
    terms = [subscription(), subscription("sub-2", "org-2")]
    weeks = [licenses(), licenses("sub-2", "org-2", total=20)]
    place.ingest(
        place.write("c.csv", export(CUSTOMERS, *people)),
        place.write("s.csv", export(SUBSCRIPTIONS, *terms)),
        place.write("l.csv", export(LICENSES, *weeks)),
    )
    named(place, "acme", ("other", {"Enabled Products": "SMS"}))
    sms = [event("sms", n, createdat=f"2026-11-{n:02}T10:00:00.000Z") for n in range(10, 14)]
    place.ingest(place.write("sms.csv", log("sms", *sms)))
    return place.data


@pytest.fixture
def app(data, tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'state.db'}"
    monkeypatch.setenv("PARTNERLENS_STATE_URL", url)
    secret = tmp_path / "secret.key"
    chosen = {"cache_dir": tmp_path / "cache", "state_url": url, "secret_file": secret}
    return create_app(Settings(data_dir=str(data), **chosen))


@pytest.fixture
def take(app, tmp_path):
    """Press an export as Ann; return the path of what came."""
    database = app._services.database
    client = signed_in(app, user_id=add_somebody(database, "full_admin", email=ANN))

    def press(target, trigger, value, *states):
        written = json.dumps(target, separators=(",", ":"), sort_keys=True)
        body = {
            "output": written.replace('"renewing"', '["MATCH"]') + ".data",
            "outputs": {"id": target, "property": "data"},
            "inputs": [{"id": trigger[0], "property": trigger[1], "value": value}],
            "state": [{"id": i, "property": p, "value": v} for i, p, v in states],
            "changedPropIds": ["it.changed"],
        }
        (found,) = client.post(ROUTE, json=body).json["response"].values()
        sent = found["data"]
        path = tmp_path / sent["filename"]
        content = sent["content"]
        path.write_bytes(b64decode(content) if sent.get("base64") else content.encode())
        return path

    return press


@pytest.fixture
def verify(data):
    def run(path):
        return CliRunner().invoke(main, ["verify", str(path), "--data", str(data)])

    return run


def customers(take, **keys):
    view = ("view", "data", {"path": "/customers"} | keys)
    part = customer_filters.part
    return take(part("file"), (part("save"), "n_clicks"), 1, view)


def sms(take, **keys):
    view = ("view", "data", {"path": "/customers/acme/logs/sms"} | keys)
    part = customer_log.part
    return take(part("file", "sms"), (part("save", "sms"), "n_clicks"), 1, view)


def table(take, search, form):
    of = {"section": "renewing"}
    request = {"part": "export-request"} | of
    states = [(request, "id", request), ("url", "search", search)]
    wanted = {"ids": ["org-1|sub-1", "org-2|sub-2"], "columns": ["customer", "used"]}
    return take({"part": "download"} | of, (request, "data"), wanted | {"format": form}, *states)


def first(path):
    return next(csv.DictReader(StringIO(path.read_text("utf-8-sig"), newline="")))


def test_a_customer_list_says_in_words_what_it_was_narrowed_by(take, verify):
    path = customers(take, q="beta", type="Subscription")
    row = first(path)
    assert list(row)[-len(LAST) :] == LAST
    assert row["filters"] == "Search: “beta” · Type: Subscription"
    assert row["made_by"] == ANN
    assert parse_qs(row["receipt"])["p.q"] == ["beta"]
    told = verify(path)
    assert (told.exit_code, "of its 1 rows" in told.output) == (0, True)


def test_a_customer_list_that_was_changed_differs(take, verify):
    path = customers(take)
    assert verify(path).exit_code == 0
    path.write_text(path.read_text("utf-8").replace(",EU,", ",US,", 1), "utf-8", newline="")
    told = verify(path)
    assert (told.exit_code, "no such row" in told.output) == (1, True)


def test_a_log_says_what_it_was_narrowed_by_and_repeats_no_whole_number(take, verify):
    path = sms(take, since="2026-11-11", until="2026-11-12", digits="+380 44 000 4567")
    row = first(path)
    assert row["filters"] == "From: Nov 11, 2026 · To: Nov 12, 2026 · Search: “4567”"
    assert "380" not in row["filters"] + row["receipt"]
    assert verify(path).exit_code == 0


def test_a_log_whose_row_was_taken_away_differs(take, verify):
    path = sms(take)
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), "utf-8", newline="")
    told = verify(path)
    assert (told.exit_code, told.output.splitlines()[1]) == (
        1,
        "Rows: 3 in the file, 4 by the data.",
    )


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_narrowed_by_a_tag_matches_until_others_carry_it_too(app, take, verify, form):
    database = app._services.database
    with database.begin() as session:
        tag = tags.create(session, OPERATOR, "Key & Co", NOW)
        tags.assign(session, OPERATOR, tag.id, ["org-1", "org-2"], NOW)
        tag_id = tag.id
    path = table(take, f"?tag={tag_id}&q=ac", form)
    told = verify(path)
    assert told.exit_code == 0, told.output
    with database.begin() as session:
        tags.assign(session, OPERATOR, tag_id, ["acme"], NOW)
    told = verify(path)
    assert (told.exit_code, "who carries its tags" in told.stderr) == (2, True)


def test_a_row_of_a_table_says_filters_definition_and_receipt(take):
    row = first(table(take, "?q=ac", "csv"))
    assert row["filters"] == "Calling · European Union · Search: “ac”"
    assert "renew" in row["definition"]
    assert row["made_by"] == ANN
    assert "of=renewing" in row["receipt"]
