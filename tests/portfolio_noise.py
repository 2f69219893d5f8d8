"""Rows that must not count, or count instead of others, added to a random portfolio."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from portfolio_dates import DAY, WEEK

if TYPE_CHECKING:
    from portfolios import Cells, Plan

COUNTS = ["Total Licenses", "Assigned Licenses", "Used Licenses"]


def add_all(plan: Plan) -> None:
    """Orphans and strangers first, so that later rows and broken copies hit them too."""
    add_orphans(plan)
    add_unknown_subscriptions(plan)
    replace_licenses(plan)
    replace_subscriptions(plan)
    replace_customers(plan)
    add_mismatches(plan)
    break_licenses(plan)
    break_subscriptions(plan)
    break_customers(plan)


def some(rng: Random, rows: list[Cells], share: float) -> list[Cells]:
    """Copies of about that share of the rows."""
    return [dict(row) for row in rows if rng.random() < share]


def insert(rng: Random, rows: list[Cells], row: Cells) -> None:
    """Anywhere in the file."""
    rows.insert(rng.randint(1, len(rows)), row)


def add_orphans(plan: Plan) -> None:
    """Subscriptions and licenses of an organization no list names."""
    for row in some(plan.rng, plan.subscriptions, 0.05):
        identifier, new = row["Subscription ID"], "SubOrphan" + row["Subscription ID"]
        row |= {"Organization ID": "unknown-org", "Subscription ID": new}
        plan.subscriptions.append(row)
        own = [line for line in plan.licenses if line["Subscription ID"] == identifier]
        for line in own:
            copy = line | {"Organization ID": "unknown-org", "Subscription ID": new}
            plan.licenses.append(copy)


def add_unknown_subscriptions(plan: Plan) -> None:
    for row in some(plan.rng, plan.licenses, 0.01):
        insert(plan.rng, plan.licenses, row | {"Subscription ID": "SubNobodyKnows"})


def replace_licenses(plan: Plan) -> None:
    """The same key again, at the end: the later row wins."""
    rng = plan.rng
    for row in some(rng, plan.licenses, 0.03):
        row["Total Licenses"] = str(max(0, int(row["Total Licenses"]) + rng.randint(-5, 5)))
        row["Assigned Licenses"] = str(rng.randint(0, int(row["Total Licenses"]) + 3))
        row["Used Licenses"] = str(rng.randint(0, 60))
        plan.licenses.append(row)


def replace_subscriptions(plan: Plan) -> None:
    rng = plan.rng
    for row in some(rng, plan.subscriptions, 0.06):
        row["Type"] = rng.choice(["Trial", "Subscription"])
        row["Auto Renew"] = rng.choice(["Yes", "No"])
        start = date.fromisoformat(row["Start Date"][:10])
        row["End Date"] = str(max(start, plan.as_of + rng.choice([-1, 0, 90, 91]) * DAY))
        plan.subscriptions.append(row)


def replace_customers(plan: Plan) -> None:
    """Another name, sometimes another region; the anchors stay where they are."""
    rng = plan.rng
    for row in some(rng, plan.customers[plan.anchors :], 0.06):
        row["Customer Name"] += " (renamed)"
        if not row["Organization ID"].startswith("cluster"):
            row["Region"] = rng.choice(plan.regions)
        plan.customers.append(row)


def add_mismatches(plan: Plan) -> None:
    """License rows under another organization than their subscription's, on old and new keys."""
    rng = plan.rng
    organizations = [row["Organization ID"] for row in plan.customers] + ["unknown-org"]
    for row in some(rng, plan.licenses, 0.01):
        other = rng.choice([one for one in organizations if one != row["Organization ID"]] or [""])
        if row["Subscription ID"] == "SubNobodyKnows" or not other:
            continue
        if rng.random() < 0.3:
            newer = date.fromisoformat(row["Week Ending"]) + 9 * WEEK
            row["Week Ending"] = str(newer)
        row["Organization ID"] = other
        row["Total Licenses"] = "7777"
        insert(rng, plan.licenses, row)


def break_licenses(plan: Plan) -> None:
    """Each breaks one cell of a copy, so that a reader who keeps it replaces a good row."""
    rng = plan.rng
    breaks = [
        {"Assigned Licenses": "-1"},
        {"Used Licenses": "NaN"},
        {"Total Licenses": "inf"},
        {"Total Licenses": "many"},
        {"Assigned Licenses": ""},
        {"Product": "N/A"},
        {"Week Ending": "28/02/2026"},
        {"Week Ending": str(plan.as_of)},
        {"Week Ending": str(plan.as_of + 3 * DAY)},
        {"Organization ID": "-"},
    ]
    for row in some(rng, plan.licenses, 0.01):
        copy = row | dict.fromkeys(COUNTS, "8888") | rng.choice(breaks)
        insert(rng, plan.licenses, copy)


def break_subscriptions(plan: Plan) -> None:
    rng = plan.rng
    breaks = [
        {"Start Date": "2026-02-30"},
        {"Start Date": "01.02.2026"},
        {"End Date": "soon"},
        {"End Date": "1999-12-31"},
        {"Auto Renew": "NA"},
        {"Type": ""},
        {"Organization ID": "null"},
    ]
    for row in some(rng, plan.subscriptions, 0.03):
        plan.subscriptions.append(row | {"Type": "Trial"} | rng.choice(breaks))


def break_customers(plan: Plan) -> None:
    """Some break a copy, some the only row, whose customer's rows then are orphans."""
    rng = plan.rng
    breaks = [
        {"Customer Name": ""},
        {"Region": "-"},
        {"Products": "na"},
        {"Created": "31.01.2023"},
        {"Last Admin Sign-In": "yesterday"},
    ]
    for row in some(rng, plan.customers, 0.03):
        plan.customers.append(row | {"Country": "broken"} | rng.choice(breaks))
    for row in plan.customers[plan.anchors :]:
        if rng.random() < 0.01:
            row |= {"Created": "2023-13-01"}
