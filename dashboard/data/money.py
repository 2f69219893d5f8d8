"""Money: amounts as decimals, so that no fraction of a cent is lost between file and sum."""

import polars as pl

PLACES = 12  # vendors price with up to seven
DIGITS = 38
MONEY = pl.Decimal(DIGITS, PLACES)
