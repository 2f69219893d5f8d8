"""Cases of one bad or odd value: dates, counts, nulls, order of dates, foreign keys."""

from __future__ import annotations

from bad_files.bases import ORGANIZATIONS, Export, with_cell, with_rows
from bad_files.outcomes import GOOD, ONE_BAD, Build, Case, Outcome

NULLS = ("", "NA", "na", "N/A", "null", "-")
NULL_WHEN_EMPTY_ONLY = ("Customer Name", "Name", "Location", "Country")


def dated(value: str) -> Build:
    return lambda export: with_rows(export, with_cell(export, export.date or "", value)).encode()


def counted(value: str, delimiter: str = ",") -> Build:
    return lambda export: with_rows(
        export, with_cell(export, export.count or "", value), delimiter
    ).encode()


def cell(column: str, value: str) -> Build:
    return lambda export: with_rows(export, with_cell(export, column, value)).encode()


def has_date(export: Export) -> bool:
    return export.date is not None


def has_count(export: Export) -> bool:
    return export.count is not None


def is_whole(export: Export) -> bool:
    return has_count(export) and export.whole


def is_measured(export: Export) -> bool:
    return has_count(export) and not export.whole


def is_licenses(export: Export) -> bool:
    return export.id == "webex_licenses"


def is_subscriptions(export: Export) -> bool:
    return export.id == "webex_subscriptions"


# 25 July 2026 is a Saturday; every value here is that day in UTC.
GOOD_DATES = {
    "date": "2026-07-25",
    "date-time": "2026-07-25 12:30:00",
    "date-time-t": "2026-07-25T12:30:00",
    "date-time-z": "2026-07-25T12:30:00Z",
    "date-time-ms": "2026-07-25T12:30:00.123Z",
    "offset-east": "2026-07-26T01:30:00+02:00",
    "offset-west": "2026-07-24T22:30:00-05:00",
}

BAD_DATES = {
    "day-first": "25/07/2026",
    "day-first-ambiguous": "07/05/2026",
    "us": "07/25/2026",
    "dots": "25.07.2026",
    "slashes-year-first": "2026/07/25",
    "excel-serial": "46228",
    "excel-serial-fraction": "46228.5",
    "two-digit-year": "26-07-25",
    "month-name": "25-Jul-2026",
    "one-digit-month": "2026-7-25",
    "impossible-day": "2026-02-30",
    "not-a-leap-year": "2025-02-29",
    "impossible-month": "2026-13-01",
    "impossible-hour": "2026-07-25 25:00:00",
    "zeros": "0000-00-00",
    "word": "soon",
    "epoch": "1784937600",
    "two-dates": "2026-07-25 2026-07-26",
    "us-time": "7/25/2026 1:30 PM",
}

# The offset moves these to another UTC day: Friday for the first, Sunday for the second.
OTHER_WEEKDAYS = {
    "friday": "2026-07-24",
    "sunday": "2026-07-26",
    "monday": "2026-07-20",
    "offset-to-friday": "2026-07-25T01:30:00+02:00",
    "offset-to-sunday": "2026-07-25T22:30:00-05:00",
}

GOOD_COUNTS = {"plain": "1234", "zero": "0", "thousands": "1,234", "millions": "1,234,567"}

MEASURES = {"plain": "1234", "zero": "0"}

BAD_COUNTS = {
    "inf": "inf",
    "minus-inf": "-Infinity",
    "nan": "NaN",
    "exponent": "1e5",
    "negative": "-5",
    "percent": "87%",
    "european": "1.234,5",
    "comma-decimal": "1,23",
    "commas-astray": "12,34,567",
    "comma-leading-zero": "0,123",
    "thin-thousands": "1\u00a0234",
    "space-thousands": "1 234",
    "apostrophe-thousands": "1'234",
    "underscore": "1_234",
    "hexadecimal": "0x1F",
    "currency": "$12",
    "word": "many",
    "unit": "12 seats",
    "two-minus": "--5",
    "two-points": "1.2.3",
    "far-too-big": "9" * 6_000,
    "true": "true",
}


def short_by_a_comma(export: Export) -> bytes:
    """`1,234` without quotes in a comma file is one cell too many."""
    return counted("@@")(export).replace(b"@@", b"1,234")


def unquoted_in_semicolons(value: str) -> Build:
    return lambda export: counted("@@", ";")(export).replace(b"@@", value.encode())


