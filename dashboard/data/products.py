"""Products: what the toggle selects, and which lines analytics count (W-076, W-077)."""

import polars as pl

# Call on Webex is a product of its own and is therefore never counted as Webex Calling.
PRODUCTS = {"calling": "Webex Calling", "meetings": "Webex Meetings"}

IS_COUNTED = pl.col("product").is_in(list(PRODUCTS.values()))
