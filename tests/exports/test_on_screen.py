"""On screen: the rows that a search and column filters leave, as the browser's grid judges."""

import json

import pytest
from factories import days, line, view

from dashboard.exports.on_screen import rows_on_screen
from dashboard.i18n import Language

ENGLISH = Language("en")


@pytest.fixture(scope="module")
def shown():
    """Return three subscriptions that expire: 10, 20 and 30 days from now, one of them a trial."""
    return view(
        "expiring",
        line("Acme Öl", end_date=days(10), total=100, used=50),
        line("Bolt", end_date=days(20), total=200, used=20),
        line("Zeta", end_date=days(30), total=300, used=30, type="Trial"),
    )


def left(shown, search="", **filters):
    """Return the customers of the rows that are left; None where nothing was chosen."""
    chosen = {"q": search, "filter": json.dumps(filters)}
    ids = rows_on_screen(shown, chosen, ENGLISH)
    if ids is None:
        return None
    rows = dict(zip(shown.table["row_id"], shown.table["customer"], strict=True))
    return [rows[one] for one in ids]


def number(kind, value, to=None):
    return {"filterType": "number", "type": kind, "filter": value, "filterTo": to}


def written(kind, text=""):
    return {"filterType": "text", "type": kind, "filter": text}


def test_nothing_chosen_is_no_selection(shown):
    assert left(shown) is None
    assert left(shown, no_such_column=written("contains", "x")) is None


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("öl", ["Acme Öl"]),
        ("ÖL acme", ["Acme Öl"]),
        ("enterprise trial", ["Zeta"]),
        ("acme bolt", []),
    ],
)
def test_every_word_of_a_search_is_somewhere_in_the_row(shown, search, found):
    assert left(shown, search) == found


@pytest.mark.parametrize(
    ("model", "found"),
    [
        (number("greaterThan", 100), ["Bolt", "Zeta"]),
        (number("greaterThanOrEqual", 100), ["Acme Öl", "Bolt", "Zeta"]),
        (number("lessThan", 200), ["Acme Öl"]),
        (number("equals", 200), ["Bolt"]),
        (number("notEqual", 200), ["Acme Öl", "Zeta"]),
        (number("inRange", 100, 300), ["Bolt"]),
        (number("blank", None), []),
        (number("notBlank", None), ["Acme Öl", "Bolt", "Zeta"]),
    ],
)
def test_numbers_compare(shown, model, found):
    assert left(shown, total_licenses=model) == found


@pytest.mark.parametrize(
    ("model", "found"),
    [
        (written("contains", "O"), ["Bolt"]),
        (written("notContains", "o"), ["Acme Öl", "Zeta"]),
        (written("equals", "bolt"), ["Bolt"]),
        (written("startsWith", "acme"), ["Acme Öl"]),
        (written("endsWith", "TA"), ["Zeta"]),
        (written("blank"), []),
    ],
)
def test_texts_compare_in_any_case(shown, model, found):
    assert left(shown, customer=model) == found


def test_a_search_and_filters_combine(shown):
    assert left(shown, "t", total_licenses=number("greaterThan", 200)) == ["Zeta"]


@pytest.mark.parametrize("model", ["[]", "7", "{", '{"customer": {"filterType": "x"}}'])
def test_what_is_no_filter_says_so(shown, model):
    with pytest.raises((ValueError, KeyError)):
        rows_on_screen(shown, {"filter": model}, ENGLISH)
