"""Downloads: what the export callbacks answer, to whoever asks them and whatever they send."""

import csv
from base64 import b64decode
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pptx
import pytest
from asking import ROUTE
from office import sheets

from dashboard.access import OPERATOR, Scope
from dashboard.callbacks import deck, exports, look
from dashboard.sections.compared import COMPARED
from dashboard.state import tags as state

NOTHING = 204
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)

TABLE = {"part": "export-request", "section": "expiring"}
OUTPUT = '{"part":"download","section":["MATCH"]}.data'


def asked(client, output, target, trigger, states):
    """Send a callback's request as Dash does; return the file that comes back."""
    answer = client.post(
        ROUTE,
        json={
            "output": output,
            "outputs": {"id": target, "property": "data"},
            "inputs": [trigger],
            "state": states,
            "changedPropIds": ["it.changed"],
        },
    )
    if answer.status_code != 200:
        return answer.status_code
    (found,) = answer.json["response"].values()
    return found["data"]


def table(client, search="", name="expiring", **wanted):
    section = TABLE | {"section": name}
    states = [
        {"id": section, "property": "id", "value": section},
        {"id": "url", "property": "search", "value": search},
    ]
    trigger = {"id": section, "property": "data", "value": wanted}
    return asked(client, OUTPUT, section | {"part": "download"}, trigger, states)


def review(client, search="", clicks=1, path="/"):
    states = [
        {"id": "url", "property": "search", "value": search},
        {"id": "url", "property": "pathname", "value": path},
    ]
    trigger = {"id": "review-button", "property": "n_clicks", "value": clicks}
    return asked(client, "review-download.data", "review-download", trigger, states)


ALL = {"ids": ["id of Initech|Sub of Initech"], "columns": ["customer", "used"], "format": "xlsx"}


def test_a_table_comes_as_the_workbook_of_what_is_on_screen(client):
    search = '?q=ini&filter={"used":{"filterType":"number","type":"greaterThan","filter":5}}'
    found = table(client, search, **ALL)
    data, about = sheets(b64decode(found["content"]))
    assert found["filename"] == "expiring_calling_US_2026-11-15.xlsx"
    assert data == [["Customer", "Used", "At least"], ["Initech", 150.0, "Yes"]]
    assert ["Filter", "Search: “ini”"] in about
    assert ["Filter", "Used > 5"] in about
    [by] = [row[1] for row in about if row[0] == "Made by"]
    assert by.startswith("full_admin-")


def test_a_table_still_comes_as_csv(client):
    found = table(client, **ALL | {"format": "csv"})
    assert found["filename"].endswith(".csv")
    assert "Initech,150" in found["content"]


@pytest.mark.parametrize(
    "filters", ["[1]", "no json", '{"used":7}', '{"unknown":{"type":"x"}}', '{"used":{"type":[]}}']
)
def test_a_filter_that_nobody_made_here_is_no_failure(client, filters):
    assert table(client, f"?filter={filters}", **ALL)["filename"].endswith(".xlsx")


def test_nobody_gets_a_row_by_asking_for_its_id(client, monkeypatch):
    only(monkeypatch, "id of Umbrella")
    assert len(sheets(b64decode(table(client, **ALL)["content"]))[0]) == 1


GLOBEX = {"name": "license_trend", "path": "/customers/id of Globex", "format": "xlsx"}


def test_the_numbers_of_a_chart_come_where_no_table_has_them(client):
    found = table(client, "?region=EU&q=nobody", "license_trend", format="csv")
    rows = list(csv.DictReader(StringIO(found["content"].removeprefix("\ufeff"), newline="")))
    assert found["filename"] == "license_trend_calling_EU_2026-11-15.csv"
    assert (len(rows), rows[-1]["week_ending"], rows[-1]["total"]) == (26, "2026-11-14", "100")
    assert table(client, "", "overview", format="csv") == 204


def test_on_a_customers_page_a_chart_is_of_this_customer_alone(client):
    found = table(client, "", **GLOBEX | {"format": "csv"})
    last = found["content"].splitlines()[-1]
    assert last.startswith("2026-11-14,50,60,70,")
    assert ",Globex," in last
    about = sheets(b64decode(table(client, "", **GLOBEX)["content"]))[1]
    assert ["Customer", "Globex"] in about


def test_where_there_are_no_rows_an_id_chooses_none(client):
    of_peers = {"path": "/customers/id of Hooli", "format": "csv"}
    found = table(client, "", "call_usage", ids=["nobody"], **of_peers)
    assert len(found["content"].splitlines()) == 1


@pytest.mark.parametrize("name", COMPARED)
def test_what_changed_is_no_file_of_a_customers_page(client, name):
    assert table(client, "", **GLOBEX | {"name": name}) == NOTHING


def test_a_customers_chart_is_nobodys_who_may_not_see_the_customer(client, monkeypatch):
    only(monkeypatch, "id of Umbrella")
    assert table(client, "", **GLOBEX | {"format": "csv"}) == 204


def only(monkeypatch, *customers):
    viewer = type(OPERATOR)(
        user_id="1", email="a@b.c", role="user", scope=Scope(customers=frozenset(customers))
    )
    for module in (exports, deck, look):
        monkeypatch.setattr(module, "viewer_of_request", lambda: viewer)


def told(found):
    slides = pptx.Presentation(BytesIO(b64decode(found["content"]))).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    cells = [c.text for s in shapes if s.has_table for row in s.table.rows for c in row.cells]
    written = [s.text_frame.text for s in shapes if s.has_text_frame]
    return " ".join([*cells, *written, *(s.notes_slide.notes_text_frame.text for s in slides)])


def test_the_review_comes_as_slides_for_the_filters_in_force(client):
    found = review(client, "?region=EU")
    assert found["filename"] == "review_calling_EU_2026-11-15.pptx"
    assert "Vandelay" in told(found)
    assert "Initech" not in told(found)


def test_the_review_on_a_customers_page_is_about_that_customer_in_its_region(client):
    found = review(client, "?region=US&tag=none", path="/customers/id%20of%20Vandelay/trials")
    assert found["filename"] == "review_calling_EU_2026-11-15.pptx"
    assert "Vandelay" in told(found)
    assert "Globex" not in told(found)


@pytest.mark.parametrize("customer_id", ["id%20of%20Initech", "nobody", "%2e%2e%2fetc"])
def test_the_review_of_somebody_elses_customer_is_as_good_as_that_of_none(
    client, monkeypatch, customer_id
):
    only(monkeypatch, "id of Globex")
    assert review(client, path=f"/customers/{customer_id}") == NOTHING


def test_the_review_is_about_the_viewers_customers_only(client, monkeypatch):
    only(monkeypatch, "id of Globex")
    assert "Globex" in told(review(client))
    assert "Initech" not in told(review(client))


def test_the_review_of_a_tag_is_about_its_customers_and_named_after_it(client, app):
    with app._services.database.begin() as session:
        tag = state.create(session, OPERATOR, "Priority", NOW)
        state.assign(session, OPERATOR, tag.id, ["id of Globex"], NOW)
        tag_id = tag.id
    found = told(review(client, f"?tag={tag_id}"))
    assert "Globex" in found
    assert "Priority" in found
    assert "Initech" not in found


def test_a_review_nobody_asked_for_is_not_made(client):
    assert review(client, clicks=None) == 204
