"""The customer list as a table for spreadsheets and scripts: every customer that was found."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl

from dashboard.exports.csv import BYTE_ORDER_MARK
from dashboard.exports.guard import STARTERS
from dashboard.metrics.statuses import FLAGS, STATUSES
from dashboard.sections.customers import ROW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dashboard.i18n import Language
    from dashboard.sections.customers import CustomerPage, CustomerQuery

INNER = ("most_urgent", "other_statuses")  # parts of `statuses`, not columns of the file
BETWEEN = "; "
BETWEEN_FILTERS = " · "


def customers_csv(
    page: CustomerPage,
    tags: Mapping[str, Sequence[str]],
    context: Mapping[str, str] | None = None,
) -> str:
    """Write the rows of a page in its order; `tags` holds the names of each customer's.

    Each row ends with its context: dates, release and, from `Claim.as_columns`, the rest.
    """
    joined = _joined(page, tags, context or {})
    written = BytesIO()
    guarded = joined.with_columns(
        _guarded(n) for n, kind in joined.schema.items() if kind == pl.String
    )
    guarded.with_columns(_plain("remaining_credits")).write_csv(written, line_terminator="\r\n")
    return BYTE_ORDER_MARK + written.getvalue().decode()


def customers_frame(page: CustomerPage, tags: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Return the same rows as plain values, for a workbook: it needs no guard."""
    return _joined(page, tags, {})


def _joined(
    page: CustomerPage, tags: Mapping[str, Sequence[str]], context: Mapping[str, str]
) -> pl.DataFrame:
    """Return the rows of a page in its order, each ending with its context; lists as texts."""
    names = [name for name in ROW if name not in INNER]
    carried = [list(tags.get(customer, ())) for customer in page.rows["customer_id"]]
    rows = page.rows.with_columns(
        statuses=pl.concat_list("statuses", "other_statuses"),
        tags=pl.Series(carried, dtype=pl.List(pl.String)),
    ).select(
        *names,
        "tags",
        *FLAGS,
        as_of=pl.lit(page.as_of, pl.Date),
        week_ending=pl.lit(page.week_ending, pl.Date),
        release=pl.lit(page.release),
        **{name: pl.lit(text) for name, text in context.items()},
    )
    return rows.with_columns(pl.col(pl.List(pl.String)).list.join(BETWEEN))


def filters_in_words(query: CustomerQuery, language: Language, tags: Iterable[str] = ()) -> str:
    """Say everything that a list was narrowed by, on one line; `tags` are names."""
    statuses = (language.text(STATUSES[n].label) if n in STATUSES else n for n in query.statuses)
    said = {
        language.text("Status"): statuses,
        language.text("Product"): query.products,
        language.text("Type"): query.types,
        language.text("Managed by"): query.managed,
        language.text("Region"): query.regions,
        language.text("Tag"): tags,
    }
    chosen = [f"{name}: {words}" for name, values in said.items() if (words := ", ".join(values))]
    if query.search:
        chosen.insert(0, language.text("Search: “{text}”", text=query.search))
    return BETWEEN_FILTERS.join(chosen)


def customers_file(page: CustomerPage) -> str:
    """Name the file after what is in it."""
    return f"customers_{page.as_of.isoformat() if page.as_of else 'empty'}.csv"


def _plain(amount: str) -> pl.Expr:
    """Write an amount as exactly as it is known, without the zeros of its column."""
    return pl.col(amount).cast(pl.String).str.strip_chars_end("0").str.strip_chars_end(".")


def _guarded(column: str) -> pl.Expr:
    """Let no spreadsheet run a vendor's text (`dashboard.exports.guard`)."""
    text = pl.col(column)
    starts = text.str.slice(0, 1).is_in(sorted(STARTERS))
    return pl.when(starts).then(pl.concat_str(pl.lit("'"), text)).otherwise(text).alias(column)
