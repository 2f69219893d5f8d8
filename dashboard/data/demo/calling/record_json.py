"""Call records as the interface answers: text for numbers, keys left out, several nulls."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dashboard.data.demo.calling.record_headers import IN_THE_FEED
from dashboard.data.demo.calling.records import spelled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    import polars as pl

NULLS = ("", "NA", None)  # and the key left out
TEXTS = ("Ring duration", "Site timezone")


def write_envelope(folder: Path, ending: np.datetime64, rows: pl.DataFrame) -> Path:
    """Write the answer of a feed: one object with all items."""
    path = folder / f"webex_cdr_feed_{ending}.json"
    text = json.dumps({"items": list(_items(rows))}, ensure_ascii=False, indent=1)
    path.write_bytes(text.encode() + b"\n")
    return path


def write_lines(folder: Path, ending: np.datetime64, rows: pl.DataFrame) -> Path:
    """Write a record per line, the last one with a negative duration."""
    path = folder / f"webex_cdr_stream_{ending}.ndjson"
    items = list(_items(rows))
    for item in items[-1:]:
        spoiled = {"Report ID": "00000000-0000-4000-8000-dead0000beef", "Duration": "-9"}
        items.append(item | spoiled)
    path.write_bytes("".join(json.dumps(item) + "\n" for item in items).encode())
    return path


def _items(rows: pl.DataFrame) -> Iterator[dict[str, object]]:
    """Turn rows into records, every one with its own habits."""
    for number, row in enumerate(spelled(rows).iter_rows(named=True)):
        item: dict[str, object] = {}
        for at, (name, value) in enumerate(row.items()):
            key = IN_THE_FEED.get(name, name)
            if value is not None:
                item[key] = _spelled(name, value, number)
            elif (number + at) % 4 < len(NULLS):
                item[key] = NULLS[(number + at) % 4]
        yield item


def _spelled(name: str, value: object, number: int) -> object:
    """Spell one value: numbers now and then as text, truth as a word or as itself."""
    if name in TEXTS or (name == "Duration" and number % 3 == 0):
        return str(value)
    if name == "Answered" and number % 5 == 0:
        return value == "true"
    if name == "Release time":
        return str(value).replace("T", " ").removesuffix("Z")
    return value
