"""Products: what the toggle selects, and which lines analytics count (W-076, W-077)."""

import polars as pl

# Call on Webex is a product of its own and is therefore never counted as Webex Calling.
PRODUCTS = {"calling": "Webex Calling", "meetings": "Webex Meetings"}
CALLING = next(iter(PRODUCTS))  # facts are about Webex Calling, whatever the toggle says

IS_COUNTED = pl.col("product").is_in(list(PRODUCTS.values()))


def is_ordered(product: str) -> pl.Expr:
    """Say whether the list of ordered products of a customer names this one (W-032)."""
    ordered = pl.col("products").str.split(";")
    return ordered.list.eval(pl.element().str.strip_chars()).list.contains(PRODUCTS[product])
