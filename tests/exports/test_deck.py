"""Deck: native charts and tables with one finding each, stamped, defined and harmless."""

import time
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pptx
import pytest
from factories import AS_OF, days, fact, line, weeks_ago
from office import formulas, sheets
from payloads import FORMULAS
from PIL import Image
from reviews import brief, charts, content, deck, notes, opened, tables, texts, title

from dashboard.access import Scope
from dashboard.errors import SourceError
from dashboard.exports.deck.slides import SLIDES
from dashboard.exports.deck.template import dress
from dashboard.exports.deck.theme import color, tokens
from dashboard.exports.deck.words import fitted, inches
from dashboard.exports.guard import STARTERS
from dashboard.i18n import LANGUAGES

LANDSCAPE = (12192000 - 300, 6858000)


@pytest.fixture(scope="module")
def slides():
    return deck()


def emus(slide):
    return [(s.left, s.top, s.left + s.width, s.top + s.height) for s in slide.shapes]


def test_a_deck_tells_the_quarter_in_order(slides):
    assert list(slides) == [
        "opening", "quarter", "license_trend", "changes", "largest_moves", "statuses", "expiring",
        "renewing", "low_assignment", "over_limit", "calling_usage", "endpoints", "queues",
        "definitions",
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slide_has_one_finding_of_its_own_and_its_stamp(language):
    found = deck(language=language, subject="Усі")
    assert len({title(slide) for slide in found.values()}) == len(found)
    for slide in found.values():
        stamp = next(text for text in texts(slide) if "r000001-test" in text)
        assert "Усі" in stamp
        assert "2026" in stamp


def test_every_slide_says_in_its_notes_what_its_numbers_mean(slides):
    assert "Customers that assigned more licenses than they bought." in notes(slides["quarter"])
    assert "Rule: G-3" in notes(slides["low_assignment"])
    assert "Total licenses: Licenses of the subscription or trial" in notes(slides["expiring"])
    assert "Made by: ann@partner.example" in notes(slides["opening"])


def test_numbers_stand_beside_those_of_a_quarter_ago():
    customers = [line("Old"), line("Old", week_ending=weeks_ago(13)), line("New")]
    shown = deck(opened(*customers), slides=("quarter",))["quarter"]
    assert (
        title(shown) == "2 customers have an active subscription or trial, +1 since Aug 16, 2026."
    )
    assert tables(shown)[0][1] == ["Total", "200", "100", "+100"]


def test_the_trend_is_a_native_chart_with_gaps(slides):
    (chart,) = charts(slides["license_trend"])
    totals = dict(zip(chart.plots[0].categories, chart.plots[0].series[0].values, strict=True))
    assert totals["Nov 14"] is not None
    assert totals["Oct 17"] is None
    assert totals["Nov 7"] == 1550


def test_the_steps_of_the_waterfall_add_up_on_the_slide():
    lines = [
        line("Went", total=30, week_ending=weeks_ago(13)),
        line("Stays", total=50, week_ending=weeks_ago(13)), line("Stays", total=70),
        line("Came", total=25),
    ]  # fmt: skip
    slide = deck(opened(*lines), slides=("changes",))["changes"]
    below, whole, more, fewer = (s.values for s in charts(slide)[0].plots[0].series)
    assert whole == (80, None, None, None, None, 95)
    assert more == (None, 25, 20, None, None, None)
    assert fewer == (None, None, None, None, 30, None)
    assert below == (0, 80, 105, 125, 95, 0)
    assert tables(slide)[0][1:] == [["Came", "came", "25"], ["Went", "went", "30"]]
    assert "licenses went from 80 to 95 (+15)" in title(slide)


def test_who_moved_between_statuses_is_listed_with_the_licenses_behind_it():
    calm = line("Calm"), line("Calm", week_ending=weeks_ago(13))
    ending = {"end_date": days(5), "total": 170}
    moved = line("Moved", **ending), line("Moved", week_ending=weeks_ago(13), **ending)
    slide = deck(opened(*calm, *moved), slides=("statuses",))["statuses"]
    assert tables(slide)[0][1:] == [["Moved", "Subscription", "Expiring soon", "170"]]
    assert title(slide) == "1 customer has another most urgent status than on Aug 16, 2026."


def test_a_low_assignment_is_explained_with_what_clears_it(slides):
    row = next(row for row in tables(slides["low_assignment"])[0] if row[0] == "Soylent")
    assert "Clears at" in row[-1]
    assert "+" in row[-1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_lower_bound_is_marked_by_a_sign_that_leaves_its_number_room(code):
    acme = line("Acme", end_date=days(3), total=300, assigned=200, used=106)
    slide = deck(opened(acme), language=code, slides=("expiring",))["expiring"]
    assert tables(slide)[0][1][-1] == "≥ 106"


def test_a_table_that_is_longer_than_a_slide_says_so():
    lines = [line(f"Customer {n:02}", end_date=days(n)) for n in range(12)]
    slide = deck(opened(*lines), slides=("expiring",))["expiring"]
    assert len(tables(slide)[0]) == 1 + 10
    assert any("The first 10 of 12 rows." in text for text in texts(slide))


def test_where_there_is_nothing_the_slide_says_so():
    found = deck(opened(line("Lonely")))
    assert title(found["expiring"]) == "Nothing expires by Feb 13, 2027."
    assert title(found["queues"]) == "No call queue reported calls in this week."
    assert title(found["changes"]) == "There are no data for Aug 16, 2026 to compare with."
    for name in ("expiring", "renewing", "over_limit", "endpoints", "queues", "calling_usage"):
        assert tables(found[name]) == charts(found[name]) == []
        assert "Nothing here for this choice of filters." in texts(found[name])


def test_a_deck_about_one_customer_counts_nobody_else():
    scope = Scope(customers=frozenset({"id of Initech"}))
    found = deck(scope=scope, subject="Initech")
    names = {row[0] for row in tables(found["expiring"])[0][1:]}
    assert names == {"Initech"}
    assert title(found["opening"]) == "Initech"
    everything = " ".join(t for slide in found.values() for t in (*texts(slide), notes(slide)))
    assert "Globex" not in everything


def test_a_long_name_is_cut_on_the_slide_and_whole_in_the_notes():
    name = "Gesellschaft für sehr lange Namen und noch viel längere Bezeichnungen mbH"
    slide = deck(opened(line(name, end_date=days(3))), slides=("expiring",))["expiring"]
    shown = tables(slide)[0][1][0]
    assert shown.endswith("…")
    assert name.startswith(shown[:-1])
    assert name in notes(slide)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_outside_of_its_slide(language):
    for slide in deck(language=language).values():
        for left, top, right, bottom in emus(slide):
            assert left >= 0
            assert top >= 0
            assert right <= LANDSCAPE[0] + 600
            assert bottom <= LANDSCAPE[1]


def test_every_chart_and_table_says_what_it_shows(slides):
    for slide in slides.values():
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


def embedded(written):
    with ZipFile(BytesIO(written)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xlsx")]
        return [archive.read(name) for name in names]


@pytest.mark.parametrize("payload", [*FORMULAS, "{=1+1}", "https://evil.example"])
def test_no_name_becomes_a_formula_in_the_workbook_of_a_chart(payload):
    hostile = [
        line(payload), line(payload, week_ending=weeks_ago(13), total=60),
        fact("quality_facts", payload, endpoint_type=payload), fact("call_facts", payload),
    ]  # fmt: skip
    written = content(opened(*hostile), slides=("largest_moves", "endpoints"), subject=payload)
    books = embedded(written)
    assert len(books) == 2
    assert [formula for book in books for formula in formulas(book)] == []
    name, share = sheets(books[1])[0][1]
    assert name[:1] not in STARTERS
    assert share == 0.1


def test_a_negative_change_stays_a_number_in_the_workbook():
    moved = [line("A", total=95), line("A", total=100, week_ending=weeks_ago(13))]
    (book,) = embedded(content(opened(*moved), slides=("largest_moves",)))
    assert sheets(book)[0][1][1:] == [-5.0, 0.0]


def test_names_that_turn_text_around_or_that_xml_cannot_hold_are_harmless():
    name = "Right\u202etfeL\x00\ufffe"
    found = deck(opened(line(name, end_date=days(3))), subject=name)
    assert title(found["opening"]) == "RighttfeL"


def test_charts_have_the_colors_of_their_meanings(slides):
    (chart,) = charts(slides["license_trend"])
    drawn = [series.format.line.color.rgb for series in chart.plots[0].series]
    assert drawn == [color(name) for name in ("total", "assigned", "used", "available")]
    assert tokens()["used"] == "1D4ED8"


def test_a_deck_of_twelve_slides_takes_less_than_two_seconds():
    content()
    begun = time.process_time()
    content(slides=tuple(SLIDES)[:12])
    assert time.process_time() - begun < 2


def test_an_own_template_keeps_its_masters_and_loses_its_slides(tmp_path):
    own = pptx.Presentation()
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "Old"
    own.save(tmp_path / "own.pptx")
    found = deck(template=tmp_path / "own.pptx", slides=("quarter", "expiring"))
    assert "Old" not in {title(slide) for slide in found.values()}
    for slide in found.values():
        assert max(right for _, _, right, _ in emus(slide)) <= own.slide_width


def test_an_own_logo_is_on_every_slide(tmp_path):
    Image.new("RGB", (300, 100), "navy").save(tmp_path / "logo.png")
    found = deck(logo=tmp_path / "logo.png", slides=("opening", "quarter"))
    for slide in found.values():
        (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
        assert picture.width == pytest.approx(3 * picture.height, rel=0.01)


@pytest.mark.parametrize("kind", ["template", "logo"])
@pytest.mark.parametrize("content", [b"", b"not what it should be", b"PK\x03\x04 cut off"])
def test_a_file_that_is_no_template_or_logo_is_refused_in_one_sentence(tmp_path, kind, content):
    path = tmp_path / f"bad.{kind}"
    path.write_bytes(content)
    asked = {"template": None, "logo": None} | {kind: path}
    with pytest.raises(SourceError, match=rf"^{kind.title()} .*bad\.{kind} cannot be used: .*\.$"):
        dress(**asked)


@pytest.mark.parametrize("kind", ["template", "logo"])
def test_a_file_that_is_not_there_is_named(tmp_path, kind):
    asked = {"template": None, "logo": None} | {kind: tmp_path / "gone"}
    with pytest.raises(SourceError, match=r"gone .*No such file"):
        dress(**asked)


def test_a_text_that_fits_stays_whole_and_another_is_cut_to_fit():
    assert fitted("Acme", 1, 12) == "Acme"
    assert fitted("Acme " * 20, 1, 12).endswith("…")
    assert inches(fitted("Acme " * 20, 1, 12), 12) <= 1
    assert fitted("株式会社" * 5, 1, 12) == "株式会社株…"


def test_a_quarter_is_thirteen_weeks():
    assert brief().since == AS_OF - timedelta(weeks=13)
