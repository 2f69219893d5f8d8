"""Schedules on the pages: the dialog, the list, and views that are sent as they were on screen."""

import json
from urllib.parse import urlencode

import pytest
from asking import words
from office import formulas, sheets
from pressing import press
from schedule_room import Room, a_view
from scheduling import NOW

from dashboard.components.schedule_list import action
from dashboard.sections.compared import COMPARED
from dashboard.state import tags, users
from dashboard.state.reports import list_reports
from dashboard.state.schedules import list_schedules


@pytest.fixture
def room(monkeypatch, tmp_path):
    room = Room(monkeypatch, tmp_path)
    room.become()
    yield room
    room.database.engine.dispose()
    room.scheduler._database.engine.dispose()


def customers_in(sheet):
    return [row[0] for row in sheet[1:]]


def test_a_view_is_scheduled_and_says_when_it_comes(room):
    body = words(room.open(a_view()))
    assert "Expiring: Calling · United States" in body
    assert "for the newest data there are" in body
    told = room.create(a_view())
    assert told.startswith("“Expiring soon” is scheduled: daily at 08:00 (Europe/Kyiv).")
    assert "next: Nov 22, 2026, 08:00" in room.listed()
    assert "No scheduler has worked" in room.listed()
    room.run()
    assert "last: Nov 22, 2026, 08:00 – sent" in room.listed()
    assert "No scheduler has worked" not in room.listed()


def test_a_mail_that_the_server_does_not_take_yet_says_when_it_is_tried_again(
    monkeypatch, tmp_path
):
    nowhere = {"smtp_host": "127.0.0.1", "smtp_port": 1, "smtp_security": "none"}
    room = Room(monkeypatch, tmp_path, **nowhere, mail_from="reports@x.example")
    room.become()
    room.create(a_view(), delivery="mail")
    room.run()
    again = "not sent yet, tried again at Nov 22, 2026, 08:05"
    listed = room.listed()
    assert f"last: Nov 22, 2026, 08:00 – {again}" in listed
    assert f"ann@x.example: {again}: the mail server did not take it" in listed
    room.database.engine.dispose()
    room.scheduler._database.engine.dispose()


def test_a_view_keeps_the_filters_on_screen(room):
    everything = room.create(a_view("?region=EU"))
    assert "is scheduled" in everything
    [content] = room.run().values()
    table, about = sheets(content)
    assert customers_in(table) == ["Vandelay"]
    assert ["Region", "European Union"] in [row[:2] for row in about if row]
    assert formulas(content) == []


def test_a_view_keeps_the_search_and_the_filters_of_its_columns(room):
    search = {"q": "init", "filter": json.dumps({"total_licenses": {
        "filterType": "number", "type": "greaterThan", "filter": 1}})}  # fmt: skip
    room.create(a_view("?" + urlencode(search)))
    [content] = room.run().values()
    table, about = sheets(content)
    assert customers_in(table) == ["Initech"]
    said = [row[1] for row in about if row and row[0] == "Filter"]
    assert said == ["Search: “init”", "Total licenses > 1"]


def test_a_page_of_several_tables_has_a_sheet_for_each(room):
    room.create(a_view(path="/"), name="Overview")
    [content] = room.run().values()
    assert len(sheets(content)) == 5  # numbers, trend, two lists, and what they are


def test_what_changed_is_sent_table_by_table(room):
    room.create(a_view(path="/changes"), name="What changed")
    [content] = room.run().values()
    assert len(sheets(content)) == len(COMPARED) + 1


def test_a_release_that_is_gone_is_a_failure_and_not_another_one(room):
    body = words(room.open(a_view("?release=r000000-old")))
    assert "every copy will be of that same day" in body
    room.create(a_view("?release=r000000-old"))
    assert room.run() == {}
    assert "failed: a filter, region or column of it does not exist any more" in room.listed()


def test_the_customer_list_keeps_its_search(room):
    asked = a_view("?q=ini&region=EU", "/customers")
    assert "Customers: Search: “ini”" in words(room.open(asked))
    room.create(asked, name="Customers")
    [content] = room.run().values()
    table, about = sheets(content)
    assert [row[table[0].index("customer")] for row in table[1:]] == ["Initech"]
    assert ["Filter", "Search: “ini”"] in about


def test_each_recipient_gets_what_that_one_may_see(room):
    boss = room.viewer
    ann = room.become("eve", "assigned_user", ["id of Hooli"])
    room.viewer = boss
    room.create(a_view(), recipients=[boss.user_id, ann.user_id])
    found = room.run()
    assert customers_in(sheets(found["eve@x.example"])[0]) == []
    assert customers_in(sheets(found["ann@x.example"])[0]) == ["Initech"]


