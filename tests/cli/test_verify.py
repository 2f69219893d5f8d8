"""`partnerlens verify`: a file matches, differs in named places, or cannot be checked (C-21)."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pptx
import pytest
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
from pptx.chart.data import CategoryChartData
from signing_in import add_somebody

from dashboard.access import EVERYONE, Scope
from dashboard.cli import main
from dashboard.data.filters import Filters
from dashboard.data.store import open_store
from dashboard.exports.about import About
from dashboard.exports.csv import to_csv
from dashboard.exports.receipt import Receipt
from dashboard.exports.selection import Selection
from dashboard.exports.xlsx import to_xlsx
from dashboard.i18n import LANGUAGES, Language
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.sections.evaluate import evaluate
from dashboard.sections.portfolio import Portfolio
from dashboard.settings import definition_version, load
from dashboard.state.database import open_database
from dashboard.state.models import User

LICENSES_ALONE = [name for name, section in SECTIONS.items() if section.dataset is None]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """Keep users and tags in a database of the test."""
    url = f"sqlite:///{tmp_path / 'state.db'}"
    monkeypatch.setenv("PARTNERLENS_STATE_URL", url)
    return url


class Taken:
    """Files that somebody took from a data directory."""

    def __init__(self, data, folder):
        """Open the newest release."""
        self.data, self.folder = str(data), folder
        self.portfolio = Portfolio(store=open_store(self.data), rules=Rules())

    def file(self, section, form="csv", *, columns=None, **chosen):
        about = self.about(section, columns=columns, **chosen)
        path = self.folder / f"{section}.{form}"
        view, selection = about.view, about.selection
        if form == "csv":
            text = to_csv(view, selection.row_ids, columns, about)
            path.write_text(text, "utf-8", newline="")
        else:
            words, rules = about.language, about.rules
            path.write_bytes(to_xlsx(view, words, rules, about.receipt, selection))
        return path

    def about(self, section, *, language="en", by="terminal", scope=EVERYONE, **chosen):
        """Look at the region that has most to show."""
        views = [self.view(section, region, scope) for region in self.portfolio.regions]
        view = max(views, key=lambda view: view.table.height)
        made = Receipt(
            by=by, at=NOON, definitions=definition_version(load()), scope=scope.fingerprint
        )
        rows = chosen.get("rows")
        ids = None if rows is None else tuple(view.table["row_id"][rows])
        return About(
            view=view,
            language=Language(language),
            rules=Rules(),
            receipt=made,
            selection=Selection(row_ids=ids, columns=chosen["columns"]),
        )

    def view(self, section, region, scope):
        filters = Filters(region=region, product="calling", as_of=self.portfolio.as_of)
        return evaluate(SECTIONS[section], self.portfolio, filters, scope)

    def deck(self, *options):
        path = self.folder / "review.pptx"
        command = ["deck", "--data", self.data, "-o", str(path), *options]
        assert CliRunner().invoke(main, command).exit_code == 0
        return path

    def verify(self, path):
        return CliRunner().invoke(main, ["verify", str(path), "--data", self.data])


@pytest.fixture
def taken(demo_data, tmp_path):
    return Taken(demo_data, tmp_path)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("section", LICENSES_ALONE)
def test_a_file_of_every_section_matches(taken, section, form):
    told = taken.verify(taken.file(section, form))
    assert told.exit_code == 0, told.output
    assert f"release {taken.portfolio.store.release.id}" in told.output
    assert "made 2026-11-22 12:00 UTC by terminal" in told.output


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_matches_in_the_language_it_is_in(taken, language):
    assert taken.verify(taken.file("renewing", "xlsx", language=language)).exit_code == 0


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_chosen_rows_and_columns_match_in_any_order(taken, form):
    path = taken.file("renewing", form, rows=[2, 1], columns=("used", "customer"))
    told = taken.verify(path)
    assert told.exit_code == 0
    assert "of its 2 rows" in told.output


def changed(path, change):
    """Change the rows of a CSV file."""
    text = path.read_text("utf-8-sig")
    head, *rows = csv.reader(StringIO(text, newline=""))
    out = StringIO(newline="")
    csv.writer(out).writerows([head, *change(head, rows)])
    path.write_text("\ufeff" + out.getvalue(), "utf-8", newline="")
    return path


def test_a_changed_number_is_named_with_what_the_data_say(taken):
    def add_one(head, rows):
        place = head.index("used")
        rows[2][place] = str(int(rows[2][place]) + 1)
        return rows

    told = taken.verify(changed(taken.file("renewing"), add_one))
    assert told.exit_code == 1
    said = told.output.splitlines()[1]
    assert said.startswith("Row 4, used: ")
    seen, true = (int(part.split()[0]) for part in said.removeprefix("Row 4, used: ").split(", "))
    assert seen == true + 1


def test_a_row_that_was_added_or_taken_away_is_told(taken):
    fewer = taken.verify(changed(taken.file("renewing"), lambda _, rows: rows[1:]))
    assert fewer.exit_code == 1
    assert fewer.output.splitlines()[1].startswith("Rows: ")
    more = taken.verify(changed(taken.file("renewing"), lambda _, rows: [rows[0], *rows]))
    assert more.exit_code == 1
    assert "no such row" in more.output


def test_a_changed_cell_of_a_workbook_is_named(taken):
    path = taken.file("license_trend", "xlsx")
    content = BytesIO()
    with ZipFile(path) as old, ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                first = part.rindex(b"<v>") + 3
                part = part[:first] + b"77777" + part[part.index(b"</v>", first) :]
            new.writestr(name, part)
    path.write_bytes(content.getvalue())
    told = taken.verify(path)
    assert told.exit_code == 1
    assert ", Available: 77777 in the file, " in told.output


def test_a_deck_matches_and_a_changed_point_of_its_chart_is_named(taken):
    path = taken.deck("--lang", "uk")
    told = taken.verify(path)
    assert told.exit_code == 0, told.output
    assert "of its 14 slides" in told.output
    deck = pptx.Presentation(str(path))
    slide = next(one for one in deck.slides if one.name == "license_trend")
    [chart] = [shape.chart for shape in slide.shapes if shape.has_chart]
    data = CategoryChartData()
    data.categories = list(chart.plots[0].categories)
    for series in chart.plots[0].series:
        data.add_series(series.name, [*series.values[:-1], 77_777])
    chart.replace_data(data)
    slide.shapes.title.text = "A title of the presenter's own"
    deck.save(str(path))
    told = taken.verify(path)
    assert told.exit_code == 1
    assert "differs" in told.output.splitlines()[0]
    assert len(told.output.splitlines()) == 1 + 4
    assert "77777 in the file" in told.output


def test_a_deck_of_one_customer_matches(taken):
    rows = taken.portfolio.lines(taken.portfolio.regions[0])
    told = taken.verify(taken.deck("--customer", rows["customer_id"].cast(str)[0]))
    assert told.exit_code == 0, told.output


def test_the_rights_of_who_made_it_must_be_those_of_then(taken, state):
    region = taken.portfolio.regions[0]
    ids = sorted(taken.portfolio.lines(region)["customer_id"].cast(str).unique())[:5]
    database = open_database(state)
    user = add_somebody(database, "assigned_user", ids, email="ann@partner.example")
    own = Scope(customers=frozenset(ids))
    path = taken.file("renewing", by="ann@partner.example", scope=own)
    assert taken.verify(path).exit_code == 0
    with database.begin() as session:
        session.get(User, user).active = False
    told = taken.verify(path)
    assert told.exit_code == 2
    assert "what ann@partner.example may see" in told.stderr


def test_other_definitions_are_not_compared(taken, monkeypatch):
    path = taken.file("expiring")
    monkeypatch.setenv("PARTNERLENS_SOON_DAYS", "30")
    told = taken.verify(path)
    assert told.exit_code == 2
    assert "made by definitions" in told.stderr


def test_a_release_that_is_gone_is_named_and_one_that_is_kept_still_answers(tmp_path):
    place = DataDirectory(tmp_path)
    paths = [
        place.write("c.csv", export(CUSTOMERS, customer())),
        place.write("s.csv", export(SUBSCRIPTIONS, subscription())),
        place.write("l.csv", export(LICENSES, licenses(total=10))),
    ]
    place.ingest(*paths, keep=2)
    taken = Taken(place.data, tmp_path)
    first = taken.portfolio.store.release.id
    path = taken.file("license_trend")
    place.ingest(place.write("l2.csv", export(LICENSES, licenses(total=99))), keep=2)
    told = taken.verify(path)
    assert (told.exit_code, f"release {first}" in told.output) == (0, True)
    place.ingest(place.write("l3.csv", export(LICENSES, licenses(total=98))), keep=2)
    told = taken.verify(path)
    assert told.exit_code == 2
    assert f"Release {first} is gone" in told.stderr


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", b"customer,used\nAcme,5\n", "has no receipt"),
        ("a.csv", b"customer,receipt\n", "has no rows"),
        ("a.csv", b"customer,receipt\nA,of=x\nB,of=y\n", "rows of different files"),
        ("a.csv", b"customer,receipt\nA,of=x\n", "receipt cannot be read"),
        ("a.csv", b"\xff\xfe\x00", "UTF-8"),
        ("a.csv", b"", "cannot be read"),
        ("a.xlsx", b"no archive", "no whole Office file"),
        ("a.pptx", b"no archive", "no whole Office file"),
        ("a.txt", b"", "only CSV, XLSX and PPTX"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_one_sentence(taken, name, content, why):
    path = taken.folder / name
    path.write_bytes(content)
    told = taken.verify(path)
    assert told.exit_code == 2
    assert why in told.stderr
    assert told.stderr.count("\n") == 1


def test_a_report_has_no_receipt_and_says_so(taken):
    path = taken.folder / "book.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "has no receipt" in taken.verify(path).stderr
