"""Administration on screen: who may touch what, what is recorded, what is refused."""

import json
import re

import pytest
from asking import ROUTE, ask
from offices import NOW, Office, said

from dashboard.callbacks.administration_panels import ADMINISTERED, ADMINISTRATION
from dashboard.callbacks.audit_panel import AUDIT
from dashboard.components.roles import refusal_words
from dashboard.i18n import LANGUAGES, Language
from dashboard.state.models import AuditEntry, Role, User
from dashboard.state.refusals import Refusal
from dashboard.state.users import add_user, assign, assigned_to, find_user, viewer_of

ROLES = ["full_admin", "admin", "read_only_admin", "assigned_user", "nobody"]
OTHERS = ROLES[1:]
GLOBEX, INITECH = "id of Globex", "id of Initech"


@pytest.fixture
def office(monkeypatch, tmp_path, state_url):
    office = Office(monkeypatch, tmp_path, state_url)
    yield office
    office.database.engine.dispose()


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


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_refusal_has_its_words(code):
    assert all(refusal_words(refusal, Language(code)) for refusal in Refusal)
