"""`deck --tag`, `--user`, `--release`: whose numbers a deck tells, and of which release."""

import json
from datetime import UTC, datetime
from io import BytesIO

import pptx
import pytest
from click.testing import CliRunner
from signing_in import add_somebody

from dashboard.access import OPERATOR
from dashboard.cli import main
from dashboard.data.datasets import CUSTOMERS
from dashboard.data.store import open_store
from dashboard.state import tags
from dashboard.state.database import open_database

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ANN = "ann@partner.example"


@pytest.fixture(scope="module")
def customers(demo_data):
    """Return region and id of every customer, by its name."""
    rows = open_store(str(demo_data)).scan(CUSTOMERS).collect().to_dicts()
    return {row["customer"]: (row["region"], row["customer_id"]) for row in rows}


@pytest.fixture
def european(customers):
    return sorted(name for name, (region, _) in customers.items() if region == "EU")


@pytest.fixture
def state(state_url, monkeypatch):
    monkeypatch.setenv("PARTNERLENS_STATE_URL", state_url)
    database = open_database(state_url)
    yield database
    database.engine.dispose()


@pytest.fixture
def run(demo_data, tmp_path):
    def command(*arguments):
        path = tmp_path / "deck.pptx"
        result = CliRunner().invoke(
            main, ["deck", "--data", str(demo_data), "-o", str(path), *arguments]
        )
        return result, path

    return command


def told(path):
    slides = pptx.Presentation(BytesIO(path.read_bytes())).slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    cells = [c.text for s in shapes if s.has_table for row in s.table.rows for c in row.cells]
    written = [s.text_frame.text for s in shapes if s.has_text_frame]
    return " ".join([*cells, *written, *(s.notes_slide.notes_text_frame.text for s in slides)])


def tag(database, name, ids):
    with database.begin() as session:
        made = tags.create(session, OPERATOR, name, NOW)
        tags.assign(session, OPERATOR, made.id, ids, NOW)


def named(customers, text):
    return {name for name in customers if name in text}


def test_a_tags_deck_is_of_its_customers_in_their_region(run, state, customers, european):
    tag(state, "Priority", [customers[name][1] for name in european[:3]])
    result, path = run("--tag", "priority")
    assert result.exit_code == 0, result.stderr
    slides = pptx.Presentation(BytesIO(path.read_bytes())).slides
    assert slides[0].shapes.title.text == "Priority"
    assert "· European Union ·" in told(path)
    assert named(customers, told(path)) <= set(european[:3])


def test_several_tags_take_the_customers_of_any(run, state, customers, european):
    tag(state, "One", [customers[european[0]][1]])
    tag(state, "Two", [customers[european[1]][1]])
    result, path = run("--tag", "One", "--tag", "Two")
    assert result.exit_code == 0
    assert "One, Two" in told(path)


def test_a_users_deck_holds_nobody_else(run, state, customers, european):
    mine = european[:4]
    add_somebody(state, "assigned_user", [customers[name][1] for name in mine], email=ANN)
    result, path = run("--user", ANN)
    assert result.exit_code == 0, result.stderr
    assert named(customers, told(path)) <= set(mine)


def test_a_tag_never_shows_a_user_more_than_is_theirs(run, state, customers, european):
    add_somebody(state, "assigned_user", [customers[european[0]][1]], email=ANN)
    tag(state, "Priority", [customers[name][1] for name in european[:3]])
    _, path = run("--user", ANN, "--tag", "Priority")
    assert named(customers, told(path)) <= {european[0]}


@pytest.mark.parametrize("region", [[], ["--region", "EU"]])
def test_a_customer_that_is_not_the_users_is_not_found(run, state, customers, european, region):
    add_somebody(state, "assigned_user", [customers[european[0]][1]], email=ANN)
    result, path = run("--user", ANN, "--customer", customers[european[1]][1], *region)
    assert result.exit_code == 2
    assert "There is no customer" in result.stderr
    assert european[1] not in result.stderr
    assert not path.exists()


@pytest.mark.usefixtures("state")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--tag", "Nobody's"), 'There is no tag "Nobody\'s"; tags are: none.'),
        (("--user", "gone@partner.example"), "There is no active user gone@partner.example"),
        (
            ("--release", "r000009-00000009"),
            "Release r000009-00000009 is gone, or never was; kept are: r",
        ),
        (("--release", "../../current"), "Release ../../current is gone, or never was"),
    ],
)
def test_what_there_is_not_is_one_sentence(run, arguments, said):
    result, path = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not path.exists()


def test_a_tag_without_customers_is_told(run, state):
    tag(state, "Empty", [])
    result, _ = run("--tag", "Empty")
    assert result.exit_code == 2
    assert "There is no customer to tell about" in result.stderr


def test_customers_of_another_region_are_told(run, state, customers, european):
    tag(state, "Priority", [customers[european[0]][1]])
    result, _ = run("--tag", "Priority", "--region", "US")
    assert "None of these customers is in US" in result.stderr


def test_a_deck_and_a_view_name_the_release_they_were_asked_for(run, demo_data):
    release = open_store(str(demo_data)).release.id
    result, path = run("--release", release)
    assert result.exit_code == 0
    assert f"release {release}" in told(path)
    command = ["show", "overview", "--format", "json", "--data", str(demo_data)]
    shown = CliRunner().invoke(main, [*command, "--release", release])
    assert json.loads(shown.stdout)["release"] == release


def test_show_of_a_release_that_is_not_kept_is_one_sentence(demo_data):
    command = ["show", "overview", "--data", str(demo_data), "--release", "r000009-00000009"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "Release r000009-00000009 is gone, or never was" in result.stderr


@pytest.mark.parametrize("options", [["--tag", "Priority"], ["--user", ANN]])
def test_a_deck_of_some_customers_can_be_verified(
    run, state, demo_data, customers, european, options
):
    ids = [customers[name][1] for name in european[:3]]
    add_somebody(state, "assigned_user", ids, email=ANN)
    tag(state, "Priority", ids)
    _, path = run(*options)
    told = CliRunner().invoke(main, ["verify", str(path), "--data", str(demo_data)])
    assert told.exit_code == 0, told.output
