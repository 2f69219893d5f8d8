"""The five sections about calling in the shape of DATA.md §7, from the export files alone."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import oracle_calls

from oracle.call_reading import Calls, read_calls
from oracle.reading import Portfolio, read_portfolio
from oracle.recompute import DAY, PRODUCTS, WEEK, Body, Line, active_on, iso, ratio

BANDS = ("1_4", "5_19", "20_49", "50_plus")
FEATURES = ("hunt_group", "auto_attendant", "call_queue", "transfer", "hold", "recording")
FEATURES += ("video", "voicemail")
TREND_WEEKS = 8

Measures = dict[str, float | None]
# Week and customer, then what else tells rows apart: (location, ...).
Facts = dict[tuple[date, str], list[tuple[tuple, Measures]]]


@dataclass(frozen=True)
class Release:
    """What the exports say, read once for as many dates as are asked for."""

    portfolio: Portfolio
    facts: dict[str, dict]


def read_release(folder: Path) -> Release:
    portfolio = read_portfolio(folder)
    customers = portfolio.customers
    regions = dict(zip(customers["organization_id"], customers["region"], strict=True))
    return Release(portfolio, every_fact(read_calls(folder, regions)))


def recompute_calling(release: Release, *, as_of: date | None = None) -> list[dict]:
    """One object for every calling section x region with customers x product."""
    day = as_of or max(release.portfolio.licenses["week_ending"]) + DAY
    answers = []
    for region in sorted(set(release.portfolio.customers["region"])):
        calling = Calling(release, region, day)
        for section, (week, (kpis, trend, table)) in calling.bodies().items():
            for product in PRODUCTS:  # what is about calls ignores the toggle
                head = {"section": section, "region": region, "product": product}
                head |= {"as_of": iso(day), "week_ending": iso(week)}
                answers.append(head | {"kpis": kpis, "trend": trend, "table": table})
    return answers


def every_fact(calls: Calls) -> dict[str, dict]:
    """The facts of customers in some region: orphans appear in no view."""
    facts = {
        "calls": oracle_calls.call_facts(calls.legs),
        "users": oracle_calls.user_facts(calls.legs) if len(calls.legs) else {},
        "features": oracle_calls.feature_facts(calls.legs) if len(calls.legs) else {},
        "quality": oracle_calls.quality_facts(calls.quality),
        "queues": oracle_calls.queue_facts(calls.queues),
    }
    return {
        name: {key: row for key, row in rows.items() if key[0] is not None}
        for name, rows in facts.items()
    }


def week_in(name: str, key: tuple) -> date:
    """Where the key of a fact has its week."""
    return key[2] if name in ("users", "features") else key[3]


def total(rows: list[Measures], name: str) -> float | None:
    """A sum; nothing known stays unknown."""
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known) if known else None


def change(now: float | None, before: float | None) -> float | None:
    return None if now is None or before is None else now - before


@dataclass(frozen=True)
class Customer:
    """A customer that bought Webex Calling, with the licenses it has assigned."""

    organization_id: str
    name: str
    assigned: int


class Calling:
    """The calling sections of one region on one date."""

    def __init__(self, release: Release, region: str, as_of: date) -> None:
        """Find the region's population, then the facts that are about it, by week."""
        facts = release.facts
        self.customers = population(release.portfolio, region, as_of)
        self.weeks = {
            name: max((w for key in rows if (w := week_in(name, key)) < as_of), default=None)
            for name, rows in facts.items()
        }
        self.facts = {name: self.by_week(name, rows, region) for name, rows in facts.items()}

    def by_week(self, name: str, rows: dict, region: str) -> Facts:
        found: Facts = defaultdict(list)
        for key, measures in rows.items():
            if key[0] == region and key[1] in self.customers:
                found[week_in(name, key), key[1]].append((key, measures))
        return found

    def rows(self, name: str, week: date | None, organization: str | None = None) -> list:
        """Keys and measures of one week, of everybody or of one customer."""
        return [
            row
            for (own_week, own), rows in self.facts[name].items()
            if own_week == week and organization in (None, own)
            for row in rows
        ]

    def measures(self, name: str, week: date | None, organization: str | None = None) -> list:
        return [measures for _, measures in self.rows(name, week, organization)]

    def bodies(self) -> dict[str, tuple[date | None, Body]]:
        legs, quality, queues = (self.weeks[name] for name in ("calls", "quality", "queues"))
        return {
            "call_usage": (legs, ({}, self.usage_trend(legs), self.usage(legs))),
            "call_quality": (quality, ({}, self.quality_trend(quality), self.quality(quality))),
            "call_quality_by_endpoint": (quality, ({}, [], self.endpoints(quality))),
            "feature_usage": (legs, ({}, [], self.features(legs))),
            "queue": (queues, (self.queue_kpis(queues), [], self.queues(queues))),
        }

    def with_rows(self, name: str, week: date | None) -> list[Customer]:
        """Customers without rows in the week are left out of a table."""
        return [c for c in self.customers.values() if self.rows(name, week, c.organization_id)]

    def usage_trend(self, last: date | None) -> list[Line]:
        """A week without calls is a gap; one with calls nobody made has nobody in each band."""
        trend = []
        for week in trend_weeks(last):
            users = dict.fromkeys(BANDS, 0)
            for key, measures in self.rows("users", week):
                users[key[3]] += measures["users"]
            gap = not self.rows("calls", week)
            counts = {f"users_{band}": None if gap else users[band] for band in BANDS}
            trend.append({"week_ending": iso(week)} | counts)
        return trend

    def usage(self, week: date | None) -> list[Line]:
        return [self.usage_row(customer, week) for customer in self.with_rows("calls", week)]

    def usage_row(self, customer: Customer, week: date) -> Line:
        rows = self.measures("calls", week, customer.organization_id)
        before = self.measures("calls", week - WEEK, customer.organization_id)
        users = self.measures("users", week, customer.organization_id)
        calls, calling = total(rows, "calls"), sum(row["users"] for row in users)
        return {
            "customer": customer.name,
            "calls": calls,
            "call_legs": total(rows, "legs"),
            "call_minutes": total(rows, "minutes"),
            "video_minutes": total(rows, "video_minutes"),
            "calling_users": calling,
            "active_user_share": ratio(calling, customer.assigned),
            "weekly_calls_change": change(calls, total(before, "calls")),
        }

    def quality_trend(self, last: date | None) -> list[Line]:
        trend = []
        for week in trend_weeks(last):
            rows = self.measures("quality", week)
            row: Line = dict.fromkeys(("poor", "good", "not_measured", "poor_share"))
            if rows:
                legs, measured, poor = leg_counts(rows)
                row = {"poor": poor, "good": measured - poor, "not_measured": legs - measured}
                row |= {"poor_share": ratio(poor, measured)}
            trend.append({"week_ending": iso(week)} | row)
        return trend

    def quality(self, week: date | None) -> list[Line]:
        table = []
        for customer in self.with_rows("quality", week):
            row = quality_row(self.measures("quality", week, customer.organization_id))
            earlier = quality_row(self.measures("quality", week - WEEK, customer.organization_id))
            moved = change(row["poor_share"], earlier["poor_share"])
            table.append({"customer": customer.name} | row | {"weekly_poor_share_change": moved})
        return table

    def endpoints(self, week: date | None) -> list[Line]:
        """One row for each type that has legs, known or not."""
        by_type = defaultdict(list)
        for key, measures in self.rows("quality", week):
            by_type[key[4]].append(measures)
        return [{"endpoint_type": name} | quality_row(rows) for name, rows in by_type.items()]

    def features(self, week: date | None) -> list[Line]:
        calls = total(self.measures("calls", week), "calls")
        if calls is None:  # no data, which is not the same as nothing used
            return []
        used = dict.fromkeys(FEATURES, 0)
        for key, measures in self.rows("features", week):
            used[key[3]] += measures["calls"]
        return [
            {"feature": name, "calls": number, "share_of_calls": ratio(number, calls)}
            for name, number in used.items()
        ]

    def queue_kpis(self, week: date | None) -> Measures:
        averages = queue_averages(self.measures("queues", week))
        names = ("average_answer_time", "average_abandoned_wait_time", "abandonment_rate")
        return {name: averages[name] for name in names}

    def queues(self, week: date | None) -> list[Line]:
        table = []
        for customer in self.with_rows("queues", week):
            rows = self.measures("queues", week, customer.organization_id)
            names = ("answered", "abandoned", "timed_out", "overflowed", "transferred")
            counts = {name: total(rows, name) for name in names}
            row = {"customer": customer.name, "queue_calls": total(rows, "calls")}
            table.append(row | counts | queue_averages(rows))
        return table


