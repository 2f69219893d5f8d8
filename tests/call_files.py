"""A plain reader of the invented calls' files, with the headers as literals."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

RECORDS_2024 = (
    "Start time,Answer time,Duration,Calling number,Called number,User,Calling line ID,"
    "Called line ID,Correlation ID,Location,Inbound trunk,Outbound trunk,Route group,Direction,"
    "Call type,Client type,Client version,Sub client type,OS type,Device Mac,Model,Answered,"
    "International Country,Original reason,Related reason,Redirect reason,Site main number,"
    "Site timezone,User type,Call ID,Local SessionID,Remote SessionID,User UUID,Org UUID,"
    "Report ID,Department ID,Site UUID,Releasing party,Redirecting number,"
    "Transfer related call ID,Dialed digits,Authorization code,Call transfer time,User number,"
    "Local call ID,Remote call ID,Network call ID,Related call ID,Call outcome,"
    "Call outcome reason,Final local sessionID,Final remote sessionID,Answer Indicator,"
    "Ring duration,Release time,Report time"
)
RECORDS = (
    f"{RECORDS_2024},PSTN legal entity,PSTN vendor Org ID,PSTN vendor name,PSTN provider ID,"
    "Caller ID number,External caller ID number,Device owner UUID,Call Recording Platform Name,"
    "Call Recording Result,Call Recording Trigger,Redirecting party UUID,"
    "Public Calling IP Address,Public Called IP Address,Original called party UUID,Recall Type,"
    "Hold Duration,Auto Attendant Key Pressed,Queue Type,Answered Elsewhere,"
    "Route list calls overage,Caller Reputation Score,Caller Reputation Service Result,"
    "Caller Reputation Score Reason,Interaction ID,WxCC consult merge status,ELIN,"
    "Emergency number source"
)
FEED_KEYS = (
    "Device MAC,Answer indicator,Final local SessionID,Final remote SessionID,"
    "Call transfer Time,International country,PSTN Vendor Org ID,Recall type,Queue type,"
    "Answered elsewhere,Hold duration"
)
QUALITY = (
    "Start Time,Call ID,Organization ID,Location,Endpoint Type,Audio Jitter (ms),"
    "Audio Latency (ms),Audio Packet Loss (%),Video Jitter (ms),Video Latency (ms),"
    "Video Packet Loss (%),Duration(s)"
)
QUEUES = (
    "Call Queue,Location,Phone NO.,Extension,Total Hold Time,Avg Hold Time,Total Talk Time,"
    "Avg Talk Time,Total Handle Time,Avg Handle Time,Total Wait Time,Avg Wait Time,"
    "Answered Calls,% Answered Calls,Abandoned Calls,% Abandoned Calls,Avg Abandoned Time,"
    "Total Abandoned Time,Total Calls,Calls Overflowed,Calls Timed Out,Calls Transferred,"
    "Avg No. of Agents Assigned,Avg No. of Agents Handling Calls"
)
USAGE = (
    "Customer Name,Organization ID,Location,Total Calls,Total Call Legs,"
    "Overall Poor Quality Call Legs,Call Minutes,Call Minutes - Video,Call Legs - Audio,"
    "Call Legs - Video,Call Legs - Desk Phone,Call Legs - Room Device,"
    "Call Legs - Other Devices,Calls - Hunt Group Calls,Calls - Auto Attendant Calls,"
    "Call Queue - Total Calls,Call Queue - Timed Out Calls,Call Queue - Overflowed Calls,"
    "Call Queue - Transferred Calls,Call Queue - Abandoned Calls"
)
LIMITS = {"Jitter (ms)": 150, "Latency (ms)": 400, "Packet Loss (%)": 5}
STREAMS = ("Audio", "Video")
COUNTS = ["Total Calls", "Answered Calls", "Abandoned Calls", "Total Wait Time"]
NULLS = ["", "NA", "na"]
SATURDAY = 5


def folded(name: str) -> str:
    return re.sub(r"[\s_.\-]", "", name).casefold()


def cells(path: Path) -> tuple[list[str], list[list[str]]]:
    text = path.read_bytes().decode("utf-8-sig")
    first = text.splitlines()[0]
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;", key=first.count))
    return header, rows


def header_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
    return next(csv.reader([first], delimiter=max(",;", key=first.count)))


def named(paths: list[Path], start: str, end: str = ".csv") -> list[Path]:
    return [path for path in paths if path.name.startswith(start) and path.name.endswith(end)]


def week_of(times: pd.Series) -> pd.Series:
    days = times.dt.normalize()
    return days + pd.to_timedelta((SATURDAY - days.dt.day_of_week) % 7, unit="D")


def items(path: Path) -> list[dict[str, object]]:
    if path.suffix == ".json":
        return json.loads(path.read_text("utf-8"))["items"]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@cache
def records_of(path: Path) -> tuple[pd.DataFrame, int]:
    """Return the good rows of one file, all as text, and the number of bad ones."""
    names = {folded(name): name for name in RECORDS.split(",")}
    if path.suffix == ".csv":
        header, rows = cells(path)
        whole = [row for row in rows if len(row) == len(header)]
        frame = pd.DataFrame(whole, columns=header, dtype=str)
    else:
        rows = items(path)
        frame = pd.DataFrame(rows).astype(object)
        frame = frame.where(frame.notna(), "").map(str)
    frame = frame.rename(columns=lambda name: names[folded(name)])
    good = (
        frame["Start time"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
        & ~frame["Correlation ID"].isin(NULLS)
        & ~frame["Duration"].str.startswith("-")
    )
    return frame[good].assign(file=path.name), len(rows) - int(good.sum())


@cache
def quality_rows(path: Path) -> tuple[pd.DataFrame, int]:
    header, rows = cells(path)
    frame = pd.DataFrame(rows, columns=header, dtype=str)
    good = (
        frame["Start Time"].str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d")
        & ~frame["Duration(s)"].str.startswith("-")
        & (frame["Audio Jitter (ms)"] != "inf")
    )
    return frame[good], int((~good).sum())


def queue_rows(path: Path) -> tuple[pd.DataFrame, int]:
    header, rows = cells(path)
    frame = pd.DataFrame(rows, columns=header, dtype=str)
    frame[COUNTS] = frame[COUNTS].astype(int)
    good = frame["Answered Calls"] >= 0
    if "Start Date" in frame:
        good &= frame["Start Date"] <= frame["End Date"]
    return frame[good], int((~good).sum())


def import_entries(paths: list[Path]) -> dict[str, dict[str, str]]:
    entries = tomllib.loads(paths[-1].read_text("utf-8"))["file"]
    return {entry["path"]: entry for entry in entries}
