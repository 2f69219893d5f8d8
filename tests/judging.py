"""Judging: who of an invented portfolio carries which status and assigns few of its licenses."""

from __future__ import annotations

import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2026-11-15")
NEWEST = pd.Timestamp("2026-11-14")
SEAT_BANDS = [0, 24, 99, 499, 1999, np.inf]


def active(subscriptions: pd.DataFrame) -> pd.DataFrame:
    running = (subscriptions["Start Date"] <= AS_OF) & (subscriptions["End Date"] >= AS_OF)
    return subscriptions[running]


def lines(data: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Lines of Calling and Meetings in the newest week, with region, customer, subscription."""
    now = data["licenses"].query("`Week Ending` == @NEWEST")
    now = now[now["Product"].isin(["Webex Calling", "Webex Meetings"])]
    running = active(data["subscriptions"]).drop(columns="Organization ID")
    regions = data["customers"][["Organization ID", "Region"]]
    return now.merge(running, on="Subscription ID").merge(regions, on="Organization ID")


def statuses(data: dict[str, pd.DataFrame]) -> dict[str, set[str]]:
    every, running = data["subscriptions"], active(data["subscriptions"])
    snapshot = data["licenses"].query("`Week Ending` == @NEWEST")
    snapshot = snapshot[snapshot["Subscription ID"].isin(running["Subscription ID"])]
    signed_in = pd.to_datetime(
        data["customers"]["Last Admin Sign-In"].replace({"NA": None, "na": None, "": None})
    )
    soon = running["End Date"] - AS_OF <= pd.Timedelta(days=14)

    def having(rows: pd.DataFrame) -> set[str]:
        return set(rows["Organization ID"])

    return {
        "Suspended": having(running[running["Payment Status"] == "Unpaid"]),
        "Expired": having(every) - having(running),
        "License overage": having(
            snapshot[snapshot["Assigned Licenses"] > snapshot["Total Licenses"]]
        ),
        "Expiring soon": having(running[soon & (running["Auto Renew"] == "No")]),
        "Ready for order setup": having(running[running["Setup Status"] == "Pending"]),
        "No recent activity": having(data["customers"][signed_in < AS_OF - pd.Timedelta(days=30)]),
        "Trial": having(running[running["Type"] == "Trial"]),
        "Subscription": having(running[running["Type"] == "Subscription"]),
    }


def months_before(start: pd.Timestamp) -> int:
    months = (AS_OF.year - start.year) * 12 + AS_OF.month - start.month
    return months - (AS_OF.day < start.day)


def flagged(data: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Judge every customer and product by rule G-3; one row per flagged pair with its bands."""
    judged = (
        lines(data)
        .groupby(["Region", "Product", "Organization ID"], as_index=False)
        .agg(
            total=("Total Licenses", "sum"),
            assigned=("Assigned Licenses", "sum"),
            start=("Start Date", "min"),
        )
    )
    judged = judged[judged["total"] > 0]
    judged["share"] = judged["assigned"] / judged["total"]
    judged["seats"] = pd.cut(judged["total"], SEAT_BANDS, labels=False)
    judged["months"] = judged["start"].map(months_before)
    judged["tenure"] = pd.cut(judged["months"], [-1, 3, 12, 10_000], labels=False)
    low = []
    for _, row in judged.iterrows():
        group = judged[(judged["Region"] == row["Region"]) & (judged["Product"] == row["Product"])]
        same_seats = group[group["seats"] == row["seats"]]
        same_both = same_seats[same_seats["tenure"] == row["tenure"]]
        peers = next((peer for peer in (same_both, same_seats, group) if len(peer) >= 8), None)
        quartile = peers["share"].quantile(0.25) if peers is not None else 0.0
        low.append(quartile - row["share"] >= 0.05 - 1e-9 and row["months"] >= 1)
    return judged[low]
