"""Fidelity (TRUST R-19): screen, CSV, XLSX, PPTX, JSON and terminal show the same numbers."""

import csv
import json
import os
import random
from datetime import timedelta
from io import StringIO

import orjson
import pytest
from asking import words
from factories import AS_OF, fact, line, weeks_ago
from office import sheets
from reviews import FACTS, RECEIPT, brief, charts, deck, opened, tables
from rich.console import Console

from dashboard.access import EVERYONE, Scope
from dashboard.cli.show import _print_json
from dashboard.cli.tables import print_view
from dashboard.components.drawing import DRAWINGS
from dashboard.components.kpi import kpi_content
from dashboard.components.table import table_rows
from dashboard.data.endpoints import ENDPOINT_TYPES
from dashboard.data.filters import WEEKS
from dashboard.exports.about import About
from dashboard.exports.csv import to_csv
from dashboard.exports.deck.slides.parts import cell
from dashboard.exports.selection import EVERYTHING
from dashboard.exports.xlsx import to_xlsx
from dashboard.i18n import Language
from dashboard.metrics.metric import Unit
from dashboard.metrics.words import written
from dashboard.sections import SECTIONS
from dashboard.wording.narrowing import words as narrowed

SEED = 19
TRIALS = int(os.environ.get("FIDELITY_TRIALS", "50"))  # at night 300
ENGLISH = Language("en")
SLIDES = {
    "license_trend": "license_trend", "expiring": "expiring", "renewing": "renewing",
    "low_assignment": "low_assignment", "over_limit": "over_limit", "queue": "queues",
    "call_usage": "calling_usage", "call_quality_by_endpoint": "endpoints",
}  # fmt: skip


