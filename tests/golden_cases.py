"""Small portfolios whose numbers were computed by hand, for the oracle and for the engine."""

from datetime import date

from golden_kit import AS_OF, BEFORE, CALLING, WEEK, Case


def peers_case(name: str, shares: list[int], expected: dict, start: str = "2024-01-01") -> Case:
    """One customer with 200 licenses for each share, given in assigned licenses of 200."""
    case = Case(name, {("low_assignment", "EU", "calling"): expected})
    for number, assigned in enumerate(shares):
        org, sub = f"o{number}", f"s{number}"
        case.customer(org).subscription(org, sub, (start, "2027-06-30"))
        case.line(sub, (200, assigned, 50)).line(sub, (200, assigned - 4, 50), BEFORE)
    return case


def eight_peers() -> Case:
    """Two of eight are flagged.

    Shares 0.30 0.50 0.60 0.70 0.80 0.80 0.90 1.00: the quartile lies at position 7/4 = 1.75,
    0.50 + 0.75 * 0.10 = 0.575. Flagged: 0.30 and 0.50 (0.075 below). 160 of 400 assigned,
    100 of those 160 used, 140 + 100 = 240 free. 1 Jan 2024 to 1 Mar 2026: 26 months.
    """
    row = {"total_licenses": 200, "used": 50, "months_since_added": 26}
    row |= {"weekly_assignment_change": 4}
    first = {"customer": "Customer o0", "subscription_id": "s0", "assigned": 60}
    first |= {"assigned_pct": 0.3, "available": 140}
    second = {"customer": "Customer o1", "subscription_id": "s1", "assigned": 100}
    second |= {"assigned_pct": 0.5, "available": 100}
    kpis = {
        "customers_low_assignment": 2,
        "license_assignment": 160 / 400,
        "license_usage_of_assigned": 100 / 160,
        "total_unassigned_licenses": 240,
    }
    expected = {"kpis": kpis, "table": [row | first, row | second]}
    return peers_case("eight peers", [60, 100, 120, 140, 160, 160, 180, 200], expected)


NOBODY = {
    "customers_low_assignment": 0,
    "license_assignment": None,
    "license_usage_of_assigned": None,
    "total_unassigned_licenses": 0,
}


def seven_peers() -> Case:
    """With fewer than 8 in the whole portfolio nobody is flagged; 0 / 0 is null."""
    expected = {"kpis": NOBODY, "table": []}
    return peers_case("seven peers", [20, 120, 120, 140, 160, 160, 180], expected)


def younger_than_a_month() -> Case:
    """2 Feb to 1 Mar: the 2nd is not reached again, 0 months, so no flag however low."""
    shares = [20, 120, 120, 140, 160, 160, 180, 200]
    return peers_case("no month old", shares, {"kpis": NOBODY, "table": []}, "2026-02-02")


def exactly_five_points() -> Case:
    """Exactly 0.05 below the quartile counts.

    Nine peers: the quartile is the third lowest share, 0.60. 0.55 is exactly 0.05 below and is
    flagged although 0.60 - 0.55 = 0.04999999999999993 in floating point; 0.555 is not.
    """
    shares = [110, 111, 120, 130, 140, 150, 160, 170, 180]
    kpis = {
        "customers_low_assignment": 1,
        "license_assignment": 0.55,
        "license_usage_of_assigned": 50 / 110,
        "total_unassigned_licenses": 90,
    }
    return peers_case("exactly five points", shares, {"kpis": kpis})


def month_ends() -> Case:
    """Months remaining around month ends, and overage without netting.

    As of Sunday 1 Mar 2026. Overage lines, months remaining: to 31 Mar 0 (1 month is reached on
    1 Apr), to 1 Apr 1, to 28 Feb 2027 11, to 1 Mar 2027 12. Overages 2 + 3 + 4 + 5 = 14, all of
    one customer; the total of 0 gives null percentages and its 5 still count.
    """
    rows = []
    case = Case("month ends", {})
    case.customer("o")
    ends = [("2026-03-31", 0, 10, 12), ("2026-04-01", 1, 10, 13), ("2027-02-28", 11, 10, 14)]
    for end, months, total, assigned in [*ends, ("2027-03-01", 12, 0, 5)]:
        sub = f"s{months}"
        case.subscription("o", sub, ("2025-01-31", end), auto="Yes").line(
            sub, (total, assigned, 3)
        )
        rows.append(
            {
                "customer": "Customer o",
                "subscription_id": sub,
                "months_remaining": months,
                "auto_renew": True,
                "total_licenses": total,
                "assigned": assigned,
                "assigned_pct": assigned / total if total else None,
                "used": 3,
                "used_pct": 0.3 if total else None,
            }
        )
    kpis = {"customers_with_overage": 1, "total_license_overage": 14}
    kpis |= {"average_license_overage": 14}
    case.expected["over_limit", "EU", "calling"] = {"kpis": kpis, "table": rows}
    return case


