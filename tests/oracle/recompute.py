"""The seven license sections in the shape of DATA.md §7, computed slowly and in the open."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from oracle.peers import flagged_customers, low_lines, whole_months
from oracle.reading import Portfolio, read_portfolio

Line = dict[str, object]
Body = tuple[dict[str, object], list[Line], list[Line]]

PRODUCTS = {"calling": "Webex Calling", "meetings": "Webex Meetings"}
WEEK = timedelta(days=7)
DAY = timedelta(days=1)
SOON = range(91)


def recompute(folder: Path, *, as_of: date | None = None, weeks: int = 26) -> list[dict]:
    """One object for every section x region with customers x product."""
    portfolio = read_portfolio(folder)
    if portfolio.licenses.empty:
        reason = "the oracle needs licenses to know its date"
        raise ValueError(reason)
    day = as_of or max(portfolio.licenses["week_ending"]) + DAY
    last = last_complete_week(portfolio, day)
    answers = []
    for region in sorted(set(portfolio.customers["region"])):
        for product in PRODUCTS:
            sections = Sections(portfolio, region, product, Clock(day, last, weeks))
            bodies = sections.bodies()
            for section, (kpis, trend, table) in bodies.items():
                head = {"section": section, "region": region, "product": product}
                head |= {"as_of": iso(day), "week_ending": iso(last)}
                answers.append(head | {"kpis": kpis, "trend": trend, "table": table})
    return answers


def last_complete_week(portfolio: Portfolio, as_of: date) -> date | None:
    """The newest week before as_of in any region: orphans have none."""
    known = portfolio.licenses.merge(portfolio.customers, on="organization_id")
    return max((week for week in known["week_ending"] if week < as_of), default=None)


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def ratio(part: int, whole: int) -> float | None:
    return None if whole == 0 else part / whole


def active_on(lines: pd.DataFrame, day: date) -> pd.DataFrame:
    return lines[(lines["start"] <= day) & (lines["end"] >= day)]


def expiring(lines: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Ends within 90 days, and is a trial or does not auto-renew."""
    keep = [
        (end - as_of).days in SOON and (trial or not auto)
        for end, trial, auto in zip(lines["end"], lines["trial"], lines["auto_renew"], strict=True)
    ]
    return lines[pd.Series(keep, index=lines.index, dtype=bool)]


