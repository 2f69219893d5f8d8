"""Batches of calls: files of late, repeated and moved rows, imported together or one by one."""

import random

from call_deliveries import named, quality, quality_file, queue, queue_file, record, records
from deliveries import NOW, DataDirectory

from dashboard.data.facts import RollUp
from dashboard.data.ingest import ingest
from dashboard.data.options import ImportOptions

DAYS = [f"2026-11-{day:02}" for day in range(1, 18)]


def random_files(seed, files=6, size=25):
    """Return small files full of repeated, corrected and moved rows; no two tie."""
    draw, minute = random.Random(seed), iter(range(10**4))
    made = []
    for number in range(files):
        rows = [_random_record(draw, next(minute)) for _ in range(size)]
        made.append((f"cdr-{number}.csv", records(*rows)))
        if number % 2:
            measured = [_random_quality(draw, number) for _ in range(size)]
            made.append((f"quality-{number}.csv", quality_file(*measured)))
            days = [queue(draw.choice(DAYS), Total_Calls=str(number)) for _ in range(4)]
            made.append((f"queues-{number}.csv", queue_file(*days)))
    return made


def _random_record(draw, minute):
    moment = f"{draw.choice(DAYS)}T{draw.choice(['00:00:00', '23:59:59', '12:00:00'])}Z"
    return record(
        draw.randrange(60),
        Start_time=moment,
        Report_time=f"2026-11-18T{minute // 60:02}:{minute % 60:02}:00Z",
        Correlation_ID=f"call-{draw.randrange(25)}",
        Direction=draw.choice(["ORIGINATING", "TERMINATING"]),
        User_type=draw.choice(["User", "User", "HuntGroup", "CallCenterPremium"]),
        User_UUID=draw.choice(["u-1", "u-2", ""]),
        Org_UUID=draw.choice(["org-1", "org-2", "org-3"]),
        Location=draw.choice(["Kyiv", "Lviv", ""]),
        Hold_Duration=draw.choice(["", "0", "5"]),
    )


def _random_quality(draw, number):
    call = f"SSE{draw.randrange(200)}-{number}"
    jitter = {"Audio_Jitter_(ms)": draw.choice(["", "10", "150", "151"])}
    return quality(
        call, draw.choice(["org-1", "org-3"]), f"{draw.choice(DAYS)} 10:00:00", **jitter
    )


def scratch(tmp_path, name, files):
    """Import files into a directory of their own, in one go."""
    (tmp_path / name).mkdir()
    fresh = DataDirectory(tmp_path / name)
    named(fresh, "org-1", "org-2")
    fresh.ingest(*(fresh.write(*file) for file in files))
    return fresh


def again(place, *paths, **how):
    """Import with a rule or an engine."""
    return ingest(
        list(paths),
        str(place.data),
        options=ImportOptions(),
        published=NOW,
        keep=14,
        how=RollUp(**how),
    )
