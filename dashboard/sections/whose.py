"""Whose: the name and the region of one customer, by its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.datasets import CUSTOMERS
from dashboard.errors import NotFoundError

if TYPE_CHECKING:
    from dashboard.sections.portfolio import Portfolio


def customer_name(portfolio: Portfolio, region: str, customer_id: str) -> str:
    """Return a customer's name; one that is not in the region is not found."""
    found = _rows(portfolio, customer_id, region)
    if found.is_empty():
        msg = f"There is no customer {customer_id!r} in {region}; use an Organization ID of there."
        raise NotFoundError(msg)
    return str(found["customer"][0])


def region_of(portfolio: Portfolio, customer_id: str) -> str:
    """Return the region that a customer's data are stored in."""
    for region in portfolio.regions:
        if not _rows(portfolio, customer_id, region).is_empty():
            return region
    msg = f"There is no customer {customer_id!r}; use an Organization ID of the customer list."
    raise NotFoundError(msg)


def _rows(portfolio: Portfolio, customer_id: str, region: str) -> pl.DataFrame:
    customers = portfolio.store.scan(CUSTOMERS, region)
    return customers.filter(pl.col("customer_id") == customer_id).select("customer").collect()
