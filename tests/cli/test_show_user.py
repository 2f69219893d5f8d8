"""`show --user`: the terminal shows what that user's pages show, and nothing of others."""

import json

import pytest
from click.testing import CliRunner
from signing_in import add_somebody

from dashboard.app import now_in_utc
from dashboard.cli import main
from dashboard.cli.demo_users import USERS, prepare_users
from dashboard.data.datasets import CUSTOMERS
from dashboard.data.store import open_store
from dashboard.state.database import open_database
from dashboard.state.models import User
from dashboard.state.users import find_user, password_matches, viewer_of


@pytest.fixture
def show(demo_data, state_url, monkeypatch):
    monkeypatch.setenv("PARTNERLENS_STATE_URL", state_url)

    def run(*arguments):
        command = ["show", *arguments, "--data", str(demo_data)]
        return CliRunner().invoke(main, command)

    return run


@pytest.fixture
def customers(demo_data):
    """Return the ids of the customers in the second region."""
    store = open_store(str(demo_data))
    region = store.release.regions[1]
    found = store.scan(CUSTOMERS, region).select("customer_id").collect()
    return region, sorted(found.get_column("customer_id"))


def add(state_url, role, assigned=(), email="ann@partner.example"):
    database = open_database(state_url)
    add_somebody(database, role, assigned, email=email)
    database.engine.dispose()


def views(result):
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_user_sees_the_regions_of_the_customers_assigned_and_only_these(
    show, state_url, customers
):
    region, ids = customers
    add(state_url, "assigned_user", ids[:5])
    mine = views(show("--all", "--format", "json", "--user", "Ann@Partner.example"))
    whole = views(show("--all", "--format", "json", "--region", region))
    assert {view["region"] for view in mine} == {region}
    total = lambda found: found[0]["kpis"]["total_customers"]  # noqa: E731
    assert total(mine) <= 5 < total(whole)


def test_all_customers_are_what_the_operator_sees(show, state_url):
    add(state_url, "read_only_admin")
    assert views(show("--all", "--format", "json", "--user", "ann@partner.example")) == views(
        show("--all", "--format", "json")
    )


def test_a_fresh_user_sees_no_row(show, state_url):
    add(state_url, "nobody")
    for view in views(show("--all", "--format", "json", "--user", "ann@partner.example")):
        assert not view["kpis"].get("total_customers")
        assert view["table"] == [] or view["section"] == "feature_usage"


def test_a_region_without_customers_of_theirs_is_refused(show, state_url, customers):
    add(state_url, "assigned_user", customers[1][:1])
    result = show("overview", "--region", "US", "--user", "ann@partner.example")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_somebody_who_is_no_user_is_one_sentence(show):
    result = show("overview", "--user", "nobody@partner.example")
    assert result.exit_code == 2
    assert "There is no active user nobody@partner.example" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_demo_makes_one_user_of_each_role_and_keeps_the_passwords_to_its_owner(
    demo_data, state_url, tmp_path
):
    file = tmp_path / "demo-users.json"
    for _ in range(2):  # a second start changes nothing
        prepare_users(str(demo_data), state_url, file, now_in_utc())
    assert file.stat().st_mode & 0o777 == 0o600
    told = json.loads(file.read_text())
    assert [user["role"] for user in told] == [role for role, *_ in USERS]
    assert len({user["password"] for user in told}) == len(told)
    database = open_database(state_url)
    with database.read() as session:
        assert session.query(User).count() == len(told)
        for user in told:
            assert password_matches(find_user(session, user["email"]), user["password"])
        scope = viewer_of(session, find_user(session, "assigned.user@demo.example").id).scope
    database.engine.dispose()
    assert 0 < len(scope.customers) < 30