def lines_of(draw, name, region):
    """Invent a customer with one or two products over 16 weeks, some of them missing."""
    for product in draw.choice([["Webex Calling"], ["Webex Calling", "Webex Meetings"]]):
        total = draw.choice([0, 7, 40, 180, 900])
        terms = {
            "type": draw.choice(["Subscription", "Subscription", "Trial"]),
            "auto_renew": draw.choice(["Yes", "No", "Perhaps"]),
            "start_date": AS_OF - timedelta(days=draw.randint(10, 700)),
            "end_date": AS_OF + timedelta(days=draw.randint(0, 300)),
        }
        for week in range(16):
            if draw.random() < 0.95:
                assigned = draw.randint(0, total + total // 8 + 1)
                counts = {"total": total, "assigned": assigned, "used": draw.randint(0, assigned)}
                whose = {"region": region, "product": product, "week_ending": weeks_ago(week)}
                yield line(name, f"{product} of {name}", **whose, **terms, **counts)


def facts_of(draw, name, region):
    """Invent what the customer's calls were in ten weeks."""
    for week in range(10):
        for dataset in FACTS:
            where = {"region": region, "week_ending": weeks_ago(week)}
            kinds = {"call_facts": "endpoint_type", "quality_facts": "endpoint_type"}
            if dataset in kinds:
                where["endpoint_type"] = draw.choice(["webex_app", "desk_phone", "unknown"])
            counts = {"poor_legs": draw.randint(0, 100)} if dataset == "quality_facts" else {}
            yield fact(dataset, name, **where, **counts)


@pytest.fixture(scope="module")
def portfolio():
    draw = random.Random(SEED)
    found = []
    for n in range(24):
        name, region = f"Customer {n:02}", draw.choice(["US", "US", "EU"])
        found += lines_of(draw, name, region)
        if n % 2:
            found += facts_of(draw, name, region)
    return opened(*found)


def trials():
    draw = random.Random(SEED)
    for number in range(TRIALS):
        own = draw.sample([f"id of Customer {n:02}" for n in range(24)], draw.randint(1, 12))
        section = list(SECTIONS)[number % len(SECTIONS)]
        yield pytest.param(
            section,
            {
                "region": draw.choice(["US", "EU"]),
                "product": draw.choice(["calling", "meetings"]),
                "as_of": AS_OF - timedelta(days=draw.randint(0, 21)),
                "weeks": draw.choice(WEEKS[:3]),
                "endpoint": draw.choice([None, None, *ENDPOINT_TYPES]),
                "scope": draw.choice([EVERYONE, Scope(customers=frozenset(own))]),
            },
            id=f"{number}-{section}",
        )


def names_of(view):
    """Return the columns of numbers that every medium shows."""
    table = [c.name for c in view.section.table if c.unit not in {Unit.TEXT, Unit.YES_NO}]
    return table or [m.name for m in view.section.trend or view.section.kpis]


def from_json(view, document):
    """Return the numbers as `show --format json` has them."""
    names = names_of(view)
    rows = document["table"] if view.section.table else document["trend"] or [document["kpis"]]
    return [[row[name] for name in names] for row in rows]


def about_of(view, rules, scope):
    """Return what the files of this trial say of themselves."""
    receipt = RECEIPT.about(scope)
    return About(view=view, language=ENGLISH, rules=rules, receipt=receipt, selection=EVERYTHING)


def from_csv(view, about):
    found = csv.DictReader(StringIO(to_csv(view, about=about).removeprefix("\ufeff")))
    number = lambda text: float(text) if text else None  # noqa: E731
    rows = list(found)
    for row in rows:
        assert (row["release"], row["region"]) == (view.release, view.filters.region)
        assert row["as_of"] == view.filters.as_of.isoformat()
        assert row["filters"] == about.filters
    return [[number(row[name]) for name in names_of(view)] for row in rows]


def from_xlsx(view, rules):
    (head, *rows), told = sheets(to_xlsx(view, ENGLISH, rules, RECEIPT))
    assert ["Release", view.release] in told
    assert ["As of", f"{ENGLISH.date(view.filters.as_of)}, 00:00 UTC"] in told
    for text in narrowed(view, ENGLISH).values():
        assert ["Filter", text] in told
    places = range(len(head))
    if view.section.table:
        units = {ENGLISH.text(c.label): c.unit for c in view.section.table}
        places = [
            i for i in places if units.get(head[i], Unit.TEXT) not in {Unit.TEXT, Unit.YES_NO}
        ]
    elif view.section.trend:
        places = places[1:]
    return [[row[i] for i in places] for row in rows]


def from_terminal(view):
    """Return the lines that the terminal shows, without the spaces between their cells."""
    console = Console(file=StringIO(), width=1_000)
    print_view(view, console)
    printed = console.file.getvalue()
    assert f"release {view.release}" in printed
    assert f"as of {view.filters.as_of}" in printed
    return ["".join(text.split()) for text in printed.splitlines()]


def as_printed(view):
    """Return the lines of numbers that the terminal must show."""
    frame = view.trend if view.section.trend else view.table
    columns = [("week_ending", Unit.TEXT)] if view.section.trend else []
    columns += [(c.name, c.unit) for c in view.section.trend or view.section.table]
    shown = [[written(row[n], unit, ENGLISH) for n, unit in columns] for row in frame.to_dicts()]
    kpis = [
        [f"{m.label}:", written(view.kpis[m.name].value, m.unit, ENGLISH)]
        for m in view.section.kpis
    ]
    return ["".join("".join(line).split()) for line in [*kpis, *shown]]


def check_drawn(view):
    """Compare the chart that the browser gets, and its table, with the view."""
    figure = plain(DRAWINGS[view.section.name].figure(view, ENGLISH))
    weekly = {t["meta"]: t["y"] for t in figure["data"] if t.get("meta") in view.trend.columns}
    assert weekly or not view.section.trend
    for name, values in weekly.items():
        assert values == view.trend[name].to_list()
    table = figure["layout"].get("meta", {}).get("table", {"rows": []})
    metrics = view.section.trend or view.section.table[1:]
    rows = view.trend.to_dicts()[::-1] if view.section.trend else view.table.to_dicts()
    for texts, row in zip(table["rows"], rows, strict=bool(table["rows"])):
        assert texts[1:] == [written(row[m.name], m.unit, ENGLISH) for m in metrics]


def plain(components):
    """Return components as the browser gets them."""
    return orjson.loads(orjson.dumps(components, default=lambda c: c.to_plotly_json()))


def same(found, expected):
    assert len(found) == len(expected)
    for row, true in zip(found, expected, strict=True):
        assert row == [None if n is None else pytest.approx(n, rel=1e-12, abs=1e-15) for n in true]


@pytest.mark.parametrize(("section", "choice"), trials())
def test_every_medium_shows_the_same_numbers(portfolio, section, choice, capsys):
    review = brief(portfolio, **choice)
    view, rules = review.now(section), portfolio.rules
    about = about_of(view, rules, choice["scope"])
    _print_json(iter([view]), everything=False)
    printed = json.loads(capsys.readouterr().out)
    expected = from_json(view, printed)
    same(from_csv(view, about), expected)
    same(from_xlsx(view, rules), expected)
    lines = from_terminal(view)
    assert [line for line in as_printed(view) if line not in lines] == []
    if section in DRAWINGS:
        check_drawn(view)
    if view.section.table:
        screen = table_rows(view, ENGLISH, rules)
        same([[row[name] for name in names_of(view)] for row in screen], expected)
    for metric in view.section.kpis:
        card = words(plain(kpi_content(metric, view, ENGLISH, rules, {})))
        assert written(view.as_json()["kpis"][metric.name], metric.unit, ENGLISH) in card
    if section == "overview":
        slide = deck(portfolio, **choice, slides=("quarter",))["quarter"]
        shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for metric in view.section.kpis:
            assert written(view.kpis[metric.name].value, metric.unit, ENGLISH) in shown
    if section in SLIDES:
        slide = deck(portfolio, **choice, slides=(SLIDES[section],))[SLIDES[section]]
        same_on_slide(view, slide)


def same_on_slide(view, slide):
    """Compare charts by their numbers and tables by their words."""
    if view.section.trend and any(v is not None for row in from_trend(view) for v in row):
        drawn = [series.values for series in charts(slide)[0].plots[0].series]
        assert [list(row) for row in zip(*drawn, strict=True)] == from_trend(view)
    elif view.section.name == "call_quality_by_endpoint" and view.table.height:
        assert (
            list(charts(slide)[0].plots[0].series[0].values) == view.table["poor_share"].to_list()
        )
    by_label = {ENGLISH.text(column.label): column for column in view.section.table}
    for head, *rows in tables(slide):
        for row, true in zip(rows, view.table.to_dicts(), strict=False):
            for label, text in zip(head, row, strict=True):
                if label in by_label and by_label[label].unit is not Unit.TEXT:
                    assert text == cell(true, by_label[label], ENGLISH)
    if view.section.table and not view.section.trend and view.table.height:
        assert len(tables(slide)[0]) > 1


def from_trend(view):
    return [[row[m.name] for m in view.section.trend] for row in view.trend.to_dicts()]
