"""A partner whose customers carry canaries: exports of both vendors, as they would be sent."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from call_deliveries import quality, quality_file, queue, queue_file, record, records
from deliveries import NOW, export
from log_deliveries import accounts, event

from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions
from fuzz.canaries import canary

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

WEBEX, EIGHT = range(320), range(320, 400)
REGIONS = ("US", "CA", "EU", "UAE")
SATURDAY = date(2026, 11, 14)
WEEKS = [SATURDAY - timedelta(weeks=n) for n in reversed(range(10))]
PRODUCTS = ("Webex Calling", "Webex Meetings")
CALLERS = range(0, 320, 3)  # whose calls are reported
STATUS = {"sms": "status_value", "voice": "CallStatus", "messaging": "status.state"}
SUB_ACCOUNT = {"sms": "subaccountid", "voice": "SubAccountId", "messaging": "subAccountId"}


def customer_id(number: int) -> str:
    """Return the id of a customer, which is a canary, too."""
    return f"id-{canary(number, 'id')}"


def region_of(number: int) -> str:
    """Return where a customer's data lie."""
    return REGIONS[number % 4]


def import_partner(data: Path, whose: Collection[int] = range(400)) -> None:
    """Import the exports of some of the customers into a data directory."""
    drop = data.with_name(f"{data.name}-exports")
    drop.mkdir(parents=True)
    for name, text in files(frozenset(whose)).items():
        (drop / name).write_text(text, encoding="utf-8")
    ingest([str(drop)], str(data), options=ImportOptions(), published=NOW, keep=14)


def files(whose: frozenset[int]) -> dict[str, str]:
    """Return every export of some customers, by file name."""
    webex = [n for n in WEBEX if n in whose]
    eight = [n for n in EIGHT if n in whose]
    callers = [n for n in CALLERS if n in whose]
    return {
        "customers.csv": _customers(webex),
        "subscriptions.csv": _subscriptions(webex),
        "licenses.csv": _licenses(webex),
        "orders.csv": _orders(webex),
        "admins.csv": _admins(webex),
        "legs.csv": records(*(row for n in callers for row in _legs(n))),
        "quality.csv": quality_file(*(row for n in callers for row in _quality(n))),
        "queues.csv": queue_file(*(row for n in callers for row in _queues(n))),
        **({"accounts.csv": _accounts(eight)} if eight else {}),
        **({f"log-{p}.csv": _log(p, eight) for p in STATUS} if eight else {}),
    }


def _customers(numbers: list[int]) -> str:
    header = (
        "Customer Name,Organization ID,Region,Products,Relationship,Country,External ID,"
        "Created,Last Admin Sign-In"
    )
    return export(
        header,
        *(
            (
                f"Client {canary(n, 'nm')}", customer_id(n), region_of(n), ";".join(PRODUCTS),
                "External", f"Land {canary(n, 'ct')}", f"X-{canary(n, 'ex')}", "2023-01-31",
                "2026-11-14 10:00:00" if n % 3 else "2026-08-01 10:00:00",
            )
            for n in numbers
        ),
    )  # fmt: skip


def _terms(number: int) -> list[tuple[str, date, date]]:
    """Return subscriptions of every kind a page is about."""
    draw = Random(f"terms {number}")
    starts = draw.choice([-500, -400, -40])
    first = (canary(number, "sa"), starts, draw.choice([5, 10, 60, 400, 700]))
    second = (canary(number, "sb"), -450, draw.choice([12, 30, 800]))
    as_of = SATURDAY + timedelta(days=1)
    return [
        (f"Sub-{name}", as_of + timedelta(days=a), as_of + timedelta(days=b))
        for name, a, b in (first, second)
    ]


def _subscriptions(numbers: list[int]) -> str:
    header = (
        "Organization ID,Subscription ID,Type,Start Date,End Date,Auto Renew,Setup Status,"
        "Payment Status,Invoice"
    )
    rows = []
    for n in numbers:
        for i, (name, start, end) in enumerate(_terms(n)):
            kind = "Trial" if (n + i) % 7 == 0 else "Subscription"
            renew, setup = ("Yes", "Complete") if n % 2 else ("No", "Pending")
            paid = "Unpaid" if n % 5 == 0 else "Paid"
            invoice = f"INV-{canary(n, 'in')}"
            rows.append((customer_id(n), name, kind, start, end, renew, setup, paid, invoice))
    return export(header, *rows)


