"""Running a report: its rows in batches, so that memory does not grow with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.masking import masked_phone
from dashboard.reports.template import Part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.access import Scope
    from dashboard.data.store import Store
    from dashboard.reports.order import Order

OWNER = "__customer_id"  # whose a row is, also where the report has no column for it


def run(order: Order, store: Store, scope: Scope, *, whole: bool) -> Iterator[pl.DataFrame]:
    """Yield the rows of a report under the headings of its columns, with `OWNER` beside them.

    The scope comes first. Numbers and ids of persons are masked before anything filters by them
    unless the reader may see them `whole`: else a filter would tell what the mask hides.
    """
    template = order.template
    part = Part(store=store, region=order.region, scope=scope, period=order.period)
    for rows in template.rows(part):
        shown = rows
        if not whole:
            personal = [c.name for c in template.columns if c.personal]
            shown = rows.with_columns(masked_phone(pl.col(n)).alias(n) for n in personal)
        for name, value in order.filters:
            text = pl.col(name).cast(pl.String).str.to_lowercase()
            shown = shown.filter(text == value.lower())
        columns = [pl.col(n).alias(template.column(n).heading) for n in order.columns]
        yield shown.select(*columns, pl.col("customer_id").alias(OWNER)).collect()
