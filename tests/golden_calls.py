"""Small exports about calls whose numbers were computed by hand, for the oracle and the engine."""

import csv
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from call_deliveries import quality, queue, record
from golden_kit import AS_OF, BEFORE, MEETINGS, WEEK, Case

TERM = ("2025-01-01", "2027-01-01")
USERS = ("users_1_4", "users_5_19", "users_20_49", "users_50_plus")


@dataclass
class CallCase(Case):
    """A portfolio and three exports about its calls."""

    exports: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def buyer(self, org: str, assigned: int) -> "CallCase":
        """A customer with that many Webex Calling licenses assigned."""
        self.customer(org).subscription(org, f"s-{org}", TERM)
        self.line(f"s-{org}", (100, assigned, 0))
        return self

    def leg(self, start: str, call: str, org: str = "a", **changes: str) -> "CallCase":
        rows = self.exports.setdefault("legs", [])
        row = record(len(rows), Start_time=start, Correlation_ID=call, Org_UUID=org, **changes)
        rows.append(row)
        return self

    def measured(self, start: str, endpoint: str, **values: str) -> "CallCase":
        rows = self.exports.setdefault("quality", [])
        row = quality(f"SSE{len(rows)}", "a", f"{start} 10:00:00", endpoint)
        names = {"jitter": "Audio Jitter (ms)", "video_latency": "Video Latency (ms)"}
        rows.append(row | {names[name]: value for name, value in values.items()})
        return self

    def queued(self, day: str, org: str, counts: tuple[str, ...]) -> "CallCase":
        """Total, answered and abandoned calls, and the seconds waited for either."""
        names = ("Total Calls", "Answered Calls", "Abandoned Calls", "Total Wait Time")
        values = dict(zip((*names, "Total Abandoned Time"), counts, strict=True))
        self.exports.setdefault("queues", []).append(queue(day, org) | values)
        return self

    def write(self, folder: Path) -> None:
        super().write(folder)
        for name, rows in self.exports.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)


def trend_of(names: tuple[str, ...], *known: tuple) -> list[dict]:
    """Eight weeks of which the last ones are known; None, or no values at all, is a gap."""
    gap = (None,) * len(names)
    values = [gap] * (8 - len(known)) + [one or gap for one in known]
    last = date.fromisoformat(WEEK)
    weeks = [str(last - timedelta(weeks=back)) for back in reversed(range(8))]
    rows = zip(weeks, values, strict=True)
    return [{"week_ending": week} | dict(zip(names, row, strict=True)) for week, row in rows]


def usage_row(**changes: object) -> dict:
    row = {"customer": "Customer a", "video_minutes": None, "weekly_calls_change": None}
    return row | changes


def volume_bands() -> CallCase:
    """Seven users made 1, 4, 5, 19, 20, 49 and 50 calls of a minute: 148 in all.

    4 licenses are assigned: 7 / 4 = 1.75. The last instant of Saturday is in the week, the first
    of Sunday is not.
    """
    made = (1, 4, 5, 19, 20, 49, 50)
    row = usage_row(calls=148, call_legs=148, call_minutes=148.0)
    row |= {"calling_users": 7, "active_user_share": 1.75}
    expected = {"trend": trend_of(USERS, (2, 2, 2, 1)), "table": [row], "week_ending": WEEK}
    case = CallCase("volume bands", {("call_usage", "EU", "calling"): expected}).buyer("a", 4)
    for calls in made:
        for number in range(calls):
            start = f"{WEEK}T23:59:59.999Z" if number else f"{WEEK}T00:00:00Z"
            case.leg(start, f"{calls}-{number}", User_UUID=f"u-{calls}")
    return case.leg(f"{AS_OF}T00:00:00Z", "too late", User_UUID="u-1")


def a_call_across_midnight() -> CallCase:
    """A call begun in the second before the week counts in the week before, its legs in theirs.

    30 s before and 90 s + nothing now are 0.5 and 1.5 minutes. Of 0 calls made no feature has a
    share, though the hunt group was reached.
    """
    row = usage_row(calls=0, call_legs=2, call_minutes=1.5, calling_users=0)
    row |= {"active_user_share": 0.0, "weekly_calls_change": -1}
    trend = trend_of(USERS, (1, 0, 0, 0), (0, 0, 0, 0))
    names = ("hunt_group", "auto_attendant", "call_queue", "transfer", "hold", "recording")
    used = dict.fromkeys((*names, "video", "voicemail"), 0) | {"hunt_group": 1}
    features = [{"feature": n, "calls": used[n], "share_of_calls": None} for n in used]
    expected = {
        ("call_usage", "EU", "calling"): {"trend": trend, "table": [row]},
        ("feature_usage", "EU", "meetings"): {"table": features, "week_ending": WEEK},
    }
    case = CallCase("a call across midnight", expected).buyer("a", 10)
    case.leg(f"{BEFORE}T23:59:59Z", "one", Duration="30")
    case.leg("2026-02-22T00:00:00Z", "one", Duration="90", User_UUID="u-2")
    reached = {"Direction": "TERMINATING", "User_type": "HuntGroup", "Duration": ""}
    return case.leg("2026-02-22T00:00:01Z", "one", **reached)


