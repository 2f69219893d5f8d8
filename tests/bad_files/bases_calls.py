"""One small good file for each of the four exports about calls."""

from __future__ import annotations

from bad_files.export import ORGANIZATIONS, Export

A, B, C, D = ORGANIZATIONS
DAY = "2026-07-25"

CDR = Export(
    id="webex_cdr",
    dataset="call_legs",
    header=(
        *("Start time", "Duration", "Correlation ID", "Location", "Direction", "User type"),
        *("Client type", "Model", "Answered", "User UUID", "Dialed digits"),
        *("Org UUID", "Report ID", "Report time", "Hold Duration"),
    ),
    required=(
        *("Start time", "Duration", "Correlation ID", "Direction", "User type", "Client type"),
        *("Org UUID", "Report ID", "Report time"),
    ),
    rows=tuple(
        (
            *(f"{DAY}T10:0{number}:00.000Z", "60", f"call-{number}", "Kyiv", "ORIGINATING"),
            *("User", "WXC_CLIENT", "8851-3PCC", "true", f"user-{number}", "20031"),
            *(organization, f"report-{number}", f"{DAY}T11:00:00.000Z", "5"),
        )
        for number, organization in enumerate(ORGANIZATIONS)
    ),
    text="Location",
    key="Report ID",
    date="Start time",
    count="Duration",
    whole=False,
    needs=("webex_customers",),
    nullable=("Duration",),
)

MEDIA_QUALITY = Export(
    id="webex_media_quality",
    dataset="leg_quality",
    header=(
        *("Start Time", "Call ID", "Organization ID", "Location", "Endpoint Type"),
        *("Audio Jitter (ms)", "Audio Latency (ms)", "Audio Packet Loss (%)"),
        *("Video Jitter (ms)", "Video Latency (ms)", "Video Packet Loss (%)", "Duration(s)"),
    ),
    required=("Start Time", "Call ID", "Organization ID", "Endpoint Type"),
    rows=tuple(
        (
            *(f"{DAY} 10:0{number}:00", f"SSE{number}", organization, "Kyiv", "Desk Phone"),
            *("12.5", "80", "0.5", "", "", "", "60"),
        )
        for number, organization in enumerate(ORGANIZATIONS)
    ),
    text="Location",
    key="Call ID",
    date="Start Time",
    count="Audio Jitter (ms)",
    whole=False,
    needs=("webex_customers",),
)

QUEUE_STATS = Export(
    id="webex_call_queue_stats",
    dataset="queue_stats",
    header=(
        *("Organization ID", "Start Date", "End Date", "Call Queue", "Location"),
        *("Total Wait Time", "Total Abandoned Time", "Total Calls", "Answered Calls"),
        *("Abandoned Calls", "Calls Overflowed", "Calls Timed Out", "Calls Transferred"),
    ),
    required=(
        *("Organization ID", "Start Date", "End Date", "Call Queue"),
        *("Total Calls", "Answered Calls", "Abandoned Calls"),
    ),
    rows=tuple(
        (
            *(organization, "2026-07-19", DAY, f"Queue {number}", "Kyiv"),
            *("80", "12.5", "10", "8", "2", "1", "1", "0"),
        )
        for number, organization in enumerate(ORGANIZATIONS)
    ),
    text="Location",
    key="Call Queue",
    date="End Date",
    count="Total Calls",
    needs=("webex_customers",),
)

CALLING_USAGE = Export(
    id="webex_calling_usage",
    dataset="calling_usage",
    header=(
        *("Customer Name", "Organization ID", "Location", "Total Calls", "Total Call Legs"),
        *("Overall Poor Quality Call Legs", "Call Minutes", "Call Minutes - Video"),
        *("Call Legs - Desk Phone", "Calls - Hunt Group Calls", "Call Queue - Total Calls"),
    ),
    required=("Organization ID", "Total Calls", "Total Call Legs"),
    rows=tuple(
        (name, organization, "Kyiv", "10", "21", "2", "30.5", "0", "4", "3", "2")
        for name, organization in zip(
            ("Acme", "Bolt", "Corvo", "Dnipro"), ORGANIZATIONS, strict=True
        )
    ),
    text="Location",
    key="Organization ID",
    count="Total Calls",
    needs=("webex_customers",),
    options=("--from", "2026-07-19", "--to", DAY),
)
