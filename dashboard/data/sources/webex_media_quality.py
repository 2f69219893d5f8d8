"""Webex Control Hub: the media quality of every call leg."""

from __future__ import annotations

from dashboard.data.call_datasets import LEG_QUALITY
from dashboard.data.endpoints import IN_QUALITY_REPORTS
from dashboard.data.sources import Column, Kind, Source
from dashboard.data.sources._webex import LOCATION, ORGANIZATION_ID

MEASURES = {
    "Jitter (ms)": "jitter",
    "Latency (ms)": "latency",
    "Packet Loss (%)": "packet_loss",
}

SOURCE = Source(
    name="webex_media_quality",
    dataset=LEG_QUALITY,
    columns=(
        Column(header="Start Time", field="start_time", kind=Kind.DATETIME),
        Column(header="Call ID", field="call_id"),
        ORGANIZATION_ID,
        LOCATION,
        Column(header="Endpoint Type", field="endpoint_type", values=tuple(IN_QUALITY_REPORTS)),
        *(
            Column(header=f"{stream} {name}", field=f"{stream.lower()}_{field}", kind=Kind.NUMBER)
            for stream in ("Audio", "Video")
            for name, field in MEASURES.items()
        ),
        Column(header="Duration(s)", field="duration", kind=Kind.COUNT),
    ),
    private=("User Name",),
    unused=("Call Quality", "Call Type"),
)
