"""The sides of P-6, P-7: `python -m bench.rollup_sides SIDE FOLDER` prints CPU and memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from dashboard.data import rollup
from dashboard.data.call_datasets import CALL_LEGS
from dashboard.data.endpoints import APPS, DEVICE, PHONE, ROOM_OS, THIRD_PARTY
from dashboard.data.engines import Job, roll_up

if TYPE_CHECKING:
    from collections.abc import Callable

RULES = {
    "call_facts": rollup.call_facts,
    "user_facts": rollup.user_facts,
    "feature_facts": rollup.feature_facts,
}
READ = [
    *("start_time", "duration", "correlation_id", "direction", "user_type", "user_uuid"),
    *("client_type", "model", "location", "customer_id", "report_id", "is_video"),
    *("transfer_time", "transfer_related_call_id", "related_reason", "hold_duration"),
    "recording_result",
]
WEEK = "(date_trunc('week', start_time + INTERVAL 1 DAY) + INTERVAL 5 DAY)::DATE"
FIRST_LEGS = """
CREATE TEMP TABLE first_legs AS
SELECT customer_id, unnest(arg_min({start_time: start_time, location: location,
       client_type: client_type, model: model, user_uuid: user_uuid}, (start_time, report_id)))
FROM legs
WHERE direction = 'ORIGINATING' AND user_type IN ('User', 'Place', 'VirtualLine')
GROUP BY customer_id, correlation_id
"""
ENDPOINT = f"""CASE WHEN client_type IN {APPS} THEN 'webex_app'
WHEN client_type = '{DEVICE}' AND regexp_matches(model, '{ROOM_OS}')
     AND NOT regexp_matches(model, '{PHONE}') THEN 'room_device'
WHEN client_type = '{DEVICE}' THEN 'desk_phone'
WHEN client_type = '{THIRD_PARTY}' THEN 'other_device' ELSE 'unknown' END"""
CALLS = f"""
WITH counted AS (
  SELECT customer_id, location, {WEEK} AS week, client_type, model, 0 calls, count(*) legs,
         sum(duration) AS seconds, sum(CASE WHEN is_video THEN 1 ELSE 0 END) video_legs,
         sum(CASE WHEN is_video THEN duration ELSE 0 END) video_seconds, count(is_video) told
  FROM legs GROUP BY ALL
  UNION ALL
  SELECT customer_id, location, {WEEK}, client_type, model, count(*), 0, 0, 0, 0, 0
  FROM first_legs GROUP BY ALL)
SELECT customer_id, location, week, {ENDPOINT} endpoint_type, sum(calls) calls, sum(legs) legs,
       CASE WHEN sum(told) > 0 THEN sum(video_legs) END, sum(seconds) / 60,
       CASE WHEN sum(told) > 0 THEN sum(video_seconds) / 60 END
FROM counted GROUP BY customer_id, location, week, endpoint_type
"""
USERS = f"""
SELECT customer_id, week, CASE WHEN calls >= 50 THEN '50_plus' WHEN calls >= 20 THEN '20_49'
       WHEN calls >= 5 THEN '5_19' ELSE '1_4' END band, count(*) users
FROM (SELECT customer_id, {WEEK} AS week, user_uuid, count(*) calls FROM first_legs
      WHERE user_uuid IS NOT NULL GROUP BY ALL) GROUP BY ALL
"""
SERVICES = {
    "hunt_group": "'HuntGroup'",
    "auto_attendant": "'AutomatedAttendantVideo'",
    "call_queue": "'CallCenterStandard', 'CallCenterPremium'",
    "voicemail": "'VoiceMailRetrieval', 'VoiceMailGroup'",
}
SHOWS = {
    **{k: f"direction = 'TERMINATING' AND user_type IN ({v})" for k, v in SERVICES.items()},
    "transfer": """transfer_time IS NOT NULL OR transfer_related_call_id IS NOT NULL
                   OR related_reason = 'ConsultativeTransfer'""",
    "hold": "hold_duration > 0",
    "recording": "starts_with(recording_result, 'successful')",
    "video": "is_video",
}
USED = " UNION ALL ".join(
    f"SELECT customer_id, correlation_id, start_time, '{feature}' feature FROM legs WHERE {shows}"
    for feature, shows in SHOWS.items()
)
FEATURES = f"""
WITH used AS (SELECT customer_id, correlation_id, feature, min(start_time) start_time
              FROM ({USED}) GROUP BY ALL)
SELECT customer_id, {WEEK} AS week, feature, count(*) calls FROM used GROUP BY ALL
"""


def ours(folder: Path) -> list[int]:
    """Roll Parquet files up as the product does."""
    job = Job(files={"EU": [str(file) for file in folder.glob("*.parquet")]}, rules=RULES)
    return [facts.height for facts in roll_up([job]).values()]


def ours_csv(folder: Path) -> list[int]:
    """Roll a CSV file up by the same rules; it is read once, into memory."""
    legs = pl.scan_csv(folder / "legs.csv", schema=CALL_LEGS.columns).select(READ)
    rows = nw.from_native(legs.collect(engine="streaming").lazy().with_columns(region=None))
    plans = [rule(rows).to_native() for rule in RULES.values()]
    return [facts.height for facts in pl.collect_all(plans, engine="streaming")]


def duckdb(folder: Path) -> list[int]:
    """Aggregate the same Parquet files in SQL."""
    return _in_sql(f"VIEW legs AS SELECT * FROM read_parquet('{folder}/*.parquet')")


def duckdb_csv(folder: Path) -> list[int]:
    """Read the same CSV file into a table once, told the types as we are; then aggregate."""
    names = {pl.String: "VARCHAR", pl.Int64: "BIGINT", pl.Boolean: "BOOLEAN"}
    types = {k: names.get(v, "TIMESTAMP") for k, v in CALL_LEGS.columns.items()}
    told = f"header = true, auto_detect = false, delim = ',', columns = {types}"
    source = f"read_csv('{folder}/legs.csv', {told})"
    return _in_sql(f"TEMP TABLE legs AS SELECT {', '.join(READ)} FROM {source}")


def _in_sql(legs: str) -> list[int]:
    import duckdb as database  # noqa: PLC0415 - the extra [bench]

    connection = database.connect()
    connection.execute("SET preserve_insertion_order = false")
    connection.execute(f"CREATE {legs}")
    connection.execute(FIRST_LEGS)
    return [connection.sql(sql).to_arrow_table().num_rows for sql in (CALLS, USERS, FEATURES)]


def decode(folder: Path) -> list[int]:
    """Decode the columns the rollup reads, the floor under all of it."""
    legs = pl.scan_parquet(folder / "*.parquet").select(READ)
    return [int(legs.select(pl.all().count()).collect(engine="streaming")[0, 0])]


SIDES: dict[str, Callable[[Path], list[int]]] = {
    side.__name__: side for side in (ours, duckdb, decode, ours_csv, duckdb_csv)
}

if __name__ == "__main__":
    started = time.process_time()
    heights = SIDES[sys.argv[1]](Path(sys.argv[2]))
    spent = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # bytes
    print(json.dumps({"cpu": spent, "rows": heights, "peak": peak}))
