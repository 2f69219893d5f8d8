"""Saved views: a user's own, of the app's own addresses, and nobody else's business."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from dashboard.access import OPERATOR
from dashboard.errors import NotAllowedError, NotFoundError
from dashboard.state import users
from dashboard.state.saved_views import (
    MOST,
    Addresses,
    SavedViewError,
    ViewProblem,
    list_views,
    remove_view,
    rename_view,
    save,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OWN = Addresses(paths=("/", "/customers", "/customers/*"), keys=("product", "region", "q"))
HERE = {"path": "/customers", "search": "?product=meetings"}


@pytest.fixture
def people(database):
    """Return two viewers."""
    with database.begin() as session:
        made = [
            users.add_user(session, email=f"{name}@example.com", role="nobody", now=NOW)
            for name in ("ann", "ben")
        ]
        return [users.viewer_of(session, user.id) for user in made]


@pytest.fixture
def ann(people):
    return people[0]


@pytest.fixture
def session(database):
    with database.begin() as session:
        yield session


def test_views_are_listed_by_name_with_their_address(session, ann):
    save(session, ann, OWN, name=" my  view ", **HERE)
    save(session, ann, OWN, name="All", path="/", search="")
    found = [(view.name, view.path, view.search) for view in list_views(session, ann)]
    assert found == [("All", "/", ""), ("my view", "/customers", "?product=meetings")]


def test_a_view_is_overwritten_only_when_asked(session, ann):
    before = save(session, ann, OWN, name="Mine", **HERE)
    with pytest.raises(SavedViewError, match="overwrite") as refused:
        save(session, ann, OWN, name="Mine", path="/", search="")
    assert refused.value.problem is ViewProblem.TAKEN
    after = save(session, ann, OWN, name="Mine", path="/", search="", overwrite=True)
    assert (after.id, after.path) == (before.id, "/")


def test_somebody_elses_view_is_as_good_as_absent(session, people):
    ann, ben = people
    view = save(session, ann, OWN, name="Mine", **HERE)
    assert list_views(session, ben) == []
    for view_id in (view.id, "0" * 32):
        with pytest.raises(NotFoundError, match="no such view"):
            rename_view(session, ben, view_id, "Yours")
        with pytest.raises(NotFoundError, match="no such view"):
            remove_view(session, ben, view_id)
    assert save(session, ben, OWN, name="Mine", **HERE).id != view.id


def test_a_view_is_renamed_unless_the_name_is_taken(session, ann):
    view = save(session, ann, OWN, name="One", **HERE)
    save(session, ann, OWN, name="Two", **HERE)
    rename_view(session, ann, view.id, "Three")
    with pytest.raises(SavedViewError, match="“Two” already"):
        rename_view(session, ann, view.id, "Two")
    assert [view.name for view in list_views(session, ann)] == ["Three", "Two"]


def test_a_view_is_removed(session, ann):
    remove_view(session, ann, save(session, ann, OWN, name="Mine", **HERE).id)
    assert list_views(session, ann) == []


def test_there_is_room_for_a_hundred_views(session, ann):
    for n in range(MOST):
        save(session, ann, OWN, name=f"View {n}", **HERE)
    with pytest.raises(SavedViewError, match="remove one") as refused:
        save(session, ann, OWN, name="One more", **HERE)
    assert refused.value.problem is ViewProblem.MANY
    save(session, ann, OWN, name="View 7", path="/", search="", overwrite=True)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b", "a\u202eb"])
def test_a_name_is_visible_and_of_80_characters_at_most(session, ann, name):
    with pytest.raises(SavedViewError, match="1 to 80"):
        save(session, ann, OWN, name=name, **HERE)


def test_an_address_of_another_app_is_refused(session, ann):
    with pytest.raises(SavedViewError, match="page of Partnerlens") as refused:
        save(session, ann, OWN, name="Mine", path="https://evil.example/", search="")
    assert refused.value.problem is ViewProblem.ADDRESS


@pytest.mark.parametrize("path", ["/", "/customers", "/customers/c1"])
def test_a_path_of_ours_is_one(path):
    assert OWN.hold(path, "?q=a%20b&region=US")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/nowhere",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "/customers/",
        "/customers/" + "x" * 200,
        "/customers/\x00",
    ],
)
def test_any_other_path_is_none(path):
    assert not OWN.hold(path, "")


@pytest.mark.parametrize(
    "search", ["product=calling", "?next=x", "?q=1&x=2", "?q=" + "x" * 2_000, "?q", "?q=\x00"]
)
def test_any_other_search_is_none(search):
    assert not OWN.hold("/", search)


def test_a_search_of_2000_characters_is_kept(session, ann):
    search = "?q=" + "x" * 1_997
    assert save(session, ann, OWN, name="Mine", path="/", search=search).search == search


def test_the_terminal_keeps_no_views(session):
    with pytest.raises(NotAllowedError):
        save(session, OPERATOR, OWN, name="Mine", **HERE)


def test_views_saved_at_once_are_all_kept(database, ann):
    def work(n):
        with database.begin() as session:
            save(session, ann, OWN, name=f"View {n % 20}", overwrite=True, **HERE)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(80)))
    with database.read() as session:
        assert len(list_views(session, ann)) == 20
