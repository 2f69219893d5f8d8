"""`partnerlens deck`: one file, or one sentence that says why not."""

from io import BytesIO

import pptx
import pytest
from click.testing import CliRunner

from dashboard.cli import main
from dashboard.data.datasets import CUSTOMERS
from dashboard.data.store import open_store


@pytest.fixture(scope="module")
def customer(demo_data):
    rows = open_store(str(demo_data)).scan(CUSTOMERS, "EU").collect()
    return rows.row(0, named=True)


def run(demo_data, path, *arguments):
    return CliRunner().invoke(
        main, ["deck", "--data", str(demo_data), "-o", str(path), *arguments]
    )


def titles(path):
    return [s.shapes.title.text for s in pptx.Presentation(BytesIO(path.read_bytes())).slides]


@pytest.mark.parametrize(
    ("code", "words"), [("en", "All customers"), ("en-GB", "All customers"), ("uk", "Усі клієнти")]
)
def test_a_deck_is_written_in_the_language_asked_for(demo_data, tmp_path, code, words):
    result = run(demo_data, tmp_path / "deck.pptx", "--lang", code)
    assert result.exit_code == 0
    assert result.stderr == f"Wrote {tmp_path / 'deck.pptx'}.\n"
    assert titles(tmp_path / "deck.pptx")[0] == words


def test_a_customers_deck_is_of_its_own_region(demo_data, tmp_path, customer):
    result = run(demo_data, tmp_path / "deck.pptx", "--customer", customer["customer_id"])
    assert result.exit_code == 0
    assert titles(tmp_path / "deck.pptx")[0] == " ".join(customer["customer"].split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--customer", "nobody"), "no customer 'nobody'"),
        (("--customer", "nobody", "--region", "EU"), "no customer 'nobody' in EU"),
        (("--region", "Mars"), "region 'Mars' does not exist"),
        (("--product", "faxes"), "product 'faxes' does not exist"),
        (("--template", "gone.pptx"), "Template gone.pptx cannot be read"),
        (("--logo", "gone.png"), "Logo gone.png cannot be used"),
    ],
)
def test_what_cannot_be_is_one_sentence(demo_data, tmp_path, arguments, said):
    result = run(demo_data, tmp_path / "deck.pptx", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "deck.pptx").exists()


def test_a_place_that_cannot_be_written_is_named(demo_data, tmp_path):
    result = run(demo_data, tmp_path / "no" / "deck.pptx")
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory." in result.stderr
