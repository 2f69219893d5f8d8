"""Attempts: whoever guesses gets ten guesses in a quarter of an hour, from wherever (T-11)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from dashboard.state.attempts import forget, may_try

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def tries(database, n, email="a@b.example", address="10.0.0.1", now=NOW):
    """Return how many of so many tries may be evaluated."""
    evaluated = 0
    for _ in range(n):
        with database.begin() as session:
            evaluated += may_try(session, email, address, now)
    return evaluated


def test_ten_tries_of_one_account_are_evaluated(database):
    assert tries(database, 25) == 10


def test_an_account_is_one_however_it_is_spelled(database):
    assert tries(database, 10) == 10
    assert tries(database, 5, email=" A@B.example ") == 0


def test_an_account_is_one_from_whichever_address(database):
    found = [tries(database, 1, address=f"10.0.0.{n}") for n in range(20)]
    assert sum(found) == 10


def test_an_address_may_try_a_hundred_times_over_all_accounts(database):
    found = [tries(database, 1, email=f"{n}@b.example") for n in range(120)]
    assert sum(found) == 100
    assert tries(database, 1, email="x@b.example", address="10.0.0.2") == 1


def test_whoever_waits_may_try_again_however_hard_others_knocked(database):
    tries(database, 15)
    assert tries(database, 5, now=NOW + timedelta(minutes=14, seconds=59)) == 0
    assert tries(database, 15, now=NOW + timedelta(minutes=15)) == 10


def test_knowing_the_password_forgets_the_tries_of_that_account_only(database):
    tries(database, 10)
    tries(database, 10, email="c@d.example")
    with database.begin() as session:
        forget(session, "A@B.example")
    assert tries(database, 1) == 1
    assert tries(database, 1, email="c@d.example") == 0


def test_workers_that_try_at_once_are_counted_together(database):
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: tries(database, 4), range(8)))
    assert sum(found) == 10
