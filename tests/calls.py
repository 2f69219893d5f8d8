"""Factories: call legs, leg quality and queue statistics, naming only what a test is about."""

import random
from datetime import date, datetime, timedelta

import narwhals as nw
import polars as pl

from dashboard.data.call_datasets import CALL_LEGS, LEG_QUALITY, QUEUE_STATS

SATURDAY = date(2026, 11, 14)
MIDNIGHT = datetime(2026, 11, 15)  # noqa: DTZ001 - times are UTC without saying so
NOON = MIDNIGHT - timedelta(hours=12)
INSTANT = timedelta(microseconds=1)

CLIENT_TYPES = ["WXC_CLIENT", "TEAMS_WXC_CLIENT", "WXC_DEVICE", "WXC_THIRD_PARTY", "SIP", "WXCC"]
MODELS = ["8851-3PCC", "Cisco Room Kit", "Webex Board Pro", "Cisco Desk Pro"]
MODELS += ["Cisco Desk Phone 9861", "TelePresence SX20", "DMS-8845", None]
USER_TYPES = ["User", "Place", "VirtualLine", "HuntGroup", "AutomatedAttendantVideo", "Anchor"]
USER_TYPES += ["CallCenterStandard", "CallCenterPremium", "VoiceMailRetrieval", "VoiceMailGroup"]
REPORTED_TYPES = ["Webex App", "Desk Phone", "Room Device", "Other", "Unknown", "Toaster"]
REGIONS = {"acme": "EU", "bolt": "US", "orphan": None}
LOCATIONS = ["Kyiv", "Lviv", None]


def leg(**changes):
    """Return an ORIGINATING leg of a user in the Webex App, Saturday noon."""
    number = next(_numbers)
    return {
        "report_id": f"report {number:06}",
        "report_time": MIDNIGHT + timedelta(days=1),
        "start_time": NOON,
        "duration": 60,
        "correlation_id": f"call {number}",
        "direction": "ORIGINATING",
        "user_type": "User",
        "user_uuid": "Olena",
        "client_type": "WXC_CLIENT",
        "location": "Kyiv",
        "customer_id": "acme",
    } | changes


def legs_of(rows):
    """Return legs as stored: every column, and the region."""
    return _frame(rows, CALL_LEGS)


def quality_of(*rows):
    """Return leg quality as stored, of Desk Phones at Saturday noon."""
    base = {"customer_id": "acme", "start_time": NOON, "endpoint_type": "Desk Phone"}
    return _frame([base | {"call_id": str(i)} | row for i, row in enumerate(rows)], LEG_QUALITY)


def queues_of(*rows):
    """Return queue statistics as stored, of one day of one queue without calls."""
    base = {"customer_id": "acme", "queue": "Sales", "start_date": SATURDAY, "end_date": SATURDAY}
    base |= {"calls": 0, "answered": 0, "abandoned": 0}
    return _frame([base | row for row in rows], QUEUE_STATS)


def computed(rule, rows, *more):
    """Return the facts of a rule: rows in, rows out."""
    return rule(nw.from_native(rows.lazy()), *more).to_native().collect(engine="streaming")


def as_facts(frame, dataset):
    """Return facts as {key: measures}, as the oracle does; a key comes once."""
    measures = [name for name in dataset.schema.column_names() if name not in dataset.key]
    rows = frame.rows(named=True)
    facts = {tuple(r[k] for k in dataset.key): {m: r[m] for m in measures} for r in rows}
    assert len(facts) == len(rows)
    return facts


def rounded(facts):
    """Return facts with their fractions cut to what 1e-12 of a difference leaves alone."""
    return {
        key: {name: round(v, 9) if isinstance(v, float) else v for name, v in measures.items()}
        for key, measures in facts.items()
    }


def random_legs(seed, size=400):
    """Return legs at the edges: ties, midnights, gaps, corrections, foreign calls."""
    draw = random.Random(seed)
    rows = []
    for _ in range(size):
        row = _random_leg(draw)
        rows.append(row)
        if draw.random() < 0.15:  # reported again: corrected, with an older or the same time
            late = timedelta(minutes=draw.choice([-5, 0, 5]))
            again = _random_leg(draw) | {"report_id": row["report_id"]}
            rows.append(again | {"report_time": row["report_time"] + late})
    draw.shuffle(rows)
    return rows


def _random_leg(draw):
    near = draw.choice([timedelta(0), INSTANT, timedelta(seconds=30), timedelta(days=3)])
    start = MIDNIGHT + near * draw.choice([-1, 0, 1]) - timedelta(weeks=draw.choice([0, 0, 0, 1]))
    return leg(
        start_time=start,
        report_time=start + timedelta(minutes=draw.randrange(3)),
        duration=draw.choice([None, 0, 1, 59, 3600]),
        correlation_id=f"call {draw.randrange(60)}",
        direction=draw.choice(["ORIGINATING", "ORIGINATING", "TERMINATING"]),
        user_type=draw.choice([*USER_TYPES, "User", "User", "User"]),
        user_uuid=draw.choice(["Olena", "Petro", "Taras", None]),
        client_type=draw.choice(CLIENT_TYPES),
        model=draw.choice(MODELS),
        location=draw.choice(LOCATIONS),
        customer_id=draw.choice(list(REGIONS)),
        transfer_time=draw.choice([None, None, None, start]),
        transfer_related_call_id=draw.choice([None, None, None, "1:0"]),
        related_reason=draw.choice([None, None, "ConsultativeTransfer", "CallPark"]),
        hold_duration=draw.choice([None, 0, 7]),
        recording_result=draw.choice(
            [None, "failed", "successful", "successful but not kept"],
        ),
        is_video=draw.choice([None, None, None, False, True]),
    )


def random_quality(seed, size=300):
    """Return leg quality on and around the limits."""
    draw = random.Random(seed)
    around = {"jitter": 150.0, "latency": 400.0, "packet_loss": 5.0}
    return quality_of(
        *(
            {
                "customer_id": draw.choice(list(REGIONS)),
                "location": draw.choice(LOCATIONS),
                "start_time": MIDNIGHT - INSTANT * draw.randrange(3),
                "endpoint_type": draw.choice(REPORTED_TYPES),
            }
            | {
                f"{stream}_{name}": draw.choice([None, 0.0, limit, limit + 0.01])
                for stream in draw.choice([("audio",), ("audio", "video"), ()])
                for name, limit in around.items()
            }
            for _ in range(size)
        )
    )


def random_queues(seed, size=100):
    """Return queue statistics with whole and broken seconds, and gaps."""
    draw = random.Random(seed)
    names = ["calls", "answered", "abandoned", "timed_out", "overflowed", "transferred"]
    return queues_of(
        *(
            {
                "customer_id": draw.choice(list(REGIONS)),
                "location": draw.choice(LOCATIONS),
                "queue": draw.choice(["Sales", "NA"]),
                "end_date": SATURDAY + timedelta(days=draw.randrange(-7, 8)),
                "wait_answered_s": draw.choice([None, 0.0, 12.5, 90.0]),
                "wait_abandoned_s": draw.choice([None, 0.25, 30.0]),
            }
            | {name: draw.randrange(5) for name in names}
            for _ in range(size)
        )
    )


def _frame(rows, dataset):
    placed = [{"region": REGIONS[row["customer_id"]]} | row for row in rows]
    return pl.DataFrame(placed, schema={**dataset.columns, "region": pl.String})


_numbers = iter(range(10**6))
