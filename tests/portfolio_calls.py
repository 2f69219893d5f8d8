"""Random exports about calls beside a random portfolio, full of what reports do wrong."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from call_deliveries import quality, queue, record
from oracle.reading import read_portfolio
from portfolio_dates import DAY, SUNDAYS, WEEK
from portfolios import write_random

if TYPE_CHECKING:
    from pathlib import Path

Cells = dict[str, str]

LOCATIONS = ["Kyiv", "Lviv", "NA", "-", ""]
CLIENTS = ["WXC_CLIENT", "TEAMS_WXC_CLIENT", "WXC_DEVICE", "WXC_DEVICE", "WXC_THIRD_PARTY"]
CLIENTS += ["SIP", "WXCC", "BRAND_NEW"]
MODELS = ["8851-3PCC", "Cisco Room Kit", "Webex Board Pro", "Cisco Desk Phone 9861", "NA", ""]
CALLERS = ["User", "User", "User", "Place", "VirtualLine"]
SERVICES = ["HuntGroup", "AutomatedAttendantVideo", "CallCenterStandard", "CallCenterPremium"]
SERVICES += ["VoiceMailRetrieval", "VoiceMailGroup", "Anchor", "Unknown"]
ENDPOINTS = ["Webex App", "Desk Phone", "Room Device", "Other", "Unknown", "Toaster"]
LIMITS = {"Jitter (ms)": 150, "Latency (ms)": 400, "Packet Loss (%)": 5}
NULLS = ["", "NA", "na", "N/A", "null", "-"]
CALLS_OF_A_USER = [1, 1, 2, 3, 4, 5, 6, 19]
CALLS_OF_A_FEW = [22, 53, 60]
# The first and last instants of the week ending that day, among others.
INSTANTS = [timedelta(0), timedelta(days=3, hours=9), 7 * DAY - timedelta(milliseconds=1)]


@dataclass
class CallPlan:
    """What one seed decides, and the rows written so far."""

    rng: Random
    as_of: date
    organizations: list[str]
    weeks: list[date]
    legs: list[Cells] = field(default_factory=list)
    quality: list[Cells] = field(default_factory=list)
    queues: list[Cells] = field(default_factory=list)


def write_random_calls(folder: Path, seed: int, customers: int = 15) -> None:
    """A random portfolio of licenses, and the three exports about its customers' calls."""
    write_random(folder, seed, customers)
    rng = Random(f"calls {seed}")
    as_of = SUNDAYS[seed % len(SUNDAYS)]
    listed = list(read_portfolio(folder).customers["organization_id"])
    few = [org for org in listed if rng.random() < 0.7][:7] or listed
    plan = CallPlan(rng, as_of, [*few, "nobody-lists-it"], call_weeks(rng, as_of))
    for organization in plan.organizations:
        for week in plan.weeks:
            if rng.random() < 0.8:
                add_week(plan, organization, week)
    spoil(plan)
    for name in ("legs", "quality", "queues"):
        write_files(rng, folder, name, getattr(plan, name))


def call_weeks(rng: Random, as_of: date) -> list[date]:
    """Weeks around the trend's eight: with gaps, perhaps without the last or with later ones."""
    weeks = [as_of - DAY - back * WEEK for back in range(-1, 10)]
    kept = [week for week in weeks if rng.random() < 0.55]
    return kept or weeks[1:2]


def add_week(plan: CallPlan, organization: str, week: date) -> None:
    """Each of the three exports may lack the week of a customer, or all of it."""
    rng = plan.rng
    if rng.random() < 0.8:
        for number in range(rng.choice([0, 1, 2, 2, 3, 12])):
            often = CALLS_OF_A_FEW if rng.random() < 0.05 else CALLS_OF_A_USER
            for _ in range(rng.choice(often) if number < 2 else 1):
                add_call(plan, organization, week, f"user-{number}")
        if rng.random() < 0.2:  # calls received, and none made
            plan.legs.append(
                leg(plan, organization, moment(rng, week), {"Direction": "TERMINATING"})
            )
    for _ in range(rng.choice([0, 1, 5])):
        plan.quality.append(measured(plan, organization, week))
    for name in rng.sample(["Sales", "Support", "Support"], rng.choice([0, 0, 1, 2])):
        plan.queues.append(queued(plan, organization, week, name))