def renewing(lines: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Ends within 90 days, is no trial and auto-renews."""
    keep = [
        (end - as_of).days in SOON and auto and not trial
        for end, trial, auto in zip(lines["end"], lines["trial"], lines["auto_renew"], strict=True)
    ]
    return lines[pd.Series(keep, index=lines.index, dtype=bool)]


def recent(lines: pd.DataFrame, as_of: date) -> pd.DataFrame:
    keep = [(as_of - start).days in SOON for start in lines["start"]]
    return lines[pd.Series(keep, index=lines.index, dtype=bool)]


def over_limit(lines: pd.DataFrame) -> pd.DataFrame:
    return lines[lines["assigned"] > lines["total"]]


def available(line: Line) -> int:
    return max(line["total"] - line["assigned"], 0)


def customers(lines: pd.DataFrame) -> int:
    return len(set(lines["organization_id"]))


@dataclass(frozen=True)
class Clock:
    """The date of a view, its last complete week, and how many weeks a trend shows."""

    as_of: date
    last: date | None
    weeks: int


class Sections:
    """The sections of one region and product on one date."""

    def __init__(self, portfolio: Portfolio, region: str, product: str, clock: Clock) -> None:
        """Split off the region's rows and its current lines."""
        self.as_of, self.last, self.weeks = clock.as_of, clock.last, clock.weeks
        regional = portfolio.lines[portfolio.lines["region"] == region]
        self.history = regional[regional["product"] == PRODUCTS[product]]
        self.lines = self.current(self.history)
        self.by_product = {
            name: self.current(regional[regional["product"] == text])
            for name, text in PRODUCTS.items()
        }

    def current(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The active lines: rows of the last complete week, active on as_of."""
        return active_on(rows[rows["week_ending"] == self.last], self.as_of)

    def bodies(self) -> dict[str, Body]:
        return {
            "overview": self.overview(),
            "license_trend": ({}, self.trend(), []),
            "recently_added": self.recently_added(),
            "expiring": self.ending(expiring(self.lines, self.as_of), "expir"),
            "renewing": self.ending(renewing(self.lines, self.as_of), "renew"),
            "low_assignment": self.low_assignment(),
            "over_limit": self.over_limit(),
        }

    def overview(self) -> Body:
        """Ignores the toggle: lines of both products."""
        both = pd.concat(list(self.by_product.values()))
        flagged = set()
        for lines in self.by_product.values():
            flagged |= flagged_customers(lines, self.as_of)
        kpis = {
            "total_customers": customers(both),
            "nearing_expiration": customers(expiring(both, self.as_of)),
            "nearing_renewal": customers(renewing(both, self.as_of)),
            "low_license_assignment": len(flagged),
            "over_license_limit": customers(over_limit(both)),
        }
        return kpis, [], []

    def trend(self) -> list[Line]:
        """Consecutive weeks up to the last complete one; a week without lines is a gap."""
        if self.last is None:
            return []
        rows: list[Line] = []
        for back in reversed(range(self.weeks)):
            week = self.last - back * WEEK
            lines = active_on(self.history[self.history["week_ending"] == week], week + DAY)
            row: Line = {"week_ending": iso(week)}
            for name in ("total", "assigned", "used"):
                row[name] = None if lines.empty else sum(lines[name])
            free = [available(line) for line in lines.to_dict("records")]
            row["available"] = sum(free) if free else None
            rows.append(row)
        return rows

    def recently_added(self) -> Body:
        lines = recent(self.lines, self.as_of)
        kpis = {"new_customers": customers(lines), "total_licenses": sum(lines["total"])}
        table = [
            self.shared(line)
            | {"days_since_added": (self.as_of - line["start"]).days}
            | {"weekly_assignment_change": self.weekly_change(line, "assigned")}
            | {"weekly_usage_change": self.weekly_change(line, "used")}
            for line in lines.to_dict("records")
        ]
        return kpis, [], table

    def ending(self, lines: pd.DataFrame, stem: str) -> Body:
        noun = {"expir": "expiration", "renew": "renewal"}[stem]
        kpis = {
            f"customers_{stem}ing": customers(lines),
            "license_assignment": ratio(sum(lines["assigned"]), sum(lines["total"])),
            "license_usage": ratio(sum(lines["used"]), sum(lines["total"])),
        }
        table = [
            self.shared(line)
            | {f"days_until_{noun}": (line["end"] - self.as_of).days}
            | self.usage_last_3_months(line)
            for line in lines.to_dict("records")
        ]
        return kpis, [], table

    def low_assignment(self) -> Body:
        lines = low_lines(self.lines, self.as_of)
        rows = lines.to_dict("records")
        kpis = {
            "customers_low_assignment": customers(lines),
            "license_assignment": ratio(sum(lines["assigned"]), sum(lines["total"])),
            "license_usage_of_assigned": ratio(sum(lines["used"]), sum(lines["assigned"])),
            "total_unassigned_licenses": sum(available(line) for line in rows),
        }
        table = [
            self.shared(line)
            | {"months_since_added": whole_months(line["start"], self.as_of)}
            | {"assigned_pct": ratio(line["assigned"], line["total"])}
            | {"weekly_assignment_change": self.weekly_change(line, "assigned")}
            for line in rows
        ]
        return kpis, [], table

    def over_limit(self) -> Body:
        lines = over_limit(self.lines)
        overage = sum(lines["assigned"]) - sum(lines["total"])
        kpis = {
            "customers_with_overage": customers(lines),
            "total_license_overage": overage,
            "average_license_overage": ratio(overage, customers(lines)),
        }
        table = [self.over_limit_row(line) for line in lines.to_dict("records")]
        return kpis, [], table

    def over_limit_row(self, line: Line) -> Line:
        return {
            "customer": line["customer"],
            "subscription_id": line["subscription_id"],
            "months_remaining": whole_months(self.as_of, line["end"]),
            "auto_renew": bool(line["auto_renew"]),
            "total_licenses": line["total"],
            "assigned": line["assigned"],
            "assigned_pct": ratio(line["assigned"], line["total"]),
            "used": line["used"],
            "used_pct": ratio(line["used"], line["total"]),
        }

    def shared(self, line: Line) -> Line:
        """The columns that four of the tables have in common."""
        return {
            "customer": line["customer"],
            "subscription_id": line["subscription_id"],
            "total_licenses": line["total"],
            "used": line["used"],
            "assigned": line["assigned"],
            "available": available(line),
        }

    def rows_of(self, line: Line) -> pd.DataFrame:
        """All weeks of the line."""
        return self.history[self.history["subscription_id"] == line["subscription_id"]]

    def weekly_change(self, line: Line, name: str) -> int | None:
        rows = self.rows_of(line)
        before = rows[rows["week_ending"] == line["week_ending"] - WEEK]
        return None if before.empty else line[name] - before.iloc[0][name]

    def usage_last_3_months(self, line: Line) -> Line:
        """As delivered, else the largest weekly use of the last 13 complete weeks."""
        rows = self.rows_of(line)
        weeks = [line["week_ending"] - back * WEEK for back in range(13)]
        used = [row["used"] for row in rows.to_dict("records") if row["week_ending"] in weeks]
        delivered = line["used_3_months"]
        at_least = delivered is None
        return {
            "usage_last_3_months": max(used) if at_least else delivered,
            "usage_last_3_months_at_least": at_least,
        }