def trend_weeks(last: date | None) -> list[date]:
    """The 8 weeks up to and including the last complete one."""
    return [last - back * WEEK for back in reversed(range(TREND_WEEKS))] if last else []


def population(portfolio: Portfolio, region: str, as_of: date) -> dict[str, Customer]:
    """Customers that bought Webex Calling, as the customer list or a license row says."""
    calling = PRODUCTS["calling"]
    lines = portfolio.lines[portfolio.lines["product"] == calling]
    known = portfolio.licenses.merge(portfolio.customers, on="organization_id")
    last = max((week for week in known["week_ending"] if week < as_of), default=None)
    now = active_on(lines[lines["week_ending"] == last], as_of)
    licensed, found = set(lines["organization_id"]), {}
    for row in portfolio.customers.to_dict("records"):
        organization = row["organization_id"]
        if row["region"] == region and (calling in row["ordered"] or organization in licensed):
            assigned = int(now[now["organization_id"] == organization]["assigned"].sum())
            found[organization] = Customer(organization, row["customer"], assigned)
    return found


def leg_counts(rows: list[Measures]) -> tuple[int, int, int]:
    names = ("legs", "measured_legs", "poor_legs")
    return tuple(sum(row[name] for row in rows) for name in names)


def quality_row(rows: list[Measures]) -> Line:
    legs, measured, poor = leg_counts(rows)
    counts = {"call_legs": legs, "measured_legs": measured, "poor_legs": poor}
    return counts | {"poor_share": ratio(poor, measured)}


def queue_averages(rows: list[Measures]) -> Measures:
    """Weighted: sums of seconds and of calls, divided once."""
    names = ("calls", "answered", "abandoned", "wait_answered_s", "wait_abandoned_s")
    sums = {name: sum(row[name] or 0 for row in rows) for name in names}
    return {
        "abandonment_rate": ratio(sums["abandoned"], sums["calls"]),
        "average_answer_time": ratio(sums["wait_answered_s"], sums["answered"]),
        "average_abandoned_wait_time": ratio(sums["wait_abandoned_s"], sums["abandoned"]),
    }
