"""The paperwork of subscriptions: identifiers, renewal, payment, setup, invoice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import pick
from dashboard.data.demo.identifiers import subscription_ids

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Flags
    from dashboard.data.demo.terms import Terms

RENEWED_SHARE = 0.64
UNPAID_SHARE = 0.03
PENDING_SHARE = 0.22
RECENT = np.timedelta64(100, "D")
UNKNOWN_VALUES = 2  # rows per column whose value no document lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Paperwork:
    """One entry per subscription, in the order of its terms; null where nothing is said."""

    ids: pl.Series
    kind: pl.Series
    auto_renew: pl.Series
    setup: pl.Series
    payment: pl.Series
    invoice: pl.Series


def draw_paperwork(rng: np.random.Generator, terms: Terms, as_of: np.datetime64) -> Paperwork:
    """Draw the paperwork of all terms; trials are not invoiced."""
    active = terms.active(as_of)
    bought = active & ~terms.trial
    # The unknown kind only ever joins a known one: it decides nobody's status alone.
    odd_kind = pick(rng, bought & terms.added, 0, least=UNKNOWN_VALUES)
    pending = pick(rng, active & (terms.start > as_of - RECENT), PENDING_SHARE)
    odd_setup = pick(rng, bought & ~pending, 0, least=UNKNOWN_VALUES)
    unpaid = pick(rng, bought, UNPAID_SHARE) | pick(rng, ~active & ~terms.trial, 0.06)
    odd_payment = pick(rng, bought & ~unpaid, 0, least=UNKNOWN_VALUES)
    renewed = ~terms.trial & (rng.random(terms.size) < RENEWED_SHARE)
    silent = pick(rng, bought & ~pending, 0.04)
    return Paperwork(
        ids=subscription_ids(terms.size),
        kind=_choose("Subscription", (terms.trial, "Trial"), (odd_kind, "Enterprise Agreement")),
        auto_renew=_choose("No", (renewed, "Yes")),
        setup=_choose("Complete", (pending, "Pending"), (odd_setup, "In Review"), (silent, None)),
        payment=_choose(
            "Paid", (unpaid, "Unpaid"), (odd_payment, "Disputed"), (terms.trial, None)
        ),
        invoice=_invoices(terms),
    )


def _choose(usual: str, *exceptions: tuple[Flags, str | None]) -> pl.Series:
    """Return the usual word, overruled by each exception where its flag is set."""
    words: list[str | None] = [usual]
    number = np.zeros(exceptions[0][0].size, np.int64)
    for flags, word in exceptions:
        number[flags] = len(words)
        words.append(word)
    return pl.Series(words, dtype=pl.String).gather(number)


def _invoices(terms: Terms) -> pl.Series:
    """Number the invoices by the year of the start; a trial has none."""
    frame = pl.DataFrame({"start": terms.start, "trial": terms.trial}).with_row_index("row")
    number = (pl.col("row") + 1).cast(pl.String).str.zfill(7)
    reference = pl.format("INV-{}-{}", pl.col("start").dt.year(), number)
    return frame.select(pl.when(~pl.col("trial")).then(reference).alias("invoice")).to_series()
