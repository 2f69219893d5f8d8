"""Cut data: what a scope leaves of the whole is what there is where nothing else was imported."""

from random import Random

import pytest
from answer_compare import view_differences

from dashboard.access import EVERYONE, Scope
from dashboard.data.filters import Filters
from dashboard.data.store import open_store
from dashboard.metrics.rules import Rules
from dashboard.sections import SECTIONS
from dashboard.sections.customers import CustomerQuery, customer_list
from dashboard.sections.evaluate import evaluate
from dashboard.sections.portfolio import Portfolio
from fuzz.partner import CALLERS, REGIONS, customer_id, import_partner

# Peers are compared with everybody's quartiles (G-3), which is why these two may differ.
OF_PEERS = {"low_assignment", "overview"}
COMPARED = sorted(set(SECTIONS) - OF_PEERS)
SCOPES = 3


def some(draw):
    """Return customers with calls and without, of both vendors, in every region."""
    callers = draw.sample(CALLERS, 8)
    return {*range(4), *callers, *draw.sample(range(400), draw.choice([6, 40]))}


@pytest.fixture(scope="module", params=range(SCOPES))
def both(request, partner_data, tmp_path_factory):
    """Return the whole partner with a scope, and a partner of nobody else."""
    whose = some(Random(f"cut {request.param}"))
    cut = tmp_path_factory.mktemp("cut") / "data"
    import_partner(cut, whose)
    scope = Scope(customers=frozenset(map(customer_id, whose)))
    whole, alone = (
        Portfolio(store=open_store(str(d)), rules=Rules()) for d in (partner_data, cut)
    )
    return whole, scope, alone


@pytest.mark.parametrize("section", COMPARED)
def test_a_scope_leaves_what_there_is_without_the_others(both, section):  # T-01, R-20
    whole, scope, alone = both
    compared = 0
    for region in REGIONS:
        for product in ("calling", "meetings"):
            filters = Filters(region=region, product=product, as_of=whole.as_of)
            scoped = evaluate(SECTIONS[section], whole, filters, scope).as_json()
            wanted = evaluate(SECTIONS[section], alone, filters, EVERYONE).as_json()
            wanted |= {"release": scoped["release"]} if "release" in wanted else {}
            assert view_differences(wanted, scoped, f"{section} {region}") == []
            compared += len(scoped.get("table") or [])
    assert compared or section in {"feature_usage", "over_limit"} or not SECTIONS[section].table


def test_a_scope_lists_the_customers_there_are_without_the_others(both):
    whole, scope, alone = both
    query = CustomerQuery(limit=None)
    scoped, wanted = customer_list(whole, scope, query), customer_list(alone, EVERYONE, query)
    assert scoped.found == wanted.found == len(scope.customers)
    kept = [c for c in wanted.rows.columns if "assign" not in c and "status" not in c]
    assert scoped.rows.select(kept).equals(wanted.rows.select(kept))
    assert scoped.facets == wanted.facets
