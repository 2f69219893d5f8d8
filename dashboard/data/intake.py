"""Intake: one delivered file becomes rows to keep, rows to quarantine, and a count of each."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from dashboard.data import texts
from dashboard.data.containers import decode, unpack
from dashboard.data.datasets import CUSTOMERS, LICENSES, SUBSCRIPTIONS
from dashboard.data.inventories import settled
from dashboard.data.inventory_datasets import INVENTORIES
from dashboard.data.items import parse
from dashboard.data.ledger import FileReport
from dashboard.data.merging import MISMATCH, mismatched, owner, with_region
from dashboard.data.privacy import dropped, shown
from dashboard.data.recognition import recognize
from dashboard.data.sifting import sift
from dashboard.data.sources import Kind
from dashboard.data.texts import IGNORED, RECORD
from dashboard.errors import SourceError

if TYPE_CHECKING:
    from dashboard.data.datasets import Dataset
    from dashboard.data.inbox import Delivery
    from dashboard.data.items import Items
    from dashboard.data.portfolio import Portfolio
    from dashboard.data.recognition import Recognized
    from dashboard.data.texts import Texts

HELD = 64 * 1024**2  # bytes of text that wait in memory for their turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file whose export is known, not yet read."""

    delivery: Delivery
    sha256: str
    text: bytes | None  # None: large, so that it is read again when its turn comes
    recognized: Recognized
    items: Items | None = None  # what the text holds if it is JSON

    @property
    def file(self) -> str:
        """The file as it was named."""
        return self.delivery.file

    @property
    def dataset(self) -> Dataset:
        """The dataset its rows belong to."""
        return self.recognized.source.dataset

    @property
    def options(self) -> str:
        """The import options that applied, as the ledger keeps them."""
        return json.dumps(self.recognized.options, ensure_ascii=False, sort_keys=True)

    @property
    def identity(self) -> tuple[str, str, str]:
        """What makes it the same delivery again."""
        return self.recognized.source.name, self.sha256, self.options


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """A file that was read: its good rows, its bad ones, and the report."""

    incoming: Incoming
    kept: pl.DataFrame
    orphans: pl.DataFrame  # owner, rows: kept rows of owners that no customer list names
    quarantined: pl.DataFrame  # line, reason, raw
    report: FileReport


def open_delivery(delivery: Delivery) -> Incoming:
    """Unpack a file and recognize it; SourceError says why that cannot be."""
    if delivery.refused:
        raise SourceError(delivery.refused)
    name = delivery.path.name
    content = unpack(delivery.path)
    with ThreadPoolExecutor(1) as pool:
        digest = pool.submit(hashlib.sha256, content)
        text = decode(name, content)
        items = parse(text)
        header = items.header if items else None
        return Incoming(
            delivery=delivery,
            text=text if len(text) <= HELD else None,
            recognized=recognize(name, text, delivery.options, header),
            items=items,
            sha256=digest.result().hexdigest(),
        )


def accept(incoming: Incoming, portfolio: Portfolio, *, masks: bool = False) -> Accepted:
    """Read a file, and judge its rows by the customers and subscriptions known by then.

    `masks` says that inventories, too, keep no more than the ends of numbers.
    """
    dataset, found = incoming.dataset, _read(incoming)
    kept, aside = sift(found, incoming.recognized)
    if dataset is LICENSES:
        wrong = mismatched(kept, portfolio.after[SUBSCRIPTIONS.name])
        if not wrong.is_empty():
            kept = kept.join(wrong, on=RECORD, how="anti", maintain_order="left")
            aside = aside | dict.fromkeys(wrong[RECORD], MISMATCH)
    if dataset.name in INVENTORIES:
        kept = settled(kept, dataset, masks=masks)
    if dataset is not CUSTOMERS:
        kept = with_region(kept, dataset, portfolio.owners(dataset))
    unplaced = kept.lazy().filter(pl.col("region").is_null())
    orphans = unplaced.group_by(owner=owner(dataset)).agg(rows=pl.len())
    return Accepted(
        incoming=replace(incoming, text=None, items=None),  # read: they may be large
        kept=kept.select(*dataset.columns, "region"),
        orphans=orphans.collect(engine="streaming"),
        quarantined=_quarantined(found, aside, incoming.recognized),
        report=_report(incoming, found, kept, Counter(aside.values())),
    )


def _read(incoming: Incoming) -> Texts:
    if incoming.items:
        return incoming.items.texts()
    recognized = incoming.recognized
    counts = [i for i, c in enumerate(recognized.columns) if c and c.kind is Kind.COUNT]
    header, delimiter = recognized.header, recognized.delimiter
    return texts.read(_text(incoming), recognized.start, delimiter, header, counts)


def _text(incoming: Incoming) -> bytes:
    """Return the text of a file, read again if it was too large to be held."""
    if incoming.text is not None:
        return incoming.text
    path = incoming.delivery.path
    content = unpack(path)
    if hashlib.sha256(content).hexdigest() != incoming.sha256:
        msg = f"{path.name} changed while it was imported: deliver it again."
        raise SourceError(msg)
    return decode(path.name, content)


def _report(
    incoming: Incoming, found: Texts, kept: pl.DataFrame, aside: Counter[str]
) -> FileReport:
    recognized = incoming.recognized
    ignored = aside.pop(IGNORED, 0)
    return FileReport(
        file=incoming.file,
        export=recognized.source.name,
        dataset=incoming.dataset.name,
        rows_in=recognized.blank + found.height,
        rows_kept=kept.height,
        rows_quarantined=aside.total(),
        rows_ignored=recognized.blank + ignored,
        dropped_values=dropped(found, recognized),
        reasons=dict(aside.most_common()),
        orphans=kept["region"].null_count(),
        unknown_columns=recognized.unknown,
    )


def _quarantined(found: Texts, aside: dict[int, str], recognized: Recognized) -> pl.DataFrame:
    bad = sorted(record for record, reason in aside.items() if reason != IGNORED)
    rows = [(found.line(i), aside[i], shown(found, i, recognized)) for i in bad]
    schema = {"line": pl.Int64, "reason": pl.String, "raw": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
