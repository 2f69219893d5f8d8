"""8x8 accounts: those a viewer may see, and the one a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data.datasets import CUSTOMERS, EIGHT_BY_EIGHT
from dashboard.errors import UnknownNameError

if TYPE_CHECKING:
    from dashboard.access import Scope
    from dashboard.data.store import Store

COLUMNS = (
    *("customer_id", "customer", "region", "enabled_products", "billing_currency"),
    *("remaining_credits", "assigned_users"),
)


def read_accounts(store: Store, scope: Scope) -> pl.DataFrame:
    """Return the 8x8 accounts in a scope by name: the columns of `COLUMNS` (E-003 … E-010)."""
    accounts = store.scan(CUSTOMERS).filter(pl.col("vendor") == EIGHT_BY_EIGHT)
    if scope.customers is not None:
        accounts = accounts.filter(pl.col("customer_id").is_in(list(scope.customers)))
    return accounts.select(COLUMNS).sort("customer", "customer_id").collect()


def account(store: Store, scope: Scope, customer_id: str) -> dict[str, Any]:
    """Return one 8x8 account; whoever may not see it hears what they hear of none."""
    found: list[dict[str, Any]] = []
    if scope.customers is None or customer_id in scope.customers:
        mine = pl.col("customer_id") == customer_id
        accounts = store.scan(CUSTOMERS).filter(mine, pl.col("vendor") == EIGHT_BY_EIGHT)
        found = accounts.select(COLUMNS).collect().to_dicts()
    if not found:
        msg = f"Customer {customer_id!r} does not exist."
        raise UnknownNameError(msg)
    return found[0]
