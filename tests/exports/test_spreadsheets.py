"""Formulas (TRUST R-22): names that look like formulas, in every file, opened by LibreOffice.

What a spreadsheet makes of them is counted in LibreOffice itself where there is one. Where there
is none, the files say the same themselves: no formula in their XML, and each text guarded.
"""

import csv
import shutil
import subprocess
from io import BytesIO, StringIO
from zipfile import ZipFile

import polars as pl
import pytest
from customer_factories import customer, page, term
from factories import days, fact, line, view, weeks_ago
from lxml import etree
from office import formulas, sheets
from payloads import FORMULAS
from reporting import USAGE, WEEK, ReportStore, delivered
from reviews import RECEIPT, content, opened

from dashboard.access import EVERYONE
from dashboard.data.logs import COLUMNS, LogQuery
from dashboard.exports.about import About
from dashboard.exports.csv import to_csv
from dashboard.exports.customers import customers_csv
from dashboard.exports.guard import STARTERS
from dashboard.exports.log import log_csv
from dashboard.exports.proof.files import read_csv, read_xlsx
from dashboard.exports.proof.rows import differences_of_csv, differences_of_xlsx
from dashboard.exports.selection import Selection
from dashboard.exports.xlsx import to_xlsx
from dashboard.i18n import Language
from dashboard.metrics.rules import Rules
from dashboard.reports.files import write_csv, write_xlsx
from dashboard.reports.order import Order
from dashboard.reports.run import run

SOFFICE = shutil.which("soffice")
ENGLISH = Language("en")
CHANGE = -5
GUARDED = [f"'{name}" for name in FORMULAS]
SEARCHED = tuple(FORMULAS)  # what a viewer typed is in the file, too
TABLES = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
DECKS = 4  # the largest moves of a slide are ten


def table(folder):
    """Write the subscriptions of hostile customers, each with five licenses fewer in use."""
    rows = [
        line(name, f"{name}|{n}", start_date=days(-30), week_ending=week, assigned=assigned)
        for n, name in enumerate(FORMULAS)
        for week, assigned in ((weeks_ago(1), 85), (weeks_ago(0), 85 + CHANGE))
    ]
    shown = view("recently_added", *rows, tags=SEARCHED)
    about = About(
        view=shown,
        language=ENGLISH,
        rules=Rules(),
        receipt=RECEIPT,
        selection=Selection(said=SEARCHED),
    )
    text = to_csv(shown, about=about)
    (folder / "table.csv").write_text(text, "utf-8", newline="")
    book = to_xlsx(shown, ENGLISH, Rules(), RECEIPT, about.selection)
    (folder / "table.xlsx").write_bytes(book)


def customer_list(folder):
    rows = [row for name in FORMULAS for row in (customer(name, external_id=name), term(name))]
    shown = page(*rows, limit=None)
    tags = {f"id of {name}": [name] for name in FORMULAS}
    text = customers_csv(shown, tags, {"filters": FORMULAS[0]})
    (folder / "customers.csv").write_text(text, "utf-8", newline="")


def logged(folder):
    """Write a log in which every text is hostile."""
    texts = {name: FORMULAS for name in COLUMNS if name not in {"timestamp", "price", "duration"}}
    rows = pl.DataFrame(texts).with_columns(
        timestamp=pl.lit("2026-11-10T10:00:00").str.to_datetime(),
        price=pl.lit(-0.5),
        duration=pl.lit(CHANGE),
    )
    query = LogQuery(customer=FORMULAS[0], product="sms")
    text = log_csv([rows], query, "r000001-test", {"filters": FORMULAS[1]})
    (folder / "log.csv").write_text(text, "utf-8", newline="")


def report(folder):
    usage = [delivered(name, location=name) for name in FORMULAS]
    store = ReportStore(*(line(name) for name in FORMULAS), usage=usage)
    for form in ("csv", "xlsx"):
        order = Order(template=USAGE, region="US", columns=USAGE.default, period=WEEK, form=form)
        rows = run(order, store, EVERYONE, whole=True)
        if form == "xlsx":
            write_xlsx(order, rows, folder / "report.xlsx")
        else:
            with (folder / "report.csv").open("wb") as file:
                write_csv(order, rows, file)


