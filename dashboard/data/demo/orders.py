"""The order history behind the license lines: new, add-on, renewal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import days_between, pick
from dashboard.data.demo.identifiers import order_ids
from dashboard.data.demo.span import add_months

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Days, Ints
    from dashboard.data.demo.lines import Lines
    from dashboard.data.demo.terms import Terms

MOST_RENEWALS = 4


def draw_orders(
    rng: np.random.Generator,
    lines: Lines,
    terms: Terms,
    names: pl.DataFrame,
    as_of: np.datetime64,
) -> pl.DataFrame:
    """Draw one row per order and line, oldest first within a subscription."""
    history = pl.concat(
        [
            _first(rng, lines, as_of),
            *(_grown(lines, number) for number in range(lines.steps.shape[1])),
            *(_renewed(lines, terms, number, as_of) for number in range(1, MOST_RENEWALS + 1)),
        ]
    ).sort("line", "date", maintain_order=True)
    size = history.height
    # A recent order may still be under way; one status is in nobody's document.
    recent = (history["date"] > (as_of - np.timedelta64(21, "D")).item()).to_numpy()
    held = pick(rng, ~recent, 0.002)
    status = np.where(recent, 1, np.where(held, 2, 0))
    named = names[history["line"].to_numpy()]
    return pl.DataFrame(
        {
            "subscription": named["subscription"],
            "order": order_ids(size),
            "date": history["date"],
            "type": history["type"],
            "product": named["product"],
            "quantity": history["quantity"],
            "status": pl.Series(["Complete", "Pending", "On Hold"]).gather(status),
        }
    )


def _first(rng: np.random.Generator, lines: Lines, as_of: np.datetime64) -> pl.DataFrame:
    """Return the order that began each line, some days before its start."""
    ahead = days_between(rng, 0, 14, int(lines.subscription.max()) + 1)[lines.subscription]
    quantity = np.rint(lines.seats * (1 - lines.step_shares.sum(axis=1)))
    every = np.arange(lines.size)
    return _orders(every, np.minimum(lines.start - ahead, as_of), quantity, "New")


def _grown(lines: Lines, number: int) -> pl.DataFrame:
    """Return the add-on orders of one round."""
    grown = np.flatnonzero(~np.isnat(lines.steps[:, number]))
    quantity = np.rint(lines.seats * lines.step_shares[:, number])
    return _orders(grown, lines.steps[grown, number], quantity[grown], "Add-on")


def _renewed(lines: Lines, terms: Terms, number: int, as_of: np.datetime64) -> pl.DataFrame:
    """Return the orders that renewed a subscription for the given time."""
    months = terms.months[lines.subscription]
    renewed = np.flatnonzero(terms.count[lines.subscription] > number)
    day = add_months(lines.start[renewed], months[renewed] * number)
    to_come = (lines.steps[renewed] > day[:, None]) * lines.step_shares[renewed]
    quantity = np.rint(lines.seats[renewed] * (1 - to_come.sum(axis=1)))
    return _orders(renewed, np.minimum(day, as_of), quantity, "Renewal")


def _orders(
    line: Ints,
    date: Days,
    quantity: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    kind: str,
) -> pl.DataFrame:
    """Lay out orders of one type; nobody orders less than one license."""
    return pl.DataFrame(
        {
            "line": line,
            "date": date,
            "type": pl.repeat(kind, line.size, dtype=pl.String, eager=True),
            "quantity": np.maximum(quantity, 1).astype(np.int64),
        }
    )
