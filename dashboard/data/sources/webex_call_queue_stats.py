"""Webex Control Hub: the statistics of call queues, one row per queue and period."""

from __future__ import annotations

from dashboard.data.call_datasets import QUEUE_STATS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import END_DATE, LOCATION, ORGANIZATION_ID, START_DATE

SOURCE = Source(
    name="webex_call_queue_stats",
    dataset=QUEUE_STATS,
    columns=(
        ORGANIZATION_ID,
        START_DATE,
        END_DATE,
        Column(header="Call Queue", field="queue"),
        LOCATION,
        Column(header="Total Wait Time", field="wait_answered_s", kind=Kind.NUMBER),
        Column(header="Answered Calls", field="answered", kind=Kind.COUNT),
        Column(header="Abandoned Calls", field="abandoned", kind=Kind.COUNT),
        Column(header="Total Abandoned Time", field="wait_abandoned_s", kind=Kind.NUMBER),
        Column(header="Total Calls", field="calls", kind=Kind.COUNT),
        Column(header="Calls Overflowed", field="overflowed", kind=Kind.COUNT),
        Column(header="Calls Timed Out", field="timed_out", kind=Kind.COUNT),
        Column(header="Calls Transferred", field="transferred", kind=Kind.COUNT),
    ),
    private=("Phone NO.", "Extension"),
    unused=(
        *("Total Hold Time", "Avg Hold Time", "Total Talk Time", "Avg Talk Time"),
        *("Total Handle Time", "Avg Handle Time", "Avg Wait Time", "% Answered Calls"),
        *("% Abandoned Calls", "Avg Abandoned Time", "Avg No. of Agents Assigned"),
        "Avg No. of Agents Handling Calls",
    ),
)