def reversed_term(export: Export) -> bytes:
    rows = with_cell(export, "End Date", "2026-06-14")
    return with_rows(export, rows).encode()


def term(start: str, end: str) -> Build:
    def build(export: Export) -> bytes:
        rows = with_cell(export, "Start Date", start)
        rows[1][export.at("End Date")] = end
        return with_rows(export, rows).encode()

    return build


def null_rows(export: Export, column: str) -> bytes:
    """One row per spelling of null in one column."""
    rows = []
    for number, spelling in enumerate(NULLS, start=1):
        row = list(export.rows[0])
        row[export.at(export.key)] = f"{row[export.at(export.key)][:-1]}{number}"
        row[export.at(column)] = spelling
        rows.append(row)
    return with_rows(export, rows).encode()


def null_outcome(export: Export, column: str) -> Outcome:
    """DATA §1: only empty is null in the four columns of names; a null is bad if required."""
    if column not in export.required or column in export.nullable:
        return Outcome(kept=len(NULLS))
    nulls = 1 if column in NULL_WHEN_EMPTY_ONLY else len(NULLS)
    return Outcome(kept=len(NULLS) - nulls, quarantined=nulls)


DATES = (
    *(Case(f"date-{n}", dated(v), (GOOD,), has_date) for n, v in GOOD_DATES.items()),
    *(Case(f"bad-date-{n}", dated(v), (ONE_BAD,), has_date) for n, v in BAD_DATES.items()),
    *(
        Case(f"week-ending-{n}", dated(v), (ONE_BAD,), is_licenses)
        for n, v in OTHER_WEEKDAYS.items()
    ),
    Case("end-before-start", reversed_term, (ONE_BAD,), is_subscriptions),
    Case("end-on-start", term("2026-07-25", "2026-07-25"), (GOOD,), is_subscriptions),
    Case(
        "end-on-start-in-utc",
        term("2026-07-26T01:30:00+02:00", "2026-07-25"),
        (GOOD,),
        is_subscriptions,
    ),
    Case(
        "end-before-start-in-utc",
        term("2026-07-25", "2026-07-25T01:30:00+02:00"),
        (ONE_BAD,),
        is_subscriptions,
    ),
)

COUNTS = (
    *(Case(f"count-{n}", counted(v), (GOOD,), is_whole) for n, v in GOOD_COUNTS.items()),
    *(Case(f"measure-{n}", counted(v), (GOOD,), is_measured) for n, v in MEASURES.items()),
    *(Case(f"bad-count-{n}", counted(v), (ONE_BAD,), has_count) for n, v in BAD_COUNTS.items()),
    Case("count-too-big", counted("9" * 30), (ONE_BAD,), is_whole),
    # DATA §1 sets no bound, and does not say whether a duration or a measurement comes with a
    # fraction; where it does, `1,234` is ambiguous.
    *(
        Case(f"measure-{n}", counted(v), (GOOD, ONE_BAD), is_measured)
        for n, v in {"too-big": "9" * 30, "and-a-half": "12.5", "thousands": "1,234"}.items()
    ),
    Case("count-and-a-half", counted("12.5"), (ONE_BAD,), is_whole),
    Case("thousands-unquoted", short_by_a_comma, (ONE_BAD,), has_count),
    Case("thousands-in-semicolons", unquoted_in_semicolons("1,234"), (ONE_BAD,), has_count),
    Case("thousands-quoted-in-semicolons", unquoted_in_semicolons('"1,234"'), (GOOD,), is_whole),
    Case("european-in-semicolons", unquoted_in_semicolons("1.234,5"), (ONE_BAD,), has_count),
)

OTHERS = (
    Case(
        "foreign-organization",
        cell("Organization ID", ORGANIZATIONS[3]),
        (ONE_BAD,),
        is_licenses,
    ),
    Case(
        "bad-sign-in",
        cell("Last Admin Sign-In", "yesterday"),
        (ONE_BAD,),
        lambda export: export.id == "webex_customers",
    ),
    Case("bad-end", cell("End Date", "31/12/2026"), (ONE_BAD,), is_subscriptions),
    Case("bad-optional-count", cell("Used Licenses Last 3 Months", "x"), (ONE_BAD,), is_licenses),
)

CASES = (*DATES, *COUNTS, *OTHERS)
