"""Money as text with every decimal place it has: floats would add some of their own."""

import polars as pl


def text_of(units: pl.Series, places: int) -> pl.Series:
    """Spell whole numbers of the smallest unit, `places` behind the point."""
    whole = pl.col("units").abs()
    sign = pl.when(pl.col("units") < 0).then(pl.lit("-")).otherwise(pl.lit(""))
    fraction = (whole % 10**places).cast(pl.String).str.zfill(places)
    spelled = sign + (whole // 10**places).cast(pl.String) + "." + fraction
    return pl.DataFrame({"units": units}).select(spelled).to_series()
