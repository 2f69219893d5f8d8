"""The audit log on screen, and exports, which do not leave without an entry in it."""

import json

import pytest
from asking import ROUTE, ask
from offices import NOW, Office, said
from sqlalchemy import text

from dashboard.access import OPERATOR
from dashboard.sections import SECTIONS
from dashboard.state.audit import record
from dashboard.state.models import AuditEntry


@pytest.fixture
def office(monkeypatch, tmp_path, state_url):
    office = Office(monkeypatch, tmp_path, state_url)
    yield office
    office.database.engine.dispose()


def test_the_audit_page_turns_a_hundred_entries_at_a_time(office):
    office.sit_down("full_admin")
    with office.database.begin() as s:
        for n in range(103):
            record(s, actor=f"u{n % 2}@x.y", action="test", now=NOW, n=n)
    first = ask(office.client, path="/audit").text
    assert "The chain is verified up to entry 103." in first
    assert "1–100 of 103" in json.loads(first)["response"]["parts"]["data"].__repr__()
    older = office.touch("audit-said", triggered="older", page=0)
    assert "101–103 of 103" in json.dumps(older.json, ensure_ascii=False)
    narrowed = office.touch("audit-said", triggered="show", page=1, actor="U1@x.y")
    assert "1–51 of 51" in json.dumps(narrowed.json, ensure_ascii=False)
    for odd in ("x", -1, 1e9, None, [], True):
        assert office.touch("audit-said", triggered="older", page=odd).status_code == 200


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-23"])
def test_the_audit_page_narrows_to_days_of_utc(office, day):
    office.sit_down("full_admin")
    with office.database.begin() as s:
        record(s, actor="a@x.y", action="test", now=NOW)
    within = office.touch("audit-said", triggered="show", since="2026-11-22", until="2026-11-22")
    assert "1–1 of 1" in json.dumps(within.json, ensure_ascii=False)
    outside = office.touch("audit-said", triggered="show", since=day, until=day)
    assert "No entry fits these filters." in outside.text
    odd = office.touch("audit-said", triggered="show", since="0001-01-01", until="2026-99-99")
    assert "1–1 of 1" in json.dumps(odd.json, ensure_ascii=False)


def test_a_damaged_log_or_anchor_is_said_on_the_audit_page(office):
    office.sit_down("full_admin")
    path = office.services.settings.anchors
    path.write_text(f"2026-11-22T09:00:00+00:00 5 {'a' * 64}\n")
    assert "entry 1 is missing" in ask(office.client, path="/audit").text
    path.write_text("nonsense\n")
    assert "anchors of the log cannot be read" in ask(office.client, path="/audit").text


def _export(office, **part):
    """Ask for a CSV of the expiring subscriptions, as the table's script does."""
    [output] = [key for key in office.app.callback_map if '"part":"download"' in key]
    section = {"section": "expiring"}
    wanted = {"ids": None, "columns": None} | part
    body = {
        "output": output,
        "outputs": {"id": {"part": "download"} | section, "property": "data"},
        "inputs": [
            {"id": {"part": "export-request"} | section, "property": "data", "value": wanted}
        ],
        "state": [
            {
                "id": {"part": "export-request"} | section,
                "property": "id",
                "value": {"part": "export-request"} | section,
            },
            {"id": "url", "property": "search", "value": "?region=EU&q=Vandelay"},
        ],
        "changedPropIds": ['{"part":"export-request","section":"expiring"}.data'],
    }
    return office.client.post(ROUTE, json=body)


def test_an_export_has_an_entry_without_a_customer_name(office):
    office.sit_down("full_admin")
    view = office.services.view(SECTIONS["expiring"], {"region": "EU"}, OPERATOR)
    answer = _export(
        office, columns=["customer"], ids=[*view.table["row_id"], "of another region"]
    )
    assert "Vandelay" in answer.text
    with office.database.read() as s:
        entry = s.query(AuditEntry).one()
    assert (entry.actor, entry.action, entry.subject) == (
        "boss@example.com",
        "exported",
        "expiring",
    )
    detail = json.loads(entry.detail)
    assert (detail["region"], detail["rows"]) == ("EU", 1)
    assert "Vandelay" not in entry.detail


def test_without_an_audit_log_nothing_is_exported_and_nothing_changed(office):
    office.sit_down("full_admin")
    with office.database.begin() as s:
        s.execute(text("ALTER TABLE audit RENAME TO gone"))
    view = office.services.view(SECTIONS["expiring"], {"region": "EU"}, OPERATOR)
    answer = _export(office, columns=["customer"], ids=list(view.table["row_id"]))
    assert "Nothing was exported" in answer.text
    assert "Vandelay" not in answer.text
    answer = office.touch("add-said", email="new@example.com", **{"new-role": "admin"})
    assert "cannot be written" in said(answer, "add-said")
    assert office.role_of("new@example.com") is None
