"""The oracle of the call facts: DATA.md §5 read sentence by sentence, in slow, plain pandas.

Every function returns {key of the fact: its measures}.
"""

from collections import Counter
from datetime import timedelta

import pandas as pd

CALLERS = ["User", "Place", "VirtualLine"]
VIDEO_DEVICES = ["Cisco Room Kit", "Webex Board Pro", "Cisco Desk Pro", "TelePresence SX20"]
MEASURED = [f"{s}_{m}" for s in ("audio", "video") for m in ("jitter", "latency", "packet_loss")]
LIMITS = [150, 400, 5, 150, 400, 5]


def value(cell):
    """Return a cell, None if it is missing in any of pandas' ways."""
    return None if pd.isna(cell) else cell


def week_ending(moment):
    """From Sunday 00:00:00 to Saturday 23:59:59.999999; named by that Saturday."""
    day = pd.Timestamp(moment).normalize()
    while day.day_name() != "Saturday":
        day += timedelta(days=1)
    return day.date()


def deduplicated(legs):
    """The newest `Report time` per `Report ID` wins; rows come in the order they arrived."""
    kept = {}
    for row in legs.to_dict("records"):
        other = kept.get(row["report_id"])
        if other is None or row["report_time"] >= other["report_time"]:
            kept[row["report_id"]] = row
    return pd.DataFrame(kept.values(), columns=legs.columns)


def endpoint_type(client_type, model):
    """From a call leg."""
    if client_type in ("WXC_CLIENT", "TEAMS_WXC_CLIENT"):
        return "webex_app"
    if client_type == "WXC_DEVICE":
        return "room_device" if value(model) in VIDEO_DEVICES else "desk_phone"
    return "other_device" if client_type == "WXC_THIRD_PARTY" else "unknown"


def calls_made(legs):
    """A call is a distinct Correlation ID with a leg that counts; here is its earliest."""
    counting = legs[(legs["direction"] == "ORIGINATING") & legs["user_type"].isin(CALLERS)]
    counting = counting.sort_values(["start_time", "report_id"])
    return counting.drop_duplicates(["customer_id", "correlation_id"]).to_dict("records")


def call_facts(legs):
    def key(row):
        return (
            value(row["region"]),
            row["customer_id"],
            value(row["location"]),
            week_ending(row["start_time"]),
            endpoint_type(row["client_type"], row["model"]),
        )

    facts = {}
    for row in legs.to_dict("records"):
        fact = facts.setdefault(key(row), {"calls": 0, "legs": 0, "s": 0, "video": []})
        seconds = 0 if value(row["duration"]) is None else int(row["duration"])
        fact["legs"] += 1
        fact["s"] += seconds
        if value(row["is_video"]) is not None:
            fact["video"].append((int(row["is_video"]), int(row["is_video"]) * seconds))
    for call in calls_made(legs):
        facts[key(call)]["calls"] += 1
    return {
        key: {
            "calls": f["calls"],
            "legs": f["legs"],
            "audio_legs": f["legs"],
            "video_legs": sum(legs for legs, _ in f["video"]) if f["video"] else None,
            "minutes": f["s"] / 60,
            "video_minutes": sum(s for _, s in f["video"]) / 60 if f["video"] else None,
        }
        for key, f in facts.items()
    }


def user_facts(legs):
    calls = Counter(
        (value(c["region"]), c["customer_id"], week_ending(c["start_time"]), c["user_uuid"])
        for c in calls_made(legs)
        if value(c["user_uuid"]) is not None
    )
    users = Counter()
    for (region, customer, week, _), made in calls.items():
        band = "1_4" if made <= 4 else "5_19" if made <= 19 else "20_49" if made <= 49 else None
        users[region, customer, week, band or "50_plus"] += 1
    return {key: {"users": number} for key, number in users.items()}


def features_of(leg):
    """What one leg shows: DOMAIN.md §2.7 for services, the other fields by their names."""
    arrived_at = leg["user_type"] if leg["direction"] == "TERMINATING" else None
    held = value(leg["hold_duration"])
    recorded = value(leg["recording_result"])
    return {
        "hunt_group": arrived_at == "HuntGroup",
        "auto_attendant": arrived_at == "AutomatedAttendantVideo",
        "call_queue": arrived_at in ("CallCenterStandard", "CallCenterPremium"),
        "voicemail": arrived_at in ("VoiceMailRetrieval", "VoiceMailGroup"),
        "transfer": value(leg["transfer_time"]) is not None
        or value(leg["transfer_related_call_id"]) is not None
        or value(leg["related_reason"]) == "ConsultativeTransfer",
        "hold": held is not None and held > 0,
        "recording": recorded in ("successful", "successful but not kept"),
        "video": value(leg["is_video"]) is not None and bool(leg["is_video"]),
    }


def feature_facts(legs):
    first = {}
    for row in legs.sort_values("start_time").to_dict("records"):
        call = value(row["region"]), row["customer_id"], row["correlation_id"]
        for feature in [name for name, used in features_of(row).items() if used]:
            first.setdefault((*call, feature), week_ending(row["start_time"]))
    facts = Counter(
        (region, customer, week, feature) for (region, customer, _, feature), week in first.items()
    )
    return {key: {"calls": number} for key, number in facts.items()}


def is_poor(row, rule="any", limits=LIMITS):
    """G-8: strictly above its limit; missing ones are ignored, but `all` wants all six."""
    pairs = [(value(row[name]), limit) for name, limit in zip(MEASURED, limits, strict=True)]
    above = [measured is not None and measured > limit for measured, limit in pairs]
    return any(above) if rule == "any" else all(above)


def quality_facts(leg_quality, rule="any", limits=LIMITS):
    names = {
        "Webex App": "webex_app",
        "Desk Phone": "desk_phone",
        "Room Device": "room_device",
        "Other": "other_device",
        "Unknown": "unknown",
    }
    facts = {}
    for row in leg_quality.to_dict("records"):
        endpoint = names.get(row["endpoint_type"], row["endpoint_type"])
        week = week_ending(row["start_time"])
        key = value(row["region"]), row["customer_id"], value(row["location"]), week, endpoint
        fact = facts.setdefault(key, {"legs": 0, "measured_legs": 0, "poor_legs": 0})
        fact["legs"] += 1
        fact["measured_legs"] += any(value(row[name]) is not None for name in MEASURED)
        fact["poor_legs"] += is_poor(row, rule, limits)
    return facts


def queue_facts(queue_stats):
    measures = ["calls", "answered", "abandoned", "wait_answered_s", "wait_abandoned_s"]
    measures += ["timed_out", "overflowed", "transferred"]
    facts = {}
    for row in queue_stats.to_dict("records"):
        week = week_ending(row["end_date"])
        key = value(row["region"]), row["customer_id"], value(row["location"]), week, row["queue"]
        fact = facts.setdefault(key, dict.fromkeys(measures, 0))
        for name in measures:
            fact[name] += 0 if value(row[name]) is None else row[name]
    return facts
