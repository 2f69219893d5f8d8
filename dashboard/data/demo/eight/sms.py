"""The SMS log: one row per message, priced per part, its body masked or, at times, not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.draws import deal
from dashboard.data.demo.eight.events import COUNTRIES, Events, iso, sub_accounts
from dashboard.data.demo.eight.headers import SMS
from dashboard.data.demo.eight.money import text_of

if TYPE_CHECKING:
    from dashboard.data.demo.eight.accounts import Accounts

# State, detail, error code; the last is a state no document lists.
STATES = (
    ("delivered", "delivered_to_recipient", "0"),
    ("undelivered", "undelivered_to_recipient", "27"),
    ("failed", "rejected_by_operator", "13"),
    ("sent", "delivered_to_operator", "0"),
    ("expired", "expired_at_operator", "9"),
)
STATE_SHARES = (0.86, 0.05, 0.03, 0.05, 0.01)
SENDERS = ("8x8Info", "Verify", "{id}", "72404", "ALERT2026")
BODIES = (
    "**MASKED**",
    "Dear Olena Quarrington, your code is 481 516",
    'Call "Front Desk" at +442079460123, please',
    "Line one\nline two, and; more",
    "",
)
BODY_SHARES = (0.8, 0.05, 0.05, 0.05, 0.05)
UNIT = 412_371  # ten-millionths of a dollar per part


def sms_rows(rng: np.random.Generator, accounts: Accounts, events: Events) -> pl.DataFrame:
    """Return the rows of the log."""
    account, size = events.account, events.size
    state = [STATES[at] for at in deal(rng, size, STATE_SHARES)]
    body = pl.Series(BODIES).gather(deal(rng, size, BODY_SHARES))
    parts = deal(rng, size, (0.75, 0.15, 0.1)) + 1
    per_part = np.rint(UNIT * accounts.worth[account] * events.outbound).astype(np.int64)
    nothing = pl.repeat(None, size, dtype=pl.String, eager=True)
    later = events.at + rng.integers(500, 90_000, size).astype("m8[ms]")
    unicode = pl.Series(rng.random(size) < 0.2)
    columns = (
        events.id,
        sub_accounts(accounts, account),
        pl.Series(events.outbound).cast(pl.Int64),
        pl.Series(COUNTRIES).gather(accounts.region[account]),
        pl.Series(["Northern Mobile", "Telefix"]).gather(np.arange(size) % 2),
        pl.repeat("525", size, eager=True),
        pl.repeat("01", size, eager=True),
        *(pl.Series([s[at] for s in state], dtype=pl.String) for at in range(3)),
        nothing,
        iso(later),
        events.person,
        _senders(accounts, events),
        unicode.replace_strict({True: "UCS2", False: "GSM7"}, return_dtype=pl.String),
        iso(events.at),
        pl.Series(parts),
        accounts.currency.gather(account),
        text_of(pl.Series(per_part), 7),
        text_of(pl.Series(per_part * parts), 7),
        *(nothing, nothing, nothing),
        body,
    )
    return pl.DataFrame(dict(zip(SMS, columns, strict=True)))


def delivered(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the messages that were only sent, as a later download has them: delivered."""
    return rows.filter(pl.col("status_value") == "sent").with_columns(
        status_value=pl.lit("delivered"), status_details=pl.lit("delivered_to_recipient")
    )


def spoiled(rows: pl.DataFrame) -> pl.DataFrame:
    """Return five rows that are none: no id, a local date, no date, -1 parts, a price in words."""
    odd = rows.head(5).cast(pl.String)
    own = ["", *(f"00000000-0000-4000-8000-00000005a1{n:02d}" for n in range(1, 5))]
    when, parts, price = (odd[c].to_list() for c in ("createdat", "smscount", "price_total"))
    return odd.with_columns(
        umid=pl.Series(own[: odd.height]),
        createdat=pl.Series([when[0], "17/06/2026 04:17", "", *when[3:]][: odd.height]),
        smscount=pl.Series([*parts[:3], "-1", *parts[4:]][: odd.height]),
        price_total=pl.Series([*price[:4], "free"][: odd.height]),
    )


def _senders(accounts: Accounts, events: Events) -> pl.Series:
    """Name the sender of each account: a word, a number, a short code."""
    named = [SENDERS[at % len(SENDERS)].format(id="+12025550133") for at in range(accounts.size)]
    return pl.Series(named).gather(events.account)