def ninety_days() -> Case:
    """Both ends of 90 days count, and a trial never renews.

    As of 1 Mar 2026, 90 days on is 30 May. a: trial that auto-renews, ends 30 May -> expiring.
    b: auto-renews, ends 1 Mar (0 days) -> renewing. c: ends 31 May (91 days) -> neither.
    d: would expire, but only for messaging -> in no view. 1 Dec 2025 is exactly 90 days back,
    30 Nov 91: a and c are recent, b is not.
    """
    overview = {
        "total_customers": 3,
        "nearing_expiration": 1,
        "nearing_renewal": 1,
        "low_license_assignment": 0,
        "over_license_limit": 0,
    }
    expiring = {"customers_expiring": 1, "license_assignment": 0.8, "license_usage": 0.5}
    renewing = {"customers_renewing": 1, "license_assignment": None, "license_usage": None}
    case = Case(
        "ninety days",
        {
            ("overview", "EU", "meetings"): {"kpis": overview, "trend": [], "table": []},
            ("expiring", "EU", "calling"): {"kpis": expiring},
            ("renewing", "EU", "calling"): {"kpis": renewing},
            ("recently_added", "EU", "calling"): {
                "kpis": {"new_customers": 2, "total_licenses": 30}
            },
        },
    )
    for org in "abcd":
        case.customer(org)
    case.subscription("a", "sa", ("2025-12-01", "2026-05-30"), trial=True, auto="Yes")
    case.subscription("b", "sb", ("2025-11-30", AS_OF), auto="Yes")
    case.subscription("c", "sc", (AS_OF, "2026-05-31"))
    case.subscription("d", "sd", ("2025-12-01", "2026-05-30"))
    case.line("sa", (10, 8, 5)).line("sb", (0, 0, 0)).line("sc", (20, 5, 5))
    return case.line("sd", (10, 1, 1), product="Webex Messaging")


def trend_with_a_gap() -> Case:
    """A week without lines is a gap, and the day after a week decides who counts.

    Eight weeks asked; rows only for 14 and 28 Feb. s1 ended on 15 Feb, the day after a Saturday,
    so it counts on the 14th and not on the 28th. available never nets: 10 - 4 and 0.
    """
    weeks = ["2026-02-07", "2026-02-14", BEFORE, WEEK]
    blank = {"total": None, "assigned": None, "used": None, "available": None}
    both = {"total": 15, "assigned": 13, "used": 4, "available": 6}
    one = {"total": 10, "assigned": 4, "used": 2, "available": 6}
    trend = [blank, both, blank, one]
    earlier = [f"2026-01-{day}" for day in (10, 17, 24, 31)]
    rows = [{"week_ending": week} | blank for week in earlier]
    rows += [{"week_ending": week} | row for week, row in zip(weeks, trend, strict=True)]
    case = Case("trend with a gap", {}, weeks=8)
    case.expected["license_trend", "EU", "calling"] = {"kpis": {}, "trend": rows, "table": []}
    case.customer("o")
    case.subscription("o", "s0", ("2025-01-01", "2027-01-01"))
    case.subscription("o", "s1", ("2025-01-01", "2026-02-15"))
    case.line("s0", (10, 4, 2), weeks[1]).line("s1", (5, 9, 2), weeks[1])
    return case.line("s0", (10, 4, 2)).line("s1", (5, 9, 2))


