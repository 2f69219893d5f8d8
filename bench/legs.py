"""Synthetic call legs, as the store keeps them: a Parquet file for every week."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from dashboard.data.call_datasets import CALL_LEGS

if TYPE_CHECKING:
    from pathlib import Path

WEEKS = 26
CUSTOMERS = 5_000
LEGS_PER_CALL = 2.2
FIRST_SUNDAY = datetime(2026, 1, 4)  # noqa: DTZ001 - times are UTC without saying so
SECOND = 1_000_000  # in microseconds
# What the second leg of a call arrives at; a third, rarer one forwards the call.
ARRIVES_AT = {
    "User": 0.75,
    "Place": 0.04,
    "HuntGroup": 0.06,
    "AutomatedAttendantVideo": 0.06,
    "CallCenterPremium": 0.06,
    "VoiceMailGroup": 0.03,
}
CLIENTS = {"WXC_CLIENT": 0.5, "WXC_DEVICE": 0.3, "WXC_THIRD_PARTY": 0.05, "SIP": 0.15}
MODELS = ["8851-3PCC", "DMS-8865", "Cisco Room Kit", "Cisco Desk Pro", "Cisco Desk Phone 9861"]


def write_legs(folder: Path, rows: int) -> list[Path]:
    """Write about `rows` legs, sorted by customer and time, as Parquet; return the files."""
    folder.mkdir(parents=True)
    files = [folder / f"week-{week:02}.parquet" for week in range(WEEKS)]
    for week, file in enumerate(files):
        _week(week, round(rows / WEEKS / LEGS_PER_CALL)).write_parquet(file)
    return files


def _week(week: int, calls: int) -> pl.DataFrame:
    draw = np.random.default_rng(week)
    sizes = 1 + draw.choice([0, 1, 2, 3], calls, p=[0.1, 0.7, 0.1, 0.1])
    call = np.repeat(np.arange(calls), sizes)
    turn = np.arange(call.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    customer = (draw.pareto(1.2, calls) * 20).astype(np.int64) % CUSTOMERS
    start = draw.integers(0, 7 * 86_400, calls) * SECOND + week * 7 * 86_400 * SECOND
    rows = {
        "call": call + week * 10**8,
        "report": np.arange(call.size) + week * 10**9,
        "customer": customer[call],
        "user": customer[call] * 1_000 + draw.integers(0, 40, calls)[call] + 500 * (turn > 0),
        "start": start[call] + turn * draw.integers(0, 30, call.size) * SECOND,
        "place": draw.integers(0, 12, calls)[call],
        "direction": np.where(turn % 2 == 0, "ORIGINATING", "TERMINATING"),
        "user_type": _user_types(draw, turn, outside=(draw.random(calls) < 0.2)[call]),
        "client_type": draw.choice(list(CLIENTS), call.size, p=list(CLIENTS.values())),
        "model": draw.choice(MODELS, call.size),
        "chance": draw.random(call.size),
        "duration": draw.integers(0, 900, call.size),
    }
    return _as_legs(pl.DataFrame(rows)).sort("customer_id", "start_time")


def _user_types(draw: np.random.Generator, turn: Any, outside: Any) -> Any:
    arrives = draw.choice(list(ARRIVES_AT), turn.size, p=list(ARRIVES_AT.values()))
    first = np.where(outside, "LocalGateway", "User")
    return np.where(turn == 0, first, np.where(turn == 1, arrives, "User"))


def _as_legs(rows: pl.DataFrame) -> pl.DataFrame:
    """Give drawn rows the columns of the dataset; those the rollup does not read stay null."""
    start = pl.lit(FIRST_SUNDAY) + pl.duration(microseconds="start")
    chance = pl.col("chance")
    device = pl.col("client_type") == "WXC_DEVICE"
    columns = {
        "report_id": _uuid("report"),
        "report_time": start + timedelta(minutes=15),
        "start_time": start,
        "correlation_id": _uuid("call"),
        "customer_id": _uuid("customer"),
        "user_uuid": _uuid("user"),
        "location": pl.format("Location {}", "place"),
        "model": pl.when(device).then("model"),
        "transfer_related_call_id": pl.when(chance < 0.03).then(pl.lit("2340586843:0A")),
        "hold_duration": pl.when(chance.is_between(0.02, 0.07)).then(30),
        "recording_result": pl.when(chance > 0.95).then(pl.lit("successful")),
    }
    named = rows.select(pl.exclude(columns.keys()), **columns)
    types = CALL_LEGS.columns
    return named.select(
        (pl.col(name) if name in named.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in types.items()
    )


def _uuid(column: str) -> pl.Expr:
    """Spread a number over the 36 characters of a UUID."""
    number = pl.col(column).cast(pl.Int64)
    parts = [
        (number * factor % 10**digits).cast(pl.String).str.zfill(digits)
        for factor, digits in ((2_654_435_761, 8), (1, 4), (7, 4), (13, 4), (39_571_431, 12))
    ]
    return pl.concat_str(parts, separator="-")
