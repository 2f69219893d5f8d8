"""Reads the customers, subscriptions and licenses exports by the row rules of DATA.md §1."""

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

Cells = dict[str, str]
Row = dict[str, object]

NULL_SPELLINGS = {"", "NA", "na", "N/A", "null", "-"}
REQUIRED = {
    "customers": {"customername", "organizationid", "region", "products"},
    "subscriptions": {
        "organizationid",
        "subscriptionid",
        "type",
        "startdate",
        "enddate",
        "autorenew",
    },
    "licenses": {
        "weekending",
        "organizationid",
        "subscriptionid",
        "product",
        "totallicenses",
        "assignedlicenses",
        "usedlicenses",
    },
}
COLUMNS = {
    "customers": ["organization_id", "customer", "region", "sign_in", "ordered"],
    "subscriptions": [
        "organization_id",
        "subscription_id",
        "trial",
        "start",
        "end",
        "auto_renew",
        "setup",
        "payment",
    ],
    "licenses": [
        "week_ending",
        "organization_id",
        "subscription_id",
        "product",
        "total",
        "assigned",
        "used",
        "used_3_months",
    ],
}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?")
SATURDAY = 5


class BadRowError(ValueError):
    """A row that goes to quarantine, and why."""


@dataclass(frozen=True)
class Portfolio:
    """The kept rows; `lines` are license rows joined to known subscriptions and customers."""

    customers: pd.DataFrame
    subscriptions: pd.DataFrame
    licenses: pd.DataFrame
    lines: pd.DataFrame


def read_portfolio(folder: Path) -> Portfolio:
    """Customers first, then subscriptions, then licenses."""
    texts = read_texts(folder)
    customers = keep("customers", texts["customers"], customer_row, ["organization_id"])
    subscriptions = keep(
        "subscriptions", texts["subscriptions"], subscription_row, ["subscription_id"]
    )
    owners = dict(
        zip(subscriptions["subscription_id"], subscriptions["organization_id"], strict=True)
    )
    licenses = keep(
        "licenses",
        texts["licenses"],
        lambda cells: license_row(cells, owners),
        ["week_ending", "subscription_id", "product"],
    )
    lines = licenses.merge(subscriptions, on=["organization_id", "subscription_id"])
    lines = lines.merge(customers, on="organization_id")
    return Portfolio(customers, subscriptions, licenses, lines)


def read_texts(folder: Path) -> dict[str, list[Cells]]:
    """The rows with the right number of cells, as text, per export, files by name."""
    texts: dict[str, list[Cells]] = {export: [] for export in REQUIRED}
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = [row for row in csv.reader(file) if row]
        names = [same_name(name) for name in header]
        for export, required in REQUIRED.items():
            if required <= set(names):
                data = [row for row in rows if [same_name(cell) for cell in row] != names]
                fitting = [row for row in data if len(row) == len(names)]
                texts[export] += [dict(zip(names, row, strict=True)) for row in fitting]
    return texts


def same_name(name: str) -> str:
    """A header name without case, spaces, underscores, hyphens and dots."""
    return re.sub(r"[\s\u00a0_.-]", "", name).lower()


def keep(
    export: str, texts: list[Cells], parse: Callable[[Cells], Row], key: list[str]
) -> pd.DataFrame:
    """The good rows; the same key again replaces the earlier row."""
    rows = []
    for cells in texts:
        try:
            rows.append(parse(cells))
        except BadRowError:
            continue
    frame = pd.DataFrame(rows, columns=COLUMNS[export], dtype=object)
    return frame.drop_duplicates(subset=key, keep="last").reset_index(drop=True)


def customer_row(cells: Cells) -> Row:
    products = required(cells, "products")
    days = {
        name: as_day(cells[name])
        for name in ("created", "lastadminsignin")
        if cells.get(name, "") not in NULL_SPELLINGS
    }
    if cells["customername"] == "":
        reason = "no customer name"
        raise BadRowError(reason)
    return {
        "organization_id": required(cells, "organizationid"),
        "customer": cells["customername"],
        "region": required(cells, "region"),
        "sign_in": days.get("lastadminsignin"),
        "ordered": [product.strip() for product in products.split(";")],
    }


def subscription_row(cells: Cells) -> Row:
    start = as_day(required(cells, "startdate"))
    end = as_day(required(cells, "enddate"))
    if end < start:
        reason = "ends before it starts"
        raise BadRowError(reason)
    return {
        "organization_id": required(cells, "organizationid"),
        "subscription_id": required(cells, "subscriptionid"),
        "trial": required(cells, "type") == "Trial",
        "start": start,
        "end": end,
        "auto_renew": required(cells, "autorenew") == "Yes",
        "setup": cells.get("setupstatus", ""),
        "payment": cells.get("paymentstatus", ""),
    }


def license_row(cells: Cells, owners: dict[str, str]) -> Row:
    week = as_day(required(cells, "weekending"))
    if week.weekday() != SATURDAY:
        reason = "not a Saturday"
        raise BadRowError(reason)
    organization = required(cells, "organizationid")
    subscription = required(cells, "subscriptionid")
    if owners.get(subscription, organization) != organization:
        reason = "another organization's subscription"
        raise BadRowError(reason)
    last_3_months = cells.get("usedlicenseslast3months", "")
    absent = last_3_months in NULL_SPELLINGS
    return {
        "week_ending": week,
        "organization_id": organization,
        "subscription_id": subscription,
        "product": required(cells, "product"),
        "total": as_count(required(cells, "totallicenses")),
        "assigned": as_count(required(cells, "assignedlicenses")),
        "used": as_count(required(cells, "usedlicenses")),
        "used_3_months": None if absent else as_count(last_3_months),
    }


def required(cells: Cells, name: str) -> str:
    if cells[name] in NULL_SPELLINGS:
        reason = f"{name} is null"
        raise BadRowError(reason)
    return cells[name]


def as_count(text: str) -> int:
    if not re.fullmatch(r"[0-9]+", text):
        reason = f"{text!r} is no count"
        raise BadRowError(reason)
    return int(text)


def as_day(text: str) -> date:
    """An ISO date, or the UTC date of an ISO date-time."""
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
        if MOMENT.fullmatch(text):
            moment = datetime.fromisoformat(text)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).date()
    except ValueError as error:
        raise BadRowError(str(error)) from error
    reason = f"{text!r} is no ISO date"
    raise BadRowError(reason)