def three_months_and_changes() -> Case:
    """The lower bound of 13 weeks, and changes against the week before.

    Not delivered: the largest use of 13 weeks (6 Dec to 28 Feb); the 99 of 29 Nov is the 14th.
    Delivered on the second subscription: 7, even below what was used. No row a week before: null.
    """
    row = {"customer": "Customer o", "days_until_expiration": 30, "total_licenses": 10}
    row |= {"used": 2, "assigned": 4, "available": 6}
    first = {"subscription_id": "s0", "usage_last_3_months": 8}
    second = {"subscription_id": "s1", "usage_last_3_months": 7}
    case = Case("three months", {})
    case.customer("o")
    for sub in ("s0", "s1"):
        case.subscription("o", sub, ("2026-02-01", "2026-03-31"))
    case.line("s0", (10, 4, 99), "2025-11-29").line("s0", (10, 4, 8), "2025-12-06")
    case.line("s0", (10, 1, 5), BEFORE).line("s0", (10, 4, 2))
    case.line("s1", (10, 4, 9), "2026-02-14").line("s1", (10, 4, 2), used_3_months="7")
    case.expected["expiring", "EU", "calling"] = {
        "table": [
            row | first | {"usage_last_3_months_at_least": True},
            row | second | {"usage_last_3_months_at_least": False},
        ]
    }
    recent = {key: row[key] for key in ("customer", "total_licenses", "used", "assigned")}
    recent |= {"available": 6, "days_since_added": 28}
    changes = [("s0", 3, -3), ("s1", None, None)]
    case.expected["recently_added", "EU", "calling"] = {
        "table": [
            recent
            | {"subscription_id": sub, "weekly_assignment_change": assigned}
            | {"weekly_usage_change": used}
            for sub, assigned, used in changes
        ]
    }
    return case


def wednesday_before() -> Case:
    """As of Wednesday 25 Feb the last complete week is 21 Feb, and its numbers are shown."""
    case = Case("a Wednesday", {}, as_of=date(2026, 2, 25))
    case.customer("o").subscription("o", "s", ("2026-02-25", "2026-02-25"))
    case.line("s", (10, 4, 2), BEFORE).line("s", (90, 90, 90))
    kpis = {"customers_expiring": 1, "license_assignment": 0.4, "license_usage": 0.2}
    case.expected["expiring", "EU", "meetings"] = {
        "week_ending": BEFORE,
        "kpis": {"customers_expiring": 0, "license_assignment": None, "license_usage": None},
    }
    case.expected["expiring", "EU", "calling"] = {"as_of": "2026-02-25", "kpis": kpis}
    return case


def bad_rows() -> Case:
    """Only the first row of s counts: what follows is bad, an orphan, or of no subscription."""
    case = Case("bad rows", {})
    case.customer("o").customer("p")
    case.subscription("o", "s", ("2026-01-01", "2027-01-01"))
    case.subscription("orphan", "so", ("2026-01-01", "2027-01-01"))
    case.line("s", (10, 4, 2)).line("so", (500, 500, 500))
    case.licenses += [
        ["2026-03-07", "p", "s", CALLING, "10", "10", "10", ""],
        ["2026-03-08", "o", "s", CALLING, "10", "10", "10", ""],
        [WEEK, "o", "s", CALLING, "10", "-1", "10", ""],
        [WEEK, "o", "s", CALLING, "10", "NaN", "10", ""],
        [WEEK, "o", "s", "NA", "10", "10", "10", ""],
        [WEEK, "o", "stranger", CALLING, "10", "10", "10", ""],
    ]
    case.subscriptions.append(["o", "s", "Trial", "2026-01-01", "2025-12-31", "No"])
    kpis = {"new_customers": 1, "total_licenses": 10}
    case.expected["recently_added", "EU", "calling"] = {"as_of": AS_OF, "kpis": kpis}
    case.expected["overview", "EU", "calling"] = {
        "kpis": dict.fromkeys(
            ("nearing_expiration", "nearing_renewal", "low_license_assignment"), 0
        )
        | {"total_customers": 1, "over_license_limit": 0}
    }
    return case


CASES = [
    eight_peers(),
    seven_peers(),
    younger_than_a_month(),
    exactly_five_points(),
    month_ends(),
    ninety_days(),
    trend_with_a_gap(),
    three_months_and_changes(),
    wednesday_before(),
    bad_rows(),
]