def test_a_view_of_a_region_without_the_recipient_s_customers_is_skipped(room):
    boss = room.viewer
    ann = room.become("eve", "assigned_user", ["id of Initech"])
    room.viewer = boss
    room.create(a_view("?region=EU"), recipients=[ann.user_id])
    assert room.run() == {}
    assert "eve@x.example: skipped: there are no customers the recipient may see" in room.listed()


def test_a_tag_that_is_gone_is_a_failure_and_no_wider_copy(room):
    with room.database.begin() as session:
        tag = tags.create(session, room.viewer, "VIP", NOW)
    room.create(a_view(f"?tag={tag.id}"))
    with room.database.begin() as session:
        session.delete(session.get(type(tag), tag.id))
    assert room.run() == {}
    assert "failed: a filter, region or column of it does not exist any more" in room.listed()


def test_a_date_in_the_address_stays_and_the_dialog_says_so(room):
    body = words(room.open(a_view("?as_of=2026-11-01")))
    assert "every copy will be of that same day" in body


def test_only_administrators_are_offered_other_people(room):
    room.become("eve", "assigned_user", ["id of Initech"])
    assert "ann@x.example" not in json.dumps(room.open(a_view()))
    room.become("adm", "admin", ["id of Initech"])
    assert "ann@x.example" in json.dumps(room.open(a_view()))
    boss = next(one for one, email in _people(room) if email == "ann@x.example")
    room.become("sam", "assigned_user", ["id of Initech"])
    told = room.create(a_view(), recipients=[boss])
    assert told == "Only administrators send to other users."
    assert room.made() == []


def _people(room):
    with room.database.read() as session:
        return [(user.id, user.email) for user in session.query(users.User)]


def test_who_sees_nobody_schedules_nothing(room):
    room.become("noone", "nobody")
    assert room.create(a_view()).startswith("Only a signed-in user who sees customers")


def test_a_schedule_is_paused_resumed_and_removed_by_its_owner_alone(room):
    room.create(a_view())
    [made] = room.made()
    owner = room.viewer
    room.become("eve", "admin", ["id of Initech"])
    told = press(room.app, action("pause", made.id), {})
    assert told["schedules-told"]["children"] == "It is not there any more."
    assert "Nothing is scheduled." in room.listed()
    room.viewer = owner
    told = press(room.app, action("pause", made.id), {})
    assert "paused" in words(told["schedules"]["children"])
    told = press(room.app, action("resume", made.id), {})
    assert "next: Nov 22" in words(told["schedules"]["children"])
    told = press(room.app, action("remove", made.id), {})
    assert told["schedules-told"]["children"].startswith("The schedule was removed")
    assert room.made() == []


@pytest.mark.parametrize(
    "changes",
    [
        {"every": "hourly"},
        {"every": ["daily"]},
        {"at": "25:00"},
        {"at": None},
        {"zone": "Mars"},
        {"every": "monthly", "day": 32},
        {"every": "monthly", "day": 1.5},
        {"every": "weekly", "weekday": "x"},
        {"delivery": "pigeon"},
        {"delivery": "mail"},  # no server is set up
        {"name": "../../etc"},
        {"name": ""},
        {"name": {"a": 1}},
        {"recipients": []},
        {"recipients": ["nobody"]},
        {"recipients": None},
    ],
)
def test_what_the_form_cannot_hold_is_refused_in_words(room, changes):
    told = room.create(a_view(), **changes)
    assert told.startswith(("Choose ", "A name has"))
    assert room.made() == []


@pytest.mark.parametrize(
    "asked",
    [
        None,
        [],
        {"kind": "view"},
        a_view(path="/nowhere"),
        a_view(path="/audit"),
        a_view("?evil=1"),
        a_view("no question mark"),
        {"kind": "report", "template": "invoices"},
    ],
)
def test_what_is_no_page_of_ours_is_not_scheduled(room, asked):
    assert words(room.open(asked)) == "Choose a report, or a page with tables."
    assert room.create(asked) != ""
    assert room.made() == []


def test_a_full_administrator_sees_everybody_s(room):
    room.become("eve", "admin", ["id of Initech"])
    room.create(a_view())
    boss = room.become("chief", "full_admin")
    with room.database.read() as session:
        assert [email for _, email in list_schedules(session, boss)] == ["eve@x.example"]
    assert "owner: eve@x.example" in room.listed()


def test_a_copy_of_a_view_lies_among_its_reader_s_reports(room):
    room.create(a_view())
    room.run()
    with room.database.read() as session:
        [(report, _)] = list_reports(session, room.viewer)
    assert (report.custom_name, report.form, report.state) == ("Expiring soon", "xlsx", "done")
    assert report.rows == 1