def decks(folder):
    """Write reviews whose charts are full of hostile names, and take their workbooks out."""
    for n in range(DECKS):
        rows = []
        for name in FORMULAS[n::DECKS]:
            rows += [line(name, total=95), line(name, week_ending=weeks_ago(13))]
            rows += [fact("quality_facts", name, endpoint_type=name), fact("call_facts", name)]
        deck = content(opened(*rows), subject=FORMULAS[n])
        (folder / f"deck{n}.pptx").write_bytes(deck)
        with ZipFile(BytesIO(deck)) as archive:
            for book in archive.namelist():
                if book.endswith(".xlsx"):
                    name = f"deck{n}-{book.rpartition('/')[2]}"
                    (folder / name).write_bytes(archive.read(book))


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Write every kind of file there is, with every payload in it."""
    folder = tmp_path_factory.mktemp("files")
    for write in (table, customer_list, logged, report, decks):
        write(folder)
    assert len(list(folder.glob("deck*.xlsx"))) >= 2 * DECKS
    return folder


def converted(folder, form, *patterns):
    """Let LibreOffice open files and save them again, all in one run; return the new ones."""
    out = folder / form
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    paths = sorted(str(path) for pattern in patterns for path in folder.glob(pattern))
    subprocess.run(
        [SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", str(out), *paths],
        check=True,
        capture_output=True,
        timeout=120,
    )
    found = sorted(out.iterdir())
    assert len(found) == len(paths)
    return {path.name: parsed(path) for path in found}


def parsed(path):
    with ZipFile(path) as archive:
        return etree.fromstring(archive.read("content.xml"))


def made(root):
    """Return the formulas of a document."""
    return [cell.get(f"{TABLES}formula") for cell in root.iter() if cell.get(f"{TABLES}formula")]


def numbers(root):
    """Return the numbers of a document."""
    cells = root.iter(f"{TABLES}table-cell")
    values = (cell.get(f"{OFFICE}value") for cell in cells)
    return [float(value) for value in values if value is not None]


@pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not on the PATH")
def test_libreoffice_finds_no_formula_and_every_number(files):
    (files / "control.csv").write_text("name,change\n=1+1,-5\n")
    for name in list(files.glob("*.csv")):  # books and texts of one name would meet in one file
        name.rename(files / f"text-{name.name}")
    found = converted(files, "ods", "*.csv", "*.xlsx")
    assert made(found.pop("text-control.ods")) == ["of:=1+1"]  # what it finds where there is one
    assert {name: made(root) for name, root in found.items() if made(root)} == {}
    for name in ("text-table.ods", "table.ods", "text-log.ods"):
        assert numbers(found[name]).count(CHANGE) == len(FORMULAS)
    for name in files.glob("text-*.csv"):
        name.rename(files / name.name.removeprefix("text-"))


@pytest.mark.skipif(SOFFICE is None, reason="soffice (LibreOffice) is not on the PATH")
def test_libreoffice_opens_each_deck_with_all_of_its_slides(files):
    for root in converted(files, "odp", "*.pptx").values():
        assert len(list(root.iter(f"{DRAW}page"))) == 14
        assert made(root) == []


def test_no_workbook_holds_a_formula(files):
    for path in files.glob("*.xlsx"):
        assert formulas(path.read_bytes()) == []


def test_every_name_of_a_workbook_is_the_text_it_is(files):
    [_, *rows], about = sheets((files / "table.xlsx").read_bytes())
    assert sorted(row[0] for row in rows) == sorted(FORMULAS)
    assert [row[1] for row in about if row and row[0] == "Filter"][1:] == FORMULAS


def test_no_name_in_the_workbook_of_a_chart_could_start_a_formula(files):
    for path in files.glob("deck*.xlsx"):
        texts = [cell for row in sheets(path.read_bytes())[0] for cell in row]
        assert [t for t in texts if isinstance(t, str) and t[:1] in STARTERS] == []


@pytest.mark.parametrize("name", ["table", "customers", "log", "report"])
def test_no_text_of_a_csv_file_could_start_a_formula(files, name):
    text = (files / f"{name}.csv").read_bytes().decode("utf-8-sig")
    _, *rows = csv.reader(StringIO(text, newline=""))
    started = {cell for row in rows for cell in row if cell[:1] in STARTERS}
    assert started <= {str(CHANGE), "-0.5"}
    place = next(n for n, cell in enumerate(rows[0]) if cell in GUARDED)
    assert sorted(row[place] for row in rows) == sorted(GUARDED)


def test_minus_five_stays_a_number_in_text_and_workbook(files):
    text = (files / "table.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text, newline="")))
    assert {row["weekly_assignment_change"] for row in rows} == {"-5"}
    [head, *cells], _ = sheets((files / "table.xlsx").read_bytes())
    place = head.index("Weekly assignment change")
    assert {row[place] for row in cells} == {-5.0}


def test_a_file_of_hostile_names_still_proves_its_numbers(files):
    rows = [line(name, f"{name}|{n}", start_date=days(-30)) for n, name in enumerate(FORMULAS)]
    shown = view("recently_added", *rows)
    about = About(
        view=shown, language=ENGLISH, rules=Rules(), receipt=RECEIPT, selection=Selection()
    )
    text, book = files / "proof.csv", files / "proof.xlsx"
    text.write_text(to_csv(shown, about=about), "utf-8", newline="")
    book.write_bytes(to_xlsx(shown, ENGLISH, Rules(), RECEIPT))
    try:
        assert differences_of_csv(read_csv(text), shown) == []
        assert differences_of_xlsx(read_xlsx(book), shown) == []
    finally:
        text.unlink()
        book.unlink()
