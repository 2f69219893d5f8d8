"""Reads the exports about calls by the row rules of DATA.md §1, as frames of `oracle_calls`."""

import csv
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from oracle.reading import (
    DAY,
    MOMENT,
    NULL_SPELLINGS,
    BadRowError,
    Cells,
    Row,
    as_count,
    as_day,
    required,
    same_name,
)

NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
STREAMS = [f"{s}{m}" for s in ("audio", "video") for m in ("jitter", "latency", "packetloss")]
UNITS = {"jitter": "(ms)", "latency": "(ms)", "packetloss": "(%)"}
KEYS = {
    "quality": ["customer_id", "call_id", "start_time", "endpoint_type"],
    "queues": ["customer_id", "location", "queue", "start_date", "end_date"],
}
NEEDED = {
    "legs": {"starttime", "duration", "correlationid", "orguuid", "reportid", "reporttime"},
    "quality": {"starttime", "callid", "organizationid", "endpointtype"},
    "queues": {"callqueue", "organizationid", "startdate", "enddate", "totalcalls"},
}
# What `oracle_calls` wants to see, whether or not any row is left.
COLUMNS = {
    "legs": [
        *("report_id", "report_time", "start_time", "duration", "correlation_id", "direction"),
        *("user_type", "client_type", "customer_id", "location", "model", "user_uuid"),
        *("hold_duration", "recording_result", "transfer_time", "transfer_related_call_id"),
        *("related_reason", "is_video"),
    ],
    "quality": [
        *("start_time", "call_id", "customer_id", "location", "endpoint_type"),
        *("audio_jitter", "audio_latency", "audio_packet_loss"),
        *("video_jitter", "video_latency", "video_packet_loss"),
    ],
    "queues": [
        *("customer_id", "location", "queue", "start_date", "end_date", "calls", "answered"),
        *("abandoned", "wait_answered_s", "wait_abandoned_s", "timed_out", "overflowed"),
        "transferred",
    ],
}


@dataclass(frozen=True)
class Calls:
    """The kept rows of three exports, each with its customer's region (None of an orphan)."""

    legs: pd.DataFrame
    quality: pd.DataFrame
    queues: pd.DataFrame


def read_calls(folder: Path, regions: dict[str, str]) -> Calls:
    """All files by name; the same key again replaces the earlier row."""
    texts = read_texts(folder)
    found = {}
    for kind, parse in {"legs": leg_row, "quality": quality_row, "queues": queue_row}.items():
        rows = [row for cells in texts[kind] if (row := good(parse, cells)) is not None]
        frame = pd.DataFrame(rows, columns=COLUMNS[kind], dtype=object)
        if kind == "legs":
            frame = newest_reports(frame)
        else:
            frame = frame.drop_duplicates(subset=KEYS[kind], keep="last").reset_index(drop=True)
        found[kind] = frame.assign(region=[regions.get(org) for org in frame["customer_id"]])
    return Calls(**found)


def read_texts(folder: Path) -> dict[str, list[Cells]]:
    """The rows with the right number of cells, per export."""
    texts: dict[str, list[Cells]] = {kind: [] for kind in NEEDED}
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = [row for row in csv.reader(file) if row]
        names = [same_name(name) for name in header]
        for kind, needed in NEEDED.items():
            if needed <= set(names):
                data = [row for row in rows if [same_name(cell) for cell in row] != names]
                fitting = [row for row in data if len(row) == len(names)]
                texts[kind] += [dict(zip(names, row, strict=True)) for row in fitting]
    return texts


def good(parse: Callable[[Cells], Row], cells: Cells) -> Row | None:
    try:
        return parse(cells)
    except BadRowError:
        return None


