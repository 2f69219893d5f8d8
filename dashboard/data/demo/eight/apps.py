"""The log of messaging apps: nested answers of the interface, and the same in flat columns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from dashboard.data.demo.draws import deal
from dashboard.data.demo.eight.events import COUNTRIES, Events, iso, sub_accounts
from dashboard.data.demo.eight.headers import MESSAGING

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.data.demo.eight.accounts import Accounts

CHANNELS = ("WhatsApp", "Viber", "LINE", "Zalo")
CHANNEL_SHARES = (0.6, 0.25, 0.1, 0.05)
STATES = ("read", "delivered", "undelivered", "failed", "ok")
STATE_SHARES = (0.5, 0.35, 0.08, 0.04, 0.03)
CONTENTS = ("**MASKED**", "Hi Kateryna Lozovyk, is +38044000 1234 yours?", "🎉 sale, today")


def app_rows(rng: np.random.Generator, accounts: Accounts, events: Events) -> pl.DataFrame:
    """Return the rows of the log, flat."""
    size = events.size
    channel = deal(rng, size, CHANNEL_SHARES)
    nothing = pl.repeat(None, size, dtype=pl.String, eager=True)
    outbound = pl.Series(events.outbound)
    later = events.at + rng.integers(500, 90_000, size).astype("m8[ms]")
    columns = (
        events.id,
        sub_accounts(accounts, events.account),
        pl.Series(CHANNELS).gather(channel),
        pl.Series([f"904d1303-5754-4911-8154-0208970000{n:02d}" for n in range(4)]).gather(
            channel
        ),
        outbound.replace_strict({True: "Outbound", False: "Inbound"}, return_dtype=pl.String),
        pl.Series(COUNTRIES).gather(accounts.region[events.account]),
        pl.Series(STATES).gather(deal(rng, size, STATE_SHARES)),
        *(nothing, nothing, nothing),
        iso(later),
        events.person,
        pl.repeat("Text", size, eager=True),
        pl.Series(CONTENTS).gather(deal(rng, size, (0.8, 0.1, 0.1))),
        iso(events.at),
        *(nothing, nothing, nothing),
        pl.Series(np.arange(size) % 3 + 1),
    )
    return pl.DataFrame(dict(zip(MESSAGING, columns, strict=True)))


def spoiled(rows: pl.DataFrame) -> pl.DataFrame:
    """Return two rows that are none: a time of the day alone, and no time at all."""
    odd = rows.head(2)
    own = ["00000000-0000-4000-8000-00000000a991", "00000000-0000-4000-8000-00000000a992"]
    return odd.with_columns(
        umid=pl.Series(own[: odd.height]), createdAt=pl.Series(["04:17", None][: odd.height])
    )


def write_answer(folder: Path, name: str, rows: pl.DataFrame) -> Path:
    """Write the rows as the interface answers: objects within objects, empty keys left out."""
    path = folder / name
    data = [_nested(row) for row in rows.iter_rows(named=True)]
    path.write_bytes(json.dumps({"data": data}, ensure_ascii=False, indent=1).encode())
    return path


def _nested(row: dict[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {}
    for key, value in row.items():
        outer, _, inner = key.partition(".")
        if value is not None:
            (item.setdefault(outer, {}) if inner else item)[inner or outer] = value
    return item
