"""The voice log: one row per call, billed by the second or by the minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import deal
from dashboard.data.demo.eight.events import COUNTRIES, Events, iso, sub_accounts
from dashboard.data.demo.eight.headers import VOICE
from dashboard.data.demo.eight.money import text_of
from dashboard.data.demo.identifiers import random_ids

if TYPE_CHECKING:
    from dashboard.data.demo.arrays import Ints
    from dashboard.data.demo.eight.accounts import Accounts

# The last is a status no document lists.
STATUSES = ("COMPLETED", "NO_ANSWER", "BUSY", "CANCELED", "FAILED", "VOICEMAIL_DROP")
STATUS_SHARES = (0.7, 0.14, 0.06, 0.05, 0.04, 0.01)
SIP = ("200", "480", "486", "487", "503", "200")
UNIT = 13_500  # millionths of a dollar per minute
MINUTE = 60


def voice_rows(rng: np.random.Generator, accounts: Accounts, events: Events) -> pl.DataFrame:
    """Return the rows of the log."""
    account, size = events.account, events.size
    status = deal(rng, size, STATUS_SHARES)
    seconds = np.where(status == 0, np.rint(rng.lognormal(4.5, 1, size)), 0).astype(np.int64)
    by_minute = accounts.lone[account]
    billed = np.where(by_minute, -(-seconds // MINUTE) * MINUTE, seconds)
    unit = np.rint(UNIT * accounts.worth[account]).astype(np.int64)
    rung = events.at + rng.integers(2_000, 20_000, size).astype("m8[ms]")
    own = pl.Series([f"+1415555{n:04d}" for n in range(100, 200)]).gather(account % 100)
    there = pl.Series(COUNTRIES).gather(accounts.region[account])
    outbound = pl.Series(events.outbound)
    ends = pl.DataFrame({"own": own, "person": events.person, "out": outbound})
    nothing = pl.repeat(None, size, dtype=pl.String, eager=True)
    carrier = (there, there, nothing, nothing, nothing)
    columns = (
        *(random_ids(rng, size), events.id, accounts.id.gather(account)),
        sub_accounts(accounts, account),
        outbound.replace_strict({True: "Outbound", False: "Inbound"}, return_dtype=pl.String),
        *carrier,
        ends.select(pl.when("out").then("own").otherwise("person")).to_series(),
        *carrier,
        ends.select(pl.when("out").then("person").otherwise("own")).to_series(),
        *(iso(events.at), _connected(rung, status), iso(rung + seconds.astype("m8[s]"))),
        pl.Series(seconds),
        *(pl.repeat(word, size, eager=True) for word in ("Voice", "Minute")),
        pl.Series(by_minute).replace_strict({True: "60+60", False: "1+1"}, return_dtype=pl.String),
        pl.Series(billed),
        text_of(pl.Series(unit), 6),
        accounts.currency.gather(account),
        text_of(pl.Series(unit * billed // MINUTE), 6),
        pl.repeat("PSTN", size, eager=True),
        pl.Series(SIP).gather(status),
        pl.Series(STATUSES).gather(status),
        pl.Series(STATUSES).gather(status),
        *(nothing, pl.Series(np.where(status == 0, "4.3", "")), _contents(size)),
    )
    return pl.DataFrame(dict(zip(VOICE, columns, strict=True)))


def spoiled(rows: pl.DataFrame) -> pl.DataFrame:
    """Return three rows that are none: no id, -5 seconds, an end before the beginning."""
    odd = rows.head(3).cast(pl.String)
    own = ["NA", "00000000-0000-4000-8000-0000000ca112", "00000000-0000-4000-8000-0000000ca113"]
    took, ended = odd["DurationInSec"].to_list(), odd["DisconnectedAt"].to_list()
    return odd.with_columns(
        CallId=pl.Series(own[: odd.height]),
        DurationInSec=pl.Series([*took[:1], "-5", *took[2:]][: odd.height]),
        DisconnectedAt=pl.Series([*ended[:2], "2020-01-01T00:00:00Z"][: odd.height]),
    )


def _connected(rung: np.ndarray, status: Ints) -> pl.Series:
    """Return when a call was answered, nothing if it was not."""
    answered = pl.DataFrame({"at": iso(rung), "answered": status == 0})
    return answered.select(pl.when("answered").then("at")).to_series()


def _contents(size: int) -> pl.Series:
    """Return what was read out to every tenth person called."""
    said = ["Hello Bruno Silverleyn, press 1 or call +4930231250", *[None] * 9]
    return pl.Series(said, dtype=pl.String).gather(np.arange(size) % 10)