def moment(rng: Random, week: date) -> datetime:
    sunday = datetime.combine(week - 6 * DAY, time())
    return sunday + rng.choice([*INSTANTS, timedelta(minutes=rng.randrange(10080))])


def add_call(plan: CallPlan, organization: str, week: date, user: str) -> None:
    """A call of one to three legs, some of them from another week or of another caller."""
    rng = plan.rng
    correlation = f"call-{len(plan.legs)}" if rng.random() < 0.97 else "call-shared"
    start = moment(rng, week)
    made = {"User type": rng.choice(CALLERS), "User UUID": rng.choice([user] * 30 + NULLS[:2])}
    made |= {"Correlation ID": correlation, "Direction": "ORIGINATING"}
    plan.legs.append(leg(plan, organization, start, made))
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        more = {"Correlation ID": correlation, "Direction": "TERMINATING"}
        more["User type"] = rng.choice([*CALLERS, *SERVICES])
        more |= rng.choice([{}, {}, {"Direction": "ORIGINATING", "User UUID": "user-0"}])
        later = rng.choice([timedelta(0), timedelta(seconds=30), -timedelta(seconds=1), DAY])
        plan.legs.append(leg(plan, organization, start + later, more))


def leg(plan: CallPlan, organization: str, start: datetime, changes: Cells) -> Cells:
    rng = plan.rng
    number = len(plan.legs)
    row = record(number) | {
        "Start time": written(rng, start),
        "Report time": written(rng, start + timedelta(minutes=rng.randrange(5000))),
        "Duration": rng.choice([*NULLS, "0", "1", "59", "61", "3600"]),
        "Location": rng.choice(LOCATIONS),
        "Client type": rng.choice(CLIENTS),
        "Model": rng.choice(MODELS),
        "Org UUID": organization,
        "Hold Duration": rng.choice(["", "na", "0", "5"]),
        "Call Recording Result": rng.choice(["", "", "successful", "failed"]),
        "Related reason": rng.choice(["", "", "", "ConsultativeTransfer", "Pickup"]),
        "Transfer related call ID": rng.choice(["", "", "", "", "x:1"]),
    }
    return row | changes


def written(rng: Random, at: datetime) -> str:
    """The same instant as vendors write it: with Z, without zone, or in another one."""
    east, west = at + timedelta(hours=2), at - timedelta(hours=5)
    return rng.choice(
        [
            f"{at.isoformat(timespec='milliseconds')}Z",
            at.isoformat(sep=" ", timespec="milliseconds"),
            f"{east.isoformat(timespec='milliseconds')}+02:00",
            f"{west.isoformat(timespec='milliseconds')}-05:00",
        ]
    )


def measured(plan: CallPlan, organization: str, week: date) -> Cells:
    """On and around the limits, of both streams, one or none."""
    rng = plan.rng
    names = [f"{s} {m}" for s in rng.choice([["Audio"], ["Audio", "Video"], []]) for m in LIMITS]
    values = {
        name: rng.choice([*NULLS, "0", f"{limit}", f"{limit}.01", f"{limit - 1}.5"])
        for name in names
        for limit in [LIMITS[name[6:]]]
    }
    start = moment(rng, week)
    row = quality(f"SSE{len(plan.quality)}", organization, written(rng, start))
    row |= {"Endpoint Type": rng.choice(ENDPOINTS), "Location": rng.choice(LOCATIONS)}
    return row | {"Duration(s)": rng.choice(["", "60"])} | values


