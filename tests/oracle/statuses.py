"""The statuses of every customer by DATA.md §6, customer by customer."""

from datetime import date
from pathlib import Path

import pandas as pd

from oracle.reading import read_portfolio
from oracle.recompute import DAY, active_on, last_complete_week

EXPIRES_SOON = range(15)
INACTIVE_AFTER = 30


def recompute_statuses(folder: Path, *, as_of: date | None = None) -> dict[str, dict]:
    """By organization: its statuses, most urgent first, its flags and its licenses at stake."""
    portfolio = read_portfolio(folder)
    day = as_of or max(portfolio.licenses["week_ending"]) + DAY
    last = last_complete_week(portfolio, day)
    own_terms = dict(iter(portfolio.subscriptions.groupby("organization_id")))
    own_lines = dict(iter(portfolio.lines.groupby("organization_id")))
    verdicts = {}
    for customer in portfolio.customers.to_dict("records"):
        organization = customer["organization_id"]
        terms = own_terms.get(organization, portfolio.subscriptions.head(0))
        history = own_lines.get(organization, portfolio.lines.head(0))
        verdicts[organization] = Judge(customer, terms, history, (day, last)).verdict()
    return verdicts


class Judge:
    """One customer on one date."""

    def __init__(
        self, customer: dict, terms: pd.DataFrame, history: pd.DataFrame, when: tuple
    ) -> None:
        """Keep what is active now apart."""
        self.day, self.last = when
        self.sign_in = customer["sign_in"]
        self.terms, self.history = terms, history
        self.active = active_on(terms, self.day)
        now = history[history["week_ending"] == self.last]
        self.lines = active_on(now, self.day)

    def verdict(self) -> dict:
        """What the list shows of it."""
        behind = self.behind()
        statuses = [name for name, licenses in behind.items() if licenses is not None]
        return {
            "statuses": statuses,
            "licenses_at_stake": behind[statuses[0]] if statuses else None,
            "used_over_total": bool((self.lines["used"] > self.lines["total"]).any()),
            "sign_in_unknown": unknown(self.sign_in),
        }

    def behind(self) -> dict[str, int | None]:
        """The licenses behind each status, in the order of urgency; None: it is not set."""
        trials = self.active["trial"] == True  # noqa: E712 - a column of objects
        return {
            "suspended": self.licenses_of(self.active[self.active["payment"] == "Unpaid"]),
            "expired": self.expired(),
            "license_overage": self.overage(),
            "expiring_soon": self.licenses_of(self.active[self.soon()]),
            "ready_for_order_setup": self.licenses_of(
                self.active[self.active["setup"] == "Pending"]
            ),
            "no_recent_activity": self.inactive(),
            "trial": self.licenses_of(self.active[trials]),
            "subscription": self.licenses_of(self.active[~trials]),
        }

    def licenses_of(self, terms: pd.DataFrame) -> int | None:
        if terms.empty:
            return None
        mine = self.lines["subscription_id"].isin(set(terms["subscription_id"]))
        return sum(self.lines[mine]["total"])

    def soon(self) -> pd.Series:
        """Which active terms end within 14 days and will not auto-renew; no trial does."""
        rows = self.active.to_dict("records")
        marks = [
            (row["end"] - self.day).days in EXPIRES_SOON
            and (row["trial"] or not row["auto_renew"])
            for row in rows
        ]
        return pd.Series(marks, index=self.active.index, dtype=bool)

    def overage(self) -> int | None:
        over = self.lines[self.lines["assigned"] > self.lines["total"]]
        return None if over.empty else sum(over["assigned"]) - sum(over["total"])

    def inactive(self) -> int | None:
        if unknown(self.sign_in) or (self.day - self.sign_in).days <= INACTIVE_AFTER:
            return None
        return sum(self.lines["total"])

    def expired(self) -> int | None:
        """It had terms, none is active: what those that ended last had in their newest week."""
        had = self.terms[self.terms["start"] <= self.day]
        if had.empty or not self.active.empty:
            return None
        latest = had[had["end"] == max(had["end"])]
        licenses = 0
        for subscription in latest["subscription_id"]:
            rows = self.history[self.history["subscription_id"] == subscription]
            rows = rows[[week < self.day for week in rows["week_ending"]]]
            if not rows.empty:
                newest = rows[rows["week_ending"] == max(rows["week_ending"])]
                licenses += sum(newest["total"])
        return licenses


def unknown(day: object) -> bool:
    return day is None or pd.isna(day)
