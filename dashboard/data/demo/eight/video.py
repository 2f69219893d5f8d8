"""The log of video calls: a page of the interface per account, which names no account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import deal
from dashboard.data.demo.eight.events import COUNTRIES, Events, iso
from dashboard.data.demo.eight.headers import VIDEO

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.data.demo.eight.accounts import Accounts

ENDED = 0
STATUSES = ("E", "C")
FIRST_CALL = 5_000


def video_rows(rng: np.random.Generator, accounts: Accounts, events: Events) -> pl.DataFrame:
    """Return the rows of the log, with the oddities its answers have."""
    size = events.size
    status = deal(rng, size, (0.85, 0.15))
    seconds = np.where(status == ENDED, np.rint(rng.lognormal(5, 1, size)), 0).astype(np.int64)
    finished = pl.DataFrame(
        {"at": iso(events.at + seconds.astype("m8[s]")), "ok": status == ENDED}
    )
    country = pl.Series(COUNTRIES).gather(accounts.region[events.account])
    odd = pl.Series(np.arange(size) % 25 == 7)
    rows = pl.DataFrame(
        {
            "CallId": pl.int_range(FIRST_CALL, FIRST_CALL + size, eager=True).cast(pl.String),
            "UserB_MSISDN": events.person.str.strip_prefix("+"),
            "CreatedAt": iso(events.at),
            "FinishedAt": finished.select(pl.when("ok").then("at")).to_series(),
            "Duration": seconds,
            "Status": pl.Series(STATUSES).gather(status),
            "CountryISO2alpha": country,
            "Reference": pl.repeat("booking", size, eager=True),
            "Location": pl.repeat(None, size, dtype=pl.String, eager=True),
        }
    )
    return rows.with_columns(
        UserB_MSISDN=pl.when(odd).then(pl.lit("null,")).otherwise("UserB_MSISDN"),
        CountryISO2alpha=pl.when(odd)
        .then(pl.format("“{}”", "CountryISO2alpha"))
        .otherwise("CountryISO2alpha"),
    ).select(VIDEO)


def spoiled(rows: pl.DataFrame) -> pl.DataFrame:
    """Return two rows that are none: a negative duration, an end before the beginning."""
    odd = rows.head(2)
    return odd.with_columns(
        CallId=pl.Series(["91", "92"][: odd.height]),
        Duration=pl.Series([-3, 0][: odd.height]),
        FinishedAt=pl.Series([None, "2019-02-04T04:00:26.250Z"][: odd.height]),
    )


def write_page(folder: Path, name: str, rows: pl.DataFrame) -> Path:
    """Write the rows as a page of the interface."""
    path = folder / name
    page = {"prevCursor": str(FIRST_CALL), "nextCursor": None, "list": rows.to_dicts()}
    path.write_bytes(json.dumps(page, ensure_ascii=False, indent=1).encode())
    return path