def queued(plan: CallPlan, organization: str, week: date, name: str) -> Cells:
    """A day or a week of one queue; waits with and without fractions, or unknown."""
    rng = plan.rng
    end = week - rng.randrange(7) * DAY
    answered, abandoned = rng.choice([(0, 0), (0, 3), (5, 0), (7, 2), (120, 31)])
    row = queue(end.isoformat(), organization, name) | {
        "Start Date": (end - rng.choice([0, 0, 6]) * DAY).isoformat(),
        "Location": rng.choice(LOCATIONS),
        "Total Calls": str(answered + abandoned + rng.randrange(3)),
        "Answered Calls": str(answered),
        "Abandoned Calls": str(abandoned),
        "Total Wait Time": str(12.5 * answered),
        "Total Abandoned Time": str(7 * abandoned),
    }
    return row | {name: str(rng.randrange(4)) for name in row if name.startswith("Calls ")}


def spoil(plan: CallPlan) -> None:
    """Corrections, older reports, repetitions, and copies broken in one cell."""
    rng = plan.rng
    for row in some(rng, plan.legs, 0.08):
        again = row | {"Duration": "777", "Location": rng.choice(LOCATIONS)}
        again["Report time"] = rng.choice([row["Report time"], "2020-01-01", "2030-01-01"])
        moved = moment(rng, rng.choice(plan.weeks))
        again |= rng.choice([{}, {}, {"Start time": written(rng, moved)}])
        plan.legs.append(again)
    for row in some(rng, plan.quality, 0.1):
        plan.quality.append(row | {"Audio Jitter (ms)": rng.choice(["", "151", "150"])})
    for row in some(rng, plan.queues, 0.1):
        plan.queues.append(row | {"Abandoned Calls": "1", "Total Wait Time": "99.25"})
    broken(rng, plan.legs, BROKEN_LEGS)
    broken(rng, plan.quality, BROKEN_QUALITY)
    broken(rng, plan.queues, BROKEN_QUEUES)


BROKEN_LEGS = [
    {"Duration": "-1"},
    {"Duration": "soon"},
    {"Start time": "14/11/2026 10:00"},
    {"Start time": ""},
    {"Report time": "NA"},
    {"Correlation ID": "na"},
    {"Direction": "-"},
    {"Hold Duration": "-5"},
]
BROKEN_QUALITY = [
    {"Audio Jitter (ms)": "inf"},
    {"Video Latency (ms)": "-1"},
    {"Audio Packet Loss (%)": "NaN"},
    {"Start Time": "2026-02-30 10:00:00"},
    {"Duration(s)": "-60"},
]
BROKEN_QUEUES = [
    {"End Date": "1999-01-01"},
    {"Total Calls": "-3"},
    {"Abandoned Calls": "many"},
    {"Total Wait Time": "-0.5"},
    {"Organization ID": "null"},
]


def some(rng: Random, rows: list[Cells], share: float) -> list[Cells]:
    return [dict(row) for row in rows if rng.random() < share]


def broken(rng: Random, rows: list[Cells], breaks: list[Cells]) -> None:
    """Newer than the good row they copy, so that a reader who keeps them replaces it."""
    for row in some(rng, rows, 0.02):
        newest = {"Report time": "2031-01-01"} if "Report time" in row else {}
        rows.append(row | newest | rng.choice(breaks))


def write_files(rng: Random, folder: Path, name: str, rows: list[Cells]) -> None:
    """In up to three files, rows of a file in any order."""
    if not rows:
        return
    cuts = sorted(rng.randrange(len(rows) + 1) for _ in range(rng.randrange(3)))
    parts = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)], strict=True)]
    for number, part in enumerate(part for part in parts if part):
        if rng.random() < 0.5:
            rng.shuffle(part)
        with (folder / f"{name}_{number}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(part[0]))
            writer.writeheader()
            writer.writerows(part)
