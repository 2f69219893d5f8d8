"""Reading: the bytes of one delivered file become rows and counts; only the reader does this."""

from __future__ import annotations

import hashlib
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from dashboard.data import texts
from dashboard.data.containers import decode, unpack
from dashboard.data.inventories import settled
from dashboard.data.inventory_datasets import INVENTORIES
from dashboard.data.items import parse
from dashboard.data.merging import MISMATCH, mismatched
from dashboard.data.privacy import dropped, shown
from dashboard.data.recognition import recognize
from dashboard.data.sifting import sift
from dashboard.data.sources import Kind
from dashboard.data.texts import IGNORED, RECORD

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.data.items import Items
    from dashboard.data.options import ImportOptions
    from dashboard.data.recognition import Recognized
    from dashboard.data.texts import Texts

_ITEMS = 10  # the objects of a JSON text weigh about as many times what it does
_MANY = 10_000  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file whose export is known, not yet read."""

    sha256: str  # of its unpacked bytes
    text: bytes
    recognized: Recognized
    items: Items | None  # what the text holds if it is JSON

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.text) * (_ITEMS if self.items else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was in a file: good rows without a region, bad ones, and how many of each."""

    kept: pl.DataFrame
    same: pl.DataFrame  # one row: the columns whose value is the same in all rows kept
    quarantined: pl.DataFrame  # line, reason, raw
    counts: dict[str, Any]  # by the names a report has for them


def open_file(path: Path, options: ImportOptions) -> Opened:
    """Unpack a file and recognize it; SourceError says why that cannot be."""
    content = unpack(path)
    with ThreadPoolExecutor(1) as pool:
        digest = pool.submit(hashlib.sha256, content)
        text = decode(path.name, content)
        items = parse(text)
        header = items.header if items else None
        recognized = recognize(path.name, text, options, header)
        sha256 = digest.result().hexdigest()
    return Opened(sha256=sha256, text=text, recognized=recognized, items=items)


def read_file(opened: Opened, subscriptions: pl.DataFrame | None, *, masks: bool) -> Reading:
    """Read a file and judge its rows, those of licenses by the subscriptions known by then.

    `masks` says that inventories, too, keep no more than the ends of numbers.
    """
    recognized, found = opened.recognized, _texts(opened)
    kept, aside = sift(found, recognized)
    if subscriptions is not None:
        wrong = mismatched(kept, subscriptions)
        if not wrong.is_empty():
            kept = kept.join(wrong, on=RECORD, how="anti", maintain_order="left")
            aside = aside | dict.fromkeys(wrong[RECORD], MISMATCH)
    dataset = recognized.source.dataset
    if dataset.name in INVENTORIES:
        kept = settled(kept, dataset, masks=masks)
    same = _same(kept)
    return Reading(
        kept=kept.drop(RECORD, *same),
        same=kept.select(same).head(1),
        quarantined=_quarantined(found, aside, recognized),
        counts=_counts(found, kept.height, Counter(aside.values()), recognized),
    )


def _same(rows: pl.DataFrame) -> list[str]:
    """Return the columns that many rows need not bring each: a week's snapshot has several.

    The first column is none of them, for it says how many rows there are.
    """
    others = rows.get_columns()[1:] if rows.height >= _MANY else []
    ends = (c for c in others if c[0] == c[-1])
    return [c.name for c in ends if c.eq_missing(c[0]).all()]


def _texts(opened: Opened) -> Texts:
    if opened.items:
        return opened.items.texts()
    recognized = opened.recognized
    counts = [i for i, c in enumerate(recognized.columns) if c and c.kind is Kind.COUNT]
    header, delimiter = recognized.header, recognized.delimiter
    return texts.read(opened.text, recognized.start, delimiter, header, counts)


def _counts(
    found: Texts, kept: int, aside: Counter[str], recognized: Recognized
) -> dict[str, Any]:
    ignored = aside.pop(IGNORED, 0)
    return {
        "rows_in": recognized.blank + found.height,
        "rows_kept": kept,
        "rows_quarantined": aside.total(),
        "rows_ignored": recognized.blank + ignored,
        "dropped_values": dropped(found, recognized),
        "reasons": dict(aside.most_common()),
        "unknown_columns": recognized.unknown,
    }


def _quarantined(found: Texts, aside: dict[int, str], recognized: Recognized) -> pl.DataFrame:
    bad = sorted(record for record, reason in aside.items() if reason != IGNORED)
    rows = [(found.line(i), aside[i], shown(found, i, recognized)) for i in bad]
    schema = {"line": pl.Int64, "reason": pl.String, "raw": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")
