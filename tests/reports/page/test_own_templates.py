"""Templates of one's own, hostile names, and ids that are somebody else's."""

from asking import ask, parts, words
from pressing import press
from reports.test_report_names import REFUSED
from reports_desk import NOW, lines

from dashboard.access import OPERATOR
from dashboard.components.report_parts import part
from dashboard.components.reports_page import OWN
from dashboard.state.models import ReportTemplate
from dashboard.state.report_templates import Choice, save_template


def test_a_template_of_one_s_own_has_its_columns_filter_and_region(desk):
    viewer = desk.user()
    wishes = {"edited": "new", "name": "Лише Bolt", "base": "devices", "home": "EU"}
    wishes |= {"columns": ["mac_address", "customer"], "filtered": "customer", "text": "bolt"}
    told = desk.press("save", **wishes)
    assert told["told"]["children"] == "“Лише Bolt” was saved."
    made = told["edited"]["value"]
    changed = press(desk.app, part("edited"), {}, "value", made)
    assert changed["columns"]["value"] == ["mac_address", "customer"]
    assert (changed["filtered"]["value"], changed["text"]["value"]) == ("customer", "bolt")
    report, _ = desk.generate(template=f"{OWN}{made}")
    answer = desk.download(report)
    assert lines(answer) == ["MAC Address,Customer", "b,Bolt"]
    assert f"_{NOW:%Y-%m-%d}.csv" in answer.headers["Content-Disposition"]
    assert "%D0%9B%D0%B8%D1%88%D0%B5%20Bolt_" in answer.headers["Content-Disposition"]
    desk.user("full_admin", "ben")
    _, told = desk.generate(template=f"{OWN}{made}")
    assert told == "It is not there any more."
    desk.become(viewer)
    gone = desk.press("remove", edited=made, template=f"{OWN}{made}")
    assert gone["told"]["children"] == "The template was deleted."
    assert gone["template"]["value"] == "calling_usage_details"


def test_the_operator_is_told_to_sign_in_for_templates(desk):
    desk.become(OPERATOR)
    told = desk.press("save", edited="new", name="Mine", base="devices", columns=["customer"])
    assert told["told"]["children"] == "Sign in to keep templates of your own."


def test_hostile_names_make_no_template_no_file_and_no_failure(desk):
    desk.user()
    wishes = {"edited": "new", "base": "devices", "columns": ["customer"]}
    for name in (*REFUSED, None, 7, ["x"], {"a": 1}):
        told = desk.press("save", name=name, **wishes)
        assert told["told"]["children"].startswith("A name has at most 80 letters")
    with desk.database.read() as session:
        assert session.query(ReportTemplate).count() == 0
    assert not desk.settings.reports_dir.exists()


def test_hostile_ids_are_not_found_and_nothing_is_sent(desk):
    desk.user()
    desk.generate()
    for path in ("..%2f..%2fstate.db", "%00", "x" * 3000, "..", "%2e%2e%2fstate.db"):
        answer = desk.client.get(f"/reports/{path}")
        assert answer.status_code in (404, 200, 414)
        assert b"SQLite" not in answer.data
        assert "Content-Disposition" not in answer.headers


def test_a_name_that_got_into_the_database_still_stays_out_of_paths(desk):
    viewer = desk.user()
    with desk.database.begin() as session:
        made = save_template(
            session, viewer, "Mine", Choice(template="devices", columns=("customer",))
        )
        made.name = '../../etc/passwd"\r\nX-Evil: 1'
    report, _ = desk.generate(template=f"{OWN}{made.id}")
    answer = desk.download(report)
    assert answer.status_code == 200
    assert "X-Evil" not in answer.headers
    assert 'filename=".._.._etc_passwd' in answer.headers["Content-Disposition"]
    assert {p.parent for p in desk.settings.reports_dir.rglob("*")} == {desk.settings.reports_dir}


def test_somebody_else_s_list_is_empty(desk):
    desk.user()
    desk.generate()
    desk.user("admin", "ben", ["org-1"])
    shown = words(parts(ask(desk.client, path="/reports"))["reports", "list"]["children"])
    assert shown == "There are no reports yet."
