"""Administration on screen: who may touch what, what is recorded, what is refused."""

import json
import re
from datetime import UTC, datetime

import pytest
from apps import Serving, small_portfolio
from asking import ROUTE, ask, words
from sqlalchemy import text

from dashboard.access import OPERATOR
from dashboard.callbacks import administration, exports, session
from dashboard.callbacks.administration_panels import ADMINISTERED, ADMINISTRATION
from dashboard.callbacks.audit_panel import AUDIT
from dashboard.components.roles import refusal_words
from dashboard.i18n import LANGUAGES, Language
from dashboard.sections import SECTIONS
from dashboard.state.audit import first_broken
from dashboard.state.models import AuditEntry, Role, User
from dashboard.state.refusals import Refusal
from dashboard.state.users import add_user, assign, assigned_to, find_user, viewer_of

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ROLES = ["full_admin", "admin", "read_only_admin", "assigned_user", "nobody"]
OTHERS = ROLES[1:]
GLOBEX, INITECH = "id of Globex", "id of Initech"


class Office:
    """An app over the small portfolio, its state database, and somebody in front of it."""

    def __init__(self, monkeypatch, tmp_path, state_url):
        """Open it; everybody is ready to be added."""
        self._monkeypatch = monkeypatch
        serving = Serving(monkeypatch, tmp_path)
        serving.publish(*small_portfolio())
        anchors = tmp_path / "anchors"
        self.app = serving.app(state_url=state_url, anchor_file=str(anchors))
        self.client = self.app.server.test_client()
        self.database = self.services.database

    @property
    def services(self):
        """What the callbacks hold."""
        return self.app._services

    def add(self, email, role):
        """Add a user without an entry in the log, and return the id."""
        with self.database.begin() as s:
            return add_user(s, email=email, role=role, now=NOW, name="Ann").id

    def sit_down(self, role, email="boss@example.com"):
        """Let somebody of a role look from now on, and return the id."""
        user_id = self.add(email, role)
        for module in (administration, exports, session):
            self._monkeypatch.setattr(module, "viewer_of_request", lambda: self._viewer(user_id))
        self._monkeypatch.setattr(
            "dashboard.callbacks.look.viewer_of_request", lambda: self._viewer(user_id)
        )
        return user_id

    def _viewer(self, user_id):
        with self.database.read() as s:
            return viewer_of(s, user_id)

    def callbacks(self):
        """Return the callbacks of the administration and audit pages by name."""
        first = re.compile(r'^(?:\.\.)?{"name":"([\w-]+)","part":"admin"}')
        named = {first.match(output): (output, c) for output, c in self.app.callback_map.items()}
        return {match[1]: callback for match, callback in named.items() if match}

    def touch(self, act, /, triggered=None, **values):
        """Touch what makes a callback run, with values by the name of their component."""
        output, callback = self.callbacks()[act]
        inputs = [self._filled(one, values) for one in callback["inputs"]]
        state = [self._filled(one, values) for one in callback["state"]]
        outputs = [
            {"id": json.loads(part.rsplit(".", 1)[0]), "property": part.rsplit(".", 1)[1]}
            for part in output.strip(".").split("...")
        ]
        first = callback["inputs"][0]
        changed = f"{first['id']}.{first['property']}"
        if triggered:
            changed = f'{{"name":"{triggered}","part":"admin"}}.n_clicks'
        body = {
            "output": output,
            "outputs": outputs if len(outputs) > 1 else outputs[0],
            "inputs": inputs,
            "state": state,
            "changedPropIds": [changed],
        }
        return self.client.post(ROUTE, json=body)

    def _filled(self, one, values):
        key = json.loads(one["id"])["name"] if one["id"].startswith("{") else one["id"]
        wanted = values.get(key, 1 if one["property"] == "n_clicks" else None)
        id_ = json.loads(one["id"]) if one["id"].startswith("{") else one["id"]
        return {"id": id_, "property": one["property"], "value": wanted}

    def log(self):
        """Return the entries as (actor, action, subject)."""
        with self.database.read() as s:
            entries = s.query(AuditEntry).order_by(AuditEntry.number)
            assert first_broken(s) is None
            return [(e.actor, e.action, e.subject) for e in entries]

    def role_of(self, email):
        with self.database.read() as s:
            user = find_user(s, email)
            return user and (user.role, user.active)


@pytest.fixture
def office(monkeypatch, tmp_path, state_url):
    office = Office(monkeypatch, tmp_path, state_url)
    yield office
    office.database.engine.dispose()


def said(answer, name):
    """Return what an answer says in one place, as a person reads it."""
    assert answer.status_code == 200, answer.text
    response = answer.json["response"]
    [place] = [key for key in response if json.loads(key)["name"] == name]
    return words(response[place]["children"])


