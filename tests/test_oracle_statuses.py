"""Every customer's statuses equal what the oracle recomputes from the exports."""

from collections import Counter
from datetime import timedelta

import pytest
from oracle.statuses import recompute_statuses
from portfolio_dates import SUNDAYS
from portfolios import write_random
from test_oracle import ingest

from dashboard.access import EVERYONE, Scope
from dashboard.data.store import open_store
from dashboard.metrics.rules import Rules
from dashboard.metrics.statuses import STATUSES
from dashboard.sections.customers import CustomerQuery, customer_list
from dashboard.sections.portfolio import Portfolio

SEEDS = range(22)
COLUMNS = ("statuses", "licenses_at_stake", "used_over_total", "sign_in_unknown")


def open_random(tmp_path, seed):
    folder = tmp_path / "exports"
    write_random(folder, seed)
    ingest(folder, tmp_path / "data")
    return folder, Portfolio(store=open_store(str(tmp_path / "data")), rules=Rules())


def shown(portfolio, *, scope=EVERYONE, as_of=None):
    rows = customer_list(portfolio, scope, CustomerQuery(as_of=as_of, limit=None)).rows.to_dicts()
    return {row["customer_id"]: {name: row[name] for name in COLUMNS} for row in rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_every_status_equals_the_oracle(seed, tmp_path):
    folder, portfolio = open_random(tmp_path, seed)
    newest = SUNDAYS[seed % len(SUNDAYS)]
    for as_of in (None, newest - timedelta(days=11), newest + timedelta(days=30)):
        assert shown(portfolio, as_of=as_of) == recompute_statuses(folder, as_of=as_of)


@pytest.mark.parametrize("seed", [1, 8])
def test_a_scope_shows_what_everybody_sees_of_the_same_customers(seed, tmp_path):
    _, portfolio = open_random(tmp_path, seed)
    everything = shown(portfolio)
    some = frozenset(sorted(everything)[::3])
    mine = shown(portfolio, scope=Scope(customers=some))
    assert mine == {customer: everything[customer] for customer in some}


def test_the_random_portfolios_reach_every_status(tmp_path):
    seen: Counter[str] = Counter()
    for seed in range(8):
        write_random(tmp_path / str(seed), seed)
        for verdict in recompute_statuses(tmp_path / str(seed)).values():
            seen.update(verdict["statuses"] or ["none"])
            seen.update(name for name in COLUMNS[2:] if verdict[name])
            seen.update(["several"] if len(verdict["statuses"]) > 1 else [])
    assert {*STATUSES, *COLUMNS[2:], "none", "several"} <= seen.keys()
