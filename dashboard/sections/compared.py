"""Compared: the tables of what changed between two dates, each a section over `moves`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.access import EVERYONE
from dashboard.errors import NotFoundError
from dashboard.metrics.metric import Unit
from dashboard.sections.columns import CUSTOMER
from dashboard.sections.moves import CAME, QUARTER, WENT, moves
from dashboard.sections.section import Column, Section, View
from dashboard.sections.status_moves import status_moves

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from dashboard.access import Scope
    from dashboard.data.filters import Filters
    from dashboard.sections.moves import Moves
    from dashboard.sections.portfolio import Portfolio

LARGEST = 10  # moves that are listed (C-06)


def _text(name: str, label: str, definition: str) -> Column:
    return Column(name=name, label=label, definition=definition, expr=pl.col(name), unit=Unit.TEXT)


def _count(name: str, label: str, definition: str, unit: Unit = Unit.COUNT) -> Column:
    return Column(name=name, label=label, definition=definition, expr=pl.col(name), unit=unit)


PRODUCTS = _text(
    "products", "Products", "Calling, Meetings or both, as the active subscriptions name them."
)
CUSTOMERS_CAME = Section(
    name="customers_came",
    title="Customers that came",
    definition=(
        "Customers with an active Calling or Meetings subscription or trial now and with none at "
        "the earlier date; the most licenses first."
    ),
    by_product=False,
    table_title="Customers that came",
    table=(
        CUSTOMER,
        PRODUCTS,
        _count("licenses", "Licenses", "Total licenses of its active lines on the later date."),
        _count("assigned_licenses", "Assigned", "Licenses assigned on the later date."),
    ),
    narrowed_by=("since",),
)
CUSTOMERS_WENT = Section(
    name="customers_went",
    title="Customers that went",
    definition=(
        "Customers with an active Calling or Meetings subscription or trial at the earlier date "
        "and with none now; the most licenses first."
    ),
    by_product=False,
    table_title="Customers that went",
    table=(
        CUSTOMER,
        PRODUCTS,
        _count("licenses", "Licenses", "Total licenses of its active lines on the earlier date."),
        _count("assigned_licenses", "Assigned", "Licenses assigned on the earlier date."),
    ),
    narrowed_by=("since",),
)
STATUS_MOVES = Section(
    name="status_moves",
    title="Moves between statuses",
    definition=(
        "Customers whose most urgent status is another one than at the earlier date. Payment, "
        "setup and sign-ins are known as they are today only, so the statuses that follow from "
        "them are left out. The most licenses behind the status come first."
    ),
    by_product=False,
    table_title="Moves between statuses",
    table=(
        CUSTOMER,
        _text("status_before", "Status before", "The most urgent status on the earlier date."),
        _text("status_now", "Status now", "The most urgent status on the later date."),
        _count("licenses", "Licenses behind it", "The licenses behind the status now."),
    ),
    narrowed_by=("since",),
)
LARGEST_MOVES = Section(
    name="largest_moves",
    title="Ten largest moves",
    definition=(
        "The ten moves of the most licenses, compared per customer and product. Licenses at stake "
        "are the larger change of total and assigned licenses, whatever its sign."
    ),
    by_product=False,
    table_title="Ten largest moves",
    table=(
        CUSTOMER,
        _text("product", "Product", "The product whose licenses moved."),
        _text("kind", "Came or went", "Whether the customer came, went or stayed."),
        _count("total_then", "Total before", "Total licenses on the earlier date."),
        _count("total_now", "Total now", "Total licenses on the later date."),
        _count("total_change", "Change", "Total now − total before.", Unit.CHANGE),
        _count(
            "assigned_change",
            "Change of assigned",
            "Assigned licenses now − assigned before.",
            Unit.CHANGE,
        ),
        _count(
            "at_stake",
            "Licenses at stake",
            "The larger change of total and assigned licenses, whatever its sign.",
        ),
    ),
    narrowed_by=("since",),
)
COMPARED = {
    section.name: section
    for section in (LARGEST_MOVES, CUSTOMERS_CAME, CUSTOMERS_WENT, STATUS_MOVES)
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """What changed between two dates: the moves behind it, and a view of each table by name."""

    moves: Moves
    views: Mapping[str, View]


def compare(portfolio: Portfolio, filters: Filters, scope: Scope = EVERYONE) -> Comparison:
    """Compare the as-of date with `filters.since`; both must be set."""
    if filters.since is None or filters.as_of is None:
        msg = "There are no dates to compare: import licenses first."
        raise NotFoundError(msg)
    found = moves(portfolio, filters, filters.since, scope)
    tables = {
        "largest_moves": found.largest(LARGEST).with_columns(
            row_id=pl.concat_str("customer_id", "product", separator="|")
        ),
        "customers_came": found.customers(CAME).with_columns(row_id="customer_id"),
        "customers_went": found.customers(WENT).with_columns(row_id="customer_id"),
        "status_moves": _statuses(found, portfolio, scope),
    }
    return Comparison(
        moves=found, views={name: _view(name, tables[name], found) for name in COMPARED}
    )


def quarter_before(day: date | None) -> date | None:
    """Return the date that is compared with where none is named: 13 weeks earlier."""
    return day and day - QUARTER


def _statuses(found: Moves, portfolio: Portfolio, scope: Scope) -> pl.DataFrame:
    rows = status_moves(portfolio, found.filters, found.since, scope)
    return rows.rename({"before": "status_before", "after": "status_now"}).with_columns(
        row_id="customer_id"
    )


def _view(name: str, rows: pl.DataFrame, found: Moves) -> View:
    section = COMPARED[name]
    columns = {column.name: column.expr for column in section.table}
    return View(
        section=section,
        filters=found.filters,
        release=found.release,
        week_ending=found.week_now,
        kpis={},
        history=pl.DataFrame(),
        trend=pl.DataFrame(),
        table=rows.select("row_id", **columns),
    )
