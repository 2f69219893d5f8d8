"""Intake: one delivered file becomes rows to keep, rows to quarantine, and a count of each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data.datasets import CUSTOMERS, LICENSES, SUBSCRIPTIONS
from dashboard.data.ledger import FileReport
from dashboard.data.merging import owner, with_region
from dashboard.data.reader import READER
from dashboard.data.sources import discover
from dashboard.errors import SourceError

if TYPE_CHECKING:
    from dashboard.data.datasets import Dataset
    from dashboard.data.inbox import Delivery
    from dashboard.data.portfolio import Portfolio
    from dashboard.data.reader import Limits
    from dashboard.data.sources import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file whose export is known, not yet read."""

    delivery: Delivery
    sha256: str
    source: Source
    filled: dict[str, str]  # the import options that applied

    @property
    def file(self) -> str:
        """The file as it was named."""
        return self.delivery.file

    @property
    def dataset(self) -> Dataset:
        """The dataset its rows belong to."""
        return self.source.dataset

    @property
    def options(self) -> str:
        """The import options that applied, as the ledger keeps them."""
        return json.dumps(self.filled, ensure_ascii=False, sort_keys=True)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same delivery again."""
        return self.source.name, self.sha256, self.options


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A file that was read: its good rows, its bad ones, and the report."""

    incoming: Incoming
    kept: pl.DataFrame
    orphans: pl.DataFrame  # owner, rows: kept rows of owners that no customer list names
    quarantined: pl.DataFrame  # line, reason, raw
    report: FileReport


def open_delivery(delivery: Delivery, limits: Limits) -> Incoming:
    """Have a file unpacked and recognized; SourceError says why that cannot be."""
    if delivery.refused:
        raise SourceError(delivery.refused)
    asked = {"step": "open", "options": asdict(delivery.options)}
    content = READER.ask(delivery.path, limits, asked).content
    return Incoming(
        delivery=delivery,
        sha256=content["sha256"],
        source=next(s for s in discover() if s.name == content["source"]),
        filled=content["filled"],
    )


def accept(
    incoming: Incoming, portfolio: Portfolio, limits: Limits, *, masks: bool = False
) -> Accepted:
    """Have a file read, and place its rows by the customers known by then.

    `masks` says that inventories, too, keep no more than the ends of numbers.
    """
    dataset, delivery = incoming.dataset, incoming.delivery
    asked = {
        "step": "read",
        "options": asdict(delivery.options),
        "sha256": incoming.sha256,
        "masks": masks,
    }
    known = portfolio.after[SUBSCRIPTIONS.name] if dataset is LICENSES else None
    judges = [] if known is None else [known.select("subscription_id", "customer_id")]
    counts, (kept, same, quarantined) = READER.ask(delivery.path, limits, asked, *judges)
    if same.width:
        kept = kept.with_columns(pl.lit(c.first(), c.dtype).alias(c.name) for c in same)
    if dataset is not CUSTOMERS:
        kept = with_region(kept, dataset, portfolio.owners(dataset))
    unplaced = kept.lazy().filter(pl.col("region").is_null())
    orphans = unplaced.group_by(owner=owner(dataset)).agg(rows=pl.len())
    return Accepted(
        incoming=incoming,
        kept=kept.select(*dataset.columns, "region"),
        orphans=orphans.collect(engine="streaming"),
        quarantined=quarantined,
        report=FileReport(
            file=incoming.file,
            export=incoming.source.name,
            dataset=dataset.name,
            orphans=kept["region"].null_count(),
            **counts,
        ),
    )
