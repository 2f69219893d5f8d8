"""Scope leaks: whatever is asked, however often, nobody gets a canary of others (R-20, T-01)."""

import os

import pytest
from fuzz import callbacks, routes
from fuzz.office import Office
from fuzz.partner import import_partner
from fuzz.run import Run

SEED = int(os.environ.get("FUZZ_SEED", "20"))
REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "1000"))


@pytest.fixture(scope="session")
def partner_data(tmp_path_factory):
    data = tmp_path_factory.mktemp("partner") / "data"
    import_partner(data)
    return data


@pytest.fixture(scope="module")
def office(partner_data, tmp_path_factory):
    return Office(partner_data, tmp_path_factory.mktemp("office"), SEED)


def test_every_route_and_callback_can_be_asked(office):  # a missing one is named
    assert routes.unknown(office.app) == []
    assert callbacks.unknown(office.app) == []


def test_no_canary_of_others_comes_back(office):  # R-20, T-01, T-03, T-05
    run = Run(office, SEED)
    run.go(REQUESTS)
    print(f"seed {SEED}: {sum(run.done.values())} requests, {dict(run.statuses)}", dict(run.own), dict(run.fields))  # noqa: T201
    assert not run.problems, "\n".join([f"FUZZ_SEED={SEED}", *map(str, run.problems[:5])])
    assert set(run.done) == {str(target) for target in run.targets}
