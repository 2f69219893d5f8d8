"""Clientele: every customer of a release by id, to name and to find them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.datasets import CUSTOMERS

if TYPE_CHECKING:
    from dashboard.data.store import Store


def names_of(store: Store) -> dict[str, str]:
    """Return the name of every customer by id."""
    rows = store.scan(CUSTOMERS).select("customer_id", "customer").collect()
    return dict(rows.iter_rows())


def find_customers(store: Store, words: str, most: int) -> dict[str, str]:
    """Return the first customers by name whose name or id holds the words, in any case."""
    wanted = words.strip().lower()
    named = pl.col("customer").str.to_lowercase()
    hit = named.str.contains(wanted, literal=True) | pl.col(
        "customer_id"
    ).str.to_lowercase().str.contains(wanted, literal=True)
    rows = store.scan(CUSTOMERS).select("customer_id", "customer").filter(hit)
    first = rows.sort(named, "customer_id").head(most).collect()
    return dict(first.iter_rows())