def _licenses(numbers: list[int]) -> str:
    header = (
        "Week Ending,Organization ID,Subscription ID,Product,"
        "Total Licenses,Assigned Licenses,Used Licenses"
    )
    rows: list[tuple[Any, ...]] = []
    for n in numbers:
        draw = Random(f"licenses {n}")
        for name, _, _ in _terms(n):
            for product in PRODUCTS:
                total = 50 + n
                for week in WEEKS:
                    assigned = draw.randrange(total + 20)
                    counts = (total, assigned, draw.randrange(assigned + 1))
                    rows.append((week, customer_id(n), name, product, *counts))
    return export(header, *rows)


def _orders(numbers: list[int]) -> str:
    header = "Subscription ID,Order ID,Order Date,Order Type,Product,Quantity,Status"
    rows = [
        (name, f"O-{canary(n, 'or')}", start, canary(n, "ot"), PRODUCTS[0], 50, canary(n, "os"))
        for n in numbers
        for name, start, _ in _terms(n)
    ]
    return export(header, *rows)


def _admins(numbers: list[int]) -> str:
    header = "Organization ID,Name,Email,Role"
    rows = [
        (
            customer_id(n),
            f"Admin {canary(n, 'an')}",
            f"{canary(n, 'ae')}@partner.example",
            f"Role {canary(n, 'ar')}",
        )
        for n in numbers
    ]
    return export(header, *rows)


def _legs(number: int) -> list[dict[str, str]]:
    """Return calls of a few users in the last two weeks."""
    whose = {
        "Org UUID": customer_id(number),
        "Location": f"Site {canary(number, 'lo')}",
        "User UUID": canary(number, "uu"),
    }
    rows = []
    for i, day in enumerate(("2026-11-03", "2026-11-10", "2026-11-11")):
        at = {"Start time": f"{day}T10:00:00.000Z", "Report time": f"{day}T12:00:00.000Z"}
        ids = {"Correlation ID": f"{canary(number, 'co')}-{i}"}
        rows.append(record(f"{canary(number, 're')}-{i}") | whose | at | ids)
    return rows


def _quality(number: int) -> list[dict[str, str]]:
    poor = {"Audio Jitter (ms)": "200", "Audio Latency (ms)": "20", "Audio Packet Loss (%)": "0"}
    site = {"Location": f"Site {canary(number, 'lo')}"}
    return [
        quality(f"{canary(number, 'qc')}-{i}", customer_id(number), f"{day} 10:00:00")
        | site
        | poor
        for i, day in enumerate(("2026-11-03", "2026-11-10"))
    ]


def _queues(number: int) -> list[dict[str, str]]:
    counts = {"Total Calls": "10", "Answered Calls": "8", "Abandoned Calls": "2"}
    site = {"Location": f"Site {canary(number, 'lo')}"}
    return [
        queue(day, customer_id(number), f"Queue {canary(number, 'qu')}") | counts | site
        for day in ("2026-11-04", "2026-11-11")
    ]


def _accounts(numbers: list[int]) -> str:
    return accounts(
        *(
            (
                customer_id(n),
                {
                    "Customer Name": f"Account {canary(n, 'nm')}",
                    "Region": region_of(n),
                    "Billing Currency": ("EUR", "USD")[n % 2],
                    "Assigned Users": f"{canary(n, 'au')}@partner.example",
                },
            )
            for n in numbers
        )
    )


def _log(product: str, numbers: list[int]) -> str:
    """Return a log whose every stored text is a canary; numbers and senders are masked."""
    rows = []
    for n in numbers:
        for i in range(4):
            row = event(product, f"{canary(n, 'ev')}-{i}")
            row |= {STATUS[product]: f"state {canary(n, 'st')}", "AccountId": customer_id(n)}
            row[SUB_ACCOUNT[product]] = f"sub-{canary(n, 'su')}"
            rows.append(row | ({"channel": f"App {canary(n, 'ap')}"} if "channel" in row else {}))
    return export(",".join(rows[0]), *(row.values() for row in rows))
