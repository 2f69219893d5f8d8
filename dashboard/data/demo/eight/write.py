"""Writes 8x8 accounts and their logs into a folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from dashboard.data.demo.customers import REGIONS
from dashboard.data.demo.draws import stream
from dashboard.data.demo.eight import apps, shapes, sms, video, voice
from dashboard.data.demo.eight.accounts import (
    MESSAGING,
    SMS,
    VIDEO,
    VOICE,
    account_rows,
    draw_accounts,
)
from dashboard.data.demo.eight.events import Events, draw_events
from dashboard.data.demo.files import write_file
from dashboard.data.demo.portfolio import NEWEST_WEEK
from dashboard.data.demo.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from dashboard.data.demo.eight.accounts import Accounts
    from dashboard.data.demo.files import Row, Shape

SHARES = {SMS: 0.52, VOICE: 0.22, MESSAGING: 0.2, VIDEO: 0.06}
IMPORTED_REGION = REGIONS.index("UAE")  # its list has no column for it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Delivery:
    """Where the logs go, and what must be said about files that do not say it."""

    folder: Path
    seed: int
    accounts: Accounts
    span: Span
    paths: list[Path] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def write(self, shape: Shape, *parts: pl.DataFrame | Row) -> None:
        """Write one delimited file."""
        self.paths.append(write_file(self.folder, shape, parts))

    def say(self, name: str, key: str, value: str) -> None:
        """Note what a file does not say of itself."""
        self.said.append(f'[[file]]\npath = "{name}"\n{key} = "{value}"\n')

    def events(self, product: int, rows: int) -> Events:
        """Draw the events of one product."""
        count = max(round(rows * SHARES[product]), 1)
        rng = stream(self.seed, f"8x8 events {product}")
        return draw_events(rng, self.accounts, product, self.span, count)


def write_logs(
    folder: Path,
    *,
    accounts: int = 40,
    rows: int = 60_000,
    weeks: int = 10,
    last_week: date = NEWEST_WEEK,
    seed: int = 2026,
) -> list[Path]:
    """Write 8x8 accounts and about `rows` rows of SMS, voice, messaging and video logs.

    Sub-accounts that are named like their account come in joined files; of the others each has
    its own, and `import.toml`, the last path, says whose it is. The same arguments give the
    same bytes.
    """
    if accounts < 1 or rows < 1:
        message = f"accounts and rows must be at least 1, not {accounts} and {rows}"
        raise ValueError(message)
    folder.mkdir(parents=True, exist_ok=True)
    to = _Delivery(
        folder=folder,
        seed=seed,
        accounts=draw_accounts(stream(seed, "8x8 accounts"), accounts),
        span=Span(last_week=last_week, weeks=weeks),
    )
    _write_accounts(to)
    _write_sms(to, to.events(SMS, rows))
    _write_voice(to, to.events(VOICE, rows))
    _write_apps(to, to.events(MESSAGING, rows))
    _write_video(to, to.events(VIDEO, rows))
    said = folder / "import.toml"
    said.write_bytes("\n".join(to.said).encode())
    return [*to.paths, said]


def _write_accounts(to: _Delivery) -> None:
    rows = account_rows(stream(to.seed, "8x8 list"), to.accounts)
    here = pl.col("region") == REGIONS[IMPORTED_REGION]
    to.write(shapes.ACCOUNTS_LIST, rows.filter(~here), shapes.NAMELESS)
    to.write(shapes.ACCOUNTS_OF_A_REGION, rows.filter(here).drop("users", "region"))
    to.say(shapes.ACCOUNTS_OF_A_REGION.name, "region", REGIONS[IMPORTED_REGION])


def _write_sms(to: _Delivery, events: Events) -> None:
    rows = sms.sms_rows(stream(to.seed, "8x8 sms"), to.accounts, events)
    joined, apart = _parted(to, events, rows, "subaccountid")
    orphans = rows.head(3).with_columns(
        umid=pl.format("{}9", pl.col("umid").str.head(-1)), subaccountid=pl.lit("trial_unlisted")
    )
    to.write(shapes.SMS_JOINED, joined, sms.spoiled(rows), orphans, shapes.BROKEN_OFF)
    to.write(shapes.SMS_AGAIN, sms.delivered(joined))
    for number, (sub, account, part) in enumerate(apart):
        shape = shapes.sms_of(sub, number)
        to.write(shape, part)
        to.say(shape.name, "organization_id", account)


def _write_voice(to: _Delivery, events: Events) -> None:
    rows = voice.voice_rows(stream(to.seed, "8x8 voice"), to.accounts, events)
    half = rows.height // 2
    to.write(shapes.VOICE_OLDER, rows[:half])
    # The newer download starts a little before the older one ends.
    to.write(shapes.VOICE_NEWER, rows[half - half // 50 :], voice.spoiled(rows))


def _write_apps(to: _Delivery, events: Events) -> None:
    rows = apps.app_rows(stream(to.seed, "8x8 apps"), to.accounts, events)
    joined, apart = _parted(to, events, rows, "subAccountId")
    half = joined.height // 2
    to.write(shapes.APPS_OLDER, joined[:half], apps.spoiled(rows))
    to.paths.append(apps.write_answer(to.folder, shapes.APPS_NEWER, joined[half:]))
    for sub, account, part in apart:
        name = f"eight_by_eight_messaging_{sub}.json"
        to.paths.append(apps.write_answer(to.folder, name, part))
        to.say(name, "organization_id", account)


def _write_video(to: _Delivery, events: Events) -> None:
    rows = video.video_rows(stream(to.seed, "8x8 video"), to.accounts, events)
    for number, account in enumerate(np.unique(events.account)):
        owner = to.accounts.id[int(account)]
        mine = rows.filter(pl.Series(events.account == account))
        if number == 0:
            shape = shapes.video_of(owner)
            to.write(shape, mine)
            to.say(shape.name, "organization_id", owner)
            continue
        name = f"eight_by_eight_video_{owner}.json"
        page = pl.concat([mine, video.spoiled(mine)]) if number == 1 else mine
        to.paths.append(video.write_page(to.folder, name, page))
        to.say(name, "organization_id", owner)


def _parted(
    to: _Delivery, events: Events, rows: pl.DataFrame, sub: str
) -> tuple[pl.DataFrame, Iterator[tuple[str, str, pl.DataFrame]]]:
    """Return the rows that say whose they are; the rest by sub-account, with the account."""
    owner = to.accounts.id.gather(events.account)
    named = rows.select(pl.col(sub) == owner).to_series()
    others = rows.with_columns(owner=owner).filter(~named)
    parts = others.partition_by(sub, "owner", maintain_order=True)
    return rows.filter(named), ((p[sub][0], p["owner"][0], p.drop("owner")) for p in parts)
