"""A plain reader of the invented portfolio's files, with the headers as literals."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

HEADERS = {
    "customers": "Customer Name,Organization ID,Region,Relationship,Country,External ID,Products,"
    "Created,Last Admin Sign-In",
    "subscriptions": "Organization ID,Subscription ID,Type,Start Date,End Date,Auto Renew,"
    "Setup Status,Payment Status,Invoice",
    "licenses": "Week Ending,Organization ID,Subscription ID,Product,Total Licenses,"
    "Assigned Licenses,Used Licenses,Used Licenses Last 3 Months",
    "orders": "Subscription ID,Order ID,Order Date,Order Type,Product,Quantity,Status",
    "partner_admins": "Organization ID,Name,Email,Role",
}
COUNTS = ["Total Licenses", "Assigned Licenses", "Used Licenses"]
ISO = re.compile(r"\d{4}-\d\d-\d\d")


def folded(name: str) -> str:
    return re.sub(r"[\s_.\-\u00a0]", "", name).casefold()


def content(path: Path) -> bytes:
    raw = path.read_bytes()
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            (member,) = archive.namelist()
            return archive.read(member)
    return gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw


def cells(path: Path) -> tuple[list[str], list[list[str]]]:
    raw = content(path)
    text = raw.decode("utf-16" if raw.startswith(b"\xff\xfe") else "utf-8-sig")
    first = text.splitlines()[0]
    separator = max(",;\t", key=first.count)
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return header, rows


def export_of(path: Path) -> str:
    return next(name for name in HEADERS if path.name.startswith(f"webex_{name}"))


def sorted_rows(path: Path) -> tuple[pd.DataFrame, int, int]:
    """Return the good rows, the number of bad ones and of ignored ones."""
    header, rows = cells(path)
    names = HEADERS[export_of(path)].split(",")
    known = {folded(name): name for name in names} | {
        folded("Ідентифікатор організації"): "Organization ID"
    }
    columns = [known.get(folded(name), name) for name in header]
    ignored = [row for row in rows if not row or row == header or row[0] == "Total"]
    whole = [row for row in rows if len(row) == len(header) and row not in ignored]
    frame = pd.DataFrame(whole, columns=columns, dtype=str)
    good = frame[~spoiled(frame, export_of(path))]
    return good[names], len(rows) - len(ignored) - len(good), len(ignored)


def spoiled(frame: pd.DataFrame, export: str) -> pd.Series:
    bad = pd.Series(data=False, index=frame.index)
    for column in frame.columns.intersection(["Week Ending", "Start Date", "End Date", "Created"]):
        bad |= ~frame[column].str.fullmatch(ISO)
    if export == "customers":
        bad |= frame["Customer Name"] == ""
    if export == "partner_admins":
        bad |= frame["Email"] == ""
    if export == "subscriptions":
        bad |= (frame["End Date"] < frame["Start Date"]) | (frame["Auto Renew"] == "")
    if export == "orders":
        bad |= ~frame["Order Date"].str.fullmatch(ISO) | ~frame["Quantity"].str.isdigit()
    if export == "licenses":
        for column in COUNTS:
            bad |= ~frame[column].str.isdigit()
        weekday = pd.to_datetime(frame["Week Ending"]).dt.day_of_week
        owner = frame.groupby("Subscription ID")["Organization ID"].transform("first")
        bad |= (weekday != 5) | (owner != frame["Organization ID"])
    return bad


def load(paths: list[Path]) -> dict[str, pd.DataFrame]:
    frames: dict[str, list[pd.DataFrame]] = {name: [] for name in HEADERS}
    for path in paths:
        frames[export_of(path)].append(sorted_rows(path)[0])
    data = {name: pd.concat(parts, ignore_index=True) for name, parts in frames.items()}
    for column in ("Start Date", "End Date"):
        data["subscriptions"][column] = pd.to_datetime(data["subscriptions"][column])
    licenses = data["licenses"]
    licenses["Week Ending"] = pd.to_datetime(licenses["Week Ending"])
    licenses[COUNTS] = licenses[COUNTS].astype(int)
    lately = licenses["Used Licenses Last 3 Months"].replace({"NA": None, "na": None, "": None})
    licenses["Used Licenses Last 3 Months"] = lately.astype(float)
    return data