def exactly_on_the_limit() -> CallCase:
    """150 ms is good, 150.01 poor; 401 ms of video alone is poor; nothing measured leaves.

    4 legs, 3 measured, 2 poor: 2 / 3. The week before: 1 of 2 poor, 2 / 3 - 1 / 2 = 1 / 6.
    """
    counts = {"call_legs": 4, "measured_legs": 3, "poor_legs": 2, "poor_share": 2 / 3}
    row = {"customer": "Customer a"} | counts | {"weekly_poor_share_change": 2 / 3 - 1 / 2}
    trend = trend_of(
        ("poor", "good", "not_measured", "poor_share"), (1, 1, 0, 1 / 2), (2, 1, 1, 2 / 3)
    )
    desk = {"endpoint_type": "desk_phone", "call_legs": 2, "measured_legs": 2}
    desk |= {"poor_legs": 1, "poor_share": 0.5}
    app = {"endpoint_type": "webex_app", "call_legs": 1, "measured_legs": 1}
    app |= {"poor_legs": 1, "poor_share": 1.0}
    new = {"endpoint_type": "Toaster", "call_legs": 1, "measured_legs": 0}
    new |= {"poor_legs": 0, "poor_share": None}
    expected = {
        ("call_quality", "EU", "calling"): {"trend": trend, "table": [row]},
        ("call_quality_by_endpoint", "EU", "calling"): {"table": [desk, app, new]},
    }
    case = CallCase("exactly on the limit", expected).buyer("a", 1)
    case.measured(BEFORE, "Desk Phone", jitter="151").measured(BEFORE, "Desk Phone", jitter="0")
    case.measured(WEEK, "Desk Phone", jitter="150").measured(WEEK, "Desk Phone", jitter="150.01")
    return case.measured(WEEK, "Webex App", video_latency="401").measured(WEEK, "Toaster")


def queues_weighted_by_calls() -> CallCase:
    """Two days of a and one of b: 80 s / 8 answered, 330 s / 32 abandoned, 32 of 40 calls.

    The mean of the two days' rates, (0.2 + 1) / 2, would be 0.6. Nobody called b.
    """
    ends = dict.fromkeys(("timed_out", "overflowed", "transferred"), 0)
    a = {"queue_calls": 40, "answered": 8, "abandoned": 32, "abandonment_rate": 0.8}
    a |= {"average_answer_time": 10.0, "average_abandoned_wait_time": 10.3125}
    averages = ("average_answer_time", "average_abandoned_wait_time", "abandonment_rate")
    b = dict.fromkeys(("queue_calls", "answered", "abandoned"), 0) | dict.fromkeys(averages)
    table = [{"customer": "Customer a"} | a | ends, {"customer": "Customer b"} | b | ends]
    expected = {"kpis": {name: a[name] for name in averages}, "table": table}
    case = CallCase("queues weighted by calls", {("queue", "EU", "calling"): expected})
    case.buyer("a", 1).buyer("b", 1)
    case.queued("2026-02-22", "a", ("10", "8", "2", "80", "30"))
    case.queued(WEEK, "a", ("30", "0", "30", "0", "300"))
    return case.queued(WEEK, "b", ("0", "0", "0", "0", "0"))


def a_week_half_delivered() -> CallCase:
    """The week still running is in no number: 2 calls after 1 are a rise, whatever came since."""
    row = usage_row(calls=2, call_legs=2, call_minutes=2.0, calling_users=1)
    row |= {"active_user_share": 0.5, "weekly_calls_change": 1}
    trend = trend_of(USERS, (1, 0, 0, 0), (1, 0, 0, 0))
    expected = {"trend": trend, "table": [row], "week_ending": WEEK}
    case = CallCase("half a week", {("call_usage", "EU", "calling"): expected}).buyer("a", 2)
    case.leg(f"{BEFORE}T10:00:00Z", "1").leg(f"{WEEK}T10:00:00Z", "2")
    return case.leg(f"{WEEK}T11:00:00Z", "3").leg(f"{AS_OF}T08:00:00Z", "4")


def who_bought_calling() -> CallCase:
    """A customer that ordered Meetings only is left out, and so is one that nobody lists."""
    row = usage_row(calls=1, call_legs=1, call_minutes=1.0, calling_users=1)
    expected = {"table": [row | {"active_user_share": 1.0}]}
    case = CallCase("who bought calling", {("call_usage", "EU", "calling"): expected})
    case.buyer("a", 1).customer("m").subscription("m", "s-m", TERM)
    case.customers[-1][-1] = MEETINGS
    case.line("s-m", (10, 10, 10), product=MEETINGS)
    for org in ("a", "m", "nobody"):
        case.leg(f"{WEEK}T10:00:00Z", org, org)
    return case


CALL_CASES = [
    volume_bands(),
    a_call_across_midnight(),
    exactly_on_the_limit(),
    queues_weighted_by_calls(),
    a_week_half_delivered(),
    who_bought_calling(),
]