def home(user_id):
    return f"/administration/{user_id}"


ACTS = {
    "add-said": {"email": "new@example.com", "new-role": "full_admin"},
    "save-said": {"role": "full_admin", "active": False},
    "assign-said": {"found": [GLOBEX]},
    "unassign-said": {"assigned": [INITECH]},
    "found": {"found": "Globex"},
    "audit-said": {},
}


def test_every_callback_of_these_pages_is_tried_below(office):
    assert set(ACTS) == set(office.callbacks())


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", OTHERS)
def test_whoever_does_not_administer_is_refused_and_recorded(office, act, role):
    ann = office.add("ann@example.com", "assigned_user")
    with office.database.begin() as s:
        assign(s, ann, [INITECH])
    office.sit_down(role)
    seen = {"role": "assigned_user", "active": True}
    answer = office.touch(act, mounted=home(ann), seen=seen, **ACTS[act])
    assert answer.status_code == 200
    for secret in ("ann@example.com", "Globex", "Initech", "password"):
        assert secret not in answer.text
    assert [entry[1] for entry in office.log()] == ["refused"]
    assert office.log()[0][0] == "boss@example.com"
    with office.database.read() as s:
        assert s.query(User).count() == 2
        assert assigned_to(s, ann) == {INITECH}
    assert office.role_of("ann@example.com") == ("assigned_user", True)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("path", ["/administration", "/administration/x", "/audit"])
def test_the_pages_do_not_exist_for_whoever_does_not_administer(office, role, path):
    office.sit_down(role)
    answer = ask(office.client, path=path).text
    assert "Page not found" in answer
    assert "boss@example.com" not in answer


def test_the_pages_exist_for_an_administrator_and_hold_no_hash(office):
    boss = office.sit_down("full_admin")
    with office.database.begin() as s:
        add_user(
            s, email="ann@example.com", role="admin", now=NOW, password="correct horse battery"
        )
    for path in ("/administration", home(boss), "/audit"):
        answer = ask(office.client, path=path).text
        assert "Page not found" not in answer
        assert "argon2" not in answer
    assert "ann@example.com" in ask(office.client, path="/administration").text


def test_only_administrators_find_the_pages_in_the_navigation(office):
    panels = (ADMINISTRATION, ADMINISTERED, AUDIT)
    with office.database.read() as s:
        roles = {role.name: role.administers for role in s.query(Role)}
    for role in ROLES:
        office.add(f"{role}@example.com", role)
        with office.database.read() as s:
            viewer = viewer_of(s, find_user(s, f"{role}@example.com").id)
        assert [panel.allowed(viewer) for panel in panels] == [roles[role]] * 3


def test_a_user_is_added_with_a_password_that_is_shown_once(office):
    office.sit_down("full_admin")
    answer = office.touch(
        "add-said", email=" Ann@Example.com ", name="Ann", **{"new-role": "admin"}
    )
    assert "ann@example.com was added." in said(answer, "add-said")
    password = re.search(r"only now: (\S{20})$", said(answer, "add-said"))[1]
    assert office.role_of("ann@example.com") == ("admin", True)
    assert office.log() == [("boss@example.com", "user.added", "ann@example.com")]
    assert password not in ask(office.client, path="/administration").text
    with office.database.read() as s:
        assert password not in s.query(AuditEntry).one().detail


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "nobody"}, "no e-mail address"),
        ({"email": None}, "no e-mail address"),
        ({"email": {"a": 1}}, "no e-mail address"),
        ({"email": "a\nb@example.com"}, "no e-mail address"),
        ({"email": "boss@example.com"}, "already"),
        ({"name": "x" * 201}, "200 characters"),
        ({"name": "a\x00b"}, "200 characters"),
        ({"new-role": "king"}, "no such role"),
        ({"new-role": None}, "no such role"),
        ({"new-role": ["admin"]}, "no such role"),
    ],
)
def test_a_user_with_wrong_values_is_refused_in_words(office, changes, sentence):
    office.sit_down("full_admin")
    wish = {"email": "new@example.com", "name": "", "new-role": "admin"} | changes
    assert sentence in said(office.touch("add-said", **wish), "add-said")
    assert office.log() == []


def test_role_and_right_to_sign_in_are_changed_and_recorded(office):
    office.sit_down("full_admin")
    ann = office.add("ann@example.com", "admin")
    seen = {"role": "admin", "active": True}
    wish = {"role": "read_only_admin", "active": False, "seen": seen, "mounted": home(ann)}
    answer = office.touch("save-said", **wish)
    assert said(answer, "save-said") == "Saved."
    assert office.role_of("ann@example.com") == ("read_only_admin", False)
    assert [entry[1] for entry in office.log()] == ["user.role", "user.deactivated"]
    assert '"role":"read_only_admin"' in json.dumps(
        answer.json["sideUpdate"], separators=(",", ":")
    )


