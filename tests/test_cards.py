"""What a card says about itself: a screenshot of it needs nothing beside it."""

import json
import re

import pytest
from apps import Serving
from asking import ask, parts, texts, words
from factories import days, line
from signing_in import signed_in

from dashboard.components.drawing import has_chart, has_grid
from dashboard.components.pinned import STAMP
from dashboard.pages import PAGES
from dashboard.sections import SECTIONS

CAPTION = "Calling · United States · week ending Nov 14, 2026 · as of Nov 15, 2026 UTC"
SUBSCRIPTION_SECTIONS = {  # SPEC §7
    *("overview", "license_trend", "recently_added", "expiring"),
    *("renewing", "low_assignment", "over_limit"),
}


@pytest.fixture
def client(monkeypatch, tmp_path):
    """Two customers expire: 150 of 300 licenses are assigned, 120 a week ago."""
    serving = Serving(monkeypatch, tmp_path)
    now = [
        line("Acme", end_date=days(10), total=100, assigned=60, used=30),
        line("Globex", end_date=days(83), total=200, assigned=90, used=60),
        line("Too late", end_date=days(91), total=900, assigned=1),
    ]
    week_ago = [row | {"week_ending": line()["week_ending"].replace(day=7)} for row in now]
    week_ago[1] |= {"assigned": 60}
    serving.publish(*now, *week_ago)
    return signed_in(serving.app())


@pytest.fixture
def card(client):
    return parts(ask(client, path="/subscriptions/expiring"))["expiring", "license_assignment"]


def test_every_section_of_the_specification_is_on_a_page():
    shown = {section.name for page in PAGES for section in page.sections}
    assert shown == set(SECTIONS) >= SUBSCRIPTION_SECTIONS


@pytest.mark.parametrize("page", [p for p in PAGES if p.sections], ids=lambda page: page.path)
def test_every_card_of_a_page_is_filled(client, page):
    filled = parts(ask(client, path=page.path))
    for section in page.sections:
        for metric in section.kpis:
            assert filled[section.name, metric.name]["children"]
        assert ((section.name, "chart-figure") in filled) is has_chart(section)
        assert ((section.name, "grid") in filled) is has_grid(section)
        assert has_grid(section) or has_chart(section) or not section.table


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_every_part_has_its_place_in_the_shell(client, page):
    answer = ask(client, path=page.path).json["response"]
    shell = json.dumps(answer["page"]["children"], sort_keys=True)
    for id_, _ in answer["parts"]["data"]:
        assert id_ == STAMP or f'"id": {json.dumps(id_, sort_keys=True)}' in shell


def test_a_card_shows_value_change_and_caption(card):
    said = texts(card["children"])
    assert "50.0%" in said
    assert "+10.0 percentage points against last week" in said
    assert said[-1] == CAPTION


def test_a_card_names_the_direction_by_more_than_color(card):
    assert "▲" in texts(card["children"])


def test_a_sparkline_reads_its_weeks_aloud_and_marks_gaps(card):
    [label] = re.findall(r'"aria-label": "(Last weeks[^"]*)"', json.dumps(card))
    assert label.endswith(r"\u2013, \u2013, 40.0%, 50.0%")


def test_a_definition_divides_this_cards_own_numbers(card):
    said = words(card["children"])
    assert "50.0% = 150 assigned ÷ 300 total. 2 subscriptions, " + CAPTION in said


def test_a_definition_prints_its_rules_and_its_dates(card):
    said = words(card["children"])
    assert re.search(r"Rule: .*G-10", said)
    assert "From Nov 15, 2026 to Feb 13, 2027, both included." in said


def test_a_definition_is_tied_to_its_button(card):
    text = json.dumps(card)
    [anchor] = re.findall(r'"aria-describedby": "([^"]*)"', text)
    assert f'"id": "{anchor}"' in text
    assert '"aria-label": "Definition of License assignment' in text


def test_a_share_of_nothing_is_a_dash(client):
    filled = parts(ask(client, path="/subscriptions/expiring", product="meetings"))
    said = texts(filled["expiring", "license_assignment"]["children"])
    assert "–" in said
    assert "0.0%" not in said


def test_a_trend_keeps_the_place_of_a_week_without_data(client):
    figure = parts(ask(client))["license_trend", "chart-figure"]["figure"]
    for trace in figure["data"]:
        assert len(trace["x"]) == 26
        assert trace["y"][-3] is None
        assert trace["y"][-1] is not None


def test_a_shortlist_links_to_the_whole_list_with_the_filters_in_force(client):
    answer = ask(client, product="meetings").text
    assert '"/subscriptions/expiring?product=meetings"' in answer


def test_a_card_links_to_the_page_about_it(client):
    card = parts(ask(client))["overview", "nearing_expiration"]
    assert '"href": "/subscriptions/expiring"' in json.dumps(card)