def newest_reports(legs: pd.DataFrame) -> pd.DataFrame:
    """Per Report ID the newest Report time; of equal ones the later row."""
    kept: dict[object, Row] = {}
    for row in legs.to_dict("records"):
        other = kept.get(row["report_id"])
        if other is None or row["report_time"] >= other["report_time"]:
            kept[row["report_id"]] = row
    return pd.DataFrame(list(kept.values()), columns=legs.columns, dtype=object)


def leg_row(cells: Cells) -> Row:
    """DATA §5 says what is required; a null Duration is 0."""
    return {
        "report_id": required(cells, "reportid"),
        "report_time": as_moment(required(cells, "reporttime")),
        "start_time": as_moment(required(cells, "starttime")),
        "duration": count_or_none(cells["duration"]),
        "correlation_id": required(cells, "correlationid"),
        "direction": required(cells, "direction"),
        "user_type": required(cells, "usertype"),
        "client_type": required(cells, "clienttype"),
        "customer_id": required(cells, "orguuid"),
        "location": cells.get("location") or None,
        "model": text(cells, "model"),
        "user_uuid": text(cells, "useruuid"),
        "hold_duration": count_or_none(cells.get("holdduration", "")),
        "recording_result": text(cells, "callrecordingresult"),
        "transfer_time": text(cells, "calltransfertime"),
        "transfer_related_call_id": text(cells, "transferrelatedcallid"),
        "related_reason": text(cells, "relatedreason"),
        "is_video": None,  # no header of a call record says whether there was video
    }


def quality_row(cells: Cells) -> Row:
    row: Row = {
        "start_time": as_moment(required(cells, "starttime")),
        "call_id": required(cells, "callid"),
        "customer_id": required(cells, "organizationid"),
        "location": cells["location"] or None,
        "endpoint_type": required(cells, "endpointtype"),
    }
    number_or_none(cells["duration(s)"])
    for stream in STREAMS:
        measure = stream[5:]
        name = f"{stream[:5]}_{measure.replace('packetloss', 'packet_loss')}"
        row[name] = number_or_none(cells[stream + UNITS[measure]])
    return row


def queue_row(cells: Cells) -> Row:
    start, end = as_day(required(cells, "startdate")), as_day(required(cells, "enddate"))
    if end < start:
        reason = "ends before it starts"
        raise BadRowError(reason)
    return {
        "customer_id": required(cells, "organizationid"),
        "location": cells["location"] or None,
        "queue": required(cells, "callqueue"),
        "start_date": start,
        "end_date": end,
        "calls": as_count(required(cells, "totalcalls")),
        "answered": as_count(required(cells, "answeredcalls")),
        "abandoned": as_count(required(cells, "abandonedcalls")),
        "wait_answered_s": number_or_none(cells["totalwaittime"]),
        "wait_abandoned_s": number_or_none(cells["totalabandonedtime"]),
        "timed_out": count_or_none(cells["callstimedout"]),
        "overflowed": count_or_none(cells["callsoverflowed"]),
        "transferred": count_or_none(cells["callstransferred"]),
    }


def text(cells: Cells, name: str) -> str | None:
    found = cells.get(name, "")
    return None if found in NULL_SPELLINGS else found


def count_or_none(found: str) -> int | None:
    return None if found in NULL_SPELLINGS else as_count(found)


def number_or_none(found: str) -> float | None:
    if found in NULL_SPELLINGS:
        return None
    if not NUMBER.fullmatch(found) or not math.isfinite(float(found)):
        reason = f"{found!r} is no number"
        raise BadRowError(reason)
    return float(found)


def as_moment(found: str) -> pd.Timestamp:
    """An ISO date-time in UTC, without saying so; a date is its midnight."""
    if not (DAY.fullmatch(found) or MOMENT.fullmatch(found)):
        reason = f"{found!r} is no ISO time"
        raise BadRowError(reason)
    try:
        moment = datetime.fromisoformat(found)
    except ValueError as error:
        raise BadRowError(str(error)) from error
    if moment.tzinfo:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    return pd.Timestamp(moment)