def test_a_change_on_an_outdated_page_is_refused_and_shows_the_newest(office):
    office.sit_down("full_admin")
    ann = office.add("ann@example.com", "nobody")
    seen = {"role": "admin", "active": True}
    wish = {"role": "full_admin", "active": True, "seen": seen, "mounted": home(ann)}
    answer = office.touch("save-said", **wish)
    assert "Somebody else has changed this user" in said(answer, "save-said")
    assert office.role_of("ann@example.com") == ("nobody", True)
    assert "nobody" in json.dumps(answer.json["sideUpdate"])


@pytest.mark.parametrize("wish", [{"role": "admin", "active": True}, {"active": False}])
def test_nobody_locks_himself_out(office, wish):
    boss = office.sit_down("full_admin")
    office.add("other@example.com", "full_admin")
    seen = {"role": "full_admin", "active": True}
    wish = {"role": "full_admin", "seen": seen, "mounted": home(boss)} | wish
    assert "own right" in said(office.touch("save-said", **wish), "save-said")
    assert office.role_of("boss@example.com") == ("full_admin", True)
    assert office.log() == []


@pytest.mark.parametrize("path", [None, "/", "/administration/", "/administration/x", {}])
def test_a_user_that_does_not_exist_is_said_to(office, path):
    office.sit_down("full_admin")
    for act in ("save-said", "assign-said", "unassign-said"):
        answer = office.touch(act, mounted=path, role="admin", found=[GLOBEX])
        assert said(answer, act) == "There is no such user any more."


def test_customers_are_assigned_and_taken_away(office):
    office.sit_down("full_admin")
    ann = office.add("ann@example.com", "assigned_user")
    answer = office.touch("assign-said", found=[GLOBEX, INITECH], mounted=home(ann))
    assert said(answer, "assign-said") == "2 customers were assigned."
    assert "This user sees 2 assigned customers." in json.dumps(answer.json["sideUpdate"])
    answer = office.touch("unassign-said", assigned=[GLOBEX, "other"], mounted=home(ann))
    assert said(answer, "unassign-said") == "1 customer was taken away."
    with office.database.read() as s:
        assert assigned_to(s, ann) == {INITECH}
    assert [entry[1:] for entry in office.log()] == [
        ("scope.added", "ann@example.com"),
        ("scope.removed", "ann@example.com"),
    ]


@pytest.mark.parametrize("customer", ["unknown", "", "x" * 200, "\x00"])
def test_only_customers_of_the_release_are_assigned_on_screen(office, customer):
    office.sit_down("full_admin")
    ann = office.add("ann@example.com", "assigned_user")
    answer = office.touch("assign-said", found=[GLOBEX, customer], mounted=home(ann))
    assert "no customer of the current release" in said(answer, "assign-said")
    with office.database.read() as s:
        assert assigned_to(s, ann) == set()


@pytest.mark.parametrize("searched", ["globex", "ID OF GLOB"])
def test_customers_are_found_by_name_and_id_and_the_chosen_ones_stay(office, searched):
    office.sit_down("full_admin")
    answer = _find(office, searched, [INITECH])
    assert [one["value"] for one in answer] == [INITECH, GLOBEX]
    assert answer[1]["label"] == f"Globex · {GLOBEX}"


def _find(office, searched, chosen):
    output, callback = office.callbacks()["found"]
    id_ = {"name": "found", "part": "admin"}
    body = {
        "output": output,
        "outputs": {"id": id_, "property": "data"},
        "inputs": [{"id": id_, "property": "searchValue", "value": searched}],
        "state": [{"id": id_, "property": "value", "value": chosen}],
        "changedPropIds": [f"{callback['inputs'][0]['id']}.searchValue"],
    }
    [place] = office.client.post(ROUTE, json=body).json["response"].values()
    return place["data"]


def test_the_audit_page_turns_a_hundred_entries_at_a_time(office):
    office.sit_down("full_admin")
    with office.database.begin() as s:
        for n in range(103):
            administration.record(s, actor=f"u{n % 2}@x.y", action="test", now=NOW, n=n)
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
        administration.record(s, actor="a@x.y", action="test", now=NOW)
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
    answer = _export(office, ids=[*view.table["row_id"], "of another region"])
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
    answer = _export(office, ids=list(view.table["row_id"]))
    assert "Nothing was exported" in answer.text
    assert "Vandelay" not in answer.text
    answer = office.touch("add-said", email="new@example.com", **{"new-role": "admin"})
    assert "cannot be written" in said(answer, "add-said")
    assert office.role_of("new@example.com") is None


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_refusal_has_its_words(code):
    assert all(refusal_words(refusal, Language(code)) for refusal in Refusal)
