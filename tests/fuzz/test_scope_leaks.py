"""Scope leaks: whatever is asked, however often, nobody gets a canary of others (R-20, T-01)."""

import os
from random import Random

import pytest
from asking import ask

from dashboard.access import EVERYONE, Scope
from dashboard.callbacks.tag_filter import TagFilter
from dashboard.state.models import User
from fuzz import callbacks, routes
from fuzz.canaries import owners, sung
from fuzz.office import Office
from fuzz.run import Run

SEED = int(os.environ.get("FUZZ_SEED", "20"))
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1500"))
# Where somebody must have got canaries of one's own, or nothing was tried.
OWN = ("page.children", '"part":"download"', "review-download", '"part":"file"', '"grid"')
FIELDS = {"nm", "id", "sa", "sb", "ex"}


@pytest.fixture(scope="module")
def office(partner_data, tmp_path_factory):
    return Office(partner_data, tmp_path_factory.mktemp("office"), SEED)


def test_every_route_and_callback_can_be_asked(office):  # a missing one is named
    assert routes.unknown(office.app) == []
    assert callbacks.unknown(office.app) == []


def test_no_canary_of_others_comes_back(office):  # R-20, T-01, T-03, T-05
    run = Run(office, SEED)
    run.go(REQUESTS)
    assert not run.problems, "\n".join([f"FUZZ_SEED={SEED}", *map(str, run.problems[:5])])
    assert set(run.done) == {str(target) for target in run.targets}
    answered = {target for target, n in run.own.items() if n}
    assert {target for target in OWN if not any(target in one for one in answered)} == set()
    assert run.fields.keys() >= FIELDS  # or nobody would have seen what must not leak


def test_the_fuzz_finds_an_answer_that_forgets_whose_it_is(office, monkeypatch):
    monkeypatch.setattr(TagFilter, "within", lambda *_: EVERYONE)
    run = Run(office, SEED, only="page.children")
    run.go(60)
    assert any("canaries of others" in problem.what for problem in run.problems)
    assert any("alone, cold" in problem.what for problem in run.problems)


def test_the_fuzz_finds_a_cache_that_forgets_whose_it_is(office, monkeypatch):
    monkeypatch.setattr(Scope, "fingerprint", "everyone")
    office.cool()
    run = Run(office, SEED, only="page.children")
    run.go(150)
    assert any("canaries of others" in problem.what for problem in run.problems)
    office.cool()


def test_a_user_who_is_signed_out_or_left_gets_nothing(office):  # T-10
    user = office._add("read_only_admin", Random(SEED))
    browser = office.client_of(user)
    assert owners(sung(ask(browser, path="/subscriptions/expiring").get_data()))
    with office.database.begin() as session:
        session.get(User, user).active = False
    answer = ask(browser, path="/subscriptions/expiring")
    assert (answer.status_code, sung(answer.get_data())) == (401, set())
